"""The likeliest pair of proportions when their difference is fixed, for score intervals."""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from evenhand.stats.columns import Floats
from evenhand.stats.roots import find_roots

# expit(-60) is 9e-27: nearer to an end than any count below 2**53 can tell from the end itself.
_FURTHEST = 60.0
_TINY = 1e-300
# Newton's method from the cubic's root needs two steps; cells that have not settled to this after
# four are bracketed instead.
_NEWTON_STEPS, _SETTLED = 4, 1e-9

Counts4 = tuple[Floats, Floats, Floats, Floats]


def constrained_variance(
    difference: Floats, x1: Floats, n1: Floats, x2: Floats, n2: Floats
) -> Floats:
    """``p1 q1 / n1 + p2 q2 / n2`` at the likeliest proportions that differ by ``difference``.

    Miettinen and Nurminen (1985, equation 10) give the root of a cubic with a cosine, which loses
    half its digits where roots meet. Here it is the first guess at where the likelihood's
    derivative vanishes, sought on the logit of the room the difference leaves; no two near-equal
    numbers are subtracted, so proportions of one in a thousand million keep their digits.
    """
    counts = (x1, n1 - x1, x2, n2 - x2)
    logit = _first_guess(difference, counts)
    step = np.full(logit.shape, np.inf)
    for _ in range(_NEWTON_STEPS):
        slope, curve = _slope_and_curve(logit, difference, *counts)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            step = -slope / curve
        logit = np.clip(logit + step, -_FURTHEST, _FURTHEST)
    unsettled = np.flatnonzero(~(np.abs(step) < _SETTLED) | (np.abs(logit) > _FURTHEST - 1))
    few = tuple(column[unsettled] for column in counts)
    logit[unsettled] = _bracketed(difference[unsettled], few)
    p1, q1, p2, q2 = _proportions(logit, difference)
    return p1 * q1 / n1 + p2 * q2 / n2


def _bracketed(difference: Floats, counts: tuple[Floats, ...]) -> Floats:
    low, high = np.full(difference.shape, -_FURTHEST), np.full(difference.shape, _FURTHEST)
    at_low, at_high = _slope(low, difference, *counts), _slope(high, difference, *counts)
    logit = np.where(at_low <= 0, -np.inf, np.inf)
    inside = np.flatnonzero((at_low > 0) & (at_high < 0))
    parts = tuple(column[inside] for column in (difference, *counts))
    logit[inside] = find_roots(_slope, low[inside], high[inside], *parts, tolerance=1e-10)
    return logit


def _proportions(logit: Floats, difference: Floats) -> Counts4:
    room = 1 - np.abs(difference)
    up, down = np.maximum(difference, 0.0), np.maximum(-difference, 0.0)
    p, q = room * expit(logit), room * expit(-logit)
    return p + up, q + down, p + down, q + up


def _slope(logit: Floats, difference: Floats, *counts: Floats) -> Floats:
    return _slope_and_curve(logit, difference, *counts)[0]


def _slope_and_curve(logit: Floats, difference: Floats, *counts: Floats) -> tuple[Floats, Floats]:
    """First and second derivative of the log-likelihood by the logit."""
    x1, y1, x2, y2 = counts
    room = np.maximum(1 - np.abs(difference), _TINY)
    up, down = np.maximum(difference, 0.0), np.maximum(-difference, 0.0)
    p = expit(logit)
    q = expit(-logit)
    slope, curve = np.zeros(logit.shape), np.zeros(logit.shape)
    for count, floor in ((x1, up), (x2, down)):
        inside = room * p
        share = count * inside / np.maximum(inside + floor, _TINY)
        slope += q * share
        curve += q * share * (q * floor / np.maximum(inside + floor, _TINY) - p)
    for count, floor in ((y1, down), (y2, up)):
        inside = room * q
        share = count * inside / np.maximum(inside + floor, _TINY)
        slope -= p * share
        curve += p * share * (p * floor / np.maximum(inside + floor, _TINY) - q)
    return slope, curve


def _first_guess(difference: Floats, counts: tuple[Floats, ...]) -> Floats:
    """The logit, within the room there is, of the cubic's root by its cosine."""
    x1, y1, x2, y2 = counts
    n1, n2 = x1 + y1, x2 + y2
    everyone, events = n1 + n2, x1 + x2
    c2 = ((n1 + 2 * n2) * difference - everyone - events) / everyone
    c1 = ((n2 * difference - everyone - 2 * x2) * difference + events) / everyone
    c0 = x2 * difference * (1 - difference) / everyone
    half = (c2 / 3) ** 3 - c1 * c2 / 6 + c0 / 2
    size = np.sqrt(np.maximum((c2 / 3) ** 2 - c1 / 3, 0.0))
    signed = np.where(half < 0, -size, size)
    cosine = np.clip(half / np.where(signed == 0, 1.0, signed**3), -1.0, 1.0)
    root = 2 * signed * np.cos((np.pi + np.arccos(cosine)) / 3) - c2 / 3
    room = np.maximum(1 - np.abs(difference), _TINY)
    share = np.clip((root - np.maximum(-difference, 0.0)) / room, 1e-12, 1 - 1e-12)
    guess: Floats = np.log(share) - np.log1p(-share)
    return guess
