"""The two-sided p-value of large counts: the sum of many small terms, taken as an integral.

Everything here relies on a standard deviation of 40 or more and a p-value that is not negligible:
then no cell of the table, nor of any table as unlikely, is below some one hundred.
Measured against sums in whole numbers, p is right to 1e-9 at 28 standard deviations and nearer.
"""

from __future__ import annotations

import numpy as np
from numpy.polynomial.legendre import leggauss

from evenhand.stats.columns import Floats, Mask
from evenhand.stats.lattice import Lattice

# Outcomes within this of the observed one's likelihood count as equally likely, as in R's
# fisher.test and binom.test (relErr <- 1 + 10^(-7)).
TIE = 1e-7

# Twenty nodes integrate exp(-zu - u*u/2) to 1e-13 for every z that matters; sixteen to 3e-10.
_NODES, _WEIGHTS = (column[:, None] for column in leggauss(20))
# exp(-zu - u*u/2) is exp(-39), 1e-17 of its start, at u = √(z² + 78) − z: the rest is left out.
_LEFT_OUT = 78.0
_MOST_STEPS = 30
# Newton's next step from one this short, in counts, is far below a count.
_SHORT_STEP = 0.01


def integrated(lattice: Lattice, count: Floats, *, mid_p: bool, smallest: float) -> Floats:
    """Chance of an outcome as unlikely as ``count`` or less likely; 0 where below ``smallest``."""
    here = lattice.log_likelihood(count)
    # Both tails together are less than the likelihood here times three standard deviations.
    seen = np.flatnonzero(here + np.log(3 * lattice.spread) >= np.log(smallest))
    p = np.zeros(count.shape)
    if seen.size:
        p[seen] = np.exp(here[seen]) * _relative(lattice.take(seen), count[seen], mid_p)
    return p


def _relative(lattice: Lattice, count: Floats, mid_p: bool) -> Floats:
    """The chance, over the likelihood of ``count``."""
    above = count >= lattice.mode
    far, as_likely = _first_as_unlikely(lattice, count, above)
    tied = np.abs(as_likely) <= TIE
    own = _mid_tail(lattice, count, above) + (0.0 if mid_p else 0.5)
    other = _mid_tail(lattice, far, ~above) + np.where(tied & mid_p, 0.0, 0.5)
    return np.asarray(own + np.exp(as_likely) * other)


class _Path:
    """How the likelihood falls from a count to one some way off, up or down.

    In the logarithm, by Stirling's formula with two corrections; parts that are large and cancel
    are never formed, so that it holds at counts of a thousand million.
    """

    def __init__(self, lattice: Lattice, start: Floats, up: Mask) -> None:
        sign = np.where(up, 1.0, -1.0)
        self._cells = [(cell, sign * way) for cell, way in lattice.cells(start)]
        # The ratio to the next count is of the falling cells over the rising ones, each plus one.
        ratio = lattice.steps(start, up).next()
        for cell, way in self._cells:
            ratio *= np.where(way > 0, (cell + 1) / cell, 1.0)
        self._slope = np.log(ratio)
        self._left = sum(_left(cell) for cell, _ in self._cells)
        self._ends = np.minimum.reduce([np.where(w < 0, c, np.inf) for c, w in self._cells])

    def fall(self, distance: Floats) -> Floats:
        """Logarithm of the likelihood there over that at the start; any number of distances."""
        fallen = distance * self._slope + self._left
        for cell, way in self._cells:
            step = way * distance
            there = cell + step
            fallen -= (there + 0.5) * np.log1p(step / cell) + _left(there)
        return np.asarray(fallen)

    def slope(self, distance: Floats) -> Floats:
        """Its derivative, but for the corrections'."""
        slope: Floats = self._slope.copy()
        for cell, way in self._cells:
            step = way * distance
            slope -= way * (np.log1p(step / cell) + 0.5 / (cell + step))
        return slope

    def bends(self) -> tuple[Floats, Floats, Floats]:
        """The first three derivatives of minus the logarithm, at the start."""
        slope, curve, turn = -self._slope, np.zeros_like(self._slope), np.zeros_like(self._slope)
        for cell, way in self._cells:
            over = 1 / cell
            slope += way * over * (0.5 - over / 12)
            curve += over * (1 - over * (0.5 - over / 6))
            turn -= way * over**2 * (1 - over)
        return slope, curve, turn

    def within(self, distance: Floats) -> Floats:
        """The distance, or the last at which every cell has somebody in it."""
        return np.asarray(np.minimum(distance, self._ends - 1))


def _left(count: Floats) -> Floats:
    """lnΓ(count + 1) less Stirling's formula, to 1e-13 from a hundred."""
    over = 1 / count
    return np.asarray((1 / 12 - over * over / 360) * over)


def _first_as_unlikely(lattice: Lattice, count: Floats, above: Mask) -> tuple[Floats, Floats]:
    """The first count beyond the mode's other side as unlikely as ``count``; and how unlikely.

    Newton's steps from the mirror image: the logarithm is concave, so that from the second on they
    come from outside and never pass the root.
    """
    apart = 2 * np.abs(count - lattice.mode)
    path = _Path(lattice, count, ~above)
    at = path.within(apart)
    # Within a step of the mode there may be no crossing to find, and within a two-hundredth of a
    # standard deviation none that rounding leaves: the hump is symmetric there.
    near = apart <= np.maximum(2, 0.01 * lattice.spread)
    for _ in range(_MOST_STEPS):
        step = np.where(near, 0.0, (path.fall(at) - TIE) / np.minimum(path.slope(at), -1e-300))
        at = path.within(at - step)
        if (np.abs(step) < _SHORT_STEP).all():
            break
    # A real root of a thousand million is not known to a whole number's worth of likelihood: start
    # one inside it, and step outward over what is still likelier.
    first = np.maximum(np.round(at) - 1, 1.0)
    for _ in range(3):
        first += path.fall(first) > TIE
    return count + np.where(above, -first, first), path.fall(first)


def _mid_tail(lattice: Lattice, start: Floats, up: Mask) -> Floats:
    """Half the chance of ``start`` and all of what lies beyond it, over the chance of ``start``."""
    spread = lattice.spread
    z = np.abs(start - lattice.mode) / spread
    reach = spread * (np.sqrt(z * z + _LEFT_OUT) - z)
    path = _Path(lattice, start, up)
    fall = path.fall(reach * ((_NODES + 1) / 2))
    integral = (_WEIGHTS * np.exp(fall)).sum(axis=0) * reach / 2
    return np.asarray(integral + _end(*path.bends()))


def _end(g: Floats, c: Floats, t: Floats) -> Floats:
    """What Euler and Maclaurin's sum adds at its start to the integral, relative to the start.

    −f′/12 + f‴/720 − f⁗′/30240 + f⁗‴/1209600, where f is exp(−h) and h has the slope g, the
    curvature c and the third derivative t; further ones change nothing that is kept.
    """
    third = g**3 - 3 * g * c + t
    fifth = g**5 - 10 * g**3 * c + 15 * g * c**2 + 10 * t * (g**2 - c)
    seventh = g**7 - 21 * g**5 * c + 105 * g**3 * c**2 - 105 * g * c**3
    return np.asarray(g / 12 - third / 720 + fifth / 30240 - seventh / 1209600)
