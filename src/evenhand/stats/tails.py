"""The two-sided p-value by minimum likelihood, for columns of counts small and large."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from evenhand.stats.chunks import CHUNK, each_on_a_core
from evenhand.stats.columns import Counts, Floats, Mask
from evenhand.stats.integrated_tails import TIE, integrated
from evenhand.stats.lattice import Lattice, Steps

# At this standard deviation summing term by term gives way to integration: some 300 terms a cell.
# The integral's relative error is below 1e-8 there (tests/properties/stats/test_tails.py), within
# so many standard deviations of the middle; further out it needs the larger spread.
MODERATE_SPREAD, MODERATELY_FAR = 20.0, 10.0
LARGE_SPREAD = 40.0

# A p-value below this is returned as this: it says "less than", and nothing smaller is computed.
SMALLEST_P = 1e-200

# The count seen weighs 1: what is left out beyond this is less than float64 can hold beside it.
_NEGLIGIBLE = 1e-18
# Asking whether a walk is over costs as much as a step: it is asked every so many. A few cells
# take more steps at once, for there a call costs more than its numbers.
_STRIDE, _LONGEST_STRIDE = 4, 32
# The integral looks at a dozen places of each cell at once: shorter pieces for the same memory.
_SHORT = CHUNK // 16


Method = Callable[[Lattice, Floats, bool], Floats]


def two_sided(lattice: Lattice, count: Floats, *, mid_p: bool) -> Floats:
    """Chance of an outcome as unlikely as ``count`` or less likely; half for equals if ``mid_p``.

    Spread below :data:`MODERATE_SPREAD`, or :data:`LARGE_SPREAD` far out: every term is added, by
    the ratio of each to its neighbour. Above: the Euler-Maclaurin sum, an integral with its end
    corrections.
    """
    p = np.empty(count.shape)
    spread = lattice.spread
    near = np.abs(count - lattice.mode) < MODERATELY_FAR * spread
    large = spread > np.where(near, MODERATE_SPREAD, LARGE_SPREAD)
    terms = np.minimum(np.minimum(lattice.high - lattice.low, 20 * spread), 2.0**16 - 1)
    # Cells alike in length share a chunk; sixteen bits sort by radix.
    order = np.argsort(terms.astype(np.uint16), kind="stable")
    for chosen, method, chunk in (
        (~large[order], _summed, CHUNK),
        (large[order], _whole, _SHORT),
    ):
        index = order[chosen]
        pieces = [index[start : start + chunk] for start in range(0, index.size, chunk)]
        work = partial(_piece, lattice, count, mid_p=mid_p, method=method)
        for piece, found in zip(pieces, each_on_a_core(work, pieces), strict=True):
            p[piece] = found
    return np.clip(p, SMALLEST_P, 1.0)


def _piece(
    lattice: Lattice, count: Floats, piece: Counts, *, mid_p: bool, method: Method
) -> Floats:
    return method(lattice.take(piece), count[piece], mid_p)


def _whole(lattice: Lattice, count: Floats, mid_p: bool) -> Floats:
    return integrated(lattice, count, mid_p=mid_p, smallest=SMALLEST_P)


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
