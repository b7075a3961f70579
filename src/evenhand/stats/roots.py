"""Where whole columns of functions cross zero: by brackets, or faster where the slope is known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from evenhand.stats.columns import Floats, Mask

Function = Callable[..., Floats]
WithSlope = Callable[..., tuple[Floats, Floats]]

# Bisection alone needs 60 steps to exhaust float64; Chandrupatla's rule rarely needs 15.
_MOST_STEPS = 120
# Dropping the finished costs a copy of every column: worth it once a quarter of them are done.
_SHARE_DONE = 4
# Sixty doublings of this pass every logarithm that float64 can hold.
_LEAST_STEP, _MOST_DOUBLINGS = 1e-13, 60
# Newton's next step from one this short, in units of the first guess's error, is its square.
_SHORT = 1e-8


def find_roots(
    function: Function, low: Floats, high: Floats, *args: Floats, tolerance: float = 1e-13
) -> Floats:
    """Solve ``function(x, *args) = 0`` for every element between ``low`` and ``high``.

    Chandrupatla's (1997) hybrid of bisection and inverse quadratic interpolation, on all elements
    at once; those that have converged leave the loop when they are a quarter of it. The tolerance
    is on the root itself, absolute below 1 and relative above: callers look for logarithms and
    differences. An element whose ends have the same sign comes back as nan, so that a caller's
    mistake cannot pass for a number.

    References: T. R. Chandrupatla (1997), *Advances in Engineering Software* 28, 145-149.
    """
    a, b = high.astype(np.float64), low.astype(np.float64)
    fa, fb = function(a, *args), function(b, *args)
    roots = np.where(fa == 0, a, np.where(fb == 0, b, np.nan))
    index = np.flatnonzero((fa * fb < 0) | (np.sign(fa) * np.sign(fb) < 0))
    state = _State(*(column[index] for column in (a, b, a, fa, fb, fa)))
    args = tuple(arg[index] for arg in args)
    for _ in range(_MOST_STEPS):
        if not index.size:
            break
        done, best = state.converged(tolerance)
        if _SHARE_DONE * np.count_nonzero(done) >= index.size:
            roots[index[done]] = best[done]
            keep = ~done
            index, args = index[keep], tuple(arg[keep] for arg in args)
            state.keep(keep)
        else:
            at = state.propose(tolerance)
            state.update(at, function(at, *args))
    roots[index] = state.converged(tolerance)[1]
    return roots


class _State:
    """The three latest points of each element: ``b`` newest, ``a`` opposite in sign, ``c`` last."""

    __slots__ = ("a", "b", "c", "fa", "fb", "fc", "fraction")

    def __init__(self, a: Floats, b: Floats, c: Floats, *values: Floats) -> None:
        self.a, self.b, self.c = a, b, c
        self.fa, self.fb, self.fc = values
        self.fraction = np.full(a.shape, 0.5)

    def keep(self, mask: Mask) -> None:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name)[mask])

    def converged(self, tolerance: float) -> tuple[Mask, Floats]:
        """Which elements are done, and the better end of each bracket."""
        best = np.where(np.abs(self.fa) < np.abs(self.fb), self.a, self.b)
        width = np.abs(self.b - self.a)
        at_zero = (self.fa == 0) | (self.fb == 0)
        return at_zero | (width <= 2 * tolerance * np.maximum(1, np.abs(best))), best

    def propose(self, tolerance: float) -> Floats:
        """The next point: inverse quadratic where it is safe, the middle where it is not."""
        best = np.where(np.abs(self.fa) < np.abs(self.fb), self.a, self.b)
        width = np.abs(self.b - self.a)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            xi = (self.a - self.b) / (self.c - self.b)
            phi = (self.fa - self.fb) / (self.fc - self.fb)
            safe = (phi**2 < xi) & ((1 - phi) ** 2 < 1 - xi)
            quadratic = self.fa / (self.fb - self.fa) * self.fc / (self.fb - self.fc) + (
                self.c - self.a
            ) / (self.b - self.a) * self.fa / (self.fc - self.fa) * self.fb / (self.fc - self.fb)
            fraction = np.where(safe & np.isfinite(quadratic), quadratic, 0.5)
            least = np.minimum(0.5, tolerance * np.maximum(1, np.abs(best)) / width)
        self.fraction = np.clip(fraction, least, 1 - least)
        return self.a + self.fraction * (self.b - self.a)

    def update(self, at: Floats, value: Floats) -> None:
        """Take the new point in, keeping the root between ``a`` and ``b``."""
        same = np.sign(value) == np.sign(self.fa)
        self.c = np.where(same, self.a, self.b)
        self.fc = np.where(same, self.fa, self.fb)
        self.b = np.where(same, self.b, self.a)
        self.fb = np.where(same, self.fb, self.fa)
        self.a, self.fa = at, value


def find_bracketed(function: Function, guess: Floats, step: Floats, *args: Floats) -> Floats:
    """Solve a falling or rising ``function`` near ``guess``, first walking out until it turns.

    ``step`` is how far off the guess is likely to be; it doubles until the sign changes.
    """
    step = np.maximum(step, _LEAST_STEP * np.maximum(1, np.abs(guess)))
    low, high = guess - step, guess + step
    at_low, at_high = function(low, *args), function(high, *args)
    for _ in range(_MOST_DOUBLINGS):
        apart = np.flatnonzero(at_low * at_high > 0)
        if not apart.size:
            break
        step[apart] *= 2
        some = tuple(arg[apart] for arg in args)
        low[apart] -= step[apart]
        high[apart] += step[apart]
        at_low[apart] = function(low[apart], *some)
        at_high[apart] = function(high[apart], *some)
    return find_roots(function, low, high, *args)


def find_by_slope(function: WithSlope, guess: Floats, step: Floats, *args: Floats) -> Floats:
    """Solve a rising ``function`` that gives its slope too: a few evaluations, not a dozen.

    Newton's steps, none longer than ``step`` (how far off the guess is likely to be), which doubles
    each time. Once the root is known to lie between two points, a step that would leave them, or
    is not half the last, goes to their middle instead. Where it does not settle the root is nan.
    """
    x, roots = guess.astype(np.float64), np.full(guess.shape, np.nan)
    low, high = np.full(x.shape, -np.inf), np.full(x.shape, np.inf)
    index, short = np.arange(x.size), _SHORT * step
    reach, last = step, np.full(x.shape, np.inf)
    for _ in range(_MOST_STEPS):
        if not index.size:
            break
        value, slope = function(x, *args)
        low, high = np.where(value <= 0, x, low), np.where(value >= 0, x, high)
        with np.errstate(over="ignore", invalid="ignore"):
            move = np.clip(-value / np.maximum(slope, np.finfo(np.float64).tiny), -reach, reach)
            middle = (low + high) / 2
        there = x + move
        astray = (there <= low) | (there >= high) | (np.abs(move) > last / 2)
        there = np.where(astray & np.isfinite(middle) & (there != x), middle, there)
        last = np.abs(there - x)
        going = last > short
        roots[index[~going]] = there[~going]
        x, last, low, high = (column[going] for column in (there, last, low, high))
        reach, short, index = 2 * reach[going], short[going], index[going]
        args = tuple(arg[going] for arg in args)
    return roots
