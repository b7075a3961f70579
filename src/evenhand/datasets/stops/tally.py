"""Counts per service and month from which the report tells what is missing or odd."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from evenhand.core import Month
from evenhand.datasets.stops.normalise import Normal

BLANKS = (
    "sex",
    "age",
    "self_defined",
    "officer",
    "legislation",
    "object",
    "outcome",
    "linked",
    "stripped",
    "operation",
    "latitude",
    "longitude",
)
_ROWS, _MIDNIGHT, _REPEATED, _OUTSIDE = range(4)
_FIXED = 4
_SHIFT = 100_000  # months since 1970 stay far below: a service and month make one number
_EPOCH = 1970 * 12


@dataclass(frozen=True, slots=True)
class MonthTally:
    """The rows of one service in one month, and how many of them lack what."""

    rows: int
    midnight: int
    repeated: int
    outside: int
    blank: dict[str, int]


@dataclass(slots=True)
class Tally:
    """Adds up batch after batch."""

    _counts: dict[int, NDArray[np.int64]] = field(default_factory=dict)

    def copy(self) -> Tally:
        """The state now, to go back to."""
        return Tally({key: counts.copy() for key, counts in self._counts.items()})

    def add(self, normal: Normal, keep: NDArray[np.bool_], repeat: NDArray[np.int32]) -> None:
        """Count the rows of a batch that are kept; ``repeat`` has one value per kept row."""
        group = normal.service[keep].astype(np.int64) * _SHIFT + normal.month[keep]
        keys, inverse = np.unique(group, return_inverse=True)
        if not len(keys):
            return
        of_file = np.asarray([_number(name.month) for name in normal.names], dtype=np.int64)
        file_month = of_file[normal.owners[keep]]
        outside = (file_month >= 0) & (file_month != normal.month[keep])
        marks = [None, normal.midnight[keep], repeat > 0, outside]
        marks += [normal.blanks[name][keep] for name in BLANKS]
        counts = np.stack(
            [np.bincount(inverse, weights=mark, minlength=len(keys)) for mark in marks], axis=1
        ).astype(np.int64)
        for key, row in zip(keys.tolist(), counts, strict=True):
            self._counts[key] = self._counts.get(key, 0) + row

    def by_service(self, services: list[str]) -> dict[str, dict[Month, MonthTally]]:
        """The counts by service and month, both in order."""
        found: dict[str, dict[Month, MonthTally]] = {}
        for key, row in sorted(self._counts.items(), key=lambda item: item[0]):
            service, month = services[key // _SHIFT], Month.at(_EPOCH + key % _SHIFT)
            numbers = row.tolist()
            blank = dict(zip(BLANKS, numbers[_FIXED:], strict=True))
            found.setdefault(service, {})[month] = MonthTally(
                numbers[_ROWS], numbers[_MIDNIGHT], numbers[_REPEATED], numbers[_OUTSIDE], blank
            )
        return dict(sorted(found.items()))


def _number(month: str) -> int:
    return Month.parse(month).index - _EPOCH if month else -1
