"""Of many comparisons made together, which would still stand if chance alone were at work?"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evenhand.core import UsageProblem
from evenhand.stats.columns import Floats, as_counts


def benjamini_hochberg(p: ArrayLike, *, family: int | None = None) -> Floats:
    """Of the comparisons made together, what share of those called findings would be chance?

    Benjamini and Hochberg's step-up rule: calling everything with an adjusted p of at most 0.05 a
    finding keeps the expected share of false findings among them at or under 5%.

    Parameters
    ----------
    p : array of float, any shape
        P-values from 0 to 1; nan where a comparison was undefined. Those are not in the family
        and stay nan.
    family : int, optional
        The number of comparisons made, when it is more than those given (some were looked at and
        left out). At least the number of defined p-values, which is the default.

    Returns
    -------
    array of float
        Adjusted p-values of the same shape, never below the p given, never above 1.

    Raises
    ------
    UsageProblem
        If a p is outside 0 to 1, or ``family`` is smaller than the number given.

    Notes
    -----
    Valid for independent tests and for those with positive dependence, as many groups against one
    comparator have. For any dependence use :func:`benjamini_yekutieli`. State the family and its
    size beside the figures (:func:`family_size`). Do not choose the family after seeing them.

    References
    ----------
    Y. Benjamini, Y. Hochberg (1995), *JRSS B* 57, 289-300. Y. Benjamini, D. Yekutieli (2001),
    *Annals of Statistics* 29, 1165-1188.

    Examples
    --------
    >>> from evenhand.stats import benjamini_hochberg
    >>> benjamini_hochberg([0.01, 0.04, float("nan"), 0.03, 0.5]).round(3)
    array([0.04 , 0.053,   nan, 0.053, 0.5  ])

    Of four comparisons one stands at 5%; the undefined one is not counted against them.
    """
    return _step_up(p, family, 1.0)


def benjamini_yekutieli(p: ArrayLike, *, family: int | None = None) -> Floats:
    """The same question as :func:`benjamini_hochberg`, safe however the comparisons depend.

    The adjusted p-values are larger by the sum 1 + 1/2 + ... + 1/m over the family of m.

    Parameters
    ----------
    p : array of float, any shape
        P-values from 0 to 1; nan where a comparison was undefined.
    family : int, optional
        The number of comparisons made, at least the number of defined p-values.

    Returns
    -------
    array of float
        Adjusted p-values of the same shape.

    Raises
    ------
    UsageProblem
        If a p is outside 0 to 1, or ``family`` is smaller than the number given.

    Notes
    -----
    Much more cautious: use it when the same people are in several comparisons that may pull in
    opposite directions. Otherwise it hides real disparities.

    References
    ----------
    Y. Benjamini, D. Yekutieli (2001), *Annals of Statistics* 29, 1165-1188, theorem 1.3.

    Examples
    --------
    >>> from evenhand.stats import benjamini_yekutieli
    >>> benjamini_yekutieli([0.01, 0.04, 0.03]).round(3)
    array([0.055, 0.073, 0.073])

    None of the three would be called a finding at 5%.
    """
    size = _family(_checked(p), family)
    # Digamma would do; a sum of at most some millions of terms is exact and as quick.
    return _step_up(p, family, float(np.sum(1 / np.arange(1, size + 1))))


def family_size(p: ArrayLike) -> int:
    """How many comparisons are in the family? Those whose p-value is defined.

    Parameters
    ----------
    p : array of float, any shape
        P-values from 0 to 1; nan where a comparison was undefined.

    Returns
    -------
    int
        0 or more: the size to print beside the adjusted figures.

    Raises
    ------
    UsageProblem
        If a p is outside 0 to 1.

    Notes
    -----
    Not the number of comparisons thought of: one that was looked at and left out belongs to the
    family too, and is given to :func:`benjamini_hochberg` as ``family``.

    References
    ----------
    Y. Benjamini, Y. Hochberg (1995), *JRSS B* 57, 289-300.

    Examples
    --------
    >>> from evenhand.stats import family_size
    >>> family_size([0.01, 0.04, float("nan")])
    2

    Two comparisons were made; the third was undefined.
    """
    return int(np.count_nonzero(~np.isnan(_checked(p))))


def _step_up(p: ArrayLike, family: int | None, factor: float) -> Floats:
    values = _checked(p)
    adjusted = np.full(values.size, np.nan)
    size = _family(values, family)
    defined = np.flatnonzero(~np.isnan(values.ravel()))
    order = defined[np.argsort(values.ravel()[defined])]  # ties come out equal in any order
    rank = np.arange(1, order.size + 1)
    scaled = values.ravel()[order] * (factor * size / rank)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return adjusted.reshape(values.shape)


def _checked(p: ArrayLike) -> Floats:
    values = np.asarray(p, dtype=np.float64)
    bad = (values < 0) | (values > 1)
    if bad.any():
        raise UsageProblem(
            f"p must be between 0 and 1; found {values[bad].flat[0].item()!r}.",
            rule="p-is-a-probability",
        )
    return values


def _family(values: Floats, family: int | None) -> int:
    given = int(np.count_nonzero(~np.isnan(values)))
    if family is None:
        return given
    size = int(as_counts(family, name="family"))
    if size < given:
        raise UsageProblem(
            f"family is {size}, fewer than the {given} p-values given.", rule="family-holds-all"
        )
    return size
