"""The tree and its proofs equal the definitions of RFC 9162 written out naively, at every size."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.accountability.ledger import (
    ConsistencyProof,
    Frontier,
    InclusionProof,
    build_consistency_proof,
    build_inclusion_proof,
    check_consistency,
    check_inclusion,
    leaf_hash,
)

MOST = 300
EVERY = 96  # every event at every size, and every pair of sizes, up to here
ENTRIES = [f"entry {n}".encode() for n in range(MOST)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]


@cache
def tree_hash(low: int, high: int) -> bytes:
    """MTH(D[low:high]) as §2.1.1 defines it."""
    if high == low:
        return sha256(b"").digest()
    if high - low == 1:
        return sha256(b"\x00" + ENTRIES[low]).digest()
    k = 1
    while k * 2 < high - low:
        k *= 2
    return sha256(b"\x01" + tree_hash(low, low + k) + tree_hash(low + k, high)).digest()


def path(m: int, low: int, high: int) -> list[bytes]:
    """PATH(m, D[low:high]) as §2.1.3.1 defines it."""
    if high - low == 1:
        return []
    k = 1
    while k * 2 < high - low:
        k *= 2
    if m < k:
        return [*path(m, low, low + k), tree_hash(low + k, high)]
    return [*path(m - k, low + k, high), tree_hash(low, low + k)]


def subproof(m: int, low: int, high: int, whole: bool) -> list[bytes]:
    """SUBPROOF(m, D[low:high], whole) as §2.1.4.1 defines it."""
    if m == high - low:
        return [] if whole else [tree_hash(low, high)]
    k = 1
    while k * 2 < high - low:
        k *= 2
    if m <= k:
        return [*subproof(m, low, low + k, whole), tree_hash(low + k, high)]
    return [*subproof(m - k, low + k, high, False), tree_hash(low, low + k)]


def node(level: int, index: int) -> bytes:
    return tree_hash(index << level, (index + 1) << level)


def test_the_root_equals_the_definition_at_every_size() -> None:
    frontier = Frontier()
    for size, leaf in enumerate(LEAVES):
        assert frontier.root == tree_hash(0, size)
        frontier = frontier.append(leaf)
    assert frontier.root == tree_hash(0, MOST)


def test_every_inclusion_proof_equals_the_definition_and_holds() -> None:
    for size in range(1, EVERY + 1):
        root = tree_hash(0, size)
        for index in range(size):
            proof = build_inclusion_proof(index, size, node=node)
            assert list(proof.path) == path(index, 0, size)
            assert check_inclusion(proof, leaf=LEAVES[index], root=root) == ()


def test_every_pair_of_sizes_has_the_consistency_proof_of_the_definition_and_it_holds() -> None:
    for second in range(1, EVERY + 1):
        for first in range(1, second + 1):
            proof = build_consistency_proof(first, second, node=node)
            assert list(proof.path) == subproof(first, 0, second, True)
            roots = {"first_root": tree_hash(0, first), "second_root": tree_hash(0, second)}
            assert check_consistency(proof, **roots) == ()


pairs = st.integers(1, MOST).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n)))


@given(pairs)
@settings(deadline=None)
def test_larger_trees_equal_the_definition_too(pair: tuple[int, int]) -> None:
    first, second = pair
    inclusion = build_inclusion_proof(first - 1, second, node=node)
    assert list(inclusion.path) == path(first - 1, 0, second)
    assert check_inclusion(inclusion, leaf=LEAVES[first - 1], root=tree_hash(0, second)) == ()
    consistency = build_consistency_proof(first, second, node=node)
    assert list(consistency.path) == subproof(first, 0, second, True)
    roots = {"first_root": tree_hash(0, first), "second_root": tree_hash(0, second)}
    assert check_consistency(consistency, **roots) == ()


@given(pairs, st.integers(0, MOST - 1))
@settings(deadline=None)
def test_an_earlier_root_over_one_changed_entry_is_never_consistent(
    pair: tuple[int, int], changed: int
) -> None:
    first, second = pair
    changed %= first
    leaves = [leaf_hash(b"rewritten") if n == changed else LEAVES[n] for n in range(first)]
    proof = build_consistency_proof(first, second, node=node)
    forged = Frontier().extend(leaves).root
    assert check_consistency(proof, first_root=forged, second_root=tree_hash(0, second))


hashes = st.binary(min_size=32, max_size=32)
numbers = st.integers(-2, 40)


@given(numbers, numbers, st.lists(hashes, max_size=9), hashes)
def test_no_made_up_inclusion_proof_holds_or_crashes(
    index: int, size: int, steps: list[bytes], leaf: bytes
) -> None:
    proof = InclusionProof(index, size, tuple(steps))
    assert check_inclusion(proof, leaf=leaf, root=tree_hash(0, 40))


@given(numbers, numbers, st.lists(hashes, max_size=9))
def test_no_made_up_consistency_proof_holds_or_crashes(
    first: int, second: int, steps: list[bytes]
) -> None:
    proof = ConsistencyProof(first, second, tuple(steps))
    made_up = leaf_hash(b"no such tree")
    assert check_consistency(proof, first_root=made_up, second_root=tree_hash(0, 40))
