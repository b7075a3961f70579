"""A chi-squared test's answer, a column at a time, with the reason where there is none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from evenhand.stats.columns import Counts, Floats


@dataclass(frozen=True, slots=True)
class ChiSquared:
    """Statistics, degrees of freedom and p-values of equal shape.

    ``statistic`` and ``p`` are nan only where ``reason`` is not ``DEFINED``.
    """

    statistic: Floats
    degrees: Counts
    p: Floats
    reason: NDArray[np.uint8]
    method: str


def refer(
    statistic: Floats, degrees: NDArray[np.int64], *, reason: NDArray[np.uint8], method: str
) -> ChiSquared:
    """Refer statistics to the chi-squared distribution; blank where there is a reason to."""
    defined = reason == 0
    value = np.where(defined, statistic, np.nan)
    p = np.where(defined, chdtrc(np.maximum(degrees, 1), np.where(defined, statistic, 0.0)), np.nan)
    return ChiSquared(value, degrees, p, reason, method)
