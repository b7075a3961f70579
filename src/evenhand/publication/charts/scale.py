"""From numbers to places on an axis, and the numbers worth printing along it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.publication.charts.spec import Scale
from evenhand.publication.formats import number_words

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
"""Multiples of a power of ten a reader can count in."""


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
        if self.log:
            value = math.log(max(value, self.low) / self.low)
            span = math.log(self.high / self.low)
        else:
            value, span = value - self.low, self.high - self.low
        share = min(max(value / span, 0.0), 1.0)
        return self.start + share * (self.end - self.start)

    def holds(self, value: float) -> bool:
        """Whether a value lies on the axis."""
        return self.low <= value <= self.high

    def words(self, tick: float, unit: str = "") -> str:
        """A tick's label, with no more decimals than the ticks need."""
        if self.log:
            return number_words(tick, decimals=max(0, -math.floor(math.log10(tick)) + (tick < 0.5)))
        gap = self.ticks[1] - self.ticks[0] if len(self.ticks) > 1 else 1.0
        places = next((d for d in range(6) if math.isclose(gap, round(gap, d), rel_tol=1e-9)), 6)
        return number_words(tick, decimals=places, unit=unit)


def finite(values: Iterable[float]) -> list[float]:
    """The values that are numbers."""
    return [value for value in values if math.isfinite(value)]


def linear(
    values: Iterable[float], *, start: float, end: float, from_zero: bool = True, count: int = 5
) -> Axis:
    """An axis of equal differences that covers the values and ends on round numbers."""
    numbers = finite(values) or [0.0, 1.0]
    low, high = min(numbers), max(numbers)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high == low:
        low, high = (0.0, 1.0) if high == 0 else (low - abs(low) / 10, high + abs(high) / 10)
    step = _round_step((high - low) / count)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(i * step for i in range(first, last + 1))
    return Axis(ticks[0], ticks[-1], start, end, ticks)


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(s * power for s in _STEPS if s * power >= rough * (1 - 1e-9))


def logarithmic(values: Iterable[float], *, start: float, end: float) -> Axis:
    """An axis of equal proportions, for ratios: doubling is as far as halving.

    Ticks are powers of two over a narrow span and of ten over a wide one.
    """
    numbers = [value for value in finite(values) if value > 0] or [0.5, 2.0]
    base = 2.0 if max(numbers) / min(numbers) <= 2.0**8 else 10.0
    first = math.floor(math.log(min(numbers), base) + 1e-9)
    last = math.ceil(math.log(max(numbers), base) - 1e-9)
    if first == last:
        first, last = first - 1, last + 1
    ticks = tuple(base**i for i in range(first, last + 1))
    return Axis(ticks[0], ticks[-1], start, end, ticks, log=True)


def axis(
    values: Iterable[float], *, scale: Scale, start: float, end: float, from_zero: bool = True
) -> Axis:
    """The axis of a chart's own scale."""
    if scale is Scale.LOG:
        return logarithmic(values, start=start, end=end)
    return linear(values, start=start, end=end, from_zero=from_zero)
