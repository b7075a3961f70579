"""Score intervals of a ratio of two proportions or of their odds, by a few of Newton's steps."""

from __future__ import annotations

import numpy as np

from evenhand.stats.chunks import Limits
from evenhand.stats.columns import Floats
from evenhand.stats.pairs import Pair

Part = tuple[Floats | float, Floats]

# From a start at most a factor of two away, each step doubles the digits, but more slowly
# where the limit is near the end of its range (high confidence, nearly all events).
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

    The upper limit is the inverse of the lower limit of the groups changed over.
    """
    with np.errstate(divide="ignore"):
        return _low_ratio(pair, chi_squared), 1 / _low_ratio(pair.swapped(), chi_squared)


def score_odds_limits(pair: Pair, chi_squared: Floats) -> Limits:
    """Odds ratios at which the score statistic equals ``chi_squared``; 0 and inf at the ends.

    The table with the margins seen and a given odds ratio has some ``u`` fewer events in the group
    than were seen, so that its cells and the statistic are functions of ``u`` alone::

        odds ratio = (a - u) (d - u) / ((b + u) (c + u))
        chi-squared = u**2 (1 / (a - u) + 1 / (b + u) + 1 / (c + u) + 1 / (d - u))
    """
    with np.errstate(divide="ignore"):
        return _low_odds(pair, chi_squared), 1 / _low_odds(pair.swapped(), chi_squared)


def _low_odds(pair: Pair, chi_squared: Floats) -> Floats:
    a, b, c, d = pair.cells
    u = _distance(((1.0, a), (1.0, d)), ((1.0, b), (1.0, c)), chi_squared)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = (a - u) / (b + u) * ((d - u) / (c + u))
    return np.where((a == 0) | (d == 0), 0.0, low)


def _low_ratio(pair: Pair, chi_squared: Floats) -> Floats:
    x1, n1, x2, n2 = pair.columns
    q1, q2 = (n1 - x1) / n1, (n2 - x2) / n2
    u = _distance(((q1, x1),), ((q2, x2),), chi_squared)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = (x1 - u) / (n1 - u) * ((n2 + u) / (x2 + u))
    everyone = x1 == n1
    if everyone.any():
        some = np.flatnonzero(everyone)
        low[some] = _low_of_all(*(column[some] for column in (n1, x2, n2, chi_squared)))
    return np.where(x1 == 0, 0.0, low)


def _distance(falling: tuple[Part, ...], rising: tuple[Part, ...], chi_squared: Floats) -> Floats:
    """Where ``u**2 (Σ w / (x - u) + Σ w / (x + u))``, of parts ``(w, x)``, is ``chi_squared``.

    Each part rises and is convex from 0 to the least falling ``x``: from where one part alone is
    enough, Newton's steps come down to the root and never pass it.
    """
    end = np.minimum.reduce([x for _, x in falling])
    u = _start(falling, rising, chi_squared)
    # w / (x - u) is (-w) / (u - x): with both signs turned, every part has the same form.
    parts = (*((-w, -x) for w, x in falling), *rising)
    with np.errstate(divide="ignore", invalid="ignore"):
        for turn in range(_MOST):
            share, slope = np.zeros((2, *u.shape))
            for weight, x in parts:
                over = 1 / (x + u)
                part = weight * over
                share += part
                slope += part * (1 + x * over)
            # The statistic's excess over its derivative, both divided by u.
            step = (u * share - chi_squared / u) / slope
            u = u - step
            if turn >= _FEWEST and not (np.abs(step) > _LAST * (end - u)).any():
                break
    return u


def _start(falling: tuple[Part, ...], rising: tuple[Part, ...], chi_squared: Floats) -> Floats:
    """Where one part alone would be enough: never below the root."""
    half = chi_squared / 2
    start = np.full(chi_squared.shape, np.inf)
    with np.errstate(divide="ignore", invalid="ignore"):
        for w, x in falling:
            start = np.fmin(start, 2 * x / (1 + np.sqrt(1 + w * x / (half / 2))))
        for w, x in rising:
            start = np.fmin(start, (half + np.sqrt(half * half + 2 * half * w * x)) / w)
    return start


def _low_of_all(n1: Floats, x2: Floats, n2: Floats, chi_squared: Floats) -> Floats:
    """The ratio's limit where everyone in the group had the event: a quadratic, then a boundary.

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
