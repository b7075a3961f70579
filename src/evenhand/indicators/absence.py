"""When a comparison has no number to print, and why, before any statistics are done."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from evenhand.core import Marker
from evenhand.indicators.compare import Floats, Ints, Pairs, Sums
from evenhand.indicators.definition import Indicator
from evenhand.indicators.thresholds import THRESHOLDS, Thresholds

SPEAKS_FROM = 10
"""A group of fewer events does not speak for whether a place's residents are the people counted:
chance alone can make its rate high."""


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
    indicator: Indicator, pairs: Pairs, thresholds: Thresholds, *, places: int
) -> NDArray[np.uint8]:
    """The :class:`Absence` of every pair, ``places`` being how many places there are."""
    absence = np.full(len(pairs), Absence.PRESENT, dtype=np.uint8)
    if indicator.is_rate:
        known = pairs.total - pairs.unknown
        absence[(known == 0) & (pairs.unknown > 0)] = Absence.NOT_SUPPLIED
        absence[pairs.total == 0] = Absence.NOTHING_COUNTED
        absence[_visited(pairs, thresholds, places=places)[pairs.place]] = Absence.VISITORS
        absence[~np.isfinite(pairs.of) | ~np.isfinite(pairs.other_of)] = Absence.NO_RESIDENTS
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


def find_visited(
    indicator: Indicator, sums: Sums, thresholds: Thresholds = THRESHOLDS
) -> NDArray[np.bool_]:
    """The places whose residents cannot be the people counted: one group too busy speaks for all.

    City of London: 305 searches of Black people in a year among 334 residents.
    """
    if not indicator.is_rate:
        return np.zeros(len(sums.count), dtype=bool)
    return np.asarray(_is_visit(sums.count, sums.of, thresholds).any(axis=1))


def _visited(pairs: Pairs, thresholds: Thresholds, *, places: int) -> NDArray[np.bool_]:
    visited = np.zeros(places, dtype=bool)
    for count, of in ((pairs.count, pairs.of), (pairs.other_count, pairs.other_of)):
        np.logical_or.at(visited, pairs.place, _is_visit(count, of, thresholds))
    return visited


def _is_visit(count: Ints, of: Floats, thresholds: Thresholds) -> NDArray[np.bool_]:
    """Whether a group's searches are too many to be of its residents; never where none are known.

    ``of`` is in person-years, of the shape of ``count``.
    """
    limit = thresholds.visits_per_resident * np.nan_to_num(of, nan=np.inf)
    return np.asarray((count >= SPEAKS_FROM) & (count > limit))
