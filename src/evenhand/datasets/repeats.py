"""Which rows repeat one met before, kept in sorted runs so that memory is eight bytes a row."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]


class Seen:
    """The fingerprints met so far.

    Runs are merged when the last is no longer much smaller than the one before, as in a
    log-structured merge tree, so that adding n rows in any number of pieces costs n log n.
    """

    def __init__(self, runs: list[Hashes] | None = None) -> None:
        self._runs = list(runs or [])

    @classmethod
    def over(cls, fingerprints: Iterable[Hashes]) -> Seen:
        """Rows met earlier, in any order."""
        met = np.concatenate([np.empty(0, dtype=np.uint64), *fingerprints])
        met.sort()
        return cls([met] if len(met) else [])

    def copy(self) -> Seen:
        """The state now, to go back to; the runs themselves are shared and never changed."""
        return Seen(self._runs)

    def rank(self, fingerprints: Hashes) -> NDArray[np.int32]:
        """How many times each row was met before, here or earlier; then they count as met."""
        order = np.argsort(fingerprints, kind="stable")
        ordered = fingerprints[order]
        ranks = _ranks_of_sorted(ordered)
        for run in self._runs:
            ranks += _count_in(run, ordered)
        result = np.empty(len(fingerprints), dtype=np.int32)
        result[order] = ranks
        self._add(ordered)
        return result

    def _add(self, ordered: Hashes) -> None:
        if not len(ordered):
            return
        self._runs.append(ordered)
        while len(self._runs) > 1 and len(self._runs[-2]) <= 2 * len(self._runs[-1]):
            last = self._runs.pop()
            merged = np.concatenate([self._runs.pop(), last])
            merged.sort(kind="stable")  # radix or tim sort: two sorted halves merge in one pass
            self._runs.append(merged)


def _ranks_of_sorted(ordered: Hashes) -> NDArray[np.int32]:
    if not len(ordered):
        return np.empty(0, dtype=np.int32)
    position = np.arange(len(ordered), dtype=np.int64)
    first = np.concatenate([[True], ordered[1:] != ordered[:-1]])
    start = np.maximum.accumulate(np.where(first, position, 0))
    return (position - start).astype(np.int32)


def _count_in(run: Hashes, ordered: Hashes) -> NDArray[np.int32]:
    left = np.searchsorted(run, ordered, side="left")
    right = np.searchsorted(run, ordered, side="right")
    return (right - left).astype(np.int32)
