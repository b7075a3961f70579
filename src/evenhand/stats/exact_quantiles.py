"""Between which counts does chance keep a unit that is like all the others?"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.special import betainc, betaincinv, gammaincc, gammaincinv, ndtri

from evenhand.stats.columns import Floats

Cdf = Callable[[Floats], Floats]

# The normal guess is seldom more than two counts away; a step past this many is a defect.
_MOST_STEPS = 10_000


def poisson_cdf(count: Floats, mean: Floats) -> Floats:
    """The chance of at most this many events; 0 below zero."""
    inside = np.where(count >= 0, count, 0.0)
    return np.asarray(np.where(count >= 0, gammaincc(inside + 1, mean), 0.0))


def binomial_cdf(count: Floats, total: Floats, share: Floats) -> Floats:
    """The chance that at most this many of ``total`` have the outcome."""
    inside = np.clip(count, 0.0, np.maximum(total - 1, 0.0))
    below = betainc(np.maximum(total - inside, 1.0), inside + 1, 1 - share)
    return np.asarray(np.where(count < 0, 0.0, np.where(count >= total, 1.0, below)))


def interpolated_poisson(p: float, mean: Floats, *, mid: bool = False) -> Floats:
    """Spiegelhalter's interpolated Poisson quantile (2005, appendix A.1.1), as a count.

    With ``mid`` the same interpolation of the mid-p distribution function F(k) − f(k)/2: a count
    lies beyond that limit exactly when its one-sided mid-p value is below the tail.
    """

    def cdf(count: Floats) -> Floats:
        here = poisson_cdf(count, mean)
        return (here + poisson_cdf(count - 1, mean)) / 2 if mid else here

    return _interpolated(p, cdf, (mean, mean, np.ones_like(mean), np.inf))


def interpolated_binomial(p: float, total: Floats, share: Floats, *, mid: bool = False) -> Floats:
    """The same for a binomial count; see `interpolated_poisson`."""

    def cdf(count: Floats) -> Floats:
        here = binomial_cdf(count, total, share)
        return (here + binomial_cdf(count - 1, total, share)) / 2 if mid else here

    mean = total * share
    shape = (mean, mean * (1 - share), 1 - 2 * share, total)
    return np.minimum(_interpolated(p, cdf, shape), total)


def _interpolated(
    p: float, cdf: Cdf, shape: tuple[Floats, Floats, Floats, Floats | float]
) -> Floats:
    """r − α, where r is the least count whose distribution function F(r) reaches p.

    α = (F(r) − p) / (F(r) − F(r − 1)) is how far back towards r − 1 the limit lies.
    """
    mean, variance, skew, most = shape
    z = ndtri(p)
    guess = mean + z * np.sqrt(variance) + skew * (z**2 - 1) / 6  # Cornish and Fisher (1938)
    r = np.clip(np.floor(guess), 0.0, most)  # a mid-p limit may pass the last count by a step
    for _ in range(_MOST_STEPS):
        here, before = cdf(r), cdf(r - 1)
        step = (here < p).astype(np.float64) - (before >= p)
        if not step.any():
            break
        r = r + step
    gap = here - before
    back = np.where(gap > 0, (here - p) / np.where(gap > 0, gap, 1.0), 0.0)
    return np.asarray(np.maximum(r - back, 0.0))


def continuous_poisson(p: float, mean: Floats) -> Floats:
    """The gamma quantile that bounds a Poisson count, as many published funnels draw it."""
    return np.asarray(gammaincinv(mean if p < 0.5 else mean + 1, p))


def continuous_binomial(p: float, total: Floats, share: Floats) -> Floats:
    """The beta quantile that bounds a binomial count: Clopper and Pearson's, about the target."""
    mean = total * share
    above = (mean, total - mean + 1) if p < 0.5 else (mean + 1, total - mean)
    edge = (above[0] > 0) & (above[1] > 0)
    inside = betaincinv(np.where(edge, above[0], 1.0), np.where(edge, above[1], 1.0), p)
    return np.asarray(total * np.where(edge, inside, share))
