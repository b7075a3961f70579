"""How many times as often does it happen to one group as to another?"""

from __future__ import annotations

from typing import Literal

import numpy as np

from evenhand.core import NINETY_FIVE, Confidence
from evenhand.stats.columns import (
    Estimates,
    Floats,
    Rate,
    Reason,
    critical_value,
    require_confidence,
    require_method,
)
from evenhand.stats.inversion import exact_odds, mid_p_odds
from evenhand.stats.pairs import Pair, as_estimates, pair_rates, ratio_reasons

RateRatioMethod = Literal["mid-p", "exact", "score", "log"]
_METHODS = ("mid-p", "exact", "score", "log")


def rate_ratio(
    group: Rate,
    comparator: Rate,
    *,
    method: RateRatioMethod = "mid-p",
    confidence: Confidence = NINETY_FIVE,
) -> Estimates:
    """How many times as often does it happen to the group as to the comparator, and how sure is it?

    Given the events of both together, the group's share of them is binomial; the interval is the
    exact one for that share with the observed count weighing one half (mid-p), turned into a
    ratio of rates. It stays honest when a count is zero.

    Parameters
    ----------
    group, comparator : Rate
        Events over population or person-time, of shapes that broadcast together.
    method : {"mid-p", "exact", "score", "log"}
        ``exact`` never covers less than it says; ``score`` is closed-form, Wilson's interval for
        the share; ``log`` is the usual normal interval of the logarithm, its variance
        ``1/x1 + 1/x2``.
    confidence : Confidence
        A proportion of its own type.

    Returns
    -------
    Estimates
        Ratios from 0 up. No events in either: undefined. None in the comparator: the value is
        infinite and ``low`` is the bound to print. A population of 0: undefined. ``log`` has no
        interval where either count is 0 and says ``NOT_ESTIMABLE``.

    Raises
    ------
    UsageProblem
        If shapes do not line up, the method is unknown or the confidence is a bare number.

    Notes
    -----
    Assumes events are independent and the populations are known without error. Where each person
    is counted once (selected or not, stopped or not), use :func:`risk_ratio`; published London
    ratios of people stopped are its ``log`` method. Not for populations that do not describe who
    is there.

    References
    ----------
    G. Berry, P. Armitage (1995), *The Statistician* 44, 417-423 (mid-p).
    K. J. Rothman, S. Greenland (2008), *Modern Epidemiology*, 3rd edition, chapter 14.
    P. L. Graham, K. Mengersen, A. P. Morton (2003), *Statistics in Medicine* 22, 2071-2083 (score).

    Examples
    --------
    >>> from evenhand.stats import Rate, rate_ratio
    >>> found = rate_ratio(Rate([41], 28010), Rate([15], 19017), method="exact")
    >>> found.value.round(3), found.low.round(3), found.high.round(3)
    (array([1.856]), array([1.006]), array([3.609]))

    The group's rate is 1.9 times the comparator's, and could plausibly be equal or 3.6 times.
    """
    require_method(method, _METHODS)
    pair = pair_rates(group, comparator)
    reason = ratio_reasons(pair)
    odds = pair.n2 / np.where(pair.n1 > 0, pair.n1, 1.0)
    low, high = _LIMITS[method](pair, require_confidence(confidence))
    if method == "log":
        blank = (reason != Reason.NO_POPULATION) & (reason != Reason.NO_EVENTS)
        reason[blank & ((pair.x1 == 0) | (pair.x2 == 0))] = Reason.NOT_ESTIMABLE
    with np.errstate(divide="ignore", invalid="ignore"):
        columns = (pair.x1 / pair.x2 * odds, low * odds, high * odds)
    return as_estimates(columns, reason, shape=pair.shape, named=(_NAME[method], confidence))


def _exact(pair: Pair, confidence: Confidence) -> tuple[Floats, Floats]:
    return exact_odds(pair.x1, pair.x1 + pair.x2, confidence.tail)


def _mid_p(pair: Pair, confidence: Confidence) -> tuple[Floats, Floats]:
    return mid_p_odds(pair.x1, pair.x1 + pair.x2, confidence.tail)


def _score(pair: Pair, confidence: Confidence) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore"):
        return _score_low(pair, confidence), 1 / _score_low(pair.swapped(), confidence)


def _score_low(pair: Pair, confidence: Confidence) -> Floats:
    """Wilson's lower limit of the group's share, as odds: the smaller root of a quadratic."""
    z2 = critical_value(confidence) ** 2
    # (x1 - w x2)^2 = z^2 w (x1 + x2) for the odds w; the root that is
    # stable is the product of the two over the larger.
    middle = 2 * pair.x1 * pair.x2 + z2 * (pair.x1 + pair.x2)
    larger = middle + np.sqrt(middle**2 - 4 * pair.x1**2 * pair.x2**2)
    return 2 * pair.x1**2 / np.where(larger > 0, larger, 1.0)


def _log(pair: Pair, confidence: Confidence) -> tuple[Floats, Floats]:
    x1, x2 = np.maximum(pair.x1, 1), np.maximum(pair.x2, 1)
    reach = np.exp(critical_value(confidence) * np.sqrt(1 / x1 + 1 / x2))
    return x1 / x2 / reach, x1 / x2 * reach


_LIMITS = {"mid-p": _mid_p, "exact": _exact, "score": _score, "log": _log}
_NAME = {
    "mid-p": "conditional exact mid-p",
    "exact": "conditional exact",
    "score": "score",
    "log": "log-normal",
}
