"""How likely a count is, to full precision even when the counts run to a thousand million."""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

from evenhand.stats.columns import Floats

_HALF_LOG_TWO_PI = 0.5 * np.log(2 * np.pi)
# From 16 on, five terms of Stirling's series are exact to float64 (the sixth is below 1e-16).
_SERIES_FROM = 16.0
_STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188)


def log_binomial(count: Floats, total: Floats, chance: Floats) -> Floats:
    """Natural logarithm of the binomial probability of ``count`` in ``total``.

    Loader's (2000) saddle-point form: the large parts, which cancel when three log-gammas are
    subtracted, are never formed. Counts may be fractional, which the quadrature in
    :mod:`evenhand.stats.lattice` needs; ``chance`` must be strictly between 0 and 1.

    References: C. Loader (2000), *Fast and Accurate Computation of Binomial Probabilities*.
    """
    rest = total - count
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = (
            stirling_error(total)
            - stirling_error(count)
            - stirling_error(rest)
            - deviance(count, total * chance)
            - deviance(rest, total * (1 - chance))
            + 0.5 * np.log(total / (count * rest))
            - _HALF_LOG_TWO_PI
        )
    at_none = total * np.log1p(-chance)
    at_all = total * np.log(chance)
    return np.where(count <= 0, at_none, np.where(rest <= 0, at_all, inside))


def log_hypergeometric(count: Floats, drawn: Floats, size: Floats, other: Floats) -> Floats:
    """Logarithm of the chance that ``count`` of ``drawn`` come from ``size`` and not ``other``.

    Written as a ratio of three binomials with one common chance (Loader 2000), chosen as
    ``drawn / (size + other)`` so that each is close to its mode.
    """
    everyone = size + other
    chance = np.clip(drawn / everyone, 1e-300, 1 - 1e-16)
    counts, totals = np.stack([count, drawn - count, drawn]), np.stack([size, other, everyone])
    ours, theirs, both = log_binomial(counts, totals, chance)
    return np.asarray(ours + theirs - both)


def stirling_error(count: Floats) -> Floats:
    """What Stirling's formula leaves out of ``log(count!)``."""
    n = np.maximum(count, 1e-300)
    over = 1 / n
    with np.errstate(over="ignore", invalid="ignore"):
        square = over * over
        series = square * _STIRLING[-1]
        for term in _STIRLING[-2:0:-1]:
            series += term
            series *= square
        series += _STIRLING[0]
        series *= over
    small = n < _SERIES_FROM
    if small.any():
        few = n[small]
        exact = gammaln(few + 1) - (few + 0.5) * np.log(few) + few - _HALF_LOG_TWO_PI
        series[small] = exact
    return series


def deviance(count: Floats, expected: Floats) -> Floats:
    """``count log(count/expected) + expected - count``, without cancellation near zero."""
    gap, whole = count - expected, count + expected
    with np.errstate(divide="ignore", invalid="ignore"):
        v = gap / whole
        square = v * v
        series = square / 17
        for j in range(7, 0, -1):  # |v| < 0.1: the ninth term is below 1e-17 of the first
            series += 1 / (2 * j + 1)
            series *= square
        near = gap * v + 2 * count * v * series
        far = count * np.log(count / expected) - gap
    return np.where(np.abs(v) < 0.1, near, far)
