"""Draws for whole columns at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Index = NDArray[np.int64]


def draw(rng: np.random.Generator, weights: ArrayLike, size: int) -> Index:
    """Positions drawn in proportion to the weights."""
    edges = np.cumsum(np.asarray(weights, dtype=np.float64))
    return np.searchsorted(edges / edges[-1], rng.random(size), side="right").astype(np.int64)


def draw_each(rng: np.random.Generator, table: Sequence[ArrayLike], rows: Index) -> Index:
    """For each entry of ``rows``, a position drawn by the weights of that row of the table."""
    edges = np.cumsum(np.asarray(table, dtype=np.float64), axis=1)
    edges /= edges[:, -1:]
    passed: Index = (rng.random(len(rows))[:, None] >= edges[rows]).sum(axis=1, dtype=np.int64)
    return passed


def spread(
    rng: np.random.Generator, sigma: float, shape: int | tuple[int, ...]
) -> NDArray[np.float64]:
    """Log-normal factors with median one."""
    return np.exp(rng.normal(0.0, sigma, shape))
