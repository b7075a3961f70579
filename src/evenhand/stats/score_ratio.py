"""The score interval of a ratio of two proportions, by a few steps of Newton's method a cell."""

from __future__ import annotations

import numpy as np

from evenhand.stats.chunks import Limits
from evenhand.stats.columns import Floats
from evenhand.stats.pairs import Pair

# From a start at most a factor of the square root of 2 away, each step doubles the digits, but
# more slowly where the limit is near the end of its range (high confidence, nearly all events).
_FEWEST, _MOST = 4, 40
# A step this small, next to the distance from the end, is the last: the next would be its square.
_LAST = 1e-8


def score_ratio_limits(pair: Pair, chi_squared: Floats) -> Limits:
    """Ratios at which Koopman's (1984) statistic equals ``chi_squared``; 0 and inf at the ends.

    Let ``u = (x1 - n1 p1) / (1 - p1)`` at the likeliest proportions with a given ratio. The
    likelihood equation makes it also ``-(x2 - n2 p2) / (1 - p2)``, so that both proportions and the
    statistic are functions of ``u`` alone::

        p1 = (x1 - u) / (n1 - u)        p2 = (x2 + u) / (n2 + u)
        chi-squared = u**2 (q1 / (x1 - u) + q2 / (x2 + u)),   qi = (ni - xi) / ni

    which rises and is convex from 0 to ``x1``: the lower limit. The upper limit is the inverse of
    the lower limit of the groups changed over.
    """
    with np.errstate(divide="ignore"):
        return _low(pair, chi_squared), 1 / _low(pair.swapped(), chi_squared)


def _low(pair: Pair, chi_squared: Floats) -> Floats:
    x1, n1, x2, n2 = pair.columns
    q1, q2 = (n1 - x1) / n1, (n2 - x2) / n2
    u = _start(x1, x2, q1, q2, chi_squared)
    with np.errstate(divide="ignore", invalid="ignore"):
        for turn in range(_MOST):
            first, second = 1 / (x1 - u), 1 / (x2 + u)
            a, b = q1 * first, q2 * second
            # The statistic's excess and its derivative, both divided by u.
            excess = u * (a + b) - chi_squared / u
            slope = a * (1 + x1 * first) + b * (1 + x2 * second)
            step = excess / slope
            u = u - step
            if turn >= _FEWEST and not (np.abs(step) > _LAST * (x1 - u)).any():
                break
        low = (x1 - u) / (n1 - u) * ((n2 + u) / (x2 + u))
    everyone = x1 == n1
    if everyone.any():
        some = np.flatnonzero(everyone)
        low[some] = _low_of_all(*(column[some] for column in (n1, x2, n2, chi_squared)))
    return np.where(x1 == 0, 0.0, low)


def _start(x1: Floats, x2: Floats, q1: Floats, q2: Floats, chi_squared: Floats) -> Floats:
    """Where one of the statistic's two parts alone would be enough: never below the root."""
    half = chi_squared / 2
    first = 2 * x1 / (1 + np.sqrt(1 + q1 * x1 / (half / 2)))
    with np.errstate(divide="ignore", invalid="ignore"):
        second = (half + np.sqrt(half * half + 2 * half * q2 * x2)) / q2
    start: Floats = np.fmin(first, second)
    return start


def _low_of_all(n1: Floats, x2: Floats, n2: Floats, chi_squared: Floats) -> Floats:
    """The limit where everyone in the group had the event: a quadratic, then a boundary.

    While ``u`` is below ``n1`` the likeliest first proportion is 1 itself. From there on ``u``
    stays at ``n1``, which fixes the second proportion, and the first makes up what is left.
    """
    half, q2 = chi_squared / 2, (n2 - x2) / n2
    with np.errstate(divide="ignore", invalid="ignore"):
        u = (half + np.sqrt(half * half + 2 * half * q2 * x2)) / q2
        at_one = (n2 + u) / (x2 + u)
    left = np.maximum(chi_squared - n1 * n1 * q2 / (x2 + n1), 0.0)
    beyond = n1 / (n1 + left) * (n2 + n1) / (x2 + n1)
    return np.where(u <= n1, at_one, beyond)
