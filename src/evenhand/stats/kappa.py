"""How far do two recordings of the same people agree?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats.columns import (
    Counts,
    Estimates,
    Floats,
    Reason,
    as_counts,
    critical_value,
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """κ with its interval, and the shares it is made of."""

    kappa: Estimates
    observed: Floats
    expected: Floats


def agreement_table(first: ArrayLike, second: ArrayLike, *, categories: int) -> Counts:
    """How many people were recorded as each pair of categories?

    Parameters
    ----------
    first, second : array of whole numbers
        Each person's category by the two recordings, numbered from 0, of one length.
    categories : int
        How many categories there are.

    Returns
    -------
    array of int, shape (categories, categories)
        Rows are the first recording, columns the second.

    Raises
    ------
    UsageProblem
        If lengths differ or a number is not one of the categories.

    Notes
    -----
    Leave out nobody silently: give "not recorded" a category of its own, and drop its row and
    column before computing κ if that is the question.

    References
    ----------
    J. Cohen (1960), *Educational and Psychological Measurement* 20, 37-46.

    Examples
    --------
    >>> from evenhand.stats import agreement_table
    >>> agreement_table([0, 0, 1, 1], [0, 1, 1, 1], categories=2)
    array([[1, 1],
           [0, 2]])

    Three of four people were recorded alike.
    """
    rows, columns = as_counts(first, name="first").ravel(), as_counts(second, name="second").ravel()
    if rows.size != columns.size:
        raise UsageProblem(
            f"first has {rows.size} people and second {columns.size}: they must be the same.",
            rule="shapes-line-up",
        )
    for name, codes in (("first", rows), ("second", columns)):
        if codes.size and codes.max() >= categories:
            raise UsageProblem(
                f"{name} holds category {codes.max()}, but categories is {categories}.",
                rule="category-is-known",
            )
    flat = np.bincount(rows * categories + columns, minlength=categories * categories)
    return flat.reshape(categories, categories).astype(np.int64)


def agreement(table: ArrayLike, *, confidence: Confidence = NINETY_FIVE) -> Agreement:
    """How far do two recordings agree, beyond what chance alone would give?

    Cohen's κ, unweighted: 1 is full agreement, 0 is what two unrelated recordings with these totals
    would give. The interval uses Fleiss, Cohen and Everitt's variance.

    Parameters
    ----------
    table : array of whole numbers, shape (..., k, k)
        People by first recording (rows) and second (columns); leading axes are separate tables.
    confidence : Confidence
        A proportion of its own type.

    Returns
    -------
    Agreement
        κ from -1 to 1; undefined where a table is empty, or where both recordings put everybody in
        one category, when there is nothing to agree on beyond chance.

    Raises
    ------
    UsageProblem
        If the table is not square or its counts are negative or fractional.

    Notes
    -----
    A large-sample interval: with fewer than some 30 people it is too narrow. κ falls when one
    category is rare even if the two agree on nearly everybody, so print ``observed`` beside it.
    Not for ordered categories, where near misses should count for something.

    References
    ----------
    J. Cohen (1960), *Educational and Psychological Measurement* 20, 37-46. J. L. Fleiss, J. Cohen,
    B. S. Everitt (1969), *Psychological Bulletin* 72, 323-327, equation 13.

    Examples
    --------
    >>> from evenhand.stats import agreement
    >>> found = agreement([[[20, 5], [10, 15]]])
    >>> found.kappa.value.round(2), found.kappa.low.round(2), found.kappa.high.round(2)
    (array([0.4]), array([0.15]), array([0.65]))

    The recordings agree on 70% of people, less than half of the way from chance to full agreement.
    """
    counts = as_counts(table, name="table")
    if counts.ndim < 2 or counts.shape[-1] != counts.shape[-2]:
        raise UsageProblem(
            f"table must be square, not of shape {counts.shape}.", rule="table-is-square"
        )
    total = counts.sum(axis=(-2, -1)).astype(np.float64)
    share = counts / np.where(total > 0, total, 1.0)[..., np.newaxis, np.newaxis]
    rows, columns = share.sum(axis=-1), share.sum(axis=-2)
    observed = np.trace(share, axis1=-2, axis2=-1)
    expected = (rows * columns).sum(axis=-1)
    room = 1 - expected
    one_category = (counts.sum(axis=-1).max(axis=-1) == total) & (
        np.trace(counts, axis1=-2, axis2=-1) == total
    )
    reason = np.where(one_category, Reason.NOT_ESTIMABLE, Reason.DEFINED)
    reason = np.where(total == 0, Reason.NO_POPULATION, reason).astype(np.uint8)
    defined = reason == Reason.DEFINED
    safe = np.where(defined, room, 1.0)
    kappa = (observed - expected) / safe
    error = np.sqrt(_variance(share, kappa, expected) / np.where(total > 0, total, 1.0)) / safe
    reach = critical_value(confidence) * error
    columns_of = (kappa, np.maximum(kappa - reach, -1.0), np.minimum(kappa + reach, 1.0))
    value, low, high = (np.where(defined, column, np.nan) for column in columns_of)
    estimates = Estimates(value, low, high, reason, "Cohen's κ", confidence)
    somebody = total > 0
    return Agreement(
        estimates, np.where(somebody, observed, np.nan), np.where(somebody, expected, np.nan)
    )


def _variance(share: Floats, kappa: Floats, expected: Floats) -> Floats:
    """Fleiss, Cohen and Everitt's numerator: per person, before dividing by the room squared."""
    rows, columns = share.sum(axis=-1), share.sum(axis=-2)
    left = 1 - kappa
    both = rows[..., :, np.newaxis] + columns[..., np.newaxis, :]
    # Off the diagonal the published weights pair row i's column total with column j's row total.
    crossed = columns[..., :, np.newaxis] + rows[..., np.newaxis, :]
    diagonal = np.eye(share.shape[-1], dtype=bool)
    weight = np.where(
        diagonal,
        (1 - both * left[..., np.newaxis, np.newaxis]) ** 2,
        (crossed * left[..., np.newaxis, np.newaxis]) ** 2,
    )
    correction = (kappa - expected * left) ** 2
    variance: Floats = (share * weight).sum(axis=(-2, -1)) - correction
    return np.maximum(variance, 0.0)
