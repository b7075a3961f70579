"""Which common differences would the strata not contradict, however few events there are?

The score interval for a difference common to all strata, weighted so that its score is zero exactly
at the Mantel–Haenszel estimate. It serves where either side has few events (or few people without
one): there the usual variance is taken from so few events that 95% intervals hold the truth as
seldom as 73% of the time (docs/methods/0002-calibration.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from evenhand.core import Confidence
from evenhand.stats.columns import Floats, Mask, critical_value
from evenhand.stats.constrained import constrained_variance
from evenhand.stats.roots import find_bracketed
from evenhand.stats.strata import Strata

# Below this many events, or people without one, on either side the score interval is used; from
# there on the usual interval covers 93 to 96% (docs/methods/0002-calibration.md). Ten is also where
# public-health convention changes from exact limits of a rate to Byar's.
FEW = 10

Spread = Callable[[Strata, Floats], Floats]
Limits = tuple[Floats, Floats]


def few_events(strata: Strata) -> Mask:
    """Where either side has fewer than :data:`FEW` events over all strata."""
    fewest = np.minimum(strata.group.sum(axis=-1), strata.comparator.sum(axis=-1))
    return np.asarray((fewest < FEW) & strata.used.any(axis=-1))


def few_either_way(strata: Strata) -> Mask:
    """Where either side has fewer than :data:`FEW` people with the outcome, or without it."""
    without = (
        strata.group_size.sum(axis=-1) - strata.group.sum(axis=-1),
        strata.comparator_size.sum(axis=-1) - strata.comparator.sum(axis=-1),
    )
    scarce = (np.minimum(*without) < FEW) & strata.used.any(axis=-1)
    return np.asarray(few_events(strata) | scarce)


def risk_difference_limits(strata: Strata, value: Floats, confidence: Confidence) -> Limits:
    """Limits within ±1 of a common difference of proportions, for cells of ``(cells, strata)``."""
    low, high = _limits(strata, value, confidence, _risk_spread)
    return np.maximum(low, -1.0), np.minimum(high, 1.0)


def rate_difference_limits(strata: Strata, value: Floats, confidence: Confidence) -> Limits:
    """Limits of a common difference of rates, for cells of ``(cells, strata)``."""
    return _limits(strata, value, confidence, _rate_spread)


def _limits(strata: Strata, value: Floats, confidence: Confidence, spread: Spread) -> Limits:
    z = critical_value(confidence)
    # The upper limit is the lower one with the sides changed over and its sign with them.
    low = value - _reach_below(strata, value, z, spread)
    return low, value + _reach_below(_swapped(strata), -value, z, spread)


def _reach_below(strata: Strata, value: Floats, z: float, spread: Spread) -> Floats:
    """How far below the estimate the score statistic comes to ``z``.

    Sought in units of about the answer, so that one in a thousand million keeps its digits.
    """
    t1, t0 = _sizes(strata)
    unit = strata.weight**2 * ((strata.group + 1) / t1**2 + (strata.comparator + 1) / t0**2)
    weight = strata.weight.sum(axis=-1)
    width = z * np.sqrt(unit.sum(axis=-1)) / weight

    def gap(widths: Floats, rows: Floats) -> Floats:
        some = rows.astype(np.intp)
        below = widths * width[some]
        variance = spread(strata.only(some), (value[some] - below)[:, None]).sum(axis=-1)
        short = widths - z * np.sqrt(variance) / (weight * width)[some]
        # Without events the statistic is 0 over 0 at the estimate itself: the limit is beyond it.
        return np.where(widths > 0, short, -1.0)

    one = np.ones(value.shape)
    return np.asarray(width * find_bracketed(gap, one, 0.3 * one, np.arange(value.size) * one))


def _risk_spread(strata: Strata, difference: Floats) -> Floats:
    """Miettinen and Nurminen's variance (1985, equation 9) of each weighted difference."""
    d = np.broadcast_to(np.clip(difference, -1.0, 1.0), strata.used.shape)
    columns = (d, strata.group, strata.group_size, strata.comparator, strata.comparator_size)
    spread = np.zeros(strata.used.shape)
    spread[strata.used] = constrained_variance(*(column[strata.used] for column in columns))
    # Their N/(N − 1), which keeps small strata from looking too sure.
    unbiased = strata.size / np.maximum(strata.size - 1, 1.0)
    return np.asarray(strata.weight**2 * unbiased * spread)


def _rate_spread(strata: Strata, difference: Floats) -> Floats:
    """The Poisson variance of each stratum's weighted difference, its rates so far apart."""
    t1, t0 = _sizes(strata)
    first = _likeliest_rate((strata.comparator, t0), (strata.group, t1), -difference)
    second = _likeliest_rate((strata.group, t1), (strata.comparator, t0), difference)
    return np.asarray(strata.weight**2 * (first / t1 + second / t0))


def _likeliest_rate(
    one: tuple[Floats, Floats], other: tuple[Floats, Floats], difference: Floats
) -> Floats:
    """The other's likeliest rate when the one's is ``difference`` above it: a quadratic's root."""
    (x1, t1), (x2, t2) = one, other
    scaled = (t1 + t2) * difference
    root = np.hypot(scaled - x1 + x2, 2 * np.sqrt(x1 * x2))
    half = x1 + x2 - scaled
    # half + root, or where that cancels the product of both roots over the other one.
    with np.errstate(divide="ignore", invalid="ignore"):
        twice = np.where(half >= 0, half + root, 4 * x2 * scaled / (root - half))
    return np.asarray(np.maximum(twice / (2 * (t1 + t2)), np.maximum(0.0, -difference)))


def _sizes(strata: Strata) -> tuple[Floats, Floats]:
    """Populations with 1 in place of 0, so that left-out strata divide to 0."""
    return (
        np.where(strata.used, strata.group_size, 1.0),
        np.where(strata.used, strata.comparator_size, 1.0),
    )


def _swapped(strata: Strata) -> Strata:
    return replace(
        strata,
        group=strata.comparator,
        group_size=strata.comparator_size,
        comparator=strata.group,
        comparator_size=strata.group_size,
    )
