"""Which ratios of two sides would the strata not contradict, even at zero counts?

Score intervals for a comparison common to all strata. They serve where the usual variance has no
width (no events on one side, or events for everybody) or is too wide to be believed. Each is
weighted so that it is zero exactly at the Mantel–Haenszel estimate, which therefore always lies
inside the interval.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from evenhand.core import Confidence
from evenhand.stats.columns import Floats, critical_value
from evenhand.stats.margins import fitted_cells, harmonic
from evenhand.stats.strata import Strata

Score = Callable[[Floats], Floats]

# exp(±100) is beyond any ratio that counts up to 10⁹ can support, and leaves squares finite.
_LOG_RANGE = 100.0
# 60 halvings of a bracket of width 200 leave 2e-16: the last bit of a double.
_HALVINGS = 60
# A log standard error above 2 spans a factor of 2,500: the Wald interval's normal shape, which the
# events no longer support, would decide the limits. One event a side, evenly spread, gives 1.4.
WIDEST_LOG_VARIANCE = 4.0


def ratio_limits(score: Score, *, cells: int, confidence: Confidence) -> tuple[Floats, Floats]:
    """Where a score that falls with the ratio crosses ±z; 0 or inf where it never does."""
    z = critical_value(confidence)
    edges = [_crossing(lambda t: score(np.exp(t)), np.full(cells, side)) for side in (z, -z)]
    low, high = np.exp(edges[0]), np.exp(edges[1])
    near = 0.999 * _LOG_RANGE
    return np.where(edges[0] < -near, 0.0, low), np.where(edges[1] > near, np.inf, high)


def _crossing(score: Score, target: Floats) -> Floats:
    below, above = np.full(target.shape, -_LOG_RANGE), np.full(target.shape, _LOG_RANGE)
    for _ in range(_HALVINGS):
        middle = (below + above) / 2
        still_high = score(middle) > target
        below, above = np.where(still_high, middle, below), np.where(still_high, above, middle)
    return np.asarray((below + above) / 2)


def _standardised(distance: Floats, variance: Floats) -> Floats:
    """Distance in standard errors; ±inf where there is a distance and no variance."""
    with np.errstate(divide="ignore", invalid="ignore"):
        z = distance.sum(axis=-1) / np.sqrt(variance.sum(axis=-1))
    return np.asarray(np.nan_to_num(z, nan=0.0, posinf=np.inf, neginf=-np.inf))


def risk_ratio_score(strata: Strata) -> Score:
    """Miettinen–Nurminen score for a common risk ratio (1985, section 4, equations 7 and 10)."""
    sizes = _sizes(strata)

    def score(ratio: Floats) -> Floats:
        r = ratio[:, None]
        p0 = _koopman(strata, r)
        p1 = np.minimum(r * p0, 1.0)
        spread = p1 * (1 - p1) / sizes[0] + r**2 * p0 * (1 - p0) / sizes[1]
        distance = strata.weight * (strata.group / sizes[0] - r * strata.comparator / sizes[1])
        return _standardised(distance, strata.weight**2 * spread * _unbiased(strata))

    return score


def _koopman(strata: Strata, r: Floats) -> Floats:
    """The comparator's risk most likely when the risks are in ratio r (a quadratic)."""
    n1, n0 = strata.group_size, strata.comparator_size
    a = strata.size * r
    b = r * (n1 + strata.comparator) + strata.group + n0
    root = np.sqrt(np.maximum(b**2 - 4 * a * strata.events, 0.0))
    return np.where(strata.used, 2 * strata.events / (b + root + (b + root == 0)), 0.0)


def odds_ratio_score(strata: Strata) -> Score:
    """A score for a common odds ratio that is zero at the Mantel–Haenszel one.

    The estimating function R − ψS, with the variance ½Σ(P + ψQ)(R + ψS) of Robins, Breslow and
    Greenland (1986) at the cells fitted under ψ instead of those seen (as Sato 1990 does part way).
    """
    d = strata.comparator_size - strata.comparator
    concordant = strata.group * d / strata.size
    discordant = (strata.group_size - strata.group) * strata.comparator / strata.size

    def score(ratio: Floats) -> Floats:
        r = ratio[:, None]
        a, b, c, d = fitted_cells(r, *strata.margins)
        with_ratio = ((a + d) + r * (b + c)) * (a * d + r * b * c)
        return _standardised(concordant - r * discordant, with_ratio / (2 * strata.size**2))

    return score


def cornfield_score(strata: Strata) -> Score:
    """Miettinen–Nurminen score for an odds ratio (1985, section 4): Cornfield's, unbiased.

    Zero at the sample odds ratio of one stratum; over several, at the likeliest common one.
    """

    def score(ratio: Floats) -> Floats:
        cells = fitted_cells(ratio[:, None], *strata.margins)
        spread = np.where(strata.used, harmonic(cells), 0.0) * _unbiased(strata)
        return _standardised(strata.group - cells[0], spread)

    return score


def _sizes(strata: Strata) -> tuple[Floats, Floats]:
    """Populations with 1 in place of 0, so that left-out strata divide to 0."""
    return (
        np.where(strata.used, strata.group_size, 1.0),
        np.where(strata.used, strata.comparator_size, 1.0),
    )


def _unbiased(strata: Strata) -> Floats:
    """Miettinen and Nurminen's N/(N−1), which keeps small strata from looking too sure."""
    return np.where(strata.used, strata.size / np.maximum(strata.size - 1, 1.0), 1.0)
