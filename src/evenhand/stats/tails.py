"""The two-sided p-value by minimum likelihood, for columns of counts small and large."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.polynomial.legendre import leggauss
from numpy.typing import NDArray

from evenhand.stats.chunks import CHUNK, each_on_a_core
from evenhand.stats.columns import Counts, Floats, Mask
from evenhand.stats.lattice import Lattice, Steps
from evenhand.stats.roots import find_roots

# Outcomes within this of the observed one's likelihood count as equally likely, as in R's
# fisher.test and binom.test (relErr <- 1 + 10^(-7)).
TIE = 1e-7

# At this standard deviation summing term by term gives way to integration: some 700 terms a
# cell. The integral's relative error is below 1e-8 there (tests/properties/stats/test_tails.py).
LARGE_SPREAD = 40.0

# A p-value below this is returned as this: it says "less than", and nothing smaller is computed.
SMALLEST_P = 1e-200

# The count seen weighs 1: what is left out beyond this is less than float64 can hold beside it.
_NEGLIGIBLE = 1e-18
# Asking whether a walk is over costs as much as a step: it is asked every so many. A few cells
# take more steps at once, for there a call costs more than its numbers.
_STRIDE, _LONGEST_STRIDE = 4, 32
_NODES, _WEIGHTS = leggauss(32)


Method = Callable[[Lattice, Floats, bool], Floats]


def two_sided(lattice: Lattice, count: Floats, *, mid_p: bool) -> Floats:
    """Chance of an outcome as unlikely as ``count`` or less likely; half for equals if ``mid_p``.

    Spread below :data:`LARGE_SPREAD`: every term is added, by the ratio of each to its neighbour.
    Above: the Euler-Maclaurin sum, an integral with its end corrections.
    """
    p = np.empty(count.shape)
    spread = lattice.spread
    large = spread > LARGE_SPREAD
    terms = np.minimum(np.minimum(lattice.high - lattice.low, 20 * spread), 2.0**16 - 1)
    # Cells alike in length share a chunk; sixteen bits sort by radix.
    order = np.argsort(terms.astype(np.uint16), kind="stable")
    for chosen, method in ((~large[order], _summed), (large[order], _integrated)):
        index = order[chosen]
        pieces = [index[start : start + CHUNK] for start in range(0, index.size, CHUNK)]
        work = partial(_piece, lattice, count, mid_p=mid_p, method=method)
        for piece, found in zip(pieces, each_on_a_core(work, pieces), strict=True):
            p[piece] = found
    return np.clip(p, SMALLEST_P, 1.0)


def _piece(
    lattice: Lattice, count: Floats, piece: Counts, *, mid_p: bool, method: Method
) -> Floats:
    return method(lattice.take(piece), count[piece], mid_p)


def _summed(lattice: Lattice, count: Floats, mid_p: bool) -> Floats:
    above = count >= lattice.mode
    away, toward = _Walk(count.size), _Walk(count.size)
    away.go(lattice.steps(count, above))
    toward.go_over(lattice.steps(count, ~above), mid_p=mid_p)
    total = 1 + away.total + toward.total
    seen = (0.5 if mid_p else 1.0) + away.total + toward.rarer
    # A total that is not finite is that of an outcome far below SMALLEST_P.
    with np.errstate(invalid="ignore"):
        return np.where(total < 1 / SMALLEST_P, seen / total, 0.0)


class _Walk:
    """Adds up likelihoods relative to the observed count's, walking one way from it to the end."""

    def __init__(self, size: int) -> None:
        self.total, self.rarer = np.zeros((2, size))

    def go(self, steps: Steps) -> None:
        """Walk away from the hump, where everything is rarer: only the total is kept."""
        index, weight, total = self._set_out()
        while index.size:
            weights, ratio = _onward(steps, weight)
            weight = weights[-1]
            total += weights.sum(axis=0)
            going = _is_going(weight, ratio)
            if 4 * np.count_nonzero(going) < 3 * index.size:
                self.total[index] = total
                index, weight, total = index[going], weight[going], total[going]
                steps.keep(going)

    def go_over(self, steps: Steps, *, mid_p: bool) -> None:
        """Walk over the hump and down its far side, adding up what is rarer than the start too."""
        index, weight, total = self._set_out()
        rarer = total.copy()
        with np.errstate(over="ignore", invalid="ignore"):
            while index.size:
                weights, ratio = _onward(steps, weight)
                weight = weights[-1].copy()
                total += weights.sum(axis=0)
                weights *= _share(weights, mid_p)
                rarer += weights.sum(axis=0)
                going = _is_going(weight, ratio)
                if 4 * np.count_nonzero(going) < 3 * index.size:
                    self.total[index], self.rarer[index] = total, rarer
                    index, weight = index[going], weight[going]
                    total, rarer = total[going], rarer[going]
                    steps.keep(going)
        if mid_p:
            self.rarer *= 0.5

    def _set_out(self) -> tuple[Counts, Floats, Floats]:
        size = self.total.size
        return np.arange(size), np.ones(size), np.zeros(size)


def _onward(steps: Steps, weight: Floats) -> tuple[Floats, Floats]:
    """The next likelihoods, of shape ``(steps, cells)``, and the last one's ratio to its last."""
    stride = min(max(CHUNK // (2 * weight.size), _STRIDE), _LONGEST_STRIDE)
    weights = steps.next_many(stride)
    last = weights[-1].copy()
    weights[0] *= weight
    np.cumprod(weights, axis=0, out=weights)
    return weights, last


def _share(weight: Floats, mid_p: bool) -> NDArray[np.uint8] | Mask:
    """Whether a likelihood is in the tail; in halves if ``mid_p``, 2 for rarer and 1 for a tie."""
    tied_or_rarer = weight <= 1 + TIE
    if not mid_p:
        return tied_or_rarer
    return tied_or_rarer.view(np.uint8) + (weight < 1 - TIE).view(np.uint8)


def _is_going(weight: Floats, ratio: Floats) -> Mask:
    """Whether there is anything left to add: not when what follows is nothing, or everything."""
    spent = (weight <= _NEGLIGIBLE) & (ratio < 1)
    going: Mask = ~spent & (weight < 1 / SMALLEST_P)
    return going


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
    real = find_roots(excess, mode, edge, here + TIE, each, tolerance=1e-12)
    # Within a step of the mode there may be no crossing to find: the hump is symmetric there.
    near = np.abs(count - mode) <= 1
    real = np.where(near, 2 * mode - count, real)
    outward = np.where(above, -1.0, 1.0)
    # A real root of a thousand million is not known to a whole number's worth of likelihood: start
    # one inside it, and step outward over what is still likelier.
    first = outward * np.maximum(outward * (np.round(real) - outward), outward * count + 1)
    for _ in range(3):
        with np.errstate(invalid="ignore"):
            likelier = lattice.log_likelihood(np.nan_to_num(first)) > here + TIE
        first += np.where(likelier, outward, 0.0)
    beyond = np.where(above, lattice.low - 1, lattice.high + 1)
    return np.where(np.isnan(real), beyond, first)


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
    tail: Floats = np.exp(here) * (relative * reach / 2 + _end(lattice, inside, up))
    return tail


def _end(lattice: Lattice, start: Floats, up: Mask) -> Floats:
    """What Euler and Maclaurin's sum adds at its start to the integral, relative to the start.

    −f′/12 + f‴/720 − f⁗′/30240, where f is exp(−h) and h is taken as a parabola: its slope and
    curvature are those of the two neighbouring terms.
    """
    out, back = (lattice.steps(start, way).next() for way in (up, ~up))
    # At the last count there is (far below SMALLEST_P) nothing is beyond, and nothing to correct.
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = (np.log(back) - np.log(out)) / 2
        curve = -(np.log(back) + np.log(out))
    inside = np.isfinite(slope) & np.isfinite(curve)
    g, c = np.where(inside, slope, 0.0), np.where(inside, curve, 0.0)
    third = g**3 - 3 * g * c
    fifth = g**5 - 10 * g**3 * c + 15 * g * c**2
    return np.asarray(g / 12 - third / 720 + fifth / 30240)
