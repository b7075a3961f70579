"""Do the groups wait equally long, or is the difference in their curves more than chance?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from evenhand.core import UsageProblem
from evenhand.stats.columns import Floats, Reason
from evenhand.stats.spells import Spells


@dataclass(frozen=True, slots=True)
class LogRank:
    """The test: chi-square, degrees of freedom, p, and each group's observed and expected events.

    ``statistic`` and ``p`` are nan only where ``reason`` is not ``DEFINED``.
    """

    statistic: Floats
    degrees_of_freedom: NDArray[np.int64]
    p: Floats
    observed: NDArray[np.int64]
    expected: Floats
    reason: NDArray[np.uint8]


def log_rank(spells: Spells) -> LogRank:
    """Do two or more groups have the event at the same pace?

    At each month the events are shared out over the groups in proportion to who was at risk; the
    log-rank test sets what was observed against that expectation, with the hypergeometric variance.

    Parameters
    ----------
    spells
        Counts of shape ``(…, groups, months)``; any axes before the groups are separate tests.

    Returns
    -------
    LogRank, its arrays of shape ``(…)`` and ``(…, groups)``. Undefined (``NO_EVENTS``) where there
    were no events, (``NOT_ESTIMABLE``) where no two groups were ever at risk together.

    Raises
    ------
    UsageProblem
        If there are fewer than two groups.

    Notes
    -----
    Assumes censoring unrelated to the outcome. Has little power where the curves cross; look at the
    curves. The chi-square approximation is rough when a group expects fewer than about 5 events.

    References
    ----------
    Peto R, Peto J (1972), J R Stat Soc A 135:185–207. Klein JP, Moeschberger ML (2003), Survival
    Analysis, 2nd ed., section 7.3, equations 7.3.3–7.3.5. Bland JM, Altman DG (2004), BMJ 328:1073.

    Examples
    --------
    >>> spells = Spells(events=[[0, 6, 3], [0, 1, 2]], censored=[[0, 0, 1], [0, 1, 6]])
    >>> test = log_rank(spells)
    >>> test.observed, test.expected.round(2), test.p.round(3)
    (array([9, 3]), array([5.17, 6.83]), np.float64(0.005))

    The first group had 9 events where 5.2 were expected at an equal pace.
    """
    return _test(spells, pooled=())


def stratified_log_rank(spells: Spells) -> LogRank:
    """Do the groups have the event at the same pace, comparing like with like within strata?

    Observed, expected and variance are worked out within each stratum (rank, unit, intake) and then
    added, so a group that sits in slow strata is not blamed for its place.

    Parameters
    ----------
    spells
        Counts of shape ``(…, strata, groups, months)``.

    Returns
    -------
    LogRank, its arrays of shape ``(…)`` and ``(…, groups)``.

    Raises
    ------
    UsageProblem
        If there is no axis of strata, or fewer than two groups.

    Notes
    -----
    Assumes that the difference goes one way in all strata; opposite differences cancel.

    References
    ----------
    Klein and Moeschberger (2003), section 7.5, equations 7.5.1–7.5.3.

    Examples
    --------
    >>> same = [[0, 6, 3], [0, 1, 2]], [[0, 0, 1], [0, 1, 6]]
    >>> test = stratified_log_rank(Spells(events=[same[0]] * 2, censored=[same[1]] * 2))
    >>> test.statistic.round(2), test.p.round(4)
    (np.float64(15.43), np.float64(0.0001))

    Two strata that tell the same story make the evidence twice as strong.
    """
    if spells.events.ndim < 3:
        raise UsageProblem(
            f"events has shape {spells.events.shape}; it must be (…, strata, groups, months).",
            rule="shapes-line-up",
        )
    return _test(spells, pooled=(-3,))


def _test(spells: Spells, *, pooled: tuple[int, ...]) -> LogRank:
    events = spells.events
    if events.ndim < 2 or events.shape[-2] < 2:
        raise UsageProblem(
            f"events has shape {events.shape}; a comparison needs (…, groups, months) with at "
            "least two groups.",
            rule="shapes-line-up",
        )
    expected, covariance = _moments(spells)
    observed = events.sum(axis=-1)
    if pooled:
        observed, expected = observed.sum(axis=-2), expected.sum(axis=-2)
        covariance = covariance.sum(axis=-3)
    return _chi_square(observed, expected, covariance=covariance)


def _moments(spells: Spells) -> tuple[Floats, Floats]:
    """Expected events per group and their covariance, summed over months (hypergeometric)."""
    at_risk = spells.at_risk.astype(np.float64)
    total, events = at_risk.sum(axis=-2), spells.events.sum(axis=-2).astype(np.float64)
    share = at_risk / np.where(total > 0, total, 1.0)[..., None, :]
    expected = np.einsum("...gt,...t->...g", share, events)
    scale = events * (total - events) / np.where(total > 1, total - 1, 1.0)
    weighted = share * scale[..., None, :]
    covariance = -(weighted @ np.swapaxes(share, -1, -2))
    diagonal = np.arange(share.shape[-2])
    covariance[..., diagonal, diagonal] += weighted.sum(axis=-1)
    return expected, covariance


def _chi_square(observed: NDArray[np.int64], expected: Floats, *, covariance: Floats) -> LogRank:
    # The covariance is singular by construction (gaps sum to 0, groups may never meet): its rank
    # is the degrees of freedom and the pseudo-inverse gives the quadratic form. Scaled to a
    # correlation, a group of one beside a million keeps its say; 1e-9 is far above rounding.
    # A variance of 0 may come out a rounding error below it.
    spread = np.sqrt(np.maximum(np.diagonal(covariance, axis1=-2, axis2=-1), 0.0))
    spread = np.where(spread > 0, spread, 1.0)
    gap = (observed - expected) / spread
    correlation = covariance / (spread[..., :, None] * spread[..., None, :])
    inverse = np.linalg.pinv(correlation, rcond=1e-9, hermitian=True)
    degrees = np.asarray(np.linalg.matrix_rank(correlation, rtol=1e-9, hermitian=True), np.int64)
    statistic = np.maximum(np.einsum("...g,...gh,...h->...", gap, inverse, gap), 0.0)
    testable = degrees > 0
    p = chdtrc(np.where(testable, degrees, 1), statistic)
    none = observed.sum(axis=-1) == 0
    reason = np.where(testable, 0, np.where(none, Reason.NO_EVENTS, Reason.NOT_ESTIMABLE))
    return LogRank(
        np.where(testable, statistic, np.nan),
        degrees,
        np.where(testable, p, np.nan),
        observed,
        expected,
        reason.astype(np.uint8),
    )
