"""The tree over the events: its leaves, its nodes, and the little that must be kept to grow it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.core import UsageProblem

HASH_SIZE = 32  # bytes of SHA-256
EMPTY_ROOT = hashlib.sha256(b"").digest()  # RFC 9162 §2.1.1: the hash of an empty list


def leaf_hash(body: bytes) -> bytes:
    """The hash of one event's canonical bytes; the 0x00 before it keeps leaves apart from nodes."""
    return hashlib.sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbouring subtrees, left before right, after a 0x01."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Node:
    """A complete subtree: the hash over leaves ``index·2^level`` up to ``(index+1)·2^level``."""

    level: int
    index: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Frontier:
    """What must be kept to add the next event: one hash per binary digit 1 of ``size``.

    The question answered: what is the root of everything recorded so far, and how does it change
    with one more event, without reading the others again? ``peaks`` are the roots of the complete
    subtrees from left (largest) to right (smallest); at a million events there are at most 20.

    Raises
    ------
    UsageProblem
        When the number of peaks is not the number of ones in ``size``, or one is not 32 bytes.

    References
    ----------
    Laurie, Messeri and Stradling (2021), RFC 9162, §2.1.1 (tree hash) and §2.1.2.

    Examples
    --------
    >>> empty = Frontier()
    >>> one = empty.append(leaf_hash(b"first"))
    >>> two = one.append(leaf_hash(b"second"))
    >>> two.size, two.root == node_hash(leaf_hash(b"first"), leaf_hash(b"second"))
    (2, True)

    Two events are under one root; whoever holds that root can tell if either is changed.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or self.size.bit_count() != len(self.peaks):
            raise UsageProblem(
                f"a tree of {self.size:,} events does not have {len(self.peaks)} peaks.",
                rule="one-peak-per-binary-one",
            )
        if any(len(peak) != HASH_SIZE for peak in self.peaks):
            raise UsageProblem(f"each peak is a hash of {HASH_SIZE} bytes.", rule="hash-size")

    @property
    def root(self) -> bytes:
        """The root over all events so far."""
        return fold(self.peaks)

    def append(self, leaf: bytes) -> Frontier:
        """The frontier after one more event's leaf hash."""
        return self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> Frontier:
        """The frontier after these leaf hashes, in order."""
        peaks, size = list(self.peaks), self.size
        for leaf in leaves:
            grow(peaks, size, leaf)
            size += 1
        return Frontier(size, tuple(peaks))

    def grown(self, leaf: bytes) -> tuple[Frontier, tuple[Node, ...]]:
        """The next frontier, and the subtrees that this leaf completes (itself first).

        A store that keeps those (two per event on average) can prove any event later by reading
        about log₂(size) of them.
        """
        peaks, nodes = list(self.peaks), [Node(0, self.size, leaf)]
        while (self.size >> nodes[-1].level) & 1:
            below = nodes[-1]
            joined = node_hash(peaks.pop(), below.hash)
            nodes.append(Node(below.level + 1, below.index >> 1, joined))
        return Frontier(self.size + 1, (*peaks, nodes[-1].hash)), tuple(nodes)


def fold(peaks: Iterable[bytes]) -> bytes:
    """Join the roots of complete subtrees, given left to right, into the root over all of them."""
    hashes = list(peaks)
    if not hashes:
        return EMPTY_ROOT
    root = hashes.pop()
    while hashes:
        root = node_hash(hashes.pop(), root)
    return root


def grow(peaks: list[bytes], size: int, leaf: bytes) -> None:
    """Add one leaf to ``peaks``, in place, of a tree of ``size`` leaves (the inner loop)."""
    while size & 1:
        leaf = hashlib.sha256(b"\x01" + peaks.pop() + leaf).digest()
        size >>= 1
    peaks.append(leaf)
