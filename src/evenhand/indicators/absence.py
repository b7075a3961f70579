"""When a comparison has no number to print, and why, before any statistics are done."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from evenhand.core import Marker
from evenhand.indicators.compare import Ints, Pairs
from evenhand.indicators.definition import Indicator


class Absence(IntEnum):
    """Why a comparison has no ratio."""

    PRESENT = 0
    NO_RESIDENTS = 1
    VISITORS = 2
    NOT_SUPPLIED = 3
    NOTHING_COUNTED = 4

    @property
    def marker(self) -> Marker | None:
        """What stands in the cells instead of numbers."""
        return _MARKERS[self]

    @property
    def words(self) -> str:
        """The reason, to complete a sentence."""
        return _WORDS[self]


_MARKERS: dict[Absence, Marker | None] = {
    Absence.PRESENT: None,
    Absence.NO_RESIDENTS: Marker.NOT_APPLICABLE,
    Absence.VISITORS: Marker.UNDEFINED,
    Absence.NOT_SUPPLIED: Marker.NOT_COLLECTED,
    Absence.NOTHING_COUNTED: Marker.UNDEFINED,
}

_WORDS = {
    Absence.PRESENT: "",
    Absence.NO_RESIDENTS: "no resident population is known for this place",
    Absence.VISITORS: "the resident population does not describe who is there: "
    "too many searches for the number of people who live here",
    Absence.NOT_SUPPLIED: "the records supplied do not hold what this needs",
    Absence.NOTHING_COUNTED: "there was nothing to count",
}


def find_absence(
    indicator: Indicator, pairs: Pairs, visited: NDArray[np.bool_] | None = None
) -> NDArray[np.uint8]:
    """The :class:`Absence` of every pair; ``visited`` says so of every place, for a rate."""
    absence = np.full(len(pairs), Absence.PRESENT, dtype=np.uint8)
    if indicator.is_rate:
        known = pairs.total - pairs.unknown
        absence[(known == 0) & (pairs.unknown > 0)] = Absence.NOT_SUPPLIED
        absence[pairs.total == 0] = Absence.NOTHING_COUNTED
        absence[~np.isfinite(pairs.of) | ~np.isfinite(pairs.other_of)] = Absence.NO_RESIDENTS
        if visited is not None:
            absence[visited[pairs.place]] = Absence.VISITORS
    else:
        absence[(pairs.of == 0) & (pairs.other_of == 0)] = Absence.NOT_SUPPLIED
    return absence


def is_absent_throughout(absence: NDArray[np.uint8], place: Ints) -> NDArray[np.bool_]:
    """The rows of places of which no group can be compared, all for one reason."""
    _, inverse = np.unique(place, return_inverse=True)
    least, most = np.full(inverse.max(initial=-1) + 1, 255), np.zeros(inverse.max(initial=-1) + 1)
    np.minimum.at(least, inverse, absence)
    np.maximum.at(most, inverse, absence)
    return np.asarray(((least == most) & (least != Absence.PRESENT))[inverse])
