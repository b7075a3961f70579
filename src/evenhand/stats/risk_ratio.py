"""How many times as likely is it for a member of one group as for a member of another?"""

from __future__ import annotations

from functools import partial
from typing import Literal

import numpy as np

from evenhand.core import NINETY_FIVE, Confidence
from evenhand.stats.chunks import in_chunks
from evenhand.stats.columns import (
    Estimates,
    Floats,
    Proportion,
    Reason,
    critical_value,
    require_confidence,
    require_method,
)
from evenhand.stats.pairs import Pair, as_estimates, pair_proportions, ratio_reasons
from evenhand.stats.roots import find_bracketed

RiskRatioMethod = Literal["koopman", "miettinen-nurminen", "log"]
_METHODS = ("koopman", "miettinen-nurminen", "log")


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
    method : {"koopman", "miettinen-nurminen", "log"}
        ``miettinen-nurminen`` multiplies the variance by N / (N - 1); ``log`` is Katz's normal
        interval of the logarithm, kept to reproduce published figures.
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


def _koopman(pair: Pair, z: float) -> tuple[Floats, Floats]:
    return _score_limits(pair, np.full(pair.x1.shape, z))


def _miettinen_nurminen(pair: Pair, z: float) -> tuple[Floats, Floats]:
    everyone = pair.n1 + pair.n2
    return _score_limits(pair, z * np.sqrt(everyone / (everyone - 1)))


def _score_limits(pair: Pair, z: Floats) -> tuple[Floats, Floats]:
    """Where the score statistic crosses ``z`` and ``-z``, sought on the ratio's logarithm."""
    x1, n1, x2, n2 = (column + half for column, half in zip(pair.columns, _HALVES, strict=True))
    middle = np.log(x1 / n1) - np.log(x2 / n2)
    width = z * np.sqrt(np.maximum(1 / x1 - 1 / n1, 0) + np.maximum(1 / x2 - 1 / n2, 0))
    low, high = np.zeros(z.shape), np.full(z.shape, np.inf)
    some = np.flatnonzero(pair.x1 > 0)
    parts = (*pair.take(some).columns, z[some])
    low[some] = np.exp(find_bracketed(_score, (middle - width)[some], width[some] / 4, *parts))
    some = np.flatnonzero(pair.x2 > 0)
    parts = (*pair.take(some).columns, -z[some])
    high[some] = np.exp(find_bracketed(_score, (middle + width)[some], width[some] / 4, *parts))
    return low, high


# The logarithmic interval with a half added to every cell: a first guess that always exists.
_HALVES = (0.5, 1.0, 0.5, 1.0)


def _score(log_ratio: Floats, *parts: Floats) -> Floats:
    """The score statistic of a ratio less its target; falls as the ratio rises."""
    x1, n1, x2, n2, target = parts
    ratio = np.exp(log_ratio)
    # The constrained maximum of the likelihood solves a quadratic (Miettinen and Nurminen 1985,
    # equation 12), written so that nothing large is subtracted.
    first, second = ratio * (n1 + x2), x1 + n2
    root = np.sqrt((first - second) ** 2 + 4 * ratio * (n1 - x1) * (n2 - x2))
    p2 = 2 * (x1 + x2) / (first + second + root)
    p1 = ratio * p2
    variance = p1 * np.maximum(1 - p1, 0) / n1 + ratio * ratio * p2 * np.maximum(1 - p2, 0) / n2
    gap = x1 / n1 - ratio * (x2 / n2)
    return gap - target * np.sqrt(variance)


def _log(pair: Pair, z: float) -> tuple[Floats, Floats]:
    x1, x2 = np.maximum(pair.x1, 1), np.maximum(pair.x2, 1)
    reach = np.exp(z * np.sqrt((1 / x1 - 1 / pair.n1) + (1 / x2 - 1 / pair.n2)))
    ratio = (x1 / pair.n1) / (x2 / pair.n2)
    return ratio / reach, ratio * reach


_LIMITS = {"koopman": _koopman, "miettinen-nurminen": _miettinen_nurminen, "log": _log}
_NAME = {
    "koopman": "Koopman score",
    "miettinen-nurminen": "Miettinen–Nurminen score",
    "log": "log-normal (Katz)",
}
