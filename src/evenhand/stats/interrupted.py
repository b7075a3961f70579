"""Did the level or the trend change when the action began, beyond what was under way already?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.columns import (
    Counts,
    Estimates,
    Floats,
    Mask,
    Proportion,
    Rate,
    Reason,
    critical_value,
)
from evenhand.stats.regression import logistic_regression, poisson_regression
from evenhand.stats.scoring import solvable_terms

_TERMS = 4  # level, trend, change of level, change of trend


@dataclass(frozen=True, slots=True)
class Break:
    """Where the action began and how the series is modelled; state it before looking.

    ``at`` is the position of the first month with the action. ``harmonics`` pairs of sine and
    cosine of a year carry the season (0 for none). ``lags`` is how many months back errors may be
    correlated; None takes Newey and West's (1994) rule, 4·(n/100)^(2/9).
    """

    at: int
    harmonics: int = 0
    lags: int | None = None

    def __post_init__(self) -> None:
        for name, value, least in (("at", self.at, 1), ("harmonics", self.harmonics, 0)):
            if value < least:
                raise UsageProblem(f"{name} must be at least {least}, not {value!r}.", rule=name)
        if self.lags is not None and self.lags < 0:
            raise UsageProblem(f"lags must not be negative, not {self.lags!r}.", rule="lags")


@dataclass(frozen=True, slots=True)
class Interruption:
    """What changed at the break; estimates of shape ``(…)``, lines of shape ``(…, months)``.

    For rates (and proportions) ``level`` and ``slope`` are ratios of rates (of odds): at the break,
    and per month after it, against the trend before. For values they are differences. ``trend`` is
    the slope before. ``fitted`` follows the model, ``without`` carries the earlier course past the
    break; both are per head, nan where undefined. ``used`` counts the months that were there.
    """

    level: Estimates
    slope: Estimates
    trend: Estimates
    fitted: Floats
    without: Floats
    used: Counts
    lags: int
    method: str


def interrupted_series(
    months: Rate | Proportion,
    break_: Break,
    *,
    missing: ArrayLike | None = None,
    confidence: Confidence = NINETY_FIVE,
) -> Interruption:
    """Did the rate jump, or its trend bend, when the action began?

    Segmented regression: Poisson for rates, logistic for proportions, with a trend before, a jump
    at the break and a change of trend after it, and a season if asked. Errors are Newey and West's,
    which allow for months that resemble their neighbours and for more scatter than chance, but are
    never taken to be smaller than chance alone would have them.

    Parameters
    ----------
    months
        Counts of shape ``(…, months)``, in order, one place for every month of the calendar.
    break_
        Where the action began, the season and the lags.
    missing
        True where no figure came: left out, and the months on either side stay as far apart as
        they are.
    confidence
        Confidence of the intervals.

    Returns
    -------
    Interruption. Undefined (``NOT_ESTIMABLE``) with fewer than two months on either side, fewer
    months than terms, or no events on one side.

    Raises
    ------
    UsageProblem
        A break past the last month, or shapes that do not line up.

    Notes
    -----
    Cannot tell the action from anything else that began in the same month: add a comparator
    (`ratio_of_ratios`). With fewer than about 12 months on either side intervals are too narrow,
    and a season cannot be told from the break. A break chosen after seeing the series means
    nothing.

    References
    ----------
    Wagner AK et al (2002), J Clin Pharm Ther 27:299–309. Lopez Bernal J, Cummins S, Gasparrini A
    (2017), Int J Epidemiol 46:348–355. Newey WK, West KD (1987), Econometrica 55:703–708; (1994),
    Rev Econ Stud 61:631–653.

    Examples
    --------
    >>> before, after = [500, 520, 490, 510, 500, 530], [400, 390, 410, 380, 400, 390]
    >>> found = interrupted_series(Rate(before + after, 10_000), Break(at=6))
    >>> found.level.value.round(2), found.level.high.round(2)
    (np.float64(0.77), np.float64(0.85))

    When the action began the rate fell by a quarter or so, and by 15% at the least.
    """
    count = np.asarray(months.events if isinstance(months, Rate) else months.count)
    size = np.asarray(months.population if isinstance(months, Rate) else months.total)
    gap, x = _gap(missing, count.shape), _design(break_, count.shape)
    count, size = np.where(gap, 0, count), np.where(gap, 0, size)
    model = (
        poisson_regression(Rate(count, size), x, confidence=confidence)
        if isinstance(months, Rate)
        else logistic_regression(Proportion(count, size), x, confidence=confidence)
    )
    lags = _lags(break_, count.shape[-1])
    residual = np.nan_to_num(count - model.fitted)
    used = model.used.sum(axis=-1)
    chance = np.nan_to_num(model.covariance)
    covariance = _no_less_than(chance, _newey_west(chance, (x, residual), lags, used))
    beta, reason = model.coefficients.value, model.coefficients.reason[..., 0]
    terms = [_ratio(_term(beta, covariance, (i, reason), confidence)) for i in (2, 3, 1)]
    back = np.exp if isinstance(months, Rate) else _expit
    lines = _lines(beta, x, back)
    kind = "Poisson" if isinstance(months, Rate) else "logistic"
    method = f"segmented {kind} regression, Newey–West errors with {lags} lags"
    return Interruption(terms[0], terms[1], terms[2], *lines, np.asarray(used), lags, method)


def interrupted_values(
    values: ArrayLike, break_: Break, *, confidence: Confidence = NINETY_FIVE
) -> Interruption:
    """Did an average or a score jump, or its trend bend, when the action began?

    Segmented least squares with Newey and West's errors, for monthly figures that are not counts.

    Parameters
    ----------
    values
        One figure a month, of shape ``(…, months)``; nan where it is missing.
    break_
        Where the action began, the season and the lags.
    confidence
        Confidence of the intervals.

    Returns
    -------
    Interruption, with differences for level and slope. Undefined with fewer than two months on
    either side, or no more months than terms.

    Raises
    ------
    UsageProblem
        A break past the last month, or an infinite value.

    Notes
    -----
    As `interrupted_series`. Not for rates of small counts.

    References
    ----------
    Newey WK, West KD (1987), Econometrica 55:703–708. Wagner AK et al (2002), J Clin Pharm Ther
    27:299–309.

    Examples
    --------
    >>> found = interrupted_values([5.0, 5.1, 5.0, 5.2, 6.1, 6.0, 6.2, 6.1], Break(at=4))
    >>> found.level.value.round(2)
    np.float64(0.87)

    The score rose by 0.9 when the action began.
    """
    y = np.asarray(values, dtype=np.float64)
    if np.isinf(y).any():
        raise UsageProblem("values must be finite, or nan where missing.", rule="values-are-finite")
    x, there = _design(break_, y.shape), ~np.isnan(y)
    enough = solvable_terms(np.broadcast_to(x, (*y.shape, x.shape[-1])), there)
    enough &= there.sum(axis=-1) > x.shape[-1]
    rows = np.where(there[..., None], x, 0.0)
    gram = np.where(enough[..., None, None], np.swapaxes(rows, -1, -2) @ rows, np.eye(x.shape[-1]))
    bread = np.linalg.inv(gram)
    right = np.einsum("...ki,...k->...i", rows, np.where(there, y, 0.0))
    beta = np.einsum("...ij,...j->...i", bread, right)
    residual = np.where(there, y - np.einsum("ki,...i->...k", x, beta), 0.0)
    lags, used = _lags(break_, y.shape[-1]), there.sum(axis=-1)
    covariance = _newey_west(bread, (x, residual), lags, used)
    reason = np.where(enough, Reason.DEFINED, Reason.NOT_ESTIMABLE).astype(np.uint8)
    terms = [_term(beta, covariance, (i, reason), confidence) for i in (2, 3, 1)]
    lines = _lines(np.where(enough[..., None], beta, np.nan), x, np.asarray)
    method = f"segmented least squares, Newey–West errors with {lags} lags"
    return Interruption(terms[0], terms[1], terms[2], *lines, np.asarray(used), lags, method)


def _design(break_: Break, shape: tuple[int, ...]) -> Floats:
    months = shape[-1] if shape else 0
    if break_.at >= months:
        raise UsageProblem(
            f"at is {break_.at}, past the last of {months} months (0 to {months - 1}).",
            rule="break-within-the-series",
        )
    t = np.arange(months, dtype=np.float64)
    after = (t >= break_.at).astype(np.float64)
    columns = [np.ones(months), t - break_.at, after, after * (t - break_.at)]
    for k in range(1, break_.harmonics + 1):
        columns += [np.sin(2 * np.pi * k * t / 12), np.cos(2 * np.pi * k * t / 12)]
    return np.column_stack(columns)


def _gap(missing: ArrayLike | None, shape: tuple[int, ...]) -> Mask:
    if missing is None:
        return np.zeros(shape, dtype=bool)
    mask = np.asarray(missing).astype(bool)
    if mask.shape[-1:] != shape[-1:] or mask.ndim > len(shape):
        raise UsageProblem(
            f"missing has shape {mask.shape} and months {shape}: they do not line up.",
            rule="shapes-line-up",
        )
    return np.broadcast_to(mask, shape)


def _lags(break_: Break, months: int) -> int:
    rule = int(4 * (months / 100) ** (2 / 9))
    return min(rule if break_.lags is None else break_.lags, months - 1)


def _newey_west(
    bread: Floats, parts: tuple[Floats, Floats], lags: int, used: NDArray[np.int64]
) -> Floats:
    """Bread × scores' long-run variance × bread, times n/(n − k); a gap's score is 0."""
    x, residual = parts
    score = x * residual[..., None]
    meat = np.einsum("...ti,...tj->...ij", score, score)
    for lag in range(1, lags + 1):
        apart = np.einsum("...ti,...tj->...ij", score[..., lag:, :], score[..., :-lag, :])
        meat = meat + (1 - lag / (lags + 1)) * (apart + np.swapaxes(apart, -1, -2))
    left = used - x.shape[-1]
    correction = np.where(left > 0, used / np.maximum(left, 1), 1.0)
    return np.asarray(correction[..., None, None] * (bread @ meat @ bread))


def _no_less_than(chance: Floats, covariance: Floats) -> Floats:
    """Counts cannot be surer than chance lets them be, however smooth a few months look."""
    diagonal = np.einsum("...ii->...i", covariance)
    least = np.einsum("...ii->...i", chance)
    out = np.array(covariance)
    np.einsum("...ii->...i", out)[...] = np.maximum(diagonal, least)
    return out


def _term(
    beta: Floats,
    covariance: Floats,
    which: tuple[int, NDArray[np.uint8]],
    confidence: Confidence,
) -> Estimates:
    i, reason = which
    reach = critical_value(confidence) * np.sqrt(np.maximum(covariance[..., i, i], 0.0))
    columns = (beta[..., i], beta[..., i] - reach, beta[..., i] + reach)
    value, low, high = (np.where(reason == 0, column, np.nan) for column in columns)
    return Estimates(value, low, high, np.array(reason), "segmented regression", confidence)


def _ratio(term: Estimates) -> Estimates:
    value, low, high = (np.asarray(np.exp(part)) for part in (term.value, term.low, term.high))
    return Estimates(value, low, high, term.reason, term.method, term.confidence)


def _expit(value: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-value)))


def _lines(beta: Floats, x: Floats, back: object) -> tuple[Floats, Floats]:
    """The fitted course, and the one without the change of level and trend."""
    without = x.copy()
    without[:, 2:_TERMS] = 0.0
    lines = (np.einsum("ki,...i->...k", design, beta) for design in (x, without))
    fitted, other = (back(line) for line in lines)  # type: ignore[operator]
    return fitted, other
