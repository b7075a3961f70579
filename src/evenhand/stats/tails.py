"""The two-sided p-value by minimum likelihood, for columns of counts small and large."""

from __future__ import annotations

import numpy as np
from numpy.polynomial.legendre import leggauss

from evenhand.stats.columns import Counts, Floats, Mask
from evenhand.stats.lattice import Lattice
from evenhand.stats.roots import find_roots

# Outcomes within this of the observed one's likelihood count as equally likely, as in R's
# fisher.test and binom.test (relErr <- 1 + 10^(-7)).
TIE = 1e-7

# At this standard deviation summing term by term gives way to integration: some 1,000 terms a
# cell. The integral's relative error is below 1e-8 there (tests/properties/test_tails.py).
LARGE_SPREAD = 60.0

# A p-value below this is returned as this: it says "less than", and nothing smaller is computed.
SMALLEST_P = 1e-250

_NEGLIGIBLE = 1e-18
_CHUNK = 16_384
_NODES, _WEIGHTS = leggauss(32)


def two_sided(lattice: Lattice, count: Floats, *, mid_p: bool) -> Floats:
    """Chance of an outcome as unlikely as ``count`` or less likely; half for equals if ``mid_p``.

    Spread below :data:`LARGE_SPREAD`: every term is added, by the ratio of each to its neighbour.
    Above: the Euler-Maclaurin sum, an integral with its end corrections.
    """
    p = np.empty(count.shape)
    spread = lattice.spread
    large = spread > LARGE_SPREAD
    for chosen, method in ((~large, _summed), (large, _integrated)):
        index = np.flatnonzero(chosen)
        terms = np.minimum(lattice.high[index] - lattice.low[index], 20 * spread[index])
        index = index[np.argsort(terms, kind="stable")]  # cells alike in length share a chunk
        for start in range(0, index.size, _CHUNK):
            some = index[start : start + _CHUNK]
            p[some] = method(lattice.take(some), count[some], mid_p)
    return np.clip(p, SMALLEST_P, 1.0)


def _summed(lattice: Lattice, count: Floats, mid_p: bool) -> Floats:
    walk = _Walk(count)
    walk.go(lattice, count, up=True)
    walk.go(lattice, count, up=False)
    rarer = walk.equal_or_rarer
    return (0.5 * (rarer + walk.rarer) if mid_p else rarer) / walk.total


class _Walk:
    """Adds up likelihoods relative to the observed count's, walking away from it."""

    def __init__(self, count: Floats) -> None:
        self.total = np.ones(count.shape)
        self.equal_or_rarer = np.ones(count.shape)
        self.rarer = np.zeros(count.shape)

    def go(self, lattice: Lattice, start: Floats, *, up: bool) -> None:
        index: Counts = np.arange(start.size)
        at, weight = start.copy(), np.ones(start.shape)
        total, equal, rarer = self.total, self.equal_or_rarer, self.rarer
        while at.size:
            ratio = lattice.up(at) if up else lattice.down(at)
            weight = weight * ratio
            at += 1.0 if up else -1.0
            total += weight
            np.add(equal, weight, out=equal, where=weight <= 1 + TIE)
            np.add(rarer, weight, out=rarer, where=weight < 1 - TIE)
            done = (weight <= _NEGLIGIBLE * equal) & (ratio < 1)
            done |= weight > 1 / SMALLEST_P
            if 4 * np.count_nonzero(done) > at.size:
                self._keep(index, total, equal, rarer)
                keep = ~done
                index, at, weight = index[keep], at[keep], weight[keep]
                total, equal, rarer = total[keep], equal[keep], rarer[keep]
                lattice = lattice.take(keep)

    def _keep(self, index: Counts, total: Floats, equal: Floats, rarer: Floats) -> None:
        self.total[index], self.equal_or_rarer[index] = total, equal
        self.rarer[index] = rarer


def _integrated(lattice: Lattice, count: Floats, mid_p: bool) -> Floats:
    mode, here = lattice.mode, lattice.log_likelihood(count)
    above = count >= mode
    own = _mid_tail(lattice, count, above)
    far = _as_likely(lattice, count, here)
    far_side = lattice.log_likelihood(far)
    tied = np.abs(far_side - here) <= TIE
    other = _mid_tail(lattice, far, ~above)
    outside = (far < lattice.low) | (far > lattice.high)
    other = np.where(outside, 0.0, other + np.where(tied & mid_p, 0.0, 0.5 * np.exp(far_side)))
    p: Floats = own + other + (0.0 if mid_p else 0.5 * np.exp(here))
    return p


def _as_likely(lattice: Lattice, count: Floats, here: Floats) -> Floats:
    """The first whole number beyond the mode's other side that is as unlikely as ``count``."""
    mode = lattice.mode
    above = count >= mode

    def excess(t: Floats, aim: Floats, rows: Floats) -> Floats:
        return lattice.take(rows.astype(np.int64)).log_likelihood(t) - aim

    edge = np.where(above, lattice.low, lattice.high)
    each = np.arange(count.size, dtype=np.float64)
    real = find_roots(excess, mode, edge, here + TIE, each, tolerance=1e-10)
    # Within a step of the mode there may be no crossing to find: the hump is symmetric there.
    near = np.abs(count - mode) <= 1
    real = np.where(near, 2 * mode - count, real)
    real = np.where(np.isnan(real), np.where(above, lattice.low - 1, lattice.high + 1), real)
    return np.where(above, np.floor(real), np.ceil(real))


def _mid_tail(lattice: Lattice, start: Floats, up: Mask) -> Floats:
    """Half the chance of ``start`` and all of what lies beyond it."""
    inside = np.clip(start, lattice.low, lattice.high)
    here = lattice.log_likelihood(inside)
    sign = np.where(up, 1.0, -1.0)
    spread = lattice.spread
    z = np.abs(inside - lattice.mode) / spread
    # exp(-z u - u*u/2) is below 1e-17 of its start at u: the rest is left out.
    reach = spread * (np.sqrt(z * z + 78) - z)
    relative = np.zeros(start.shape)
    for node, weight in zip(_NODES, _WEIGHTS, strict=True):
        at = inside + sign * reach * (node + 1) / 2
        relative += weight * np.exp(lattice.log_likelihood(at) - here)
    out, back = lattice.up(inside), lattice.down(inside)
    slope = 0.5 * np.abs(np.log(out) - np.log(back))
    slope = np.where(np.isfinite(slope), slope, 0.0)
    tail: Floats = np.exp(here) * (relative * reach / 2 + slope / 12 - slope**3 / 720)
    return tail
