"""Which survey items go together with the outcome most, once the others are allowed for?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.columns import Counts, Estimates, Floats, Reason, as_counts, require_confidence


@dataclass(frozen=True, slots=True)
class Drivers:
    """Standardised coefficients by item and how much of the outcome's variation they account for.

    ``explained`` is R²; ``contribution`` (Pratt's measure) is each item's part of it, and
    the parts add up to it where every item is estimable; ``inflation`` is how much the items'
    overlap widens the interval (VIF).
    """

    standardised: Estimates
    contribution: Floats
    inflation: Floats
    explained: float
    respondents: int


def driver_analysis(
    items: ArrayLike,
    outcome: ArrayLike,
    *,
    counts: ArrayLike | None = None,
    confidence: Confidence = NINETY_FIVE,
) -> Drivers:
    """Which items go together with the outcome (engagement, wanting to stay) most strongly?

    Ordinary least squares on answers scored as numbers, with every column standardised: a
    coefficient is the change in the outcome, in its standard deviations, that goes with one
    standard deviation of the item, the other items held equal. Linear, and stated as such: steps of
    the answer scale are taken as equal.

    Parameters
    ----------
    items
        Scores, shape ``(respondents, items)``, finite; or one row per distinct pattern of answers.
    outcome
        Scores, shape ``(respondents,)``, finite.
    counts
        How many respondents gave each row, where rows are patterns; left out, one each.
    confidence
        Confidence of the intervals (Student's t).

    Returns
    -------
    Drivers. ``NOT_ESTIMABLE`` for all when there are not more respondents than items plus
    one, or the outcome does not vary; for an item that does not vary or that others determine.

    Raises
    ------
    UsageProblem
        If the columns do not line up, an answer is missing or not finite, or a count is negative.

    Notes
    -----
    Association, not cause: an item can come out strong because both reflect something unasked.
    Where items overlap (``inflation`` above 5) their order means little. Intervals assume equal
    spread and treat the respondents as a sample.

    References
    ----------
    Pratt JW (1987), in Proc. 2nd Tampere Conference in Statistics, 245–260 (contributions).
    Thomas DR, Hughes E, Zumbo BD (1998), Soc Indic Res 45:253–275. Draper NR, Smith H (1998),
    Applied Regression Analysis, 3rd ed., sections 5.3 and 16.4.

    Examples
    --------
    >>> items = [[1, 5], [2, 3], [3, 4], [4, 1], [5, 2], [3, 3]]
    >>> drivers = driver_analysis(items, [1, 2, 3, 4, 5, 4])
    >>> drivers.standardised.value.round(2), round(drivers.explained, 2)
    (array([ 0.96, -0.  ]), 0.92)

    The first item goes with the outcome strongly; the second adds nothing once it is known.
    """
    require_confidence(confidence)
    x, y, weight = _columns(items, outcome, counts)
    people = int(weight.sum())
    if people <= x.shape[1] + 1:
        return _undefined(x.shape[1], people=people, confidence=confidence)
    x, y = _standardise(x, weight), _standardise(y[:, None], weight)[:, 0]
    with_outcome = (x * weight[:, None]).T @ y / people
    overlap = (x * weight[:, None]).T @ x / people
    if not y.any() or not overlap.any():
        return _undefined(x.shape[1], people=people, confidence=confidence)
    # Items that others determine still take part in the fit, so that the rest are held equal to
    # them; only their own coefficients have no single value. The generalised inverse leaves those
    # that do unchanged (Searle 1971, Linear Models, section 5.4).
    inverse: Floats = np.asarray(np.linalg.pinv(overlap, rcond=1e-10, hermitian=True), np.float64)
    fitted = inverse @ with_outcome
    # From the residuals, not as 1 − R²: of a perfect fit that would leave its rounding, whose
    # root is wide enough to be seen in the interval.
    unexplained = float(np.average((y - x @ fitted) ** 2, weights=weight))
    fit = _Fit(overlap, inverse, fitted, fitted * with_outcome, unexplained)
    return _told(fit, people=people, confidence=confidence)


@dataclass(frozen=True, slots=True)
class _Fit:
    """Least squares on standardised columns, and the share of the outcome it leaves."""

    overlap: Floats
    inverse: Floats
    slope: Floats
    contribution: Floats
    unexplained: float


def _columns(
    items: ArrayLike, outcome: ArrayLike, counts: ArrayLike | None
) -> tuple[Floats, Floats, Counts]:
    x, y = np.asarray(items, dtype=np.float64), np.asarray(outcome, dtype=np.float64)
    weight = as_counts(np.ones(y.shape) if counts is None else counts, name="counts")
    if x.ndim != 2 or y.shape != (len(x),) or weight.shape != y.shape:
        raise UsageProblem(
            f"items, outcome and counts have shapes {x.shape}, {y.shape} and {weight.shape}; they "
            "must be (rows, items), (rows,) and (rows,).",
            rule="shapes-line-up",
        )
    for name, column in (("items", x), ("outcome", y)):
        if not np.isfinite(column).all():
            bad = column[~np.isfinite(column)].flat[0].item()
            raise UsageProblem(
                f"{name} must be finite; found {bad!r}.",
                rule="answers-are-finite",
                remedy="Leave out respondents with a missing answer, and say how many.",
            )
    return x, y, weight


def _standardise(columns: Floats, weight: Counts) -> Floats:
    centred = columns - np.average(columns, axis=0, weights=weight)
    spread = np.sqrt(np.average(centred**2, axis=0, weights=weight))
    varies = spread > 1e-12 * np.abs(columns).max(axis=0)
    return np.divide(centred, spread, out=np.zeros_like(centred), where=varies)


def _independent(overlap: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Items that vary and that no combination of the other items reproduces."""
    usable = np.diagonal(overlap) > 0.5
    values, vectors = np.linalg.eigh(overlap[np.ix_(usable, usable)])
    # Eigenvalues of a correlation matrix add up to the number of items; 1e-10 of one is rounding.
    tangled = (np.abs(vectors[:, values < 1e-10]) > 1e-6).any(axis=1)
    kept = usable.copy()
    kept[usable] = ~tangled
    return kept


def _told(fit: _Fit, *, people: int, confidence: Confidence) -> Drivers:
    usable = _independent(fit.overlap)
    freedom = people - int(np.linalg.matrix_rank(fit.overlap, rtol=1e-10, hermitian=True)) - 1
    slope = np.where(usable, fit.slope, np.nan)
    inflation = np.where(usable, np.diagonal(fit.inverse), np.nan)
    reach = float(stdtrit(freedom, 1 - confidence.tail))
    half = reach * np.sqrt(fit.unexplained / freedom * inflation)
    reason = np.where(usable, Reason.DEFINED, Reason.NOT_ESTIMABLE).astype(np.uint8)
    estimates = Estimates(slope, slope - half, slope + half, reason, "standardised OLS", confidence)
    contribution = np.where(usable, fit.contribution, np.nan)
    return Drivers(estimates, contribution, inflation, 1 - fit.unexplained, people)


def _undefined(items: int, *, people: int, confidence: Confidence) -> Drivers:
    nothing = np.full(items, np.nan)
    reason = np.full(items, Reason.NOT_ESTIMABLE, np.uint8)
    estimates = Estimates(nothing, nothing, nothing, reason, "standardised OLS", confidence)
    return Drivers(estimates, nothing, nothing, float("nan"), people)
