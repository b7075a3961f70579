"""From numbers to places on an axis, and the numbers worth printing along it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evenhand.publication.charts.spec import Scale
from evenhand.publication.formats import number_words

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
"""Multiples of a power of ten a reader can count in."""


_MOST_TICKS = 9


@dataclass(frozen=True, slots=True)
class Axis:
    """A domain laid over a range of the drawing, with its ticks."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]
    log: bool = False

    def at(self, value: float) -> float:
        """The place of a value; beyond the axis it is held at the end."""
        if value <= self.low:
            return self.start
        if value >= self.high:
            return self.end
        if self.log:
            share = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def holds(self, value: float) -> bool:
        """Whether a value lies on the axis."""
        return self.low <= value <= self.high

    def words(self, tick: float, unit: str = "") -> str:
        """A tick's label, with no more decimals than the ticks need."""
        if self.log:
            return f"{tick:,.10g}"
        gap = self.ticks[1] - self.ticks[0] if len(self.ticks) > 1 else 1.0
        places = next((d for d in range(6) if math.isclose(gap, round(gap, d), rel_tol=1e-9)), 6)
        return number_words(tick, decimals=places, unit=unit)


def finite(values: Iterable[float]) -> list[float]:
    """The values that are numbers."""
    return [value for value in values if math.isfinite(value)]


def linear(
    values: Iterable[float],
    *,
    start: float,
    end: float,
    from_zero: bool = True,
    whole: bool = False,
    count: int = 5,
) -> Axis:
    """An axis of equal differences that covers the values and ends on round numbers.

    ``whole``: only at whole numbers, for what is counted; there is no half of a recommendation.
    """
    numbers = finite(values) or [0.0, 1.0]
    low, high = min(numbers), max(numbers)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high == low:
        low, high = (0.0, 1.0) if high == 0 else (low - abs(low) / 10, high + abs(high) / 10)
    rough = (high - low) / count
    step = _whole_step(rough) if whole else _round_step(rough)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(i * step for i in range(first, last + 1))
    return Axis(ticks[0], ticks[-1], start, end, ticks)


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(s * power for s in _STEPS if s * power >= rough * (1 - 1e-9))


def _whole_step(rough: float) -> float:
    """The next round step from one on: 2.5 would fall between two things counted."""
    step = _round_step(max(rough, 1.0))
    return step if step.is_integer() else _round_step(step * 2)


def logarithmic(values: Iterable[float], *, start: float, end: float) -> Axis:
    """An axis of equal proportions, for ratios: doubling is as far as halving.

    Ticks double from a quarter to eight; over a wider span they run 1, 2, 5 and, over a wider one
    still, by tens.
    """
    numbers = [value for value in finite(values) if value > 0] or [0.5, 2.0]
    low, high = min(numbers), max(numbers)
    for ticks in (_doublings(low, high), _series(low, high, (1, 2, 5)), _series(low, high, (1,))):
        if ticks and len(ticks) <= _MOST_TICKS:
            break
    return Axis(ticks[0], ticks[-1], start, end, ticks, log=True)


def _doublings(low: float, high: float) -> tuple[float, ...]:
    """Powers of two around the span, while it stays where they are plain to read."""
    if low < 0.25 or high > 8:
        return ()
    first = min(math.floor(math.log2(low) + 1e-9), -1)
    last = max(math.ceil(math.log2(high) - 1e-9), 1)
    return tuple(2.0**i for i in range(first, last + 1))


def _series(low: float, high: float, steps: Sequence[int]) -> tuple[float, ...]:
    """Every power of ten times the steps, from at or under the lowest to at or over the highest."""
    powers = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 2)
    every = [float(f"{step}e{power}") for power in powers for step in steps]
    first = max(i for i, tick in enumerate(every) if tick <= low * (1 + 1e-9))
    last = min(i for i, tick in enumerate(every) if tick >= high * (1 - 1e-9))
    return tuple(every[first : max(last, first + 1) + 1])


def axis(
    values: Iterable[float],
    *,
    scale: Scale,
    start: float,
    end: float,
    from_zero: bool = True,
    whole: bool = False,
) -> Axis:
    """The axis of a chart's own scale; ``whole`` as of :func:`linear`."""
    if scale is Scale.LOG:
        return logarithmic(values, start=start, end=end)
    return linear(values, start=start, end=end, from_zero=from_zero, whole=whole)
