"""The conditional odds ratio: its maximum-likelihood value and exact limits, given the margins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.polynomial.legendre import leggauss
from numpy.typing import NDArray

from evenhand.stats.columns import Floats
from evenhand.stats.likelihood import deviance, stirling_error
from evenhand.stats.pairs import Pair
from evenhand.stats.roots import find_by_slope

# Cells whose group count has a standard error below this are summed term by term; the others are
# integrated. The limits agree to 1e-7 there (tests/properties/stats/test_exact_intervals.py).
LARGE_SPREAD = 20.0

# How many standard errors beyond the limit the sum goes: exp(-7 * 7 / 2) is 2e-11. The
# constant covers the slower tail of a count near zero (a Poisson mean of 4 needs 25 terms).
_REACH, _EXTRA = 7.0, 30.0
_NODES, _WEIGHTS = leggauss(64)
_CHUNK_ELEMENTS = 1 << 14

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ConditionalOdds:
    """Logarithms of the odds ratio: the value and both limits; -inf and inf at the ends."""

    value: Floats
    low: Floats
    high: Floats


def conditional_odds(pair: Pair, *, tail: float, z: float, own_weight: float) -> ConditionalOdds:
    """Fisher's noncentral hypergeometric, solved for the mean and for both tails.

    ``own_weight`` is what the observed count weighs in its own tail: 1 exact, one half mid-p.
    Every pair must have more than one table with its margins.
    """
    found = ConditionalOdds(*np.full((3, pair.x1.size), np.nan))
    large = _spread(pair) > LARGE_SPREAD
    for chosen, build in ((~large, _summed), (large, _integrated)):
        for some in _alike(pair, np.flatnonzero(chosen), z, large=build is _integrated):
            _solve(found, some, build(pair.take(some), z), tail=tail, z=z, own=own_weight)
    return found


def _alike(
    pair: Pair, index: NDArray[np.int64], z: float, *, large: bool
) -> Iterator[NDArray[np.int64]]:
    """Pieces of ``index`` whose pairs need about as many terms, small enough to hold as a table."""
    a, b, c, d = pair.take(index).cells
    window = _window(_spread(pair.take(index)), z)
    length = np.minimum(window, np.minimum(b, c)) + np.minimum(window, np.minimum(a, d)) + 1
    length = np.minimum(length, _NODES.size) if large else length
    order = np.argsort(length, kind="stable")
    start = 0
    while start < order.size:
        # Lengths rise: twice this one's leaves room for the pairs that follow it.
        rows = max(1, int(_CHUNK_ELEMENTS / (2 * length[order[start]])))
        yield index[order[start : start + rows]]
        start += rows


def _spread(pair: Pair) -> Floats:
    """The standard error of the group's count, given the margins and the odds ratio seen."""
    a, b, c, d = (cell + 0.5 for cell in pair.cells)
    spread: Floats = 1 / np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return spread


def _window(spread: Floats, z: float) -> Floats:
    """How many counts on either side can matter to a limit."""
    return np.ceil(1.3 * (z + _REACH) * spread + z * z + _EXTRA)


@dataclass(frozen=True, slots=True)
class _Terms:
    """Each pair's counts below and above the one seen, a row a pair: how far, and how likely.

    The distance is ``offset``, below 0 in the first ``below`` columns, in units of the row's
    ``unit``; ``log`` is the likelihood at the odds ratio seen, ``centre``. ``slope`` is the
    log-likelihood's slope at the count seen, for the end correction of an integral; nan where the
    terms are a sum.
    """

    offset: Floats
    below: int
    unit: Floats
    log: Floats
    centre: Floats
    spread: Floats
    slope: Floats

    def at_end(self, part: slice) -> NDArray[np.bool_]:
        """Rows without a single count on this side."""
        nearest = self.log[:, part][:, :1]
        return np.asarray(np.isneginf(nearest).all(axis=1))

    @property
    def sides(self) -> tuple[slice, slice]:
        """The columns below the count seen, and those above."""
        return slice(0, self.below), slice(self.below, None)


def _centre(pair: Pair) -> Floats:
    a, b, c, d = (np.log(cell + 0.5) for cell in pair.cells)
    centre: Floats = a + d - b - c
    return centre


def _summed(pair: Pair, z: float) -> _Terms:
    a, b, c, d = (cell[:, np.newaxis] for cell in pair.cells)
    spread, centre = _spread(pair), _centre(pair)
    window = int(_window(spread, z).max())
    most_up = int(min(window, np.minimum(b, c).max()))
    most_down = int(min(window, np.minimum(a, d).max()))
    up, down = np.arange(1.0, most_up + 1), np.arange(1.0, most_down + 1)
    tilt = centre[:, np.newaxis]
    above = _products((b, c), (a, d), up) + tilt * up
    below = _products((a, d), (b, c), down) - tilt * down
    offset, log = np.r_[-down, up], np.hstack([below, above])
    one, none = np.ones(spread.shape), np.full(spread.shape, np.nan)
    return _Terms(offset, most_down, one, log, centre, spread, none)


def _products(falling: tuple[Floats, ...], rising: tuple[Floats, ...], steps: Floats) -> Floats:
    """Logarithms of how likely each count is beside the one seen; -inf past the last there is."""
    with np.errstate(divide="ignore"):
        left = np.log(np.maximum((falling[0] - steps + 1) * (falling[1] - steps + 1), 0))
    return np.asarray(np.cumsum(left - np.log((rising[0] + steps) * (rising[1] + steps)), axis=1))


def _integrated(pair: Pair, z: float) -> _Terms:
    cells = tuple(cell[:, np.newaxis] for cell in pair.cells)
    spread, centre = _spread(pair), _centre(pair)
    reach = 1.15 * (z + _REACH) * spread
    half = (_NODES + 1) / 2
    offset = np.r_[-half, half]
    # The linear term is taken out at the odds ratio seen; centre has a half added to each cell.
    a, b, c, d = (np.log(cell[:, 0]) for cell in cells)
    tilt = centre - (a + d - b - c)
    away = reach[:, np.newaxis] * offset
    weights = np.log(np.r_[_WEIGHTS, _WEIGHTS] * (reach / 2)[:, np.newaxis])
    log = weights + _log_relative(cells, away) + tilt[:, np.newaxis] * away
    halves = sum(sign / cell[:, 0] for sign, cell in zip((-1, 1, 1, -1), cells, strict=True))
    return _Terms(offset, half.size, reach, log, centre, spread, tilt + 0.5 * halves)


def _log_relative(cells: tuple[Floats, ...], offset: Floats) -> Floats:
    """How likely the count ``offset`` away is, relative to the one seen, at the odds ratio seen."""
    total = np.zeros(offset.shape)
    for sign, cell in zip((1, -1, -1, 1), cells, strict=True):
        moved = np.maximum(cell + sign * offset, 1e-300)
        total -= deviance(moved, cell) + 0.5 * np.log(moved / cell)
        total -= stirling_error(moved) - stirling_error(cell)
    return total


def _solve(
    found: ConditionalOdds,
    index: NDArray[np.int64],
    terms: _Terms,
    *,
    tail: float,
    z: float,
    own: float,
) -> None:
    at_bottom, at_top = (terms.at_end(side) for side in terms.sides)
    plans = (
        (found.low, _UPPER, -z, at_bottom, -np.inf),
        (found.high, _LOWER, z, at_top, np.inf),
        (found.value, _MEAN, 0.0, at_bottom | at_top, np.nan),
    )
    asked = [(np.flatnonzero(~ended), side, guess) for _, side, guess, ended, _ in plans]
    rows = np.concatenate([some for some, _, _ in asked])
    sides = np.concatenate([np.full(some.size, side) for some, side, _ in asked])
    width = 1 / terms.spread[rows]
    guess = np.concatenate([np.full(some.size, guess) for some, _, guess in asked]) * width
    roots = find_by_slope(_Equation(terms, tail, own), guess, width, rows, sides)
    roots = terms.centre[rows] + roots
    for (column, side, _, _, end), (some, _, _) in zip(plans, asked, strict=True):
        column[index] = end
        column[index[some]] = roots[sides == side]
    found.value[index[at_bottom]] = -np.inf
    found.value[index[at_top]] = np.inf


# What an equation is about: where the tail above or below has its chance, or where the mean lies.
_UPPER, _LOWER, _MEAN = 1.0, -1.0, 0.0
_NOTHING = 1e-300  # less chance than this has no slope to follow


class _Equation:
    """Rises through zero where a tail has its chance, or where the mean is the count seen."""

    def __init__(self, terms: _Terms, tail: float, own: float) -> None:
        self.terms, self.tail, self.own = terms, tail, own
        powers = np.stack([terms.offset**k for k in range(3)], axis=1)
        self._moments = np.zeros((terms.offset.size, 2, 3))
        for number, side in enumerate(terms.sides):
            self._moments[side, number] = powers[side]

    def __call__(self, log_odds: Floats, rows: Rows, sides: Floats) -> tuple[Floats, Floats]:
        terms, unit = self.terms, self.terms.unit[rows]
        logs = terms.log[rows] + np.multiply.outer(log_odds * unit, terms.offset)
        weight = np.exp(np.minimum(logs, 600.0))
        sums = (weight @ self._moments.reshape(-1, 6)).reshape(-1, 2, 3)
        sums *= np.stack([np.ones_like(unit), unit, unit**2], axis=1)[:, np.newaxis]
        below, above = sums[:, 0].T, sums[:, 1].T
        # A sum has the seen count as a term of its own; an integral holds half of it on either
        # side, and needs the Euler-Maclaurin correction for its end.
        tilt, spread = terms.slope[rows] + log_odds, terms.spread[rows]
        one, end, turn = 1.0, np.full(unit.shape, self.own), np.zeros(unit.shape)
        if not np.isnan(tilt).all():
            third = tilt**3 - 3 * tilt / spread**2
            one, end = 0.0, self.own - 0.5 - sides * (tilt / 12 - third / 720)
            turn = -sides * (1 / 12 - (tilt**2 - 1 / spread**2) / 240)
        whole, first, second = below + above
        whole += one
        mean = first / whole
        own, drift, _ = np.where(sides > 0, above, below)
        seen = np.maximum(own + end, _NOTHING * whole)
        excess = np.log(seen / whole) - np.log(self.tail)
        steep = np.where(seen > _NOTHING * whole, (drift + turn) / seen - mean, 0.0)
        centred = sides == _MEAN
        value = np.where(centred, mean / spread, sides * excess)
        slope = np.where(centred, (second / whole - mean**2) / spread, sides * steep)
        return value, slope
