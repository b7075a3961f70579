"""How do two proportions compare once like is set beside like, stratum by stratum?"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from evenhand.core import NINETY_FIVE, Confidence
from evenhand.stats.columns import Estimates, Floats, Proportion, Reason, critical_value
from evenhand.stats.strata import Pooled, Strata, line_up, undefined
from evenhand.stats.stratified_difference import few_either_way, risk_difference_limits
from evenhand.stats.stratified_score import (
    WIDEST_LOG_VARIANCE,
    Score,
    odds_ratio_score,
    ratio_limits,
    risk_ratio_score,
)

ScoreOf = Callable[[Strata], Score]


def mantel_haenszel_risk_ratio(
    group: Proportion, comparator: Proportion, *, confidence: Confidence = NINETY_FIVE
) -> Pooled:
    """How many times likelier is the outcome for the group, within the same rank, unit or year?

    The Mantel–Haenszel risk ratio, with the Greenland–Robins variance of its logarithm: right both
    for few large strata and for many sparse ones. Where that variance has no width (no events on
    one side, or events for everybody) or is too wide to be believed, the interval is the
    stratified score interval.

    Parameters
    ----------
    group, comparator
        Counts of people of shape ``(…, strata)``; a stratum where a side has nobody has total 0.
    confidence
        Confidence of the interval.

    Returns
    -------
    Pooled of shape ``(…)``: the ratio, and how many strata and events could not be compared.

    Raises
    ------
    UsageProblem
        The two sides have different strata, or there is no stratum axis.

    Notes
    -----
    Assumes that the ratio is much the same in every stratum; see `breslow_day` and look at the
    strata. When it is not, the pooled ratio is an average that may fit no stratum: do not print
    it alone. Not for repeated events of the same person counted as separate people.

    References
    ----------
    Mantel N, Haenszel W (1959), J Natl Cancer Inst 22:719–748. Greenland S, Robins JM (1985),
    Biometrics 41:55–68, equation 13. Miettinen O, Nurminen M (1985), Stat Med 4:213–226, section 4.

    Examples
    --------
    >>> women = Proportion([89, 17, 202, 131, 94, 24], [108, 25, 593, 375, 393, 341])
    >>> men = Proportion([512, 353, 120, 138, 53, 22], [825, 560, 325, 417, 191, 373])
    >>> pooled = mantel_haenszel_risk_ratio(women, men)
    >>> pooled.estimate.value.round(2), pooled.estimate.low.round(2), pooled.estimate.high.round(2)
    (np.float64(1.06), np.float64(0.97), np.float64(1.15))

    Applying to the same departments, women were about as likely as men to be admitted.
    """
    strata = line_up(group, comparator)
    r = (strata.group * strata.comparator_size / strata.size).sum(axis=-1)
    s = (strata.comparator * strata.group_size / strata.size).sum(axis=-1)
    spread = strata.events * strata.group_size * strata.comparator_size
    spread = (spread - strata.group * strata.comparator * strata.size) / strata.size**2
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = spread.sum(axis=-1) / (r * s)
    method = "Mantel–Haenszel risk ratio, Greenland–Robins interval"
    return _ratio(strata, r, s, (variance, risk_ratio_score, method, confidence))


def mantel_haenszel_odds_ratio(
    group: Proportion, comparator: Proportion, *, confidence: Confidence = NINETY_FIVE
) -> Pooled:
    """How many times greater are the group's odds of the outcome, within the same stratum?

    The Mantel–Haenszel odds ratio with the Robins–Breslow–Greenland variance of its logarithm.
    Where that variance has no width, or is too wide to be believed, the interval is the stratified
    score interval.

    Parameters
    ----------
    group, comparator
        Counts of people of shape ``(…, strata)``.
    confidence
        Confidence of the interval.

    Returns
    -------
    Pooled of shape ``(…)``. Undefined where every stratum has only one outcome.

    Raises
    ------
    UsageProblem
        The two sides have different strata, or there is no stratum axis.

    Notes
    -----
    Odds ratios are further from 1 than risk ratios when the outcome is common: never print one as
    “times as likely”. Prefer `mantel_haenszel_risk_ratio` for readers.

    References
    ----------
    Robins J, Breslow N, Greenland S (1986), Biometrics 42:311–323. Miettinen O, Nurminen M
    (1985), Stat Med 4:213–226, section 4. Sato T (1990), Biometrics 46:71–80.

    Examples
    --------
    >>> women = Proportion([89, 17, 202, 131, 94, 24], [108, 25, 593, 375, 393, 341])
    >>> men = Proportion([512, 353, 120, 138, 53, 22], [825, 560, 325, 417, 191, 373])
    >>> mantel_haenszel_odds_ratio(women, men).estimate.value.round(3)
    np.float64(1.105)

    Within departments, the women's odds of admission were 1.1 times the men's.
    """
    strata = line_up(group, comparator)
    a, c = strata.group, strata.comparator
    b, d = strata.group_size - a, strata.comparator_size - c
    r, s = a * d / strata.size, b * c / strata.size
    p, q = (a + d) / strata.size, (b + c) / strata.size
    rs, ss = r.sum(axis=-1), s.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = (p * r).sum(axis=-1) / (2 * rs**2) + (q * s).sum(axis=-1) / (2 * ss**2)
        variance = variance + (p * s + q * r).sum(axis=-1) / (2 * rs * ss)
    method = "Mantel–Haenszel odds ratio, Robins–Breslow–Greenland interval"
    pooled = _ratio(strata, rs, ss, (variance, odds_ratio_score, method, confidence))
    _say_who_had_no_non_events(pooled.estimate.reason, strata)
    return pooled


def _say_who_had_no_non_events(reason: NDArray[np.uint8], strata: Strata) -> None:
    """An odds ratio also lacks a bound, or any value, where everybody had the outcome."""
    everyone = (strata.events == strata.size) | ~strata.used
    group = strata.group == strata.group_size
    reason[(reason == Reason.NOT_ESTIMABLE) & everyone.all(axis=-1)] = Reason.ONLY_EVENTS
    unbounded = (reason == Reason.NO_COMPARATOR_EVENTS) & group.all(axis=-1)
    reason[unbounded & strata.comparator.any(axis=-1)] = Reason.NO_GROUP_NON_EVENTS


def _ratio(
    strata: Strata, r: Floats, s: Floats, how: tuple[Floats, ScoreOf, str, Confidence]
) -> Pooled:
    variance, score_of, method, confidence = how
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.asarray(r / s)
    wald = (variance > 0) & (variance <= WIDEST_LOG_VARIANCE)
    reach = critical_value(confidence) * np.sqrt(np.where(wald, variance, np.nan))
    low, high = np.asarray(value * np.exp(-reach)), np.asarray(value * np.exp(reach))
    reason = undefined(strata, value=value)
    edge = ~np.isnan(value) & ~wald
    if edge.any():
        cells = int(np.count_nonzero(edge))
        low[edge], high[edge] = ratio_limits(
            score_of(strata.only(edge)), cells=cells, confidence=confidence
        )
    return strata.pooled(Estimates(value, low, high, reason, method, confidence))


def mantel_haenszel_risk_difference(
    group: Proportion, comparator: Proportion, *, confidence: Confidence = NINETY_FIVE
) -> Pooled:
    """How many more in every hundred of the group have the outcome, within the same stratum?

    The Mantel–Haenszel risk difference with the variance of Sato, Greenland and Robins, which holds
    for few large strata and for many sparse ones alike. With fewer than ten people on either side
    with the outcome, or without it, the interval is the stratified score interval instead.

    Parameters
    ----------
    group, comparator
        Counts of people of shape ``(…, strata)``.
    confidence
        Confidence of the interval.

    Returns
    -------
    Pooled of shape ``(…)``: the difference of proportions, between −1 and 1. With no events on
    either side the difference is 0, with an interval that says how far from 0 it could be.

    Raises
    ------
    UsageProblem
        The two sides have different strata, or there is no stratum axis.

    Notes
    -----
    Assumes much the same difference in every stratum. With few events the usual variance is too
    often too small: 95% intervals that hold the truth 73% of the time. The score interval covers
    94 to 98% there (docs/methods/0002-calibration.md).

    References
    ----------
    Greenland S, Robins JM (1985), Biometrics 41:55–68. Sato T (1989), Biometrics 45:1323–1324.
    Miettinen O, Nurminen M (1985), Stat Med 4:213–226, equation 9 and section 6.

    Examples
    --------
    >>> women = Proportion([89, 17, 202, 131, 94, 24], [108, 25, 593, 375, 393, 341])
    >>> men = Proportion([512, 353, 120, 138, 53, 22], [825, 560, 325, 417, 191, 373])
    >>> mantel_haenszel_risk_difference(women, men).estimate.value.round(3)
    np.float64(0.018)

    Within departments, about two more women than men in every hundred were admitted.
    """
    strata = line_up(group, comparator)
    weight = strata.weight.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.asarray(_difference(strata).sum(axis=-1) / weight)
        variance = _sato(strata, value) / weight**2
        reach = critical_value(confidence) * np.sqrt(np.maximum(variance, 0.0))
    low, high = np.asarray(value - reach), np.asarray(value + reach)
    few = (weight > 0) & (few_either_way(strata) | ~(variance > 0))
    if few.any():
        low[few], high[few] = risk_difference_limits(strata.only(few), value[few], confidence)
    reason = np.where(weight > 0, Reason.DEFINED, Reason.NO_POPULATION).astype(np.uint8)
    method = (
        "Mantel–Haenszel risk difference, Sato–Greenland–Robins interval; score with few events"
    )
    return strata.pooled(Estimates(value, low, high, reason, method, confidence))


def _difference(strata: Strata) -> Floats:
    part = strata.group * strata.comparator_size - strata.comparator * strata.group_size
    return np.asarray(part / strata.size)


def _sato(strata: Strata, difference: Floats) -> Floats:
    """Sato's variance of the summed weighted differences (1989, equation 2)."""
    a, n1, c, n0 = strata.group, strata.group_size, strata.comparator, strata.comparator_size
    p = (n1**2 * c - n0**2 * a + n1 * n0 * (n0 - n1) / 2) / strata.size**2
    q = (a * (n0 - c) + c * (n1 - a)) / (2 * strata.size)
    return np.asarray(difference * p.sum(axis=-1) + q.sum(axis=-1))
