"""How many months does a group wait on average, within a stated window, and how much longer?"""

from __future__ import annotations

import numpy as np

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.columns import Estimates, Floats, Reason, critical_value, require_broadcastable
from evenhand.stats.kaplan_meier import Curve, kaplan_meier
from evenhand.stats.spells import Spells


def restricted_mean(
    spells: Spells, *, until: int, confidence: Confidence = NINETY_FIVE
) -> Estimates:
    """How many months, of the first ``until``, does the group wait on average?

    The area under the Kaplan–Meier curve up to ``until``: a mean that counts those still waiting,
    in months, which a reader can picture and which needs no proportional-hazards assumption.

    Parameters
    ----------
    spells
        Counts of shape ``(…, months)``.
    until
        The window in whole months, 1 or more; it should be the same for everything compared.
    confidence
        Confidence of the interval.

    Returns
    -------
    Estimates of shape ``(…)`` in months, between 0 and ``until``; undefined (``NO_POPULATION``)
    where nobody was followed from month 0, or as far as ``until``.

    Raises
    ------
    UsageProblem
        If ``until`` is below 1, or beyond the last month anybody was followed.

    Notes
    -----
    The variance is Greenwood's; where it is 0 (nobody had the event, or everybody at once) the
    interval allows for the share of people the exact binomial bound cannot rule out behaving in the
    most different way, so it is never a single point. When not to use: a window longer than
    the shorter group was followed.

    References
    ----------
    Royston P, Parmar MKB (2013), BMC Med Res Methodol 13:152. Klein JP, Moeschberger ML (2003),
    Survival Analysis, 2nd ed., equations 4.5.1–4.5.2 (mean and variance).

    Examples
    --------
    >>> waits = restricted_mean(Spells(events=[0, 3, 2, 1], censored=[0, 0, 1, 3]), until=3)
    >>> waits.value.round(2), waits.low.round(2), waits.high.round(2)
    (np.float64(2.2), np.float64(1.66), np.float64(2.74))

    Of the first three months, people waited 2.2 on average.
    """
    if until < 1 or until != int(until):
        raise UsageProblem(f"until must be 1 or more whole months, not {until!r}.", rule="window")
    curve = kaplan_meier(spells, confidence=confidence)
    months = curve.estimates.value.shape[-1]
    if until >= months:
        raise UsageProblem(
            f"until is {until} but nobody is followed past month {months - 1}.",
            rule="window-within-follow-up",
            remedy=f"Choose a window of at most {months - 1} months.",
        )
    value, variance = _area(curve, int(until))
    low, high = _limits(value, variance, curve=curve, until=int(until))
    reason = np.where(np.isnan(value), Reason.NO_POPULATION, Reason.DEFINED).astype(np.uint8)
    return Estimates(value, low, high, reason, f"restricted mean to month {until}", confidence)


def _area(curve: Curve, until: int) -> tuple[Floats, Floats]:
    """The area up to ``until`` and its variance; nan where the curve does not span the window."""
    survival = curve.estimates.value[..., :until]
    spans = ~np.isnan(curve.estimates.value[..., : until + 1]).any(axis=-1)
    after = np.cumsum(survival[..., ::-1], axis=-1)[..., ::-1]
    people = curve.at_risk[..., :until].astype(np.float64)
    events = curve.events[..., :until]
    left = people * (people - events)
    share = np.divide(events, left, out=np.zeros_like(people), where=left > 0)
    area = survival.sum(axis=-1)
    variance = (after**2 * share).sum(axis=-1)
    return np.where(spans, area, np.nan), np.where(spans, variance, np.nan)


def _limits(value: Floats, variance: Floats, *, curve: Curve, until: int) -> tuple[Floats, Floats]:
    confidence = curve.estimates.confidence
    half = critical_value(confidence) * np.sqrt(variance)
    followed = curve.at_risk[..., : until + 1]
    seen = np.where(followed > 0, followed, np.iinfo(np.int64).max)
    unseen = 1 - confidence.tail ** (1 / seen.min(axis=-1))
    low = np.where(variance > 0, value - half, value * (1 - unseen))
    high = np.where(variance > 0, value + half, value + (until - value) * unseen)
    return np.maximum(low, 0.0), np.minimum(high, float(until))


def restricted_mean_difference(
    group: Spells, comparator: Spells, *, until: int, confidence: Confidence = NINETY_FIVE
) -> Estimates:
    """How many months longer does one group wait than another, within the same window?

    The difference of two restricted means. The interval adds the two groups' own distances to
    their limits in squares (MOVER), which is the usual normal interval wherever both variances are
    positive and stays honest where one group had no events.

    Parameters
    ----------
    group, comparator
        Counts of shapes ``(…, months)`` that line up.
    until
        The common window in whole months.
    confidence
        Confidence of the interval.

    Returns
    -------
    Estimates in months; positive means the group waits longer. Undefined where either mean
    is, or (``NO_EVENTS``) where neither group had an event within the window.

    Raises
    ------
    UsageProblem
        If the shapes do not line up, or ``until`` is below 1 or beyond the follow-up of either.

    Notes
    -----
    Not for groups followed for very different times: the window must end where the shorter ends,
    and what came after it is not compared. Like the curve, it is crude: groups that differ in rank
    or length of service are compared as they are.

    References
    ----------
    Royston and Parmar (2013), above. Zou GY, Donner A (2008), Stat Med 27:1693–1702 (MOVER).

    Examples
    --------
    >>> slow = Spells(events=[0, 3, 2, 1], censored=[0, 0, 1, 3])
    >>> fast = Spells(events=[0, 6, 2, 1], censored=[0, 0, 0, 1])
    >>> restricted_mean_difference(slow, fast, until=3).value.round(2)
    np.float64(0.6)

    The first group waited 0.6 of a month longer, of the first three.
    """
    ours = restricted_mean(group, until=until, confidence=confidence)
    theirs = restricted_mean(comparator, until=until, confidence=confidence)
    require_broadcastable("group and comparator", ours.value, theirs.value)
    value = ours.value - theirs.value
    low = value - np.hypot(ours.value - ours.low, theirs.high - theirs.value)
    high = value + np.hypot(ours.high - ours.value, theirs.value - theirs.low)
    none = ~np.any(group.events[..., :until], axis=-1) & ~np.any(
        comparator.events[..., :until], axis=-1
    )
    undefined = np.isnan(value)
    reason = np.where(undefined, Reason.NO_POPULATION, np.where(none, Reason.NO_EVENTS, 0))
    hidden = undefined | none
    value, low, high = (np.where(hidden, np.nan, part) for part in (value, low, high))
    method = f"difference of restricted means to month {until}"
    return Estimates(value, low, high, reason.astype(np.uint8), method, confidence)
