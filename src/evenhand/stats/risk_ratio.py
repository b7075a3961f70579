"""How many times as likely is it for a member of one group as for a member of another?"""

from __future__ import annotations

from functools import partial
from typing import Literal

import numpy as np

from evenhand.core import NINETY_FIVE, Confidence
from evenhand.stats.chunks import Limits, in_chunks
from evenhand.stats.columns import (
    Estimates,
    Proportion,
    Reason,
    critical_value,
    require_confidence,
    require_method,
)
from evenhand.stats.pairs import Pair, as_estimates, pair_proportions, ratio_reasons
from evenhand.stats.proportion import wilson_limits
from evenhand.stats.score_limits import score_ratio_limits

RiskRatioMethod = Literal["koopman", "miettinen-nurminen", "mover", "log"]
_METHODS = ("koopman", "miettinen-nurminen", "mover", "log")


def risk_ratio(
    group: Proportion,
    comparator: Proportion,
    *,
    method: RiskRatioMethod = "koopman",
    confidence: Confidence = NINETY_FIVE,
) -> Estimates:
    """How many times as likely is it for the group as for the comparator, and how sure is that?

    Koopman's score interval holds every ratio that a chi-squared test of the pair would not reject.
    It is defined at none and at all, where the logarithmic interval breaks down.

    Parameters
    ----------
    group, comparator : Proportion
        Counts of totals, of shapes that broadcast together.
    method : {"koopman", "miettinen-nurminen", "mover", "log"}
        ``miettinen-nurminen`` multiplies the variance by N / (N - 1); ``mover`` joins the two
        groups' own Wilson limits in closed form; ``log`` is Katz's normal interval of the
        logarithm, kept to reproduce published figures.
    confidence : Confidence
        A proportion of its own type.

    Returns
    -------
    Estimates
        Ratios from 0 up. No events in either: undefined. None in the comparator: the value is
        infinite and ``low`` is the bound to print. All in both: 1 with its interval. A total of 0:
        undefined. ``log`` says ``NOT_ESTIMABLE`` where it has no interval: at none and, in both
        groups, at all.

    Raises
    ------
    UsageProblem
        If shapes do not line up, the method is unknown or the confidence is a bare number.

    Notes
    -----
    Assumes independent people, each counted once. Where events may repeat, use
    :func:`rate_ratio`. Not for case-control samples, whose proportions mean nothing: there,
    :func:`odds_ratio`.

    References
    ----------
    P. A. R. Koopman (1984), *Biometrics* 40, 513-517.
    O. Miettinen, M. Nurminen (1985), *Statistics in Medicine* 4, 213-226, equations 8 and 11.
    A. Donner, G. Y. Zou (2012), *Statistical Methods in Medical Research* 21, 347-359 (mover).
    D. Katz, J. Baptista, S. P. Azen, M. C. Pike (1978), *Biometrics* 34, 469-474.

    Examples
    --------
    >>> from evenhand.stats import Proportion, risk_ratio
    >>> found = risk_ratio(Proportion([7, 10], [34, 10]), Proportion([1, 20], [34, 20]))
    >>> found.value.round(2), found.low.round(2), found.high.round(2)
    (array([7., 1.]), array([1.22, 0.72]), array([42.58,  1.19]))

    Seven of 34 against one of 34 is seven times as likely, plausibly anything from 1.2 to 43 times.
    """
    require_method(method, _METHODS)
    pair = pair_proportions(group, comparator)
    reason = ratio_reasons(pair)
    sound = np.flatnonzero((reason == Reason.DEFINED) | (reason == Reason.NO_COMPARATOR_EVENTS))
    limits = partial(_LIMITS[method], z=critical_value(require_confidence(confidence)))
    low, high = np.full((2, pair.x1.size), np.nan)
    low[sound], high[sound] = in_chunks(limits, pair.take(sound))
    if method == "log":
        all_in_both = (pair.x1 == pair.n1) & (pair.x2 == pair.n2)
        blank = (reason == Reason.DEFINED) | (reason == Reason.NO_COMPARATOR_EVENTS)
        none = (pair.x1 == 0) | (pair.x2 == 0)
        reason[blank & (none | all_in_both)] = Reason.NOT_ESTIMABLE
    with np.errstate(divide="ignore", invalid="ignore"):
        value = (pair.x1 / pair.x2) * (pair.n2 / pair.n1)
    columns = (value, low, high)
    return as_estimates(columns, reason, shape=pair.shape, named=(_NAME[method], confidence))


def _koopman(pair: Pair, z: float) -> Limits:
    return score_ratio_limits(pair, np.full(pair.x1.shape, z * z))


def _miettinen_nurminen(pair: Pair, z: float) -> Limits:
    everyone = pair.n1 + pair.n2
    return score_ratio_limits(pair, z * z * (everyone / (everyone - 1)))


def _mover(pair: Pair, z: float) -> Limits:
    p1, p2 = pair.x1 / pair.n1, pair.x2 / pair.n2
    low1, high1 = wilson_limits(pair.x1, pair.n1, z)
    low2, high2 = wilson_limits(pair.x2, pair.n2, z)
    both = p1 * p2
    below = low1 * (2 * p1 - low1)
    above = low2 * (2 * p2 - low2)
    # The lower limit's other form, (both - root) / (high2 * (2 * p2 - high2)), can be 0 over 0.
    root = np.sqrt(np.maximum(both**2 - below * high2 * (2 * p2 - high2), 0.0))
    low = np.where(pair.x1 > 0, below / np.where(pair.x1 > 0, both + root, 1.0), 0.0)
    root = np.sqrt(np.maximum(both**2 - above * high1 * (2 * p1 - high1), 0.0))
    high = np.where(pair.x2 > 0, (both + root) / np.where(pair.x2 > 0, above, 1.0), np.inf)
    return low, high


def _log(pair: Pair, z: float) -> Limits:
    x1, x2 = np.maximum(pair.x1, 1), np.maximum(pair.x2, 1)
    reach = np.exp(z * np.sqrt((1 / x1 - 1 / pair.n1) + (1 / x2 - 1 / pair.n2)))
    ratio = (x1 / pair.n1) / (x2 / pair.n2)
    return ratio / reach, ratio * reach


_LIMITS = {
    "koopman": _koopman,
    "miettinen-nurminen": _miettinen_nurminen,
    "mover": _mover,
    "log": _log,
}
_NAME = {
    "koopman": "Koopman score",
    "miettinen-nurminen": "Miettinen–Nurminen score",
    "mover": "hybrid score (MOVER)",
    "log": "log-normal (Katz)",
}
