"""Could the people whose group is not known change the answer?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenhand.core import NINETY_FIVE, Confidence
from evenhand.stats.columns import (
    Estimates,
    Floats,
    Mask,
    Proportion,
    Rate,
    as_counts,
    require_broadcastable,
)
from evenhand.stats.rate_ratio import rate_ratio
from evenhand.stats.risk_ratio import risk_ratio


@dataclass(frozen=True, slots=True)
class UnknownBounds:
    """The ratio with unknowns out, and what it would be wherever they belonged.

    ``if_group`` and ``if_comparator`` put all unknowns in the one or the other. ``lowest`` and
    ``highest`` are the furthest the ratio could be moved at all: for proportions, by putting the
    unknown events on one side and the unknown non-events on the other.
    """

    known: Estimates
    if_group: Estimates
    if_comparator: Estimates
    lowest: Estimates
    highest: Estimates
    unknown_share: Floats

    @property
    def could_reverse(self) -> Mask:
        """Where the unknowns could put the ratio on the other side of 1 (or exactly on it)."""
        value = self.known.value
        reversed_: Mask = ((value > 1) & (self.lowest.value <= 1)) | (
            (value < 1) & (self.highest.value >= 1)
        )
        return reversed_


def rate_ratio_unknowns(
    group: Rate,
    comparator: Rate,
    unknown: ArrayLike,
    *,
    confidence: Confidence = NINETY_FIVE,
) -> UnknownBounds:
    """How many times as often for the group, if the events of people not recorded were theirs?

    Populations come from elsewhere and stay as they are; the events whose group was not recorded
    are left out, then given wholly to the group, then wholly to the comparator.

    Parameters
    ----------
    group, comparator : Rate
        Events over population or person-time, of shapes that broadcast together.
    unknown : array of whole numbers
        Events whose group is not known, in the same place and period; broadcasts too.
    confidence : Confidence
        For the intervals of all five answers.

    Returns
    -------
    UnknownBounds
        Conditional mid-p estimates. ``unknown_share`` is the share of the unknown among the
        events of these two groups and the unknown, from 0 to 1; nan where there were none at all.

    Raises
    ------
    UsageProblem
        If a count is negative or fractional, or shapes do not line up.

    Notes
    -----
    These are bounds, not guesses: the truth is inside if every unknown belongs to one of the two
    groups or to neither. Nothing is imputed. Where the bounds straddle 1 the direction of the
    finding is not known, whatever its p-value.

    References
    ----------
    C. F. Manski (2003), *Partial Identification of Probability Distributions*, chapter 1.

    Examples
    --------
    >>> from evenhand.stats import Rate, rate_ratio_unknowns
    >>> found = rate_ratio_unknowns(Rate([30], 1000), Rate([200], 10000), [40])
    >>> found.known.value, found.lowest.value.round(2), found.highest.value
    (array([1.5]), array([1.25]), array([3.5]))

    The ratio is 1.5 with unknowns out; wherever they belong it is between 1.25 and 3.5.
    """
    missing = as_counts(unknown, name="unknown")
    require_broadcastable("group, comparator and unknown", group.events, comparator.events, missing)
    more_group = Rate(group.events + missing, group.population)
    more_comparator = Rate(comparator.events + missing, comparator.population)
    known = rate_ratio(group, comparator, confidence=confidence)
    highest = rate_ratio(more_group, comparator, confidence=confidence)
    lowest = rate_ratio(group, more_comparator, confidence=confidence)
    share = _share(missing, group.events + comparator.events)
    return UnknownBounds(known, highest, lowest, lowest, highest, share)


def risk_ratio_unknowns(
    group: Proportion,
    comparator: Proportion,
    unknown: Proportion,
    *,
    confidence: Confidence = NINETY_FIVE,
) -> UnknownBounds:
    """How many times as likely for the group, if the people not recorded belonged to it?

    Parameters
    ----------
    group, comparator : Proportion
        Counts of totals, of shapes that broadcast together.
    unknown : Proportion
        The same for people whose group is not known.
    confidence : Confidence
        For the intervals of all five answers.

    Returns
    -------
    UnknownBounds
        Koopman estimates. ``unknown_share`` is the share of people whose group is not known, from
        0 to 1; nan where there was nobody.

    Raises
    ------
    UsageProblem
        If shapes do not line up.

    Notes
    -----
    Putting every unknown person in one group is not the worst that could be: ``lowest`` and
    ``highest`` also split them by what happened to them, and nothing can lie outside.

    References
    ----------
    C. F. Manski (2003), *Partial Identification of Probability Distributions*, chapter 1.

    Examples
    --------
    >>> from evenhand.stats import Proportion, risk_ratio_unknowns
    >>> found = risk_ratio_unknowns(
    ...     Proportion([20], 100), Proportion([100], 1000), Proportion([10], 60)
    ... )
    >>> found.known.value, found.lowest.value.round(2), found.highest.value.round(2)
    (array([2.]), array([1.22]), array([2.86]))

    The ratio is 2 with unknowns out, and at least 1.2 wherever they belong.
    """
    people = (group.total, comparator.total, unknown.total)
    require_broadcastable("group, comparator and unknown", *people)
    events, rest = Proportion(unknown.count, unknown.count), unknown.total - unknown.count
    others = Proportion(np.zeros_like(rest), rest)

    def ratio(first: Proportion, second: Proportion) -> Estimates:
        return risk_ratio(first, second, confidence=confidence)

    return UnknownBounds(
        known=ratio(group, comparator),
        if_group=ratio(_with(group, unknown), comparator),
        if_comparator=ratio(group, _with(comparator, unknown)),
        lowest=ratio(_with(group, others), _with(comparator, events)),
        highest=ratio(_with(group, events), _with(comparator, others)),
        unknown_share=_share(unknown.total, group.total + comparator.total),
    )


def _with(known: Proportion, more: Proportion) -> Proportion:
    return Proportion(known.count + more.count, known.total + more.total)


def _share(part: ArrayLike, rest: ArrayLike) -> Floats:
    missing = np.asarray(part, dtype=np.float64)
    whole = missing + np.asarray(rest, dtype=np.float64)
    return np.where(whole > 0, missing / np.where(whole > 0, whole, 1.0), np.nan)
