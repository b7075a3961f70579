"""How far do ln Γ and its slopes rise over a count, without losing digits at 10⁹ or taking long?

Differences such as ψ(x + n) − ψ(x) are written so that nothing large cancels: Stirling's series and
its derivatives (Abramowitz and Stegun 1964, 6.3.18 and 6.4.12) from ten up, where what is left out
is below 1e-12 of the slope; the recurrences (6.3.6 and 6.4.6) below it. Several times the speed of
the general functions, which were most of the cost of fitting a prior.
"""

from __future__ import annotations

import numpy as np

from evenhand.stats.columns import Floats

_FROM = 10
_FEW_TERMS_FROM = 1_000.0  # where the third term of each series is below 1e-17 of what it adds to


class Rising:
    """From ``x``, of shape ``(rows, 1)`` and above 0, to ``x + n``: what the rises share."""

    def __init__(self, x: Floats, n: Floats) -> None:
        self._x, self._n = x, n
        self._small = (x < _FROM)[:, 0]
        self._y = np.where(x < _FROM, x + _FROM, x)
        self._top = self._y + n
        self._few = bool(x.size) and self._y.min() >= _FEW_TERMS_FROM
        self._u, self._w = 1 / self._top, 1 / self._y
        self._log_ratio = np.log1p(n / self._y)

    def log(self, over: Floats) -> Floats:
        """lnΓ(x + n) − lnΓ(x) − n ln ``over`` + n.

        With an ``over`` near x + n nothing larger than n itself is formed, so that sums of a
        family's units keep their digits; the likelihoods that need this have one to hand.
        """
        rise = np.log(self._top / over)
        rise *= self._n
        rise += (self._y - 0.5) * self._log_ratio
        rise += _remainder(self._u, self._few)
        rise -= _remainder(self._w, self._few)
        if self._small.any():
            rows, low = self._n[self._small], self._x[self._small]
            product = 1 + rows / low
            for k in range(1, _FROM):
                product *= 1 + rows / (low + k)
            rise[self._small] -= np.log(product)
        return np.asarray(rise)

    def slopes(self) -> tuple[Floats, Floats]:
        """ψ(x + n) − ψ(x) and ψ′(x + n) − ψ′(x)."""
        first = self._log_ratio - _first(self._u, self._few) + _first(self._w, self._few)
        second = _second(self._u, self._few) - _second(self._w, self._few)
        if self._small.any():
            rows = self._n[self._small]
            for k in range(_FROM):
                below = self._x[self._small] + k
                product = below * (below + rows)
                first[self._small] += rows / product
                second[self._small] -= rows * (2 * below + rows) / product**2
        return np.asarray(first), np.asarray(second)


def _remainder(u: Floats, few: bool) -> Floats:
    """lnΓ(y) less Stirling's formula, in u = 1/y."""
    v = u * u
    if few:
        return np.asarray((1 / 12 - v / 360) * u)
    series = v * (-1 / 1188)
    for term in (1 / 1680, -1 / 1260, 1 / 360):
        series += term
        series *= v
    return np.asarray((1 / 12 - series) * u)


def _first(u: Floats, few: bool) -> Floats:
    """ln y − ψ(y), in u = 1/y."""
    v = u * u
    if few:
        return np.asarray(u / 2 + v * (1 / 12 - v / 120))
    series = 1 / 12 - v * (1 / 120 - v * (1 / 252 - v * (1 / 240 - v / 132)))
    return np.asarray(u / 2 + v * series)


def _second(u: Floats, few: bool) -> Floats:
    """ψ′(y), in u = 1/y."""
    v = u * u
    if few:
        return np.asarray(u + v * (0.5 + u * (1 / 6 - v / 30)))
    series = 1 / 6 - v * (1 / 30 - v * (1 / 42 - v * (1 / 30 - v * 5 / 66)))
    return np.asarray(u + v * (0.5 + u * series))
