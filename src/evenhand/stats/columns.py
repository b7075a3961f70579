"""Columns of counts in, columns of estimates out: the types every statistic takes and returns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Reason(IntEnum):
    """Why an estimate, or one of its bounds, is not a finite number."""

    DEFINED = 0
    NO_EVENTS = 1
    NO_COMPARATOR_EVENTS = 2
    NO_POPULATION = 3
    NOT_ESTIMABLE = 4
    ONLY_EVENTS = 5
    NO_GROUP_NON_EVENTS = 6
    TOO_SMALL = 7

    @property
    def words(self) -> str:
        """What a page prints in place of the number."""
        return _WORDS[self]


_WORDS = {
    Reason.DEFINED: "",
    Reason.NO_EVENTS: "there were no events in either group, so there is nothing to compare",
    Reason.NO_COMPARATOR_EVENTS: "the comparator had no events, so only a lower bound can be given",
    Reason.NO_POPULATION: "there is nobody in the denominator",
    Reason.NOT_ESTIMABLE: "the counts do not hold enough to work this out",
    Reason.ONLY_EVENTS: "it happened to everyone in both groups, so the odds cannot be compared",
    Reason.NO_GROUP_NON_EVENTS: (
        "it happened to everyone in the group, so only a lower bound can be given for the odds"
    ),
    Reason.TOO_SMALL: "this unit is too small to show even the largest gap there could be",
}

# Above 2**53 neighbouring whole numbers are the same float64, so a count stops being exact.
LARGEST_COUNT = 2**53


def as_counts(values: ArrayLike, *, name: str) -> Counts:
    """Whole, non-negative numbers as int64; anything else is refused by name and value."""
    array = np.asarray(values)
    if array.dtype.kind not in "iufb":
        raise UsageProblem(f"{name} must be numbers, not {array.dtype}.", rule="counts-are-numbers")
    bad = array < 0
    if array.dtype.kind == "f":
        bad |= ~np.isfinite(array) | (array != np.floor(array))
    if bad.any():
        raise UsageProblem(
            f"{name} must be whole and not negative; found {array[bad].flat[0].item()!r}.",
            rule="counts-are-whole",
        )
    if array.size and array.max() > LARGEST_COUNT:
        raise UsageProblem(
            f"{name} must be at most {LARGEST_COUNT}; found {array.max().item()!r}.",
            rule="counts-are-exact",
        )
    return array.astype(np.int64)


def as_population(values: ArrayLike, *, name: str) -> Floats:
    """Populations or person-time: finite and not negative, fractions allowed."""
    array = np.asarray(values)
    if array.dtype.kind not in "iufb":
        raise UsageProblem(f"{name} must be numbers, not {array.dtype}.", rule="counts-are-numbers")
    array = array.astype(np.float64)
    bad = ~np.isfinite(array) | (array < 0)
    if bad.any():
        raise UsageProblem(
            f"{name} must be finite and not negative; found {array[bad].flat[0].item()!r}.",
            rule="populations-are-not-negative",
        )
    return array


def require_broadcastable(what: str, *arrays: NDArray[np.generic]) -> None:
    """Refuse arrays whose shapes do not line up, naming both."""
    try:
        np.broadcast_shapes(*(array.shape for array in arrays))
    except ValueError:
        shapes = " and ".join(str(array.shape) for array in arrays)
        raise UsageProblem(
            f"{what} have shapes {shapes}, which do not line up.", rule="shapes-line-up"
        ) from None


def require_confidence(confidence: object) -> Confidence:
    """The confidence as its own type; a bare number such as 95 or 0.95 is refused."""
    if not isinstance(confidence, Confidence):
        raise UsageProblem(
            f"confidence must be a Confidence, not {confidence!r}.",
            remedy="Write Confidence(0.95) for 95%.",
            rule="confidence-is-a-proportion",
        )
    return confidence


def critical_value(confidence: Confidence) -> float:
    """How many standard errors a two-sided normal interval reaches: 1.959964 at 95%."""
    return float(-ndtri(require_confidence(confidence).tail))


def require_method(method: str, known: tuple[str, ...]) -> str:
    """The method's name; one that is not known is refused with those that are."""
    if method not in known:
        raise UsageProblem(
            f"method {method!r} is not known.",
            remedy=f"Choose one of: {', '.join(known)}.",
            rule="method-is-known",
        )
    return method


@dataclass(frozen=True, slots=True)
class Proportion:
    """``count`` of ``total`` people or events; both broadcast together."""

    count: Counts
    total: Counts

    def __init__(self, count: ArrayLike, total: ArrayLike) -> None:
        counts, totals = as_counts(count, name="count"), as_counts(total, name="total")
        require_broadcastable("count and total", counts, totals)
        counts, totals = np.broadcast_arrays(counts, totals)
        above = counts > totals
        if above.any():
            raise UsageProblem(
                f"count {counts[above].flat[0]} is above its total {totals[above].flat[0]}.",
                rule="count-within-total",
            )
        object.__setattr__(self, "count", counts)
        object.__setattr__(self, "total", totals)


@dataclass(frozen=True, slots=True)
class Rate:
    """``events`` over a ``population`` (people, or person-time); both broadcast together."""

    events: Counts
    population: Floats

    def __init__(self, events: ArrayLike, population: ArrayLike) -> None:
        counts = as_counts(events, name="events")
        people = as_population(population, name="population")
        require_broadcastable("events and population", counts, people)
        counts, people = np.broadcast_arrays(counts, people)
        object.__setattr__(self, "events", counts)
        object.__setattr__(self, "population", people)


@dataclass(frozen=True, slots=True)
class Estimates:
    """A column of estimates, each with its interval; shapes of all four arrays are equal.

    ``value``, ``low`` and ``high`` hold nan or an infinity only where ``reason`` is not
    ``DEFINED``. Where the comparator had no events the value is +inf, ``low`` is the bound to print
    and ``high`` is +inf; elsewhere an undefined estimate is nan in all three.
    """

    value: Floats
    low: Floats
    high: Floats
    reason: NDArray[np.uint8]
    method: str
    confidence: Confidence = NINETY_FIVE

    def __len__(self) -> int:
        return int(self.value.size)


@dataclass(frozen=True, slots=True)
class PValues:
    """A column of two-sided p-values; ``p`` is nan only where ``reason`` is not ``DEFINED``."""

    p: Floats
    reason: NDArray[np.uint8]
    method: str

    def __len__(self) -> int:
        return int(self.p.size)
