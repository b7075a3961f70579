"""The counts at which a two-sided test would first call a gap a finding."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from evenhand.stats.columns import Floats

PValueOf = Callable[[Floats], Floats]


def critical_above(p_value: PValueOf, start: Floats, most: Floats, level: float) -> Floats:
    """The smallest whole count above ``start`` with a p-value of at most ``level``.

    ``most + 1`` where not even ``most`` would be a finding. Assumes that p falls away from
    ``start``, which is the count expected.
    """
    low = np.floor(start)
    high = np.minimum(low + 1, most)
    step = np.ones(start.shape)
    while True:  # double the reach until every count is a finding or the most there can be
        short = (p_value(high) > level) & (high < most)
        if not short.any():
            break
        low = np.where(short, high, low)
        step = np.where(short, 2 * step, step)
        high = np.where(short, np.minimum(high + step, most), high)
    never = p_value(high) > level
    return np.where(never, most + 1, _halved(p_value, low, high, level))


def critical_below(p_value: PValueOf, start: Floats, level: float) -> Floats:
    """The largest whole count below ``start`` with a p-value of at most ``level``; -1 if none."""
    low, high = np.zeros(start.shape), np.ceil(start)
    never = (p_value(low) > level) | (start <= 0)
    return np.where(never, -1.0, _halved(p_value, high, low, level))


def _halved(p_value: PValueOf, outside: Floats, inside: Floats, level: float) -> Floats:
    """The whole number nearest ``outside`` that is a finding, ``inside`` being one."""
    while True:
        gap = inside - outside
        if (np.abs(gap) <= 1).all():
            return inside
        middle = outside + np.trunc(gap / 2)
        found = p_value(middle) <= level
        inside = np.where(found, middle, inside)
        outside = np.where(found, outside, middle)
