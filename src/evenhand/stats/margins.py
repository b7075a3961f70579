"""Which table keeps the margins seen and gives a stated odds ratio?"""

from __future__ import annotations

import numpy as np

from evenhand.stats.columns import Floats

Cells = tuple[Floats, Floats, Floats, Floats]


def fitted_cells(ratio: Floats, n1: Floats, n0: Floats, m: Floats) -> Cells:
    """The four cells of each table of ``m`` events among ``n1`` and ``n0`` with this odds ratio.

    In order: the group's events, its non-events, the comparator's events, its non-events. Each is
    solved for by itself: a small one taken as the difference of large ones would lose its digits.
    """
    rest, inverse = n1 + n0 - m, 1 / ratio
    # One discriminant serves all four quadratics; it is a sum of terms that are never negative.
    cross = n1 * n0 + m * rest
    root = np.sqrt((ratio * (n1 - m)) ** 2 + 2 * ratio * cross + (n0 - m) ** 2)
    return (
        _fitted(ratio, (n1, n0), m, root),
        _fitted(inverse, (n1, n0), rest, root * inverse),
        _fitted(inverse, (n0, n1), m, root * inverse),
        _fitted(ratio, (n0, n1), rest, root),
    )


def _fitted(ratio: Floats, sides: tuple[Floats, Floats], m: Floats, root: Floats) -> Floats:
    """The root of (ψ − 1)A² − bA + ψn₁m = 0 that lies within the margins."""
    n1, n0 = sides
    b = ratio * (n1 + m) + n0 - m
    with np.errstate(divide="ignore", invalid="ignore"):  # each form is used where it is stable
        fitted = np.where(b > 0, 2 * ratio * n1 * m / (b + root), (root - b) / (2 * (1 - ratio)))
    fitted = np.where((n1 > 0) & (m > 0), fitted, 0.0)
    return np.asarray(np.clip(fitted, np.maximum(0.0, m - n0), np.minimum(n1, m)))


def harmonic(cells: Cells) -> Floats:
    """1 / (1/a + 1/b + 1/c + 1/d), which is 0 where a cell is 0."""
    with np.errstate(divide="ignore"):
        return np.asarray(1 / (1 / cells[0] + 1 / cells[1] + 1 / cells[2] + 1 / cells[3]))
