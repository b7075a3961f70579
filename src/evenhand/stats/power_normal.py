"""What a group's rate would have to be for a test to notice it, on a scale of even spread."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from evenhand.stats.columns import Floats


def normal_rates(
    time1: Floats, events2: Floats, time2: Floats, *, power: float, level: float
) -> tuple[Floats, Floats]:
    """The group's rates above and below the comparator's at which the power is reached.

    The root of a Poisson count has a variance of about one quarter (Bartlett 1936), so two roots of
    rates differ with variance (1/time1 + 1/time2)/4. Below, nan where no rate would be noticed.
    """
    gap = _both(power, level) / 2 * np.sqrt(1 / time1 + 1 / time2)
    root = np.sqrt(events2 / time2)
    below = np.where(root >= gap, root - gap, np.nan)
    return (root + gap) ** 2, below**2


def normal_shares(
    size1: Floats, count2: Floats, size2: Floats, *, power: float, level: float
) -> tuple[Floats, Floats]:
    """The group's shares above and below the comparator's at which the power is reached.

    Twice the arcsine of a share's root has a variance of about one over its size (Cohen 1988,
    section 6.2). nan where even all, or even none, of the group would not be noticed.
    """
    gap = _both(power, level) * np.sqrt(1 / size1 + 1 / size2)
    angle = 2 * np.arcsin(np.sqrt(count2 / size2))
    above = np.where(angle + gap <= np.pi, angle + gap, np.nan)
    below = np.where(angle - gap >= 0, angle - gap, np.nan)
    return np.sin(above / 2) ** 2, np.sin(below / 2) ** 2


def _both(power: float, level: float) -> float:
    """The test's critical value and the power's, in standard deviations."""
    return float(ndtri(1 - level / 2) + ndtri(power))
