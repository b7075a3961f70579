"""The points of a trend: which follow on from one another, and where a gap must show."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from evenhand.core import Month, Table, UsageProblem
from evenhand.core.table import Cell
from evenhand.publication.charts.read import indices, numbers, truths, words
from evenhand.publication.charts.spec import Trend

_MONTH = re.compile(r"\d{4}-\d{2}")


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a curve; every figure but ``x`` may be nan."""

    x: float
    value: float
    low: float
    high: float
    centre: float
    limit_low: float
    limit_high: float
    target: float
    marked: bool

    def figures(self) -> tuple[float, ...]:
        """Everything that must fit on the axis."""
        return (
            self.value,
            self.low,
            self.high,
            self.centre,
            self.limit_low,
            self.limit_high,
            self.target,
        )


@dataclass(frozen=True, slots=True)
class Curve:
    """A named series of points in order of x; ``monthly`` says that x counts months.

    ``order`` is the series' place in the whole chart, by which it keeps its style in every panel.
    """

    name: str
    order: int
    points: tuple[Point, ...]
    monthly: bool

    def runs(self, name: str = "value") -> list[list[tuple[float, float]]]:
        """The unbroken stretches of one figure."""
        figures = [getattr(point, name) for point in self.points]
        known = [math.isfinite(figure) for figure in figures]
        return [
            [(self.points[i].x, figures[i]) for i in stretch] for stretch in self._stretches(known)
        ]

    def bands(self) -> list[list[tuple[float, float, float]]]:
        """The unbroken stretches where both ends of the interval are known."""
        known = [math.isfinite(point.low + point.high) for point in self.points]
        return [
            [(p.x, p.low, p.high) for p in (self.points[i] for i in stretch)]
            for stretch in self._stretches(known)
        ]

    def _stretches(self, known: Sequence[bool]) -> list[list[int]]:
        """Points that follow on: a month absent or without the figure ends a stretch."""
        found: list[list[int]] = []
        for i, point in enumerate(self.points):
            if not known[i]:
                continue
            follows = i > 0 and known[i - 1]
            if follows and self.monthly:
                follows = point.x - self.points[i - 1].x <= 1
            if follows:
                found[-1].append(i)
            else:
                found.append([i])
        return found


@lru_cache(maxsize=4096)
def _month_index(text: str) -> int:
    return Month.parse(text).index


def places(cells: Sequence[Cell], *, chart: Trend) -> tuple[list[float], bool]:
    """Where each row stands along the axis, and whether that is in months."""
    if all(isinstance(cell, str) and _MONTH.fullmatch(cell) for cell in cells):
        return [float(_month_index(str(cell))) for cell in cells], True
    if all(isinstance(cell, (int, float)) for cell in cells):
        return [float(cell) for cell in cells if isinstance(cell, (int, float))], False
    raise UsageProblem(
        f"chart “{chart.title}”: column {chart.when!r} holds neither months nor numbers.",
        remedy="Write months as 2026-03.",
        rule="trends-run-over-months-or-numbers",
    )


def read_curves(chart: Trend, table: Table) -> list[Curve]:
    """The chart's series in order of first appearance, each in order of time."""
    x, monthly = places(table.cells[chart.when], chart=chart)
    limits = (chart.limits.low, chart.limits.high) if chart.limits else ("", "")
    names = (chart.value, chart.low, chart.high, chart.centre, *limits, chart.target)
    rows = list(
        zip(x, *(numbers(table, name) for name in names), truths(table, chart.mark), strict=True)
    )
    order = {name: i for i, name in enumerate(indices(words(chart.table.table, chart.group)))}
    return [
        Curve(
            name,
            order[name],
            tuple(sorted((Point(*rows[i]) for i in own), key=lambda p: p.x)),
            monthly,
        )
        for name, own in indices(words(table, chart.group)).items()
    ]
