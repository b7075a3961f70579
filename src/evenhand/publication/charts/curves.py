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
        """The unbroken stretches of one figure: a month absent or without a figure breaks it."""
        found: list[list[tuple[float, float]]] = []
        last = math.nan
        for point in self.points:
            value = getattr(point, name)
            if math.isfinite(value):
                if not found or math.isnan(last) or (self.monthly and point.x - last > 1):
                    found.append([])
                found[-1].append((point.x, value))
                last = point.x
            else:
                last = math.nan
        return found

    def bands(self) -> list[list[tuple[float, float, float]]]:
        """The unbroken stretches where both ends of the interval are known."""
        known = {p.x: (p.low, p.high) for p in self.points if math.isfinite(p.low + p.high)}
        return [
            [(x, *known[x]) for x, _ in run if x in known]
            for run in self.runs("low")
            if all(x in known for x, _ in run)
        ]


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
