"""What share is still waiting after each month, counting fairly those not followed to the end?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.columns import Counts, Estimates, Floats, Reason, critical_value
from evenhand.stats.spells import Spells

Transform = Literal["log-log", "log"]


@dataclass(frozen=True, slots=True)
class Curve:
    """A survival curve for each group: estimates by month, Greenwood's variance, people at risk."""

    estimates: Estimates
    variance: Floats
    at_risk: Counts
    events: Counts


class Reach(IntEnum):
    """Whether a time, and the upper end of its interval, fell within what was observed."""

    REACHED = 0
    UPPER_BEYOND_FOLLOW_UP = 1
    BEYOND_FOLLOW_UP = 2
    NEVER_FOLLOWED = 3

    @property
    def words(self) -> str:
        """What a page prints beside the time, or in its place."""
        return _REACH_WORDS[self]


_REACH_WORDS = {
    Reach.REACHED: "",
    Reach.UPPER_BEYOND_FOLLOW_UP: "the upper end lies beyond the time anyone was followed",
    Reach.BEYOND_FOLLOW_UP: "fewer than that share had the event while they were followed",
    Reach.NEVER_FOLLOWED: "nobody was followed from the start",
}


@dataclass(frozen=True, slots=True)
class WaitingTimes:
    """A quantile of the waiting time per group, in months; see :class:`Reach` for what is missing.

    ``value`` is nan and ``high`` is nan where ``reach`` says they lie beyond follow-up.
    """

    value: Floats
    low: Floats
    high: Floats
    reach: NDArray[np.uint8]
    confidence: Confidence


def kaplan_meier(
    spells: Spells, *, confidence: Confidence = NINETY_FIVE, transform: Transform = "log-log"
) -> Curve:
    """What share is still waiting (to be promoted, to leave) after each month?

    The Kaplan–Meier product-limit estimate with Greenwood's variance. People who have not had the
    event yet count for as long as they were seen, so the answer is not the misleading average over
    those who were promoted. The log-log interval stays within 0 and 1 and covers well in
    small groups (Borgan and Liestøl 1990); ``"log"`` is for reproducing other programs' figures.

    Parameters
    ----------
    spells
        Counts of shape ``(…, months)``; delayed entry allowed.
    confidence
        Confidence of each month's interval (pointwise, not for the whole curve at once).
    transform
        ``"log-log"`` or ``"log"``.

    Returns
    -------
    Curve whose arrays have the shape of ``spells``. A month is undefined (``NO_POPULATION``) before
    the first person is at risk and once nobody is left at risk; the estimate is conditional on
    reaching the first month at which anybody was.

    Raises
    ------
    UsageProblem
        If the transform is unknown or the confidence is not one.

    Notes
    -----
    Assumes that being last seen tells nothing about when the event would have come. Not for
    competing events: leaving makes promotion impossible, and one minus this curve then overstates
    promotion. Where nobody, or everybody, has had the event Greenwood's variance is 0; the interval
    then ends at the exact binomial bound (tail ** (1/n)) for the smallest number at risk so far.

    References
    ----------
    Kaplan EL, Meier P (1958), J Am Stat Assoc 53:457–481, section 2. Kalbfleisch JD, Prentice RL
    (2002), The Statistical Analysis of Failure Time Data, 2nd ed., equation 1.13 (log-log).
    Clopper CJ, Pearson ES (1934), Biometrika 26:404–413 (bounds at none and all).

    Examples
    --------
    >>> curve = kaplan_meier(Spells(events=[0, 3, 2, 1], censored=[0, 0, 1, 3]))
    >>> curve.estimates.value.round(2)
    array([1.  , 0.7 , 0.5 , 0.38])

    After three months an estimated 38% of the ten were still waiting.
    """
    at_risk, events = spells.at_risk, spells.events
    value, spread = _product_limit(at_risk, events)
    reason = np.where(np.isnan(value), Reason.NO_POPULATION, Reason.DEFINED).astype(np.uint8)
    low, high = _interval(value, spread, transform=transform, confidence=confidence)
    low, high = _exact_ends(value, low, high, at_risk=at_risk, tail=confidence.tail)
    variance = np.where(value > 0, value**2 * np.where(np.isinf(spread), 0.0, spread), value * 0)
    method = f"Kaplan–Meier, {transform} interval"
    return Curve(Estimates(value, low, high, reason, method, confidence), variance, at_risk, events)


def _product_limit(at_risk: Counts, events: Counts) -> tuple[Floats, Floats]:
    """The curve (nan where nobody can be observed) and Greenwood's sum."""
    seen = at_risk > 0
    people = np.where(seen, at_risk, 1).astype(np.float64)
    value = np.asarray(np.cumprod(1.0 - events / people, axis=-1), np.float64)
    left = people - events
    with np.errstate(divide="ignore"):
        spread: Floats = np.cumsum(np.where(events > 0, events / (people * left), 0.0), axis=-1)
    started = np.logical_or.accumulate(seen, axis=-1)
    emptied = np.logical_or.accumulate(started & ~seen & (value > 0), axis=-1)
    value[~started | emptied] = np.nan
    return value, spread


def _interval(
    value: Floats, spread: Floats, *, transform: Transform, confidence: Confidence
) -> tuple[Floats, Floats]:
    half = critical_value(confidence) * np.sqrt(spread)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        if transform == "log":
            low, high = value * np.exp(-half), np.minimum(value * np.exp(half), 1.0)
            return np.asarray(low, np.float64), np.asarray(high, np.float64)
        if transform == "log-log":
            power = np.exp(half / np.log(value))
            return np.asarray(value ** (1 / power)), np.asarray(value**power)
    raise UsageProblem(
        f"transform must be 'log-log' or 'log', not {transform!r}.", rule="transform-is-named"
    )


def _exact_ends(
    value: Floats, low: Floats, high: Floats, *, at_risk: Counts, tail: float
) -> tuple[Floats, Floats]:
    """Where the curve is at 1 or 0 the variance says nothing; the exact binomial bound does."""
    seen = np.where(at_risk > 0, at_risk, np.iinfo(np.int64).max)
    fewest = np.minimum.accumulate(seen, axis=-1)
    bound = tail ** (1 / fewest)
    low = np.where(value == 1, bound, np.where(value == 0, 0.0, low))
    high = np.where(value == 1, 1.0, np.where(value == 0, 1 - bound, high))
    return low, high


def waiting_time(curve: Curve, *, share: float = 0.5) -> WaitingTimes:
    """By which month had half of the group (or another share) had the event?

    The smallest month at which the curve is at or below 1 − ``share``; the interval is the set of
    months the test of Brookmeyer and Crowley would not reject, read off the curve's own limits.

    Parameters
    ----------
    curve
        From :func:`kaplan_meier`.
    share
        Strictly between 0 and 1; 0.5 gives the median.

    Returns
    -------
    WaitingTimes in whole months, of the shape of the curve less its months.

    Raises
    ------
    UsageProblem
        If the share is not strictly between 0 and 1.

    Notes
    -----
    Do not compare medians when either is beyond follow-up; compare restricted means instead.

    References
    ----------
    Brookmeyer R, Crowley J (1982), Biometrics 38:29–41.

    Examples
    --------
    >>> curve = kaplan_meier(Spells(events=[0, 3, 2, 1], censored=[0, 0, 1, 3]))
    >>> waiting_time(curve).value
    array(2.)

    Half of the group had had the event by month 2.
    """
    if not 0 < share < 1:
        raise UsageProblem(
            f"share must lie strictly between 0 and 1, not {share!r}.", rule="share-is-a-proportion"
        )
    # A sum of rounding errors must not push a curve that is exactly at the share past it.
    level = 1 - share + 1e-12
    estimates = curve.estimates
    value, low = _first_at(estimates.value, level), _first_at(estimates.low, level)
    high = _first_at(estimates.high, level)
    followed = (estimates.reason == Reason.DEFINED).any(axis=-1)
    reach = np.select(
        [~followed, np.isnan(value), np.isnan(high)],
        [Reach.NEVER_FOLLOWED, Reach.BEYOND_FOLLOW_UP, Reach.UPPER_BEYOND_FOLLOW_UP],
        Reach.REACHED,
    )
    return WaitingTimes(value, low, high, np.asarray(reach, np.uint8), estimates.confidence)


def _first_at(column: Floats, level: float) -> Floats:
    with np.errstate(invalid="ignore"):
        under = column <= level
    return np.where(under.any(axis=-1), under.argmax(axis=-1).astype(np.float64), np.nan)
