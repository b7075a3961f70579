"""Which rows repeat, contradict or double one another, judged once all of them are known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from evenhand.datasets.arrow import to_numbers
from evenhand.datasets.lake import Lake
from evenhand.datasets.words import Hashes

Verdicts = NDArray[np.int8]
GOOD, ALREADY, REPEATED, TWICE, OTHERWISE, DOUBLED = range(6)
RULE_OF = {
    ALREADY: ("already-loaded", "a row that is in the lake"),
    REPEATED: ("row-repeated", "a row that stands above in the files"),
    TWICE: ("key-once", "rows of one key that differ"),
    OTHERWISE: ("known-otherwise", "a row of whose key the lake has another"),
    DOUBLED: ("one-key-a-payroll-number", "two pseudonyms with one payroll number in a month"),
}
"""The rule that each verdict is of, and what was found."""


@dataclass(frozen=True, slots=True)
class Known:
    """Keys and fingerprints of the rows in the lake, sorted by key; sixteen bytes a row."""

    keys: Hashes
    fingerprints: Hashes

    @classmethod
    def of(cls, lake: Lake) -> Known:
        """Every row of every load."""
        keys, prints = _read(lake.list_parts(), "key"), _read(lake.list_parts(), "fingerprint")
        order = np.argsort(keys, kind="stable")
        return cls(keys[order], prints[order])

    @classmethod
    def nothing(cls) -> Known:
        """An empty lake."""
        return cls(np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.uint64))


def _read(parts: Iterable[Any], column: str) -> Hashes:
    chunks = [
        to_numbers(chunk).view(np.uint64)
        for part in parts
        for chunk in pq.read_table(part, columns=[column]).column(0).chunks
    ]
    return np.concatenate([np.empty(0, dtype=np.uint64), *chunks])


@dataclass(slots=True)
class Met:
    """Keys, fingerprints and payroll marks of the rows read, batch after batch."""

    _keys: list[Hashes] = field(default_factory=list)
    _fingerprints: list[Hashes] = field(default_factory=list)
    _payrolls: list[Hashes] = field(default_factory=list)

    def add(self, keys: Hashes, fingerprints: Hashes, payrolls: Hashes) -> None:
        """The rows of one batch that obey every rule about one row."""
        self._keys.append(keys)
        self._fingerprints.append(fingerprints)
        self._payrolls.append(payrolls)

    def judge(self, known: Known) -> Verdicts:
        """What is to become of each row, in the order in which they were added."""
        keys, prints = _all(self._keys), _all(self._fingerprints)
        verdicts = _judge_among(keys, prints)
        doubled = _find_doubled(_all(self._payrolls), keys)
        verdicts[doubled & (verdicts == GOOD)] = DOUBLED
        self._judge_against(known, keys, prints, verdicts)
        return verdicts

    @staticmethod
    def _judge_against(known: Known, keys: Hashes, prints: Hashes, verdicts: Verdicts) -> None:
        if not len(known.keys):
            return
        # No two rows of the lake share a key, so the one place to look is where the key stands.
        place = np.minimum(np.searchsorted(known.keys, keys), len(known.keys) - 1)
        has_key = known.keys[place] == keys
        in_lake = has_key & (known.fingerprints[place] == prints)
        verdicts[has_key & ~in_lake & (verdicts != TWICE)] = OTHERWISE
        verdicts[in_lake] = ALREADY


def _judge_among(keys: Hashes, prints: Hashes) -> Verdicts:
    """Rows of one key: alike, all but the first repeat it; unlike, all contradict one another."""
    verdicts = np.zeros(len(keys), dtype=np.int8)
    order = np.argsort(keys, kind="stable")
    same = keys[order][1:] == keys[order][:-1]
    if not same.any():
        return verdicts
    start = np.concatenate([[True], ~same])
    group = np.cumsum(start) - 1
    first = prints[order][start][group]
    unlike = np.bincount(group, weights=prints[order] != first) > 0
    judged = np.where(start, GOOD, REPEATED).astype(np.int8)
    judged[unlike[group]] = TWICE
    verdicts[order] = judged
    return verdicts


def _find_doubled(payrolls: Hashes, keys: Hashes) -> NDArray[np.bool_]:
    """Rows whose month and payroll number another key has too."""
    doubled = np.zeros(len(keys), dtype=np.bool_)
    at = np.flatnonzero(payrolls != 0)
    if not len(at):
        return doubled
    order = at[np.lexsort((keys[at], payrolls[at]))]
    start = np.concatenate([[True], payrolls[order][1:] != payrolls[order][:-1]])
    group = np.cumsum(start) - 1
    first = keys[order][start][group]
    several = np.bincount(group, weights=keys[order] != first) > 0
    doubled[order] = several[group]
    return doubled


def _all(pieces: list[Hashes]) -> Hashes:
    return np.concatenate([np.empty(0, dtype=np.uint64), *pieces])
