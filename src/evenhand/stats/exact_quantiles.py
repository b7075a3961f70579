"""Between which counts does chance keep a unit that is like all the others?"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from scipy.special import betainc, betaincinv, gammaincc, gammaincinv, ndtri

from evenhand.stats.columns import Floats
from evenhand.stats.likelihood import deviance, log_binomial, stirling_error

Columns = tuple[Floats, ...]


class Step(Protocol):
    """The distribution function at a count and at the one before, or mid-p's."""

    def __call__(self, r: Floats, columns: Columns, *, mid: bool) -> tuple[Floats, Floats]:
        """Both, for columns of counts."""


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


def mid_poisson(count: Floats, mean: Floats) -> Floats:
    """The chance of fewer events, and half that of as many."""
    return np.asarray(poisson_cdf(count, mean) - _poisson_mass(count, mean) / 2)


def mid_binomial(count: Floats, total: Floats, share: Floats) -> Floats:
    """The chance that fewer have the outcome, and half that as many have."""
    return np.asarray(binomial_cdf(count, total, share) - _binomial_mass(count, total, share) / 2)


def interpolated_poisson(p: Floats, mean: Floats, *, mid: bool = False) -> Floats:
    """Spiegelhalter's interpolated Poisson quantile (2005, appendix A.1.1), as a count.

    ``p`` and ``mean`` broadcast. With ``mid`` the same interpolation of the mid-p distribution
    function F(k) − f(k)/2: a count lies beyond that limit exactly when its one-sided mid-p value
    is below the tail.
    """
    asked = np.broadcast_shapes(p.shape, mean.shape)
    p, mean = (np.broadcast_to(column, asked).ravel() for column in (p, mean))
    shape = (mean, mean, np.ones_like(mean), np.full_like(mean, np.inf))
    return _interpolated(p, (mean,), shape, _poisson_step, mid=mid).reshape(asked)


def interpolated_binomial(p: Floats, total: Floats, share: Floats, *, mid: bool = False) -> Floats:
    """The same for a binomial count; see `interpolated_poisson`."""
    asked = np.broadcast_shapes(p.shape, total.shape, share.shape)
    p, total, share = (np.broadcast_to(column, asked).ravel() for column in (p, total, share))
    mean = total * share
    shape = (mean, mean * (1 - share), 1 - 2 * share, total)
    found = _interpolated(p, (total, share), shape, _binomial_step, mid=mid)
    return np.asarray(np.minimum(found, total).reshape(asked))


def _poisson_mass(r: Floats, mean: Floats) -> Floats:
    """exp(−m) mʳ / r!, in Loader's (2000) form, which keeps its digits at 10⁹."""
    with np.errstate(divide="ignore", invalid="ignore"):
        mass = np.exp(-stirling_error(r) - deviance(r, mean)) / np.sqrt(2 * np.pi * r)
    return np.asarray(np.where(r > 0, mass, np.where(r == 0, np.exp(-mean), 0.0)))


def _binomial_mass(r: Floats, total: Floats, share: Floats) -> Floats:
    inside = (r >= 0) & (r <= total)
    return np.where(inside, np.exp(log_binomial(np.clip(r, 0.0, total), total, share)), 0.0)


def _poisson_step(r: Floats, columns: Columns, *, mid: bool) -> tuple[Floats, Floats]:
    """The distribution function at r and at r − 1, or mid-p's, by one incomplete gamma."""
    (mean,) = columns
    mass = _poisson_mass(r, mean)
    return _at_and_before(poisson_cdf(r, mean), mass, mass * np.maximum(r, 0.0) / mean, mid=mid)


def _binomial_step(r: Floats, columns: Columns, *, mid: bool) -> tuple[Floats, Floats]:
    total, share = columns
    mass = _binomial_mass(r, total, share)
    below = mass * r * (1 - share) / (np.maximum(total - r + 1, 1.0) * share)
    past = r > total
    below[past] = share[past] ** total[past]
    return _at_and_before(binomial_cdf(r, total, share), mass, below, mid=mid)


def _at_and_before(
    here: Floats, mass: Floats, below: Floats, *, mid: bool
) -> tuple[Floats, Floats]:
    """F(r) and F(r − 1), from F(r), f(r) and f(r − 1); with ``mid`` each less half its own mass."""
    return (here - mass / 2, here - mass - below / 2) if mid else (here, here - mass)


def _interpolated(
    p: Floats,
    columns: Columns,
    shape: tuple[Floats, Floats, Floats, Floats],
    step: Step,
    *,
    mid: bool,
) -> Floats:
    """r − α, where r is the least count whose distribution function F(r) reaches p.

    α = (F(r) − p) / (F(r) − F(r − 1)) is how far back towards r − 1 the limit lies.
    """
    mean, variance, skew, most = shape
    z = ndtri(p)
    guess = mean + z * np.sqrt(variance) + skew * (z**2 - 1) / 6  # Cornish and Fisher (1938)
    # F reaches p half a count before its curve does; a mid-p F with it, even past the last count.
    r = np.clip(np.ceil(guess if mid else guess - 0.5), 0.0, most)
    here, before = step(r, columns, mid=mid)
    for _ in range(_MOST_STEPS):
        way = (here < p).astype(np.float64) - ((before >= p) & (r > 0))
        moving = way != 0
        if not moving.any():
            break
        r[moving] += way[moving]
        few = tuple(column[moving] for column in columns)
        here[moving], before[moving] = step(r[moving], few, mid=mid)
    gap = here - before
    back = np.where(gap > 0, (here - p) / np.where(gap > 0, gap, 1.0), 0.0)
    return np.asarray(np.maximum(r - back, 0.0))


def continuous_poisson(p: Floats, mean: Floats) -> Floats:
    """The gamma quantile that bounds a Poisson count, as many published funnels draw it."""
    return np.asarray(gammaincinv(mean + (p >= 0.5), p))


def continuous_binomial(p: Floats, total: Floats, share: Floats) -> Floats:
    """The beta quantile that bounds a binomial count: Clopper and Pearson's, about the target."""
    mean, upper = total * share, p >= 0.5
    a, b = mean + upper, total - mean + ~upper
    edge = (a > 0) & (b > 0)
    inside = betaincinv(np.where(edge, a, 1.0), np.where(edge, b, 1.0), p)
    return np.asarray(total * np.where(edge, inside, share))
