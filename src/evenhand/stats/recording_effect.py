"""Does the headline depend on which of two recordings of the same people is used?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.columns import Estimates, Floats, Rate, as_counts, require_broadcastable
from evenhand.stats.rate_ratio import rate_ratio


@dataclass(frozen=True, slots=True)
class RecordingEffect:
    """The same headline ratio by each recording, and how many times the second is the first."""

    first: Estimates
    second: Estimates
    change: Floats


def recording_effect(
    table: ArrayLike,
    population: ArrayLike,
    *,
    pair: tuple[int, int],
    confidence: Confidence = NINETY_FIVE,
) -> RecordingEffect:
    """Would the headline ratio be different if we counted people by the other recording?

    Parameters
    ----------
    table : array of whole numbers, shape (..., k, k)
        Events by first recording (rows) and second (columns).
    population : array of float, shape (..., k)
        People in each category, the same for both recordings.
    pair : (int, int)
        The positions of the group and of the comparator among the categories.
    confidence : Confidence
        For both ratios' intervals.

    Returns
    -------
    RecordingEffect
        The rate ratio by rows, by columns, and the second over the first; ``change`` is nan
        where either ratio is not a finite number above 0.

    Raises
    ------
    UsageProblem
        If the table is not square, or ``pair`` is not two of its categories.

    Notes
    -----
    The two ratios come from the same events, so their intervals must not be compared as if they
    were separate samples.

    References
    ----------
    J. Cohen (1960), *Educational and Psychological Measurement* 20, 37-46 (the table).

    Examples
    --------
    >>> from evenhand.stats import recording_effect
    >>> found = recording_effect([[[30, 10], [0, 160]]], [1000, 10_000], pair=(0, 1))
    >>> found.first.value.round(2), found.second.value.round(2), found.change.round(2)
    (array([2.5]), array([1.76]), array([0.71]))

    By the second recording the ratio is 1.8, not 2.5: nearly a third less, by the choice of field.
    """
    counts = as_counts(table, name="table")
    group, comparator = pair
    size = counts.shape[-1] if counts.ndim > 1 else 0
    if counts.ndim < 2 or counts.shape[-2] != size or not 0 <= min(pair) <= max(pair) < size:
        raise UsageProblem(
            f"table must be square and pair two of its categories; found shape {counts.shape} "
            f"and pair {pair}.",
            rule="table-is-square",
        )
    people = np.asarray(population)
    rows, columns = counts.sum(axis=-1), counts.sum(axis=-2)
    require_broadcastable("table and population", rows, people)
    first, second = (
        rate_ratio(
            Rate(events[..., group], people[..., group]),
            Rate(events[..., comparator], people[..., comparator]),
            confidence=confidence,
        )
        for events in (rows, columns)
    )
    usable = np.isfinite(first.value) & np.isfinite(second.value) & (first.value > 0)
    usable &= second.value > 0
    change = np.where(usable, second.value / np.where(usable, first.value, 1.0), np.nan)
    return RecordingEffect(first, second, change)
