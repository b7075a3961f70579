"""A proof holds for its event, its root and its sizes, and for nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evenhand.accountability.ledger import (
    EMPTY_ROOT,
    ConsistencyProof,
    Frontier,
    InclusionProof,
    build_consistency_proof,
    build_inclusion_proof,
    check_consistency,
    check_inclusion,
    leaf_hash,
)
from evenhand.core import UsageProblem

LEAVES = [leaf_hash(bytes([n])) for n in range(13)]
ROOTS = [Frontier().extend(LEAVES[:size]).root for size in range(len(LEAVES) + 1)]
JUNK = bytes(32)


def node(level: int, index: int) -> bytes:
    return Frontier().extend(LEAVES[index << level : (index + 1) << level]).root


def test_an_inclusion_proof_fails_when_any_part_of_it_is_another() -> None:
    for size in range(1, 14):
        for index in range(size):
            proof = build_inclusion_proof(index, size, node=node)
            leaf, root = LEAVES[index], ROOTS[size]
            assert check_inclusion(proof, leaf=leaf, root=root) == ()
            assert check_inclusion(proof, leaf=JUNK, root=root)
            assert check_inclusion(proof, leaf=leaf, root=JUNK)
            padded = replace(proof, path=(*proof.path, JUNK))
            assert "more hashes" in check_inclusion(padded, leaf=leaf, root=root)[0]
            for other in range(size):
                moved = replace(proof, index=other)
                assert (check_inclusion(moved, leaf=leaf, root=root) == ()) == (other == index)
            for step in range(len(proof.path)):
                dropped = proof.path[:step] + proof.path[step + 1 :]
                swapped = (*proof.path[:step], JUNK, *proof.path[step + 1 :])
                assert check_inclusion(replace(proof, path=dropped), leaf=leaf, root=root)
                assert check_inclusion(replace(proof, path=swapped), leaf=leaf, root=root)


def test_a_consistency_proof_fails_when_any_part_of_it_is_another() -> None:
    for second in range(1, 14):
        for first in range(1, second):
            proof = build_consistency_proof(first, second, node=node)
            roots = {"first_root": ROOTS[first], "second_root": ROOTS[second]}
            assert check_consistency(proof, **roots) == ()
            assert check_consistency(proof, **(roots | {"first_root": JUNK}))
            assert check_consistency(proof, **(roots | {"second_root": JUNK}))
            padded = replace(proof, path=(*proof.path, JUNK))
            assert "more hashes" in check_consistency(padded, **roots)[0]
            assert check_consistency(replace(proof, path=()), **roots)
            for step in range(len(proof.path)):
                dropped = proof.path[:step] + proof.path[step + 1 :]
                swapped = (*proof.path[:step], JUNK, *proof.path[step + 1 :])
                assert check_consistency(replace(proof, path=dropped), **roots)
                assert check_consistency(replace(proof, path=swapped), **roots)


def test_equal_sizes_need_equal_roots_and_no_hashes() -> None:
    same = ConsistencyProof(4, 4, ())
    assert check_consistency(same, first_root=ROOTS[4], second_root=ROOTS[4]) == ()
    assert check_consistency(same, first_root=ROOTS[4], second_root=JUNK)
    padded = ConsistencyProof(4, 4, (JUNK,))
    assert check_consistency(padded, first_root=ROOTS[4], second_root=ROOTS[4])


def test_every_record_continues_the_empty_one_and_only_by_its_true_root() -> None:
    proof = build_consistency_proof(0, 9, node=node)
    assert proof.path == ()
    assert check_consistency(proof, first_root=EMPTY_ROOT, second_root=ROOTS[9]) == ()
    assert check_consistency(proof, first_root=JUNK, second_root=ROOTS[9])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 5)])
def test_an_event_outside_the_tree_can_be_neither_proved_nor_checked(index: int, size: int) -> None:
    with pytest.raises(UsageProblem, match="there is no event"):
        build_inclusion_proof(index, size, node=node)
    assert check_inclusion(InclusionProof(index, size, ()), leaf=LEAVES[0], root=ROOTS[5])


@pytest.mark.parametrize(("first", "second"), [(5, 4), (-1, 4)])
def test_a_smaller_tree_cannot_continue_a_larger_one(first: int, second: int) -> None:
    with pytest.raises(UsageProblem, match="cannot continue"):
        build_consistency_proof(first, second, node=node)
    proof = ConsistencyProof(first, second, ())
    assert check_consistency(proof, first_root=ROOTS[5], second_root=ROOTS[4])
