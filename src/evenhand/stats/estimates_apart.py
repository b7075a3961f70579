"""Have two independent estimates, of which only the intervals are known, moved apart?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.columns import Floats, require_confidence


@dataclass(frozen=True, slots=True)
class Interval:
    """Estimates and the ends of their intervals: three arrays of one shape."""

    value: ArrayLike
    low: ArrayLike
    high: ArrayLike


@dataclass(frozen=True, slots=True)
class Apart:
    """How far the later estimate lies from the earlier, with its interval and a two-sided p.

    A ratio of the two where they are ratios, else a difference; nan where either is undefined.
    """

    value: Floats
    low: Floats
    high: Floats
    p: Floats


def difference_of_estimates(
    later: Interval, earlier: Interval, *, ratios: bool, confidence: Confidence = NINETY_FIVE
) -> Apart:
    """Is the later estimate really another than the earlier, or could chance have moved it so far?

    The standard error of each is read from the width of its interval, and the two are subtracted:
    on the log scale where they are ratios.

    Parameters
    ----------
    later, earlier
        Estimates with their intervals, of one shape. Ratios must be above 0.
    ratios
        Whether they are ratios rather than differences.
    confidence
        Of the intervals given, and of the one returned.

    Returns
    -------
    Apart, each array of the shape given.

    Raises
    ------
    UsageProblem
        The shapes differ.

    Notes
    -----
    The two must rest on different people or events. Where they share some, as two snapshots a year
    apart do, the p-value is too large: it errs towards saying nothing. For intervals that are about
    symmetric on their scale; of very small counts it is rough. Where the counts are at hand, use
    :func:`~evenhand.stats.ratio_of_ratios`.

    References
    ----------
    Altman DG, Bland JM (2003), "Interaction revisited: the difference between two estimates",
    BMJ 326:219.

    Examples
    --------
    >>> under_60, over_60 = Interval([0.67], [0.46], [0.98]), Interval([0.88], [0.71], [1.08])
    >>> apart = difference_of_estimates(under_60, over_60, ratios=True)
    >>> apart.value.round(2), apart.low.round(2), apart.high.round(2), apart.p.round(1)
    (array([0.76]), array([0.49]), array([1.17]), array([0.2]))

    The two risk ratios differ by no more than chance does.
    """
    z = -float(ndtri(require_confidence(confidence).tail))
    after, before = _scaled(later, ratios=ratios), _scaled(earlier, ratios=ratios)
    if after.shape != before.shape:
        raise UsageProblem("the two columns of estimates differ in length.", rule="same-shape")
    with np.errstate(invalid="ignore", divide="ignore"):
        error = np.hypot(after[2] - after[1], before[2] - before[1]) / (2 * z)
        gap = after[0] - before[0]
    broken = ~(np.isfinite(gap) & np.isfinite(error) & (error > 0))
    gap, error = np.where(broken, np.nan, gap), np.where(broken, np.nan, error)
    p = 2 * ndtr(-np.abs(gap) / error)
    found = np.stack([gap, gap - z * error, gap + z * error])
    value, low, high = np.exp(found) if ratios else found
    return Apart(value, low, high, p)


def _scaled(given: Interval, *, ratios: bool) -> Floats:
    ends = [np.asarray(c, np.float64) for c in (given.value, given.low, given.high)]
    if len({end.shape for end in ends}) > 1:
        raise UsageProblem("an estimate and its ends differ in length.", rule="same-shape")
    columns = np.stack(ends)
    if not ratios:
        return columns
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.log(columns))
