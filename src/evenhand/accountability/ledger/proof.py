"""Short proofs that an event is in the record, and that a later record continues an earlier one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evenhand.accountability.ledger.tree import EMPTY_ROOT, fold, node_hash
from evenhand.core import UsageProblem

NodeAt = Callable[[int, int], bytes]
"""Finds a complete subtree's hash by its level and index, from a table or from memory."""

Span = tuple[int, int]
"""Leaves from the first number up to, and without, the second."""


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """The hashes that lead from event ``index`` up to the root over ``size`` events."""

    index: int
    size: int
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class ConsistencyProof:
    """The hashes that show the tree of ``second`` events begins with the tree of ``first``."""

    first: int
    second: int
    path: tuple[bytes, ...]


def inclusion_spans(index: int, size: int) -> list[Span]:
    """The runs of leaves whose hashes make the proof, lowest first (RFC 9162 §2.1.3.1, PATH)."""
    if not 0 <= index < size:
        raise UsageProblem(
            f"there is no event {index:,} among {size:,}.",
            remedy=f"Events are numbered from 0; ask for one below {size:,}.",
            rule="event-within-tree",
        )
    spans, low, high = [], 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            spans.append((middle, high))
            high = middle
        else:
            spans.append((low, middle))
            low = middle
    return spans[::-1]


def consistency_spans(first: int, second: int) -> list[Span]:
    """The runs of leaves whose hashes make the proof (RFC 9162 §2.1.4.1, PROOF and SUBPROOF).

    An earlier tree of no events is the beginning of every tree: nothing needs to be shown.
    """
    if not 0 <= first <= second:
        raise UsageProblem(
            f"a tree of {second:,} events cannot continue one of {first:,}.",
            rule="later-tree-is-larger",
        )
    if first in (0, second):
        return []
    spans, low, high = [], 0, second
    while first != high:
        middle = low + _split(high - low)
        if first <= middle:
            spans.append((middle, high))
            high = middle
        else:
            spans.append((low, middle))
            low = middle
    if low:  # the earlier root does not itself stand at this place, so its hash must be given
        spans.append((low, high))
    return spans[::-1]


def span_nodes(span: Span) -> list[tuple[int, int]]:
    """The complete subtrees, as (level, index) from left to right, that make up a proof's span."""
    (low, high), nodes = span, []
    while low < high:
        level = (high - low).bit_length() - 1
        nodes.append((level, low >> level))
        low += 1 << level
    return nodes


def build_inclusion_proof(index: int, size: int, *, node: NodeAt) -> InclusionProof:
    """How can one event be shown to be in the record without handing over the record?

    Parameters
    ----------
    index
        The event's sequence number, from 0 to ``size − 1``.
    size
        The number of events under the root to be proved against.
    node
        Gives the hash of a complete subtree; called about log₂(size) times.

    Raises
    ------
    UsageProblem
        When there is no such event.

    References
    ----------
    Laurie, Messeri and Stradling (2021), RFC 9162, §2.1.3.1.

    Examples
    --------
    >>> from evenhand.accountability.ledger.tree import leaf_hash
    >>> leaves = [leaf_hash(b"a"), leaf_hash(b"b")]
    >>> proof = build_inclusion_proof(0, 2, node=lambda level, index: leaves[index])
    >>> check_inclusion(proof, leaf=leaves[0], root=node_hash(*leaves))
    ()

    No problem was found: event 0 is under that root.
    """
    return InclusionProof(index, size, _path(inclusion_spans(index, size), node))


def build_consistency_proof(first: int, second: int, *, node: NodeAt) -> ConsistencyProof:
    """How can a later record be shown to hold the earlier one unchanged at its beginning?

    Parameters
    ----------
    first, second
        The sizes of the earlier and later tree, ``0 ≤ first ≤ second``.
    node
        As for :func:`build_inclusion_proof`.

    Raises
    ------
    UsageProblem
        When the later tree would be the smaller.

    References
    ----------
    Laurie, Messeri and Stradling (2021), RFC 9162, §2.1.4.1.

    Examples
    --------
    >>> from evenhand.accountability.ledger.tree import leaf_hash
    >>> leaves = [leaf_hash(b"a"), leaf_hash(b"b")]
    >>> proof = build_consistency_proof(1, 2, node=lambda level, index: leaves[index])
    >>> check_consistency(proof, first_root=leaves[0], second_root=node_hash(*leaves))
    ()

    No problem was found: the record of two events begins with the record of one.
    """
    return ConsistencyProof(first, second, _path(consistency_spans(first, second), node))


def check_inclusion(proof: InclusionProof, *, leaf: bytes, root: bytes) -> tuple[str, ...]:
    """What is wrong with this proof that the event is under the root? Nothing, when empty.

    References
    ----------
    Laurie, Messeri and Stradling (2021), RFC 9162, §2.1.3.2.
    """
    if not 0 <= proof.index < proof.size:
        return (f"there is no event {proof.index:,} among {proof.size:,}",)
    place, last, hash_ = proof.index, proof.size - 1, leaf
    for sibling in proof.path:
        if last == 0:
            return ("the proof has more hashes than the tree has levels",)
        if place & 1 or place == last:
            hash_ = node_hash(sibling, hash_)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            hash_ = node_hash(hash_, sibling)
        place, last = place >> 1, last >> 1
    if last:
        return ("the proof has fewer hashes than the tree has levels",)
    return () if hash_ == root else ("the proof leads to another root",)


def check_consistency(
    proof: ConsistencyProof, *, first_root: bytes, second_root: bytes
) -> tuple[str, ...]:
    """What is wrong with this proof that the later record continues the earlier? Nothing, if empty.

    References
    ----------
    Laurie, Messeri and Stradling (2021), RFC 9162, §2.1.4.2; the cases of no events, and of equal
    sizes, that the section leaves out are decided by the roots alone.
    """
    first, second, path = proof.first, proof.second, list(proof.path)
    if not 0 <= first <= second:
        return (f"a tree of {second:,} events cannot continue one of {first:,}",)
    if first in (0, second):
        return _check_without_path(proof, first_root, second_root)
    if not first & (first - 1):  # a power of two: the earlier root is itself a node of the later
        path.insert(0, first_root)
    if not path:
        return ("the proof has fewer hashes than the tree has levels",)
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    return _climb(path, (place, last), first_root, second_root)


def _climb(
    path: list[bytes], at: tuple[int, int], first_root: bytes, second_root: bytes
) -> tuple[str, ...]:
    place, last = at
    earlier = later = path[0]
    for sibling in path[1:]:
        if last == 0:
            return ("the proof has more hashes than the tree has levels",)
        if place & 1 or place == last:
            earlier, later = node_hash(sibling, earlier), node_hash(sibling, later)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            later = node_hash(later, sibling)
        place, last = place >> 1, last >> 1
    if last:
        return ("the proof has fewer hashes than the tree has levels",)
    problems = []
    if earlier != first_root:
        problems.append("the proof leads to another earlier root")
    if later != second_root:
        problems.append("the proof leads to another later root")
    return tuple(problems)


def _check_without_path(proof: ConsistencyProof, first: bytes, second: bytes) -> tuple[str, ...]:
    if proof.path:
        return ("the proof has hashes where none are needed",)
    if proof.first == proof.second:
        return () if first == second else ("trees of one size have different roots",)
    return () if first == EMPTY_ROOT else ("the earlier root is not that of no events",)


def _path(spans: list[Span], node: NodeAt) -> tuple[bytes, ...]:
    return tuple(fold(node(level, index) for level, index in span_nodes(span)) for span in spans)


def _split(count: int) -> int:
    """The largest power of two below ``count`` (k in RFC 9162 §2.1.1)."""
    return 1 << ((count - 1).bit_length() - 1)
