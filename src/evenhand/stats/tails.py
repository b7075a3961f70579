"""The two-sided p-value by minimum likelihood, for columns of counts small and large."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from evenhand.stats.chunks import CHUNK, each_on_a_core
from evenhand.stats.columns import Counts, Floats, Mask
from evenhand.stats.integrated_tails import integral_beyond
from evenhand.stats.lattice import Lattice, Steps
from evenhand.stats.mirror import TIE, first_as_unlikely

# At this standard deviation summing term by term gives way to integration. The integral's relative
# error is below 1e-8 there (tests/properties/stats/test_tails.py).
LARGE_SPREAD = 40.0

# Within so many standard deviations of the middle few outcomes are likelier than the one seen, and
# p is large enough to be one less their chance: quicker, unless all there is is a few terms anyway,
# and right to 1e-12 of itself.
MIDDLE, _FEW_TERMS = 2.5, 3.0

# A p-value below this is returned as this: it says "less than", and nothing smaller is computed.
SMALLEST_P = 1e-200

# The count seen weighs 1: what is left out beyond this is less than float64 can hold beside it.
_NEGLIGIBLE = 1e-18
# Asking whether a walk is over costs as much as a step: it is asked every so many. A few cells
# take more steps at once, for there a call costs more than its numbers.
_STRIDE, _LONGEST_STRIDE = 4, 64
# The integral looks at twenty places of both tails at once: shorter pieces for the same memory.
_SHORT = CHUNK // 8


Method = Callable[[Lattice, Floats, bool], Floats]


def two_sided(lattice: Lattice, count: Floats, *, mid_p: bool) -> Floats:
    """Chance of an outcome as unlikely as ``count`` or less likely; half for equals if ``mid_p``.

    Spread below :data:`LARGE_SPREAD`: near the middle one less what is likelier than ``count``,
    elsewhere both tails, by the ratio of each likelihood to its neighbour. Above: both tails by
    the Euler-Maclaurin sum, an integral with its end corrections.
    """
    p = np.empty(count.shape)
    spread, apart = lattice.spread, np.abs(count - lattice.mode)
    few = spread <= _FEW_TERMS
    middle = (apart < MIDDLE * spread) & (spread <= LARGE_SPREAD) & ~few
    terms = np.minimum(lattice.high - lattice.low, np.where(middle, 2 * apart, 20 * spread))
    # Cells alike in length share a chunk; sixteen bits sort by radix.
    order = np.argsort(np.minimum(terms, 2.0**16 - 1).astype(np.uint16), kind="stable")
    for chosen, method, chunk in (
        (few, _few, CHUNK),
        (middle, _middle, CHUNK),
        (~few & ~middle, _tails, _SHORT),
    ):
        index = order[chosen[order]]
        pieces = [index[start : start + chunk] for start in range(0, index.size, chunk)]
        work = partial(_piece, lattice, count, mid_p=mid_p, method=method)
        for piece, found in zip(pieces, each_on_a_core(work, pieces), strict=True):
            p[piece] = found
    return np.clip(p, SMALLEST_P, 1.0)


def _piece(
    lattice: Lattice, count: Floats, piece: Counts, *, mid_p: bool, method: Method
) -> Floats:
    return method(lattice.take(piece), count[piece], mid_p)


def _middle(lattice: Lattice, count: Floats, mid_p: bool) -> Floats:
    """One less the chance of all that is likelier than the count, and of half its ties."""

    def tell(weights: Floats) -> Floats:
        rarer = _share(weights, mid_p)
        weights *= 2 - rarer if mid_p else ~rarer
        return np.asarray(weights.sum(axis=0)[np.newaxis])

    steps = lattice.steps(count, count < lattice.mode)
    (found,) = _walk(steps, count.size, tell, lambda weight, _: weight > 1 - TIE, rows=1)
    likelier = 0.5 * (1 + found) if mid_p else found
    chance: Floats = 1 - np.exp(lattice.log_likelihood(count)) * likelier
    return chance


def _tails(lattice: Lattice, count: Floats, mid_p: bool) -> Floats:
    """Away from the hump on the count's own side, and on the other from the first as unlikely."""
    here, p = lattice.log_likelihood(count), np.zeros(count.shape)
    # Both tails together are less than the likelihood here times three standard deviations.
    seen = np.flatnonzero(here + np.log(3 * lattice.spread) >= np.log(SMALLEST_P))
    lattice, count, here = lattice.take(seen), count[seen], here[seen]
    above = count >= lattice.mode
    far, as_likely = first_as_unlikely(lattice, count, here, above)
    both = lattice.take(np.tile(np.arange(count.size), 2))
    beyond = _beyond(both, np.concatenate([count, far]), np.concatenate([above, ~above]))
    own, other = beyond.reshape(2, -1)
    half = 0.5 if mid_p else 1.0
    first = np.where(np.abs(as_likely) <= TIE, half, 1.0)
    p[seen] = np.exp(here) * (half + own + np.exp(as_likely) * (first + other))
    return p


def _beyond(lattice: Lattice, start: Floats, up: Mask) -> Floats:
    """The chance of all that lies further from the mode than ``start``, over that of ``start``."""
    beyond, large = np.empty(start.shape), lattice.spread > LARGE_SPREAD
    for chosen, method in ((~large, _walk_beyond), (large, integral_beyond)):
        index = np.flatnonzero(chosen)
        if index.size:
            beyond[index] = method(lattice.take(index), start[index], up[index])
    return beyond


def _walk_beyond(lattice: Lattice, start: Floats, up: Mask) -> Floats:
    (beyond,) = _walk(lattice.steps(start, up), start.size, _sum, _is_going, rows=1)
    return np.asarray(beyond)


def _few(lattice: Lattice, count: Floats, mid_p: bool) -> Floats:
    """Walks away from the hump, where all is rarer, and over it, adding up all there is.

    Right wherever the count lies, but over the hump are most of the terms.
    """

    def tell(weights: Floats) -> Floats:
        total = weights.sum(axis=0)
        weights *= _share(weights, mid_p)
        return np.stack([total, weights.sum(axis=0)])

    above, size = count >= lattice.mode, count.size
    away = _walk_beyond(lattice, count, above)
    toward, rarer = _walk(lattice.steps(count, ~above), size, tell, _is_going, rows=2)
    total = 1 + away + toward
    seen = (0.5 if mid_p else 1.0) + away + (0.5 if mid_p else 1.0) * rarer
    # A total that is not finite is that of an outcome far below SMALLEST_P.
    with np.errstate(invalid="ignore"):
        return np.where(total < 1 / SMALLEST_P, seen / total, 0.0)


def _sum(weights: Floats) -> Floats:
    return np.asarray(weights.sum(axis=0)[np.newaxis])


def _walk(
    steps: Steps,
    size: int,
    tell: Callable[[Floats], Floats],
    is_going: Callable[[Floats, Floats], Mask],
    *,
    rows: int,
) -> Floats:
    """Add up what ``tell`` makes of the likelihoods on the way, relative to the observed count's.

    ``tell`` gets the next few, of shape ``(steps, cells)``, to work on in place, and gives
    ``rows`` sums a cell; ``is_going`` gets the last and its ratio to the one before.
    """
    told, sums = np.zeros((2, rows, size))
    index, weight = np.arange(size), np.ones(size)
    with np.errstate(over="ignore", invalid="ignore"):
        while index.size:
            weights, ratio = _onward(steps, weight)
            weight = weights[-1].copy()
            sums += tell(weights)
            going = is_going(weight, ratio)
            if 4 * np.count_nonzero(going) < 3 * index.size:
                told[:, index] = sums
                index, weight, sums = index[going], weight[going], sums[:, going]
                steps.keep(going)
    return told


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
