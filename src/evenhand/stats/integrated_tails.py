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

# Twenty nodes integrate exp(-zu - u*u/2) to 1e-13 for every z that matters; sixteen to 3e-10.
_NODES, _WEIGHTS = (column[:, None] for column in leggauss(20))
# exp(-zu - u*u/2) is exp(-39), 1e-17 of its start, at u = √(z² + 78) − z: the rest is left out.
_LEFT_OUT = 78.0


def integral_beyond(lattice: Lattice, start: Floats, up: Mask) -> Floats:
    """The chance of all that lies beyond ``start``, away from the mode, over that of ``start``."""
    spread = lattice.spread
    z = np.abs(start - lattice.mode) / spread
    reach = spread * (np.sqrt(z * z + _LEFT_OUT) - z)
    path = _Path(lattice, start, up)
    fall = path.fall(reach * ((_NODES + 1) / 2))
    integral = (_WEIGHTS * np.exp(fall)).sum(axis=0) * reach / 2
    return np.asarray(integral + _end(*path.bends()) - 0.5)


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

    def fall(self, distance: Floats) -> Floats:
        """Logarithm of the likelihood there over that at the start; any number of distances."""
        fallen = distance * self._slope + self._left
        for cell, way in self._cells:
            step = way * distance
            there = cell + step
            fallen -= (there + 0.5) * np.log1p(step / cell) + _left(there)
        return np.asarray(fallen)

    def bends(self) -> tuple[Floats, Floats, Floats]:
        """The first three derivatives of minus the logarithm, at the start."""
        slope, curve, turn = -self._slope, np.zeros_like(self._slope), np.zeros_like(self._slope)
        for cell, way in self._cells:
            over = 1 / cell
            slope += way * over * (0.5 - over / 12)
            curve += over * (1 - over * (0.5 - over / 6))
            turn -= way * over**2 * (1 - over)
        return slope, curve, turn


def _left(count: Floats) -> Floats:
    """lnΓ(count + 1) less Stirling's formula, to 1e-13 from a hundred."""
    over = 1 / count
    return np.asarray((1 / 12 - over * over / 360) * over)


def _end(g: Floats, c: Floats, t: Floats) -> Floats:
    """What Euler and Maclaurin's sum adds at its start to the integral, relative to the start.

    −f′/12 + f‴/720 − f⁗′/30240 + f⁗‴/1209600, where f is exp(−h) and h has the slope g, the
    curvature c and the third derivative t; further ones change nothing that is kept.
    """
    third = g**3 - 3 * g * c + t
    fifth = g**5 - 10 * g**3 * c + 15 * g * c**2 + 10 * t * (g**2 - c)
    seventh = g**7 - 21 * g**5 * c + 105 * g**3 * c**2 - 105 * g * c**3
    return np.asarray(g / 12 - third / 720 + fifth / 30240 - seventh / 1209600)
