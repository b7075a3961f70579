"""How do rates or proportions vary with several things at once, each allowed for the others?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.columns import (
    Estimates,
    Floats,
    Mask,
    Proportion,
    Rate,
    Reason,
    critical_value,
)
from evenhand.stats.scoring import (
    BINOMIAL,
    POISSON,
    Family,
    model_covariance,
    predictor,
    scored,
    solvable_terms,
)

# A coefficient, or its standard error, beyond this over the range of its column means a factor of
# exp(20), 500 million: the counts set no bound in that direction (separation).
_RUNAWAY = 20.0


@dataclass(frozen=True, slots=True)
class Regression:
    """Coefficients on the log (or logit) scale with what they rest on; shapes begin with ``(…)``.

    ``coefficients`` and their ``ratios`` (exponentials) are of shape ``(…, terms)``;
    ``covariance`` of ``(…, terms, terms)``; ``fitted`` events and ``cells`` used of ``(…, cells)``.
    ``dispersion`` is Pearson's χ² over its degrees of freedom (1 where only chance is at work; nan
    where there are no degrees of freedom left).
    """

    coefficients: Estimates
    ratios: Estimates
    covariance: Floats
    fitted: Floats
    deviance: Floats
    log_likelihood: Floats
    dispersion: Floats
    used: Mask


def poisson_regression(
    events: Rate,
    design: ArrayLike,
    *,
    cluster: ArrayLike | None = None,
    confidence: Confidence = NINETY_FIVE,
) -> Regression:
    """How many times higher is the rate with each characteristic, the others being equal?

    A Poisson model with log link, fitted by Fisher scoring to cells (groups of people alike in
    every characteristic), with the population as offset: the same likelihood as from single rows,
    at the cost of the cells. With ``cluster`` the standard errors are the sandwich's, which stay
    right when events within a cluster (a borough, a person) go together.

    Parameters
    ----------
    events
        Events over population, of shape ``(…, cells)``. Cells with nobody in them are left out.
    design
        The terms of each cell, of shape ``(cells, terms)`` or ``(…, cells, terms)``; give a column
        of ones for the intercept.
    cluster
        A whole number for each cell, of shape ``(cells,)``: cells with the same number belong
        together. None for model-based errors.
    confidence
        Confidence of the intervals.

    Returns
    -------
    Regression of shape ``(…)``. Undefined (``NOT_ESTIMABLE``) where terms repeat each other, where
    fewer cells (or clusters) than terms are left, or where the counts set no bound to a
    coefficient (separation: no events at all with some characteristic).

    Raises
    ------
    UsageProblem
        Shapes that do not line up, or a design that is not finite.

    Notes
    -----
    Look at ``dispersion``: well above 1, model-based intervals are too narrow; give clusters.
    Sandwich errors are themselves too small with fewer than about 40 clusters. Not for small
    counts, where the exact two-group methods are honest and this is not.

    References
    ----------
    McCullagh P, Nelder JA (1989), Generalized Linear Models, 2nd ed., chapters 2 and 6. Liang KY,
    Zeger SL (1986), Biometrika 73:13–22. White H (1982), Econometrica 50:1–25.

    Examples
    --------
    >>> events = Rate([41, 15], [28010, 19017])
    >>> model = poisson_regression(events, [[1, 1], [1, 0]])
    >>> model.ratios.value[1].round(2), model.ratios.low[1].round(2), model.ratios.high[1].round(2)
    (np.float64(1.86), np.float64(1.03), np.float64(3.35))

    The rate of the first group is 1.9 times that of the second, and plausibly 1.0 to 3.4 times.
    """
    count, size = events.events.astype(np.float64), events.population
    return _regression(POISSON, (count, size), design, (cluster, confidence))


def logistic_regression(
    outcome: Proportion,
    design: ArrayLike,
    *,
    cluster: ArrayLike | None = None,
    confidence: Confidence = NINETY_FIVE,
) -> Regression:
    """How many times higher are the odds with each characteristic, the others being equal?

    A binomial model with logit link, fitted to cells as `poisson_regression` is.

    Parameters
    ----------
    outcome
        Counts of people of shape ``(…, cells)``. Cells with nobody in them are left out.
    design
        The terms of each cell, of shape ``(cells, terms)`` or ``(…, cells, terms)``.
    cluster
        A whole number for each cell; cells with the same number belong together.
    confidence
        Confidence of the intervals.

    Returns
    -------
    Regression of shape ``(…)``; ``ratios`` are odds ratios. Undefined as for `poisson_regression`.

    Raises
    ------
    UsageProblem
        Shapes that do not line up, or a design that is not finite.

    Notes
    -----
    An odds ratio is further from 1 than the ratio of proportions when the outcome is common: do
    not print it as “times as likely”. Odds ratios with different other terms are not comparable.

    References
    ----------
    McCullagh P, Nelder JA (1989), Generalized Linear Models, 2nd ed., chapter 4. Liang KY, Zeger SL
    (1986), Biometrika 73:13–22.

    Examples
    --------
    >>> outcome = Proportion([30, 12], [100, 80])
    >>> logistic_regression(outcome, [[1, 1], [1, 0]]).ratios.value[1].round(2)
    np.float64(2.43)

    The first group's odds are 2.4 times the second's: (30/70) over (12/68).
    """
    count, size = outcome.count.astype(np.float64), outcome.total.astype(np.float64)
    return _regression(BINOMIAL, (count, size), design, (cluster, confidence))


def _regression(
    family: Family,
    units: tuple[Floats, Floats],
    design: ArrayLike,
    how: tuple[ArrayLike | None, Confidence],
) -> Regression:
    (count, size), (cluster, confidence) = units, how
    x = _design(design, size)
    used = size > 0
    y, n = np.where(used, count, 0.0), np.where(used, size, 0.0)
    solvable = solvable_terms(x, used)
    beta, settled = scored(family, (y, n), (x, solvable))
    mean = family.mean(predictor(x, beta), n)
    covariance = model_covariance(family, (y, n, mean), (x, solvable))
    enough, model = np.ones(settled.shape, dtype=bool), covariance
    if cluster is not None:
        covariance, enough = _sandwich(covariance, (x, y - mean), _clusters(cluster, size), used)
    reason = _reason(family, (y, n), (x, beta, model), solvable & settled & enough)
    coefficients = _estimates(family, beta, covariance, (reason, confidence, cluster is not None))
    left = used.sum(axis=-1) - x.shape[-1]
    return Regression(
        coefficients,
        _ratios(coefficients),
        np.where(reason[..., None, None] == 0, covariance, np.nan),
        np.where(reason[..., None] == 0, mean, np.nan),
        _defined(family.deviance(y, mean, n).sum(axis=-1), reason),
        _defined(family.log_likelihood(y, mean, n).sum(axis=-1), reason),
        _dispersion(family, (y, n, mean), left, reason),
        used,
    )


def _design(design: ArrayLike, size: Floats) -> Floats:
    x = np.asarray(design, dtype=np.float64)
    cells = size.shape[-1] if size.ndim else 0
    if x.ndim < 2 or x.shape[-2] != cells or x.shape[-1] == 0:
        raise UsageProblem(
            f"design has shape {x.shape}; with {cells} cells it must be ({cells}, terms).",
            rule="design-has-a-row-for-each-cell",
        )
    if not np.isfinite(x).all():
        bad = x[~np.isfinite(x)].flat[0].item()
        raise UsageProblem(f"design must be finite; found {bad!r}.", rule="design-is-finite")
    shape = np.broadcast_shapes(x.shape[:-2], size.shape[:-1])
    return np.broadcast_to(x, (*shape, *x.shape[-2:]))


def _clusters(cluster: ArrayLike, size: Floats) -> NDArray[np.int64]:
    codes = np.asarray(cluster)
    if codes.shape != size.shape[-1:] or codes.dtype.kind not in "iu":
        raise UsageProblem(
            f"cluster has shape {codes.shape} and type {codes.dtype}; it must be one whole number "
            f"for each of the {size.shape[-1]} cells.",
            rule="cluster-for-each-cell",
        )
    return codes.astype(np.int64)


def _sandwich(
    bread: Floats, parts: tuple[Floats, Floats], codes: NDArray[np.int64], used: Mask
) -> tuple[Floats, Mask]:
    """Bread × (sum of squared cluster scores) × bread, times G/(G − 1) for G clusters.

    The correction has no (n − 1)/(n − k), which would depend on how rows were gathered into cells.
    """
    x, residual = parts
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.diff(codes[order], prepend=codes[order][0] - 1))
    score = np.add.reduceat((x * residual[..., None])[..., order, :], starts, axis=-2)
    filled = np.add.reduceat(used[..., order].astype(np.int64), starts, axis=-1) > 0
    groups = filled.sum(axis=-1)
    meat = np.einsum("...gi,...gj->...ij", score, score)
    correction = groups / np.maximum(groups - 1, 1)
    return correction[..., None, None] * (bread @ meat @ bread), groups > x.shape[-1]


def _reason(
    family: Family, units: tuple[Floats, Floats], fit: tuple[Floats, Floats, Floats], fine: Mask
) -> NDArray[np.uint8]:
    (y, n), (x, beta, covariance) = units, fit
    there = (n > 0)[..., None]
    highest = np.where(there, x, -np.inf).max(axis=-2)
    lowest = np.where(there, x, np.inf).min(axis=-2)
    some = np.asarray((n > 0).any(axis=-1))[..., None]
    reach = np.where(some, highest - lowest, 0.0)
    spread = np.sqrt(np.maximum(np.einsum("...ii->...i", covariance), 0.0))
    furthest = np.where(reach > 0, np.maximum(np.abs(beta), spread), 0.0)
    runaway = (furthest * reach > _RUNAWAY).any(axis=-1)
    reason = np.where(fine & ~runaway, Reason.DEFINED, Reason.NOT_ESTIMABLE)
    if family is BINOMIAL:
        reason = np.where((y == n).all(axis=-1), Reason.ONLY_EVENTS, reason)
    reason = np.where(y.any(axis=-1), reason, Reason.NO_EVENTS)
    return np.where(n.any(axis=-1), reason, Reason.NO_POPULATION).astype(np.uint8)


def _estimates(
    family: Family,
    beta: Floats,
    covariance: Floats,
    how: tuple[NDArray[np.uint8], Confidence, bool],
) -> Estimates:
    reason, confidence, clustered = how
    each = np.broadcast_to(reason[..., None], beta.shape).copy()
    spread = np.sqrt(np.maximum(np.einsum("...ii->...i", covariance), 0.0))
    reach = critical_value(confidence) * spread
    columns = (np.where(each == 0, part, np.nan) for part in (beta, beta - reach, beta + reach))
    errors = "cluster-robust" if clustered else "model-based"
    value, low, high = columns
    return Estimates(value, low, high, each, f"{family.name}, {errors} errors", confidence)


def _ratios(coefficients: Estimates) -> Estimates:
    value, low, high = (
        np.exp(part) for part in (coefficients.value, coefficients.low, coefficients.high)
    )
    reason, method = coefficients.reason, coefficients.method
    return Estimates(value, low, high, reason, method, coefficients.confidence)


def _defined(value: Floats, reason: NDArray[np.uint8]) -> Floats:
    return np.where(reason == 0, value, np.nan)


def _dispersion(
    family: Family,
    parts: tuple[Floats, Floats, Floats],
    left: NDArray[np.int64],
    reason: NDArray[np.uint8],
) -> Floats:
    y, n, mean = parts
    variance = family.variance(mean, n)
    squares = np.where(variance > 0, (y - mean) ** 2 / np.where(variance > 0, variance, 1.0), 0.0)
    pearson = squares.sum(axis=-1) / np.maximum(left, 1)
    return np.where((reason == 0) & (left > 0), pearson, np.nan)
