"""How sure can one be of how alike the units are? Weights over how many people the prior is worth.

A prior taken as known makes intervals too narrow when the units vary little. Here its strength is
averaged over: a grid of strengths, each weighted by its likelihood under a uniform shrinkage prior.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenhand.stats.chunks import CHUNK
from evenhand.stats.columns import Floats
from evenhand.stats.likelihood import stirling_error
from evenhand.stats.prior_fit import log_beta_binomial, log_gamma_poisson, typical_size

# A typical unit keeps between 0.1% and 99.9% of its own rate at the ends of the first grid.
_WIDEST = 7.0
_COARSE, _FINE = 15, 17
# Strengths less likely than this, relative to the likeliest, are left out of the second grid.
_NEGLIGIBLE = 1e-5
# ln B of two of these is 1e8, which float64 holds to 3e-8: what a weight loses at most for a unit.
_LARGE = 1e8


@dataclass(frozen=True, slots=True)
class Averaged:
    """Means over the strength: what units keep of their own rate, and their posterior moments."""

    kept: Floats
    value: Floats
    variance: Floats


def average_over_strength(units: tuple[Floats, Floats], mean: Floats, *, rates: bool) -> Averaged:
    """Average each unit's posterior mean and variance over the prior's strength.

    ``units`` are counts and sizes of shape ``(families, units)``; ``mean``, above 0, is the prior
    mean of each family. The prior on a typical unit's share of its own rate is uniform.
    """
    ends = np.full(mean.shape, _WIDEST)
    coarse = _grid(-ends, ends, _COARSE)
    likely = _log_weight(units, mean, coarse, rates) > np.log(_NEGLIGIBLE)
    step = 2 * _WIDEST / (_COARSE - 1)
    first, last = likely.argmax(axis=0), _COARSE - 1 - likely[::-1].argmax(axis=0)
    fine = _grid(-_WIDEST + step * (first - 1), -_WIDEST + step * (last + 1), _FINE)
    weight = np.exp(_log_weight(units, mean, fine, rates))
    return _average(units, mean, (_strength(units[1], fine), weight / weight.sum(axis=0)), rates)


def _grid(low: Floats, high: Floats, points: int) -> Floats:
    return np.asarray(np.linspace(low, high, points))


def _strength(size: Floats, logit: Floats) -> Floats:
    """People the prior is worth, from the log odds of what a typical unit keeps."""
    return np.asarray(typical_size(size) * np.exp(-logit))


def _log_weight(units: tuple[Floats, Floats], mean: Floats, logit: Floats, rates: bool) -> Floats:
    """Log posterior of each grid point, 0 at the likeliest; shape ``(points, families)``."""
    largest = _strength(units[1], logit).max() + units[1].max()
    proportions = log_beta_binomial if largest > _LARGE else _beta_binomial
    log_likelihood = log_gamma_poisson if rates else proportions
    strength, rows = _strength(units[1], logit), []
    # A few points of the grid together, where the units are few: a call costs as much as numbers.
    many = max(CHUNK // max(units[1].size, 1), 1)
    for start in range(0, logit.shape[0], many):
        worth = strength[start : start + many]
        b = worth if rates else (1 - mean) * worth
        count, size = (np.tile(part, (worth.shape[0], 1)) for part in units)
        a, b = (column.reshape(-1, 1) for column in (mean * worth, b))
        each = log_likelihood(count, size, a, b).sum(axis=-1)
        rows.append(each.reshape(worth.shape))
    # The Jacobian of the logistic: uniform in the share kept.
    log_weight = np.concatenate(rows) - np.logaddexp(0.0, logit) - np.logaddexp(0.0, -logit)
    return np.asarray(log_weight - log_weight.max(axis=0))


def _beta_binomial(count: Floats, total: Floats, a: Floats, b: Floats) -> Floats:
    """`log_beta_binomial` less more that does not depend on a or b, at three fifths of the cost."""
    return _log_beta(a + count, b + (total - count)) - _log_beta(a, b)


def _log_beta(a: Floats, b: Floats) -> Floats:
    """ln B(a, b) less ½ ln 2π, by Stirling's formula and what it leaves out."""
    both = a + b
    large = (a - 0.5) * np.log(a / both) + (b - 0.5) * np.log(b / both) - 0.5 * np.log(both)
    return np.asarray(large + stirling_error(a) + stirling_error(b) - stirling_error(both))


def _average(
    units: tuple[Floats, Floats], mean: Floats, grid: tuple[Floats, Floats], rates: bool
) -> Averaged:
    count, size = units
    there = size > 0
    raw = np.where(there, count / np.where(there, size, 1.0), mean[:, None])
    apart, own = raw - mean[:, None], (mean if rates else mean * (1 - mean))[:, None]
    lost, within, between = np.zeros((3, *raw.shape))
    for strength, weight in zip(grid[0][..., None], grid[1][..., None], strict=True):
        both = size + strength
        gone = strength / both
        here = raw - gone * apart
        of_mean = own / np.maximum((size * gone).sum(axis=-1, keepdims=True), 1e-300)
        lost += weight * gone
        within += weight * (here / both if rates else here * (1 - here) / (both + 1))
        between += weight * gone**2 * (of_mean + apart**2)
    # The variance is taken about raw first and moved, so that no digits cancel at 10⁹ people.
    variance = within + np.maximum(between - (lost * apart) ** 2, 0.0)
    return Averaged(1 - lost, raw - lost * apart, variance)
