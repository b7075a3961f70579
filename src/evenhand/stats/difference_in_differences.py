"""Did the group change by more than the comparator did over the same time?"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.columns import (
    Counts,
    Estimates,
    Floats,
    Proportion,
    Rate,
    Reason,
    critical_value,
    require_broadcastable,
    require_method,
)
from evenhand.stats.odds_ratio import odds_ratio
from evenhand.stats.proportion import proportion
from evenhand.stats.rate import rate
from evenhand.stats.strata import line_up
from evenhand.stats.stratified_score import cornfield_score, ratio_limits

RatioMethod = Literal["score", "mid-p", "delta"]


def ratio_of_ratios(
    group: Rate,
    comparator: Rate,
    *,
    method: RatioMethod = "score",
    confidence: Confidence = NINETY_FIVE,
) -> Estimates:
    """How many times more did the group's rate grow than the comparator's?

    The group's rate after over before, divided by the comparator's. Given how many events each side
    had in all, the four counts are a two-by-two table whose odds ratio is this ratio times a known
    factor of the populations, so the interval is that of the odds ratio: it is defined at zero.

    Parameters
    ----------
    group, comparator
        Events over population, of shape ``(…, 2)``: before, after.
    method
        ``score`` (Miettinen and Nurminen), ``mid-p`` (conditional exact) or ``delta`` (log-normal,
        to reproduce published figures).
    confidence
        Confidence of the interval.

    Returns
    -------
    Estimates of shape ``(…)``; 1 is no difference in change. Where a count it is divided by is 0
    (the group's before or the comparator's after) the value is infinite, the reason
    ``NO_COMPARATOR_EVENTS`` and ``low`` the bound to print. ``delta`` is ``NOT_ESTIMABLE`` with any
    count of 0.

    Raises
    ------
    UsageProblem
        The last axis is not before and after, or shapes do not line up.

    Notes
    -----
    Assumes that without the action both rates would have moved in the same proportion: show earlier
    months of both. Two periods cannot tell the action from anything else that happened to one side
    alone. Events must be independent.

    References
    ----------
    Angrist JD, Pischke J-S (2009), Mostly Harmless Econometrics, section 5.2. Miettinen O, Nurminen
    M (1985), Stat Med 4:213–226.

    Examples
    --------
    >>> ratio = ratio_of_ratios(Rate([120, 80], [1000, 1000]), Rate([300, 290], [5000, 5000]))
    >>> ratio.value.round(2), ratio.low.round(2), ratio.high.round(2)
    (np.float64(0.69), np.float64(0.5), np.float64(0.95))

    The group's rate fell to 69% of what the comparator's change would have made it.
    """
    require_method(method, get_args(RatioMethod))
    events, people = _before_and_after(group, comparator)
    x = events.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = people[..., 0, 1] * people[..., 1, 0] / (people[..., 0, 0] * people[..., 1, 1])
        value = x[..., 0, 1] / x[..., 0, 0] * (x[..., 1, 0] / x[..., 1, 1]) / factor
    if method == "delta":
        return _delta(value, x, people, confidence)
    low, high = (_score if method == "score" else _mid_p)(events, confidence)
    reason = _reasons(people, x)
    some = (reason == Reason.DEFINED) | (reason == Reason.NO_COMPARATOR_EVENTS)
    factor = np.where(some, factor, 1.0)
    value = np.where(reason == Reason.NO_COMPARATOR_EVENTS, np.inf, np.where(some, value, np.nan))
    low, high = (np.where(some, limit / factor, np.nan) for limit in (low, high))
    return Estimates(value, low, high, reason, f"ratio of rate ratios, {method}", confidence)


def _table(events: Counts) -> tuple[Proportion, Proportion]:
    """Each side's events after, of its events in all."""
    return (
        Proportion(events[..., 0, 1], events[..., 0, :].sum(axis=-1)),
        Proportion(events[..., 1, 1], events[..., 1, :].sum(axis=-1)),
    )


def _score(events: Counts, confidence: Confidence) -> tuple[Floats, Floats]:
    """Miettinen and Nurminen's limits of the table's odds ratio: one stratum, the score solved."""
    group, comparator = _table(events)
    strata = line_up(
        Proportion(group.count.reshape(-1, 1), group.total.reshape(-1, 1)),
        Proportion(comparator.count.reshape(-1, 1), comparator.total.reshape(-1, 1)),
    )
    cells = strata.group.shape[0]
    low, high = ratio_limits(cornfield_score(strata), cells=cells, confidence=confidence)
    return low.reshape(events.shape[:-2]), high.reshape(events.shape[:-2])


def _mid_p(events: Counts, confidence: Confidence) -> tuple[Floats, Floats]:
    odds = odds_ratio(*_table(events), method="mid-p", confidence=confidence)
    return odds.low, odds.high


def _reasons(people: Floats, events: Floats) -> NDArray[np.uint8]:
    """A ratio needs something above or below it on each side, and something in its divisors."""
    above = (events[..., 0, 1] > 0) & (events[..., 1, 0] > 0)
    below = (events[..., 0, 0] > 0) & (events[..., 1, 1] > 0)
    sides, times = events.any(axis=-1).all(axis=-1), events.any(axis=-2).all(axis=-1)
    reason = np.where(above & ~below, Reason.NO_COMPARATOR_EVENTS, Reason.DEFINED)
    reason = np.where(sides & times & (above | below), reason, Reason.NOT_ESTIMABLE)
    reason = np.where(events.any(axis=(-1, -2)), reason, Reason.NO_EVENTS)
    return np.where((people > 0).all(axis=(-1, -2)), reason, Reason.NO_POPULATION).astype(np.uint8)


def _delta(value: Floats, events: Floats, people: Floats, confidence: Confidence) -> Estimates:
    full = (events > 0).all(axis=(-1, -2))
    variance = (1 / np.where(events > 0, events, 1.0)).sum(axis=(-1, -2))
    reach = np.exp(critical_value(confidence) * np.sqrt(variance))
    there = (people > 0).all(axis=(-1, -2))
    reason = np.where(full, Reason.DEFINED, Reason.NOT_ESTIMABLE)
    reason = np.where(there, reason, Reason.NO_POPULATION).astype(np.uint8)
    value = np.where(full & there, value, np.nan)
    method = "ratio of rate ratios, delta"
    return Estimates(value, value / reach, value * reach, reason, method, confidence)


def difference_of_differences(
    group: Rate | Proportion,
    comparator: Rate | Proportion,
    *,
    confidence: Confidence = NINETY_FIVE,
) -> Estimates:
    """By how many more per head (or per person) did the group change than the comparator?

    The group's change less the comparator's. The interval joins the score intervals of the four
    rates or proportions (the method of variance estimates recovery), so it is defined at zero and
    at all.

    Parameters
    ----------
    group, comparator
        Both `Rate` or both `Proportion`, of shape ``(…, 2)``: before, after.
    confidence
        Confidence of the interval.

    Returns
    -------
    Estimates of shape ``(…)``; 0 is no difference in change.

    Raises
    ------
    UsageProblem
        The last axis is not before and after, the kinds differ, or shapes do not line up.

    Notes
    -----
    Assumes that without the action both would have moved by the same amount: not for sides with
    very different levels, where a ratio (`ratio_of_ratios`) is the fairer question.

    References
    ----------
    Zou GY, Donner A (2008), Stat Med 27:1693–1702. Angrist JD, Pischke J-S (2009), Mostly Harmless
    Econometrics, section 5.2.

    Examples
    --------
    >>> group = Proportion([30, 45], [100, 100])
    >>> change = difference_of_differences(group, Proportion([60, 62], [200, 200]))
    >>> change.value.round(3), change.low.round(3), change.high.round(3)
    (np.float64(0.14), np.float64(-0.021), np.float64(0.295))

    The group rose by 14 points more than the comparator, though no difference is still plausible.
    """
    if type(group) is not type(comparator):
        raise UsageProblem(
            f"group is a {type(group).__name__} and comparator a {type(comparator).__name__}.",
            rule="same-kind",
        )
    _before_and_after(group, comparator)
    arms = []
    for side in (group, comparator):
        arms.append(
            rate(side, method="score", confidence=confidence)
            if isinstance(side, Rate)
            else proportion(side, method="wilson", confidence=confidence)
        )
    value = below = above = np.zeros(np.broadcast_shapes(*(a.value.shape for a in arms))[:-1])
    for arm, time, sign in ((0, 1, 1), (1, 0, 1), (0, 0, -1), (1, 1, -1)):
        one = arms[arm]
        value = value + sign * one.value[..., time]
        down = (one.value - one.low)[..., time] ** 2
        up = (one.high - one.value)[..., time] ** 2
        below, above = below + (down if sign > 0 else up), above + (up if sign > 0 else down)
    reason = np.where(np.isnan(value), Reason.NO_POPULATION, Reason.DEFINED).astype(np.uint8)
    low, high = value - np.sqrt(below), value + np.sqrt(above)
    columns = (np.asarray(value), np.asarray(low), np.asarray(high))
    return Estimates(*columns, reason, "difference of differences, joined score", confidence)


def _before_and_after(
    group: Rate | Proportion, comparator: Rate | Proportion
) -> tuple[Counts, Floats]:
    """Events and populations of shape ``(…, side, time)``."""
    sides = []
    for name, side in (("group", group), ("comparator", comparator)):
        count = side.events if isinstance(side, Rate) else side.count
        size = side.population if isinstance(side, Rate) else side.total.astype(np.float64)
        if count.shape[-1:] != (2,):
            raise UsageProblem(
                f"{name} has shape {count.shape}: its last axis must be before and after.",
                rule="before-and-after",
            )
        sides.append((count, size))
    require_broadcastable("group and comparator", sides[0][0], sides[1][0])
    (x1, n1), (x0, n0) = sides
    x1, x0 = np.broadcast_arrays(x1, x0)
    n1, n0 = np.broadcast_arrays(n1, n0)
    return np.stack([x1, x0], axis=-2), np.stack([n1, n0], axis=-2)
