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
from evenhand.stats.roots import find_bracketed

# Cells whose group count has a standard error below this are summed term by term; the others are
# integrated. The limits agree to 1e-7 there (tests/properties/stats/test_exact_intervals.py).
LARGE_SPREAD = 20.0

# How many standard errors beyond the limit the sum goes: exp(-7 * 7 / 2) is 2e-11. The
# constant covers the slower tail of a count near zero (a Poisson mean of 4 needs 25 terms).
_REACH, _EXTRA = 7.0, 30.0
_NODES, _WEIGHTS = leggauss(64)
_CHUNK_ELEMENTS = 1 << 14


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
    a, b, c, d = _cells(pair.take(index))
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
    a, b, c, d = (cell + 0.5 for cell in _cells(pair))
    spread: Floats = 1 / np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return spread


def _cells(pair: Pair) -> tuple[Floats, Floats, Floats, Floats]:
    return pair.x1, pair.n1 - pair.x1, pair.x2, pair.n2 - pair.x2


def _window(spread: Floats, z: float) -> Floats:
    """How many counts on either side can matter to a limit."""
    return np.ceil(1.3 * (z + _REACH) * spread + z * z + _EXTRA)


@dataclass(frozen=True, slots=True)
class _Terms:
    """Each pair's terms as a row: how far above and below, and how likely at the odds ratio seen.

    ``slope`` is the log-likelihood's slope at the count seen, for the end correction of an
    integral; nan where the terms are a sum.
    """

    offset_up: Floats
    offset_down: Floats
    log_up: Floats
    log_down: Floats
    centre: Floats
    spread: Floats
    slope: Floats


def _centre(pair: Pair) -> Floats:
    a, b, c, d = (np.log(cell + 0.5) for cell in _cells(pair))
    centre: Floats = a + d - b - c
    return centre


def _summed(pair: Pair, z: float) -> _Terms:
    a, b, c, d = (cell[:, np.newaxis] for cell in _cells(pair))
    spread, centre = _spread(pair), _centre(pair)
    window = int(_window(spread, z).max())
    most_up = int(min(window, np.minimum(b, c).max()))
    most_down = int(min(window, np.minimum(a, d).max()))
    up, down = np.arange(1.0, most_up + 1), np.arange(1.0, most_down + 1)
    tilt = centre[:, np.newaxis]
    with np.errstate(divide="ignore", invalid="ignore"):
        step_up = np.log(np.maximum(b - up + 1, 0)) + np.log(np.maximum(c - up + 1, 0))
        log_up = np.cumsum(step_up - np.log(a + up) - np.log(d + up) + tilt, axis=1)
        step_down = np.log(np.maximum(a - down + 1, 0)) + np.log(np.maximum(d - down + 1, 0))
        log_down = np.cumsum(step_down - np.log(b + down) - np.log(c + down) - tilt, axis=1)
    none = np.full(spread.shape, np.nan)
    return _Terms(up, -down, log_up, log_down, centre, spread, none)


def _integrated(pair: Pair, z: float) -> _Terms:
    cells = tuple(cell[:, np.newaxis] for cell in _cells(pair))
    spread, centre = _spread(pair), _centre(pair)
    reach = (1.15 * (z + _REACH) * spread)[:, np.newaxis]
    up = reach * (_NODES + 1) / 2
    weights = np.log(_WEIGHTS * reach / 2)
    # The linear term is taken out at the odds ratio seen; centre has a half added to each cell.
    a, b, c, d = (np.log(cell[:, 0]) for cell in cells)
    tilt = centre - (a + d - b - c)
    above = weights + _log_relative(cells, up) + tilt[:, np.newaxis] * up
    below = weights + _log_relative(cells, -up) - tilt[:, np.newaxis] * up
    halves = sum(sign / cell[:, 0] for sign, cell in zip((-1, 1, 1, -1), cells, strict=True))
    slope = tilt + 0.5 * halves
    return _Terms(up, -up, above, below, centre, spread, slope)


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
    at_bottom = _empty(terms.log_down)
    at_top = _empty(terms.log_up)
    width = 1 / terms.spread
    plans = (
        (found.low, _Equation(terms, "up", tail, own), -z, at_bottom, -np.inf),
        (found.high, _Equation(terms, "down", tail, own), z, at_top, np.inf),
        (found.value, _Equation(terms, "mean", tail, own), 0.0, at_bottom | at_top, np.nan),
    )
    for column, equation, guess, ended, end in plans:
        some = np.flatnonzero(~ended)
        column[index] = end
        column[index[some]] = terms.centre[some] + find_bracketed(
            equation, guess * width[some], 0.3 * width[some], some.astype(np.float64)
        )
    found.value[index[at_bottom]] = -np.inf
    found.value[index[at_top]] = np.inf


def _empty(log_terms: Floats) -> NDArray[np.bool_]:
    if not log_terms.shape[1]:
        return np.ones(log_terms.shape[0], dtype=np.bool_)
    return np.isneginf(log_terms[:, 0])


@dataclass(frozen=True, slots=True)
class _Equation:
    """Zero where the chosen tail has its chance, or where the mean is the count seen."""

    terms: _Terms
    side: str
    tail: float
    own: float

    def __call__(self, log_odds: Floats, rows: Floats) -> Floats:
        index = rows.astype(np.int64)
        up, first_up = self._side(log_odds, index, above=True)
        down, first_down = self._side(log_odds, index, above=False)
        if self.side == "mean":
            mean: Floats = (first_up + first_down) / (up + down + 1)
            return mean / self.terms.spread[index]
        # A sum has the seen count as a term of its own; an integral holds half of it on either
        # side, and needs the Euler-Maclaurin correction for its end.
        slope = self.terms.slope[index] + log_odds
        if np.isnan(slope).all():
            whole, end = 1 + up + down, np.full(up.shape, self.own)
        else:
            sign = 1 if self.side == "up" else -1
            third = slope**3 - 3 * slope / self.terms.spread[index] ** 2
            whole, end = up + down, self.own - 0.5 - sign * (slope / 12 - third / 720)
        own_side = up if self.side == "up" else down
        chance = np.maximum((own_side + end) / whole, 1e-300)
        excess: Floats = np.log(chance) - np.log(self.tail)
        return excess

    def _side(
        self, log_odds: Floats, index: NDArray[np.int64], *, above: bool
    ) -> tuple[Floats, Floats]:
        terms = self.terms
        offset = terms.offset_up if above else terms.offset_down
        logs = (terms.log_up if above else terms.log_down)[index]
        offset = offset if offset.ndim == 1 else offset[index]
        weight = np.exp(np.minimum(logs + log_odds[:, np.newaxis] * offset, 600.0))
        return weight.sum(axis=1), (weight * offset).sum(axis=1)
