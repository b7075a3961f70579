"""How much faster does the event come to one kind of person than another, all else alike?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.columns import Estimates, Floats, Reason, critical_value
from evenhand.stats.cox_likelihood import TiedCells, Ties, build_cells, partial_likelihood
from evenhand.stats.spells import Spells

# A fitted hazard ratio beyond e^15 (three million to one) is a likelihood that keeps rising for
# ever (a group without events), not a finding: coxph warns at about the same point.
_RUNAWAY = 15.0
# Newton's method doubles its correct digits each step: 30 steps are far more than a finite maximum
# needs, and 1e-9 of log-likelihood is the stopping rule of R's coxph.
_STEPS, _TOLERANCE = 30, 1e-9


@dataclass(frozen=True, slots=True)
class CoxFit:
    """Hazard ratios per covariate with what is needed to check them.

    ``log_likelihood`` is (without covariates, fitted). Where a coefficient could not be
    estimated the ratio's reason says so and its covariance is nan.
    """

    hazard_ratio: Estimates
    coefficient: Floats
    covariance: Floats
    log_likelihood: tuple[float, float]
    ties: Ties


def cox(
    spells: Spells,
    covariates: ArrayLike,
    *,
    ties: Ties = "efron",
    confidence: Confidence = NINETY_FIVE,
) -> CoxFit:
    """How many times faster does the event come with each characteristic, the others held equal?

    Cox's proportional-hazards model fitted by Newton's method to counts, not to people: everybody
    who shares the same covariates and the same month is one cell. The estimates are those the rows
    would give. Efron's handling of ties is the default, because months tie people by the hundred
    and Breslow's biases the ratio towards 1.

    Parameters
    ----------
    spells
        Counts of shape ``(…, patterns, months)``: one row per combination of covariates. Any axes
        before that are strata, each with a baseline of its own.
    covariates
        Shape ``(patterns, covariates)``, finite; the reference is where all are 0.
    ties
        ``"efron"`` or ``"breslow"``.
    confidence
        Confidence of the intervals (Wald, on the log scale).

    Returns
    -------
    CoxFit with one hazard ratio per covariate. ``NO_EVENTS`` where nobody had the event;
    ``NOT_ESTIMABLE`` where the likelihood has no single finite maximum in that covariate (no
    events on one side of it, or the two sides never at risk together in a stratum).

    Raises
    ------
    UsageProblem
        When shapes differ, a covariate is not finite, or the covariates repeat one another.

    Notes
    -----
    Assumes ratios constant over time: check with the curves. Repeat events of one person are not
    independent and are not handled. Not for fewer than about 5–10 events per covariate.

    References
    ----------
    Cox DR (1972), J R Stat Soc B 34:187–220. Efron B (1977), J Am Stat Assoc 72:557–565. Breslow NE
    (1974), Biometrics 30:89–99. Peduzzi P et al. (1995), J Clin Epidemiol 48:1503–1510 (events
    per covariate).

    Examples
    --------
    >>> spells = Spells(events=[[0, 3, 3, 4], [0, 6, 2, 1]], censored=[[0, 0, 1, 9], [0, 0, 0, 1]])
    >>> fit = cox(spells, [[0.0], [1.0]])
    >>> ratio = fit.hazard_ratio
    >>> ratio.value.round(2), ratio.low.round(2), ratio.high.round(2)
    (array([3.63]), array([1.44]), array([9.14]))

    The event came 3.6 times as fast to the second group; between 1.4 and 9.1 times is plausible.
    """
    columns = _covariates(spells, covariates)
    cells = build_cells(spells, columns, ties=ties)
    if not cells.deaths.size:
        return _without_events(columns.shape[1], ties=ties, confidence=confidence)
    coefficient, null, fitted = _climb(cells)
    information = partial_likelihood(cells, coefficient).information
    spans = np.ptp(columns[cells.present], axis=0)
    finite = (np.abs(coefficient) * spans < _RUNAWAY) & _informed(information, spans, cells)
    covariance = _invert(information, finite)
    return CoxFit(
        _ratios(coefficient, covariance, ties=ties, confidence=confidence),
        np.where(finite, coefficient, np.nan),
        covariance,
        (null, fitted),
        ties,
    )


def _covariates(spells: Spells, covariates: ArrayLike) -> Floats:
    columns = np.asarray(covariates, dtype=np.float64)
    patterns = spells.events.shape[-2] if spells.events.ndim > 1 else 0
    if columns.ndim != 2 or columns.shape[0] != patterns:
        raise UsageProblem(
            f"covariates has shape {columns.shape}; it must be ({patterns}, covariates), one row "
            "per pattern in spells.",
            rule="shapes-line-up",
        )
    if not np.isfinite(columns).all():
        raise UsageProblem(
            f"covariates must be finite; found {columns[~np.isfinite(columns)][0]!r}.",
            rule="covariates-are-finite",
        )
    centred = columns - columns.mean(axis=0)
    if np.linalg.matrix_rank(centred) < columns.shape[1]:
        raise UsageProblem(
            "covariates repeat one another, or one of them never varies.",
            rule="covariates-are-independent",
            remedy="Leave out the column for the reference category.",
        )
    return columns


def _climb(cells: TiedCells) -> tuple[Floats, float, float]:
    """Newton's method, halving any step that would lose likelihood."""
    coefficient = np.zeros(cells.covariates.shape[1])
    here = partial_likelihood(cells, coefficient)
    null = here.value
    for _ in range(_STEPS):
        step = np.linalg.lstsq(here.information, here.score, rcond=None)[0]
        there = partial_likelihood(cells, coefficient + step)
        for _ in range(_STEPS):
            if there.value >= here.value - _TOLERANCE * abs(here.value):
                break
            step = step / 2
            there = partial_likelihood(cells, coefficient + step)
        gain = there.value - here.value
        coefficient, here = coefficient + step, there
        largest = np.abs(coefficient * np.ptp(cells.covariates, axis=0)).max()
        if abs(gain) < _TOLERANCE * (abs(here.value) + 1) or largest > 2 * _RUNAWAY:
            break
    return coefficient, null, here.value


def _informed(
    information: Floats, spans: Floats, cells: TiedCells
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Covariates whose coefficient the events pin down: not those never at risk side by side."""
    scale = np.where(spans > 0, spans, 1.0)
    values, vectors = np.linalg.eigh(information * scale * scale[:, None])
    # One event between two equal halves gives 1/4; 1e-10 of the events is rounding, not evidence.
    empty = values < 1e-10 * cells.deaths.sum()
    lost = (np.abs(vectors[:, empty]) > 1e-6).any(axis=1)
    return np.asarray((spans > 0) & ~lost)


def _invert(information: Floats, finite: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Floats:
    covariance = np.full_like(information, np.nan)
    kept = np.ix_(finite, finite)
    covariance[kept] = np.linalg.inv(information[kept])
    return covariance


def _ratios(
    coefficient: Floats, covariance: Floats, *, ties: Ties, confidence: Confidence
) -> Estimates:
    half = critical_value(confidence) * np.sqrt(np.diagonal(covariance))
    hidden = np.isnan(half)
    reason = np.where(hidden, Reason.NOT_ESTIMABLE, Reason.DEFINED).astype(np.uint8)
    centre = np.where(hidden, np.nan, coefficient)
    low, high = np.exp(centre - half), np.exp(centre + half)
    return Estimates(np.exp(centre), low, high, reason, f"Cox, {ties} ties", confidence)


def _without_events(covariates: int, *, ties: Ties, confidence: Confidence) -> CoxFit:
    nothing = np.full(covariates, np.nan)
    reason = np.full(covariates, Reason.NO_EVENTS, np.uint8)
    ratio = Estimates(nothing, nothing, nothing, reason, f"Cox, {ties} ties", confidence)
    square = np.full((covariates, covariates), np.nan)
    return CoxFit(ratio, nothing, square, (0.0, 0.0), ties)
