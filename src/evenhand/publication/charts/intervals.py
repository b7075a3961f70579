"""Draws a dot and its interval per row: how large a difference is, and how sure we can be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.core import Marker, Signal, Table
from evenhand.publication.charts import canvas
from evenhand.publication.charts.canvas import Drawing, Style
from evenhand.publication.charts.read import indices, numbers, words
from evenhand.publication.charts.scale import Axis, axis, finite
from evenhand.publication.charts.signals import SIGNAL_STYLES
from evenhand.publication.charts.spec import Intervals, Limits, Scale
from evenhand.publication.charts.trend import key
from evenhand.publication.formats import printer

_REACH = 8.0
"""A log axis stretches at most this many times beyond the outermost dot; longer arms get arrows."""

_EDGE = 18.0
"""Kept free at each end of the axis, so that half a tick's label fits."""

_STRIP = 22
"""Height of one dot's strip."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One estimate with everything drawn about it; any figure may be nan."""

    series: str
    value: float
    low: float
    high: float
    outer: tuple[float, float]
    zone: tuple[float, float]
    said: str
    style: Style


@dataclass(frozen=True, slots=True)
class Row:
    """One label with its dots, and the lines its label takes."""

    label: list[str]
    dots: list[Dot]


def draw(chart: Intervals, width: int, table: Table | None = None) -> Drawing:
    """The whole chart at one width; when narrow each label stands above its strip.

    ``table`` holds the rows of one panel; the axis always covers the chart's whole table.
    """
    own, every = table or chart.table.table, _read(chart, chart.table.table)
    dots = _read(chart, own) if table else every
    labels, all_labels = words(own, chart.label), words(chart.table.table, chart.label)
    wide = width >= canvas.WIDE
    left = (
        min(max((canvas.width_of(label) for label in all_labels), default=0) + 14, 210)
        if wide
        else 0
    )
    said = max((canvas.width_of(dot.said) for dot in every), default=0) + 14 if wide else 0
    rows = [
        Row(canvas.wrap(label, width=(left or width) - 8), [dots[i] for i in at])
        for label, at in indices(labels).items()
    ]
    head = _key(chart, own, width)
    top = head.height + (20 if chart.reference_label and chart.reference is not None else 4)
    line = _axis(chart, every, start=left + _EDGE, end=width - said - _EDGE)
    body, y = [], top
    for i, row in enumerate(rows):
        height = _row_height(row, wide=wide)
        if i % 2 == 0:
            body.append(f'<path class="stripe" d="M0 {y:.1f}h{width}v{height:.1f}h-{width}z"/>')
        body.append(_row(row, line, y=y, width=width))
        y += height
    back = _grid(chart, line, top=top, bottom=y)
    return Drawing(head.body + back + "".join(body), width, y + 26)


def _row_height(row: Row, *, wide: bool) -> float:
    label, strips = 15.0 * len(row.label), float(_STRIP * len(row.dots))
    return max(label, strips) + 12 if wide else label + strips + 15 * len(row.dots) + 12


def _read(chart: Intervals, table: Table) -> list[Dot]:
    pairs = [(chart.low, chart.high), *(_pair(limits) for limits in (chart.outer, chart.zone))]
    columns = [numbers(table, name) for pair in pairs for name in pair]
    values, series = numbers(table, chart.value), words(table, chart.series)
    order = {name: i for i, name in enumerate(dict.fromkeys(series))}
    signals = _signals(chart, table)
    said = _said(chart, table)
    return [
        Dot(
            series[i],
            values[i],
            low,
            high,
            (outer_low, outer_high),
            (zone_low, zone_high),
            said[i],
            _style(order[series[i]], signals[i] if not chart.series else None),
        )
        for i, (low, high, outer_low, outer_high, zone_low, zone_high) in enumerate(
            zip(*columns, strict=True)
        )
    ]


def _pair(limits: Limits | None) -> tuple[str, str]:
    return (limits.low, limits.high) if limits else ("", "")


def _signals(chart: Intervals, table: Table) -> list[Signal | None]:
    if not chart.signal:
        return [None] * len(table)
    cells = table.cells[chart.signal]
    return [None if isinstance(cell, Marker) else Signal.read(cell) for cell in cells]


def _style(series: int, signal: Signal | None) -> Style:
    return SIGNAL_STYLES[signal] if signal else canvas.style(series)


def _said(chart: Intervals, table: Table) -> list[str]:
    """The figures beside each dot: estimate and interval, a bound, or why there is none."""
    prints = [printer(table.column(name)) for name in (chart.value, chart.low, chart.high)]
    out = []
    for cells in zip(*(table.cells[n] for n in (chart.value, chart.low, chart.high)), strict=True):
        value, low, high = (write(cell) for write, cell in zip(prints, cells, strict=True))
        known = [_known(cell) for cell in cells]
        if known == [True, True, True]:
            out.append(f"{value} ({low} to {high})")
        elif known[0] or not any(known):
            reason = cells[0].value if isinstance(cells[0], Marker) else ""
            out.append(value if known[0] else reason or value)
        else:
            out.append(f"above {low}" if known[1] else f"below {high}")
    return out


def _known(cell: object) -> bool:
    return isinstance(cell, (int, float)) and math.isfinite(cell)


def _axis(chart: Intervals, dots: Sequence[Dot], *, start: float, end: float) -> Axis:
    reference = [chart.reference] if chart.reference is not None else []
    middle = finite([dot.value for dot in dots]) + reference
    arms = [f for dot in dots for f in (dot.low, dot.high, *dot.outer, *dot.zone)]
    if chart.scale is Scale.LOG:
        positive = [value for value in middle if value > 0] or [1.0]
        floor, ceiling = min(positive) / _REACH, max(positive) * _REACH
        arms = [min(max(arm, floor), ceiling) for arm in finite(arms)]
    return axis([*middle, *arms], scale=chart.scale, start=start, end=end)


def _grid(chart: Intervals, line: Axis, *, top: float, bottom: float) -> str:
    unit = chart.table.table.column(chart.value).unit
    out = []
    for tick in line.ticks:
        x = line.at(tick)
        out.append(canvas.line(x, top, x, bottom, css="grid"))
        out.append(canvas.text(x, bottom + 18, line.words(tick, unit), css="m dim"))
    if chart.reference is not None:
        x = line.at(chart.reference)
        out.append(canvas.line(x, top - 2, x, bottom + 5, css="ref"))
        if chart.reference_label:
            half = canvas.width_of(chart.reference_label) / 2
            centre = min(max(x, half), max(line.end - half + 60, half))
            out.append(canvas.text(centre, top - 7, chart.reference_label, css="m dim"))
    return "".join(out)


def _row(row: Row, line: Axis, *, y: float, width: int) -> str:
    wide = width >= canvas.WIDE
    if wide:
        middle = y + _row_height(row, wide=True) / 2
        out = [canvas.lines(0, middle, row.label, css="k")]
        first = middle - _STRIP * (len(row.dots) - 1) / 2
        for i, dot in enumerate(row.dots):
            at = first + i * _STRIP
            out.append(_dot(dot, line, at))
            out.append(canvas.text(width, at + 4.5, dot.said, css="e"))
        return "".join(out)
    out = [canvas.lines(0, y + 6 + 7.5 * len(row.label), row.label, css="k")]
    at = y + 6 + 15 * len(row.label)
    for dot in row.dots:
        out.append(canvas.text(0, at + 11, dot.said, css="dim"))
        out.append(_dot(dot, line, at + 15 + _STRIP / 2))
        at += _STRIP + 15
    return "".join(out)


def _dot(dot: Dot, line: Axis, y: float) -> str:
    """Zone behind, then the outer bounds, the interval, and the dot on top."""
    out = []
    if all(map(math.isfinite, dot.zone)):
        left, right = line.at(dot.zone[0]), line.at(dot.zone[1])
        out.append(f'<path class="zone" d="M{left:.1f} {y - 9:.1f}H{right:.1f}v18H{left:.1f}z"/>')
    out.append(_arm(dot.outer, line, y, css="outer"))
    low, high = dot.low, dot.high
    if math.isfinite(dot.value) or math.isfinite(low) or math.isfinite(high):
        low = low if math.isfinite(low) or math.isfinite(dot.value) else -math.inf
        high = high if math.isfinite(high) or math.isfinite(dot.value) else math.inf
        out.append(_arm((low, high), line, y, css="arm"))
    if math.isfinite(dot.value) and line.holds(dot.value):
        out.append(canvas.mark(dot.style.shape, line.at(dot.value), y, colour=dot.style.colour))
    return "".join(out)


def _arm(ends: tuple[float, float], line: Axis, y: float, *, css: str) -> str:
    """A line between two bounds; an arrow where it runs off the axis or has no end."""
    low, high = ends
    if math.isnan(low) or math.isnan(high):
        return ""
    left, right = line.at(low), line.at(high)
    path = f"M{left:.1f} {y:.1f}H{right:.1f}"
    if low < line.low:
        path += f"M{left + 6:.1f} {y - 4:.1f}L{left:.1f} {y:.1f}L{left + 6:.1f} {y + 4:.1f}"
    if high > line.high:
        path += f"M{right - 6:.1f} {y - 4:.1f}L{right:.1f} {y:.1f}L{right - 6:.1f} {y + 4:.1f}"
    return f'<path class="{css}" d="{path}"/>'


def _key(chart: Intervals, table: Table, width: int) -> Drawing:
    """What each shape means: the series, or the signals present."""
    entries: list[tuple[str, Style]] = []
    if chart.series:
        names = dict.fromkeys(words(table, chart.series))
        entries = [(name, canvas.style(i)) for i, name in enumerate(names)]
    elif chart.signal:
        present = {signal for signal in _signals(chart, table) if signal}
        entries = [(s.words, SIGNAL_STYLES[s]) for s in sorted(present, key=lambda s: s.rank)]
    bounds = [limits.label for limits in (chart.outer, chart.zone) if limits]
    if not entries and not bounds:
        return Drawing("", width, 0)

    def sample(i: int, x: float, y: float) -> str:
        if i < len(entries):
            style = entries[i][1]
            return canvas.mark(style.shape, x + 8, y, colour=style.colour)
        if chart.outer and i == len(entries):
            return f'<path class="outer" d="M{x:.1f} {y:.1f}h18"/>'
        return f'<path class="zone" d="M{x:.1f} {y - 7:.1f}h18v14h-18z"/>'

    return key([*(name for name, _ in entries), *bounds], width, sample=sample, indent=24)
