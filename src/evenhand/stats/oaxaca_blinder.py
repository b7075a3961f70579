"""How much of a gap in averages goes with what the two groups bring, and how much does not?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.columns import (
    Counts,
    Estimates,
    Floats,
    Mask,
    Reason,
    as_counts,
    critical_value,
)
from evenhand.stats.scoring import solvable_terms


@dataclass(frozen=True, slots=True)
class LinearCells:
    """People gathered into cells alike in every term, with what their outcomes add up to.

    ``design`` is of shape ``(cells, terms)``, with a column of ones; ``people``, ``totals`` (sum of
    outcomes) and ``squares`` (sum of squared outcomes) of shape ``(…, cells)``. For a yes-or-no
    outcome ``squares`` equals ``totals``.
    """

    design: Floats
    people: Counts
    totals: Floats
    squares: Floats

    def __init__(
        self, design: ArrayLike, people: ArrayLike, *, totals: ArrayLike, squares: ArrayLike
    ) -> None:
        x, n = np.asarray(design, np.float64), as_counts(people, name="people")
        y, yy = np.asarray(totals, np.float64), np.asarray(squares, np.float64)
        if x.ndim != 2 or n.shape[-1:] != x.shape[:1]:
            raise UsageProblem(
                f"design has shape {x.shape} and people {n.shape}: give one row for each cell.",
                rule="design-has-a-row-for-each-cell",
            )
        for name, part in (("totals", y), ("squares", yy)):
            if part.shape != n.shape or not np.isfinite(part).all():
                raise UsageProblem(
                    f"{name} must be finite and of people's shape {n.shape}, not {part.shape}.",
                    rule="shapes-line-up",
                )
        # By Cauchy and Schwarz; a hair of rounding is allowed.
        if (yy * n < y**2 * (1 - 1e-9)).any():
            raise UsageProblem(
                "squares are smaller than their totals allow (people × squares < totals²).",
                rule="squares-reach-totals",
            )
        for name, value in (("design", x), ("people", n), ("totals", y), ("squares", yy)):
            object.__setattr__(self, name, value)


@dataclass(frozen=True, slots=True)
class OaxacaBlinder:
    """The gap in averages and its parts; estimates of shape ``(…)``, ``by_term`` of ``(…, terms)``.

    Two parts: ``explained`` + ``unexplained`` = ``difference``. Three, all against the comparator:
    ``endowments`` + ``coefficients`` + ``interaction`` = ``difference``. ``by_term`` are the terms'
    shares of ``explained``.
    """

    difference: Estimates
    explained: Estimates
    unexplained: Estimates
    endowments: Estimates
    coefficients: Estimates
    interaction: Estimates
    explained_by_term: Floats


@dataclass(frozen=True, slots=True)
class _Side:
    """Least squares of one side: coefficients, mean terms, and the variances of both."""

    beta: Floats
    mean: Floats
    var_beta: Floats
    var_mean: Floats
    average: Floats
    var_average: Floats
    fine: Mask


def oaxaca_blinder(
    group: LinearCells,
    comparator: LinearCells,
    *,
    weight: float = 0.0,
    confidence: Confidence = NINETY_FIVE,
) -> OaxacaBlinder:
    """How much of the gap in pay, months or scores goes with experience, grade and the like?

    Each side's average is fitted by its own least squares. The gap in average terms, valued at
    reference coefficients, is explained; the gap in coefficients is not.

    Parameters
    ----------
    group, comparator
        Cells with the same terms in the same order.
    weight
        The reference coefficients: 0 the comparator's, 1 the group's, ½ their average (Reimers).
        The answer depends on it; state it.
    confidence
        Confidence of the intervals.

    Returns
    -------
    OaxacaBlinder of shape ``(…)``: group less comparator. ``NOT_ESTIMABLE`` where a side has no
    more people than terms, or terms repeat each other.

    Raises
    ------
    UsageProblem
        Different terms, or a weight outside 0 to 1.

    Notes
    -----
    “Unexplained” is not “discrimination”: it holds every difference not among the terms, and terms
    such as grade may carry unequal treatment into “explained”. The shares of a category's terms
    depend on which category is left out. Intervals take terms as sampled and errors as equally
    spread.

    References
    ----------
    Oaxaca R (1973), Int Econ Rev 14:693–709. Blinder AS (1973), J Hum Resour 8:436–455. Jann B
    (2008), Stata J 8:453–479 (variances, section 2.2). Reimers CW (1983), Rev Econ Stat 65:570–579.

    Examples
    --------
    >>> terms = [[1, 0], [1, 1]]  # an intercept, and long service
    >>> women = LinearCells(terms, [60, 40], totals=[1320, 720], squares=[29400, 13200])
    >>> men = LinearCells(terms, [30, 70], totals=[630, 1190], squares=[13600, 20700])
    >>> parts = oaxaca_blinder(women, men)
    >>> [part.value.round(2).item() for part in (parts.difference, parts.explained)]
    [2.2, 1.2]

    Women waited 2.2 months longer; 1.2 of that goes with shorter service, 1.0 does not.
    """
    if not 0 <= weight <= 1:
        raise UsageProblem(f"weight must be from 0 to 1, not {weight!r}.", rule="weight-is-a-share")
    if group.design.shape[-1] != comparator.design.shape[-1]:
        raise UsageProblem(
            f"group has {group.design.shape[-1]} terms and comparator "
            f"{comparator.design.shape[-1]}.",
            rule="same-terms",
        )
    one, other = _side(group), _side(comparator)
    fine = one.fine & other.fine
    gap, beyond = one.mean - other.mean, one.beta - other.beta
    reference = weight * one.beta + (1 - weight) * other.beta
    rest = (1 - weight) * one.mean + weight * other.mean
    var_reference = weight**2 * one.var_beta + (1 - weight) ** 2 * other.var_beta
    var_means, var_betas = one.var_mean + other.var_mean, one.var_beta + other.var_beta
    var_rest = (1 - weight) ** 2 * one.var_mean + weight**2 * other.var_mean
    parts = {
        "difference": (one.average - other.average, one.var_average + other.var_average),
        "explained": _product(gap, reference, (var_means, var_reference)),
        "unexplained": _product(rest, beyond, (var_rest, var_betas)),
        "endowments": _product(gap, other.beta, (var_means, other.var_beta)),
        "coefficients": _product(other.mean, beyond, (other.var_mean, var_betas)),
        "interaction": _product(gap, beyond, (var_means, var_betas)),
    }
    estimates = {name: _estimate(part, fine, confidence) for name, part in parts.items()}
    by_term = np.where(fine[..., None], gap * reference, np.nan)
    return OaxacaBlinder(**estimates, explained_by_term=by_term)


def _side(cells: LinearCells) -> _Side:
    x, n = cells.design, cells.people.astype(np.float64)
    total, terms = n.sum(axis=-1), x.shape[-1]
    fine = solvable_terms(np.broadcast_to(x, (*n.shape, terms)), n > 0) & (total > terms)
    gram = np.einsum("ki,...k,kj->...ij", x, n, x)
    inverse = np.linalg.inv(np.where(fine[..., None, None], gram, np.eye(terms)))
    right = np.einsum("ki,...k->...i", x, cells.totals)
    beta = np.einsum("...ij,...j->...i", inverse, right)
    left = np.maximum(total - terms, 1.0)
    residual = _residual_squares(cells, np.einsum("ki,...i->...k", x, beta))
    people = np.maximum(total, 1.0)
    mean = np.einsum("ki,...k->...i", x, n) / people[..., None]
    centred = x - mean[..., None, :]
    spread = np.einsum("...ki,...k,...kj->...ij", centred, n, centred)
    var_mean = spread / (people * np.maximum(people - 1, 1.0))[..., None, None]
    average = cells.totals.sum(axis=-1) / people
    about = cells.squares.sum(axis=-1) - people * average**2
    var_average = np.maximum(about, 0.0) / (people * np.maximum(people - 1, 1.0))
    var_beta = (residual / left)[..., None, None] * inverse
    return _Side(beta, mean, var_beta, var_mean, average, var_average, fine)


def _residual_squares(cells: LinearCells, fitted: Floats) -> Floats:
    """Σ(y − f)² from each cell's sums, within the cell first so that few digits cancel."""
    n = np.where(cells.people > 0, cells.people, 1)
    centre = cells.totals / n
    within = np.maximum(cells.squares - cells.totals * centre, 0.0)
    between = cells.people * (centre - fitted) ** 2
    return np.asarray((within + between).sum(axis=-1))


def _product(mean: Floats, beta: Floats, variances: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    """mean'beta with its variance, mean'V(beta)mean + beta'V(mean)beta (Jann 2008, equation 11)."""
    var_mean, var_beta = variances
    first = np.einsum("...i,...ij,...j->...", mean, var_beta, mean)
    second = np.einsum("...i,...ij,...j->...", beta, var_mean, beta)
    return np.einsum("...i,...i->...", mean, beta), first + second


def _estimate(part: tuple[Floats, Floats], fine: Mask, confidence: Confidence) -> Estimates:
    value, variance = part
    reach = critical_value(confidence) * np.sqrt(np.maximum(variance, 0.0))
    columns = (np.where(fine, column, np.nan) for column in (value, value - reach, value + reach))
    middle, low, high = columns
    reason = np.where(fine, Reason.DEFINED, Reason.NOT_ESTIMABLE).astype(np.uint8)
    return Estimates(middle, low, high, reason, "Oaxaca–Blinder decomposition", confidence)
