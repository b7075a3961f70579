"""Draws units by size with the limits of chance: who stands out, and who is merely small."""

from __future__ import annotations

import math

from evenhand.core import Marker, Signal, Table
from evenhand.publication.charts import canvas
from evenhand.publication.charts.canvas import Drawing, Style
from evenhand.publication.charts.read import is_counted, numbers, words
from evenhand.publication.charts.scale import axis, linear
from evenhand.publication.charts.signals import SIGNAL_STYLES
from evenhand.publication.charts.spec import Funnel
from evenhand.publication.charts.trend import Frame, spread

_ROOM_ABOVE = 1.15
"""The axis reaches this far beyond the outermost unit; limits of tiny units run off it."""


def draw(chart: Funnel, width: int) -> Drawing:
    """The whole chart at one width; units outside the widest limits are named."""
    table = chart.table.table
    height = 380 if width == canvas.WIDE else 300
    room = max((canvas.width_of(limits.label) for limits in chart.limits), default=0.0)
    area = _frame(chart, table, edges=(0.0, 14.0, width - room - 8.0, height - 48.0))
    body = _axes(chart, area) + _limits(chart, area) + _points(chart, table, area)
    return Drawing(body, width, height)


def _frame(chart: Funnel, table: Table, *, edges: tuple[float, float, float, float]) -> Frame:
    left, top, right, bottom = edges
    values = numbers(table, chart.y)
    if chart.centre and chart.curve is None:
        values += numbers(table, chart.centre)
    known = [value for value in values if math.isfinite(value)]
    reach = [value * _ROOM_ABOVE for value in known]
    y = axis([*known, *reach], scale=chart.scale, start=bottom, end=top)
    left += max(canvas.width_of(y.words(tick, _unit(chart, chart.y))) for tick in y.ticks) + 10
    whole = is_counted(table, chart.x)
    x = linear(numbers(table, chart.x), start=left, end=right - 14, whole=whole)
    return Frame(left, top, right, bottom, x, y)


def _unit(chart: Funnel, name: str) -> str:
    unit = chart.table.table.column(name).unit
    return unit if unit in ("%", "£") else ""


def _axes(chart: Funnel, area: Frame) -> str:
    out = []
    for tick in area.y.ticks:
        y = area.y.at(tick)
        out.append(canvas.line(area.left, y, area.right, y, css="base" if tick == 0 else "grid"))
        words = area.y.words(tick, _unit(chart, chart.y))
        out.append(canvas.text(area.left - 6, y + 4.5, words, css="e dim"))
    ticks = area.x.ticks if area.right - area.left > 400 else area.x.ticks[::2]
    for tick in ticks:
        x = area.x.at(tick)
        out.append(canvas.line(x, area.bottom, x, area.bottom + 5, css="base"))
        out.append(canvas.text(x, area.bottom + 19, area.x.words(tick), css="m dim"))
    title = chart.table.table.column(chart.x).title
    middle = (area.left + area.right) / 2
    return "".join(out) + canvas.text(middle, area.bottom + 38, title, css="m")


def _limits(chart: Funnel, area: Frame) -> str:
    """Each pair of limits as two lines, clipped to the plot by a window of its own."""
    table = (chart.curve or chart.table).table
    xs = numbers(table, chart.x)
    order = sorted((i for i, x in enumerate(xs) if math.isfinite(x)), key=xs.__getitem__)
    out, labels = [], []
    for n, limits in enumerate(chart.limits):
        for name in (limits.low, limits.high):
            values = numbers(table, name)
            points = [(xs[i], values[i]) for i in order if math.isfinite(values[i])]
            out.append(_line(points, area, css=f"limit l{n}"))
        labels.append((limits.label, points[-1][1] if points else math.nan))
    if chart.centre:
        values = numbers(table, chart.centre)
        points = [(xs[i], values[i]) for i in order if math.isfinite(values[i])]
        out.append(_line(points, area, css="centre"))
    view = (
        f"{area.left:.1f} {area.top:.1f} {area.right - area.left:.1f} {area.bottom - area.top:.1f}"
    )
    x, y, w, h = view.split()
    window = f'<svg x="{x}" y="{y}" width="{w}" height="{h}" viewBox="{view}">'
    return f"{window}{''.join(out)}</svg>{_limit_labels(labels, area)}"


def _line(points: list[tuple[float, float]], area: Frame, *, css: str) -> str:
    if len(points) < 2:
        return ""
    drawn = "L".join(f"{area.x.at(x):.1f} {_unheld(area, y):.1f}" for x, y in points)
    return f'<path class="{css}" d="M{drawn}"/>'


def _unheld(area: Frame, value: float) -> float:
    """A place that may lie outside the plot, where the window clips it."""
    if area.y.log or area.y.holds(value):
        return area.y.at(value)
    share = (value - area.y.low) / (area.y.high - area.y.low)
    return area.y.start + share * (area.y.end - area.y.start)


def _limit_labels(labels: list[tuple[str, float]], area: Frame) -> str:
    """What the upper limits are, beside their right-hand ends and clear of one another."""
    ends = sorted((area.y.at(y), label) for label, y in labels if area.y.holds(y))
    places = spread([(y - 6, 14.0) for y, _ in ends], area.top, area.bottom)
    return "".join(
        canvas.text(area.right + 6, y + 9, label, css="dim")
        for (_, label), y in zip(ends, places, strict=True)
    )


def _points(chart: Funnel, table: Table, area: Frame) -> str:
    xs, ys, names = numbers(table, chart.x), numbers(table, chart.y), words(table, chart.label)
    outside = _outside(chart, table)
    styles = _styles(chart, table, outside)
    out: list[str] = []
    taken: list[tuple[float, float, float]] = []
    for i in sorted(range(len(xs)), key=lambda i: outside[i]):
        if math.isfinite(xs[i]) and math.isfinite(ys[i]):
            x, y = area.x.at(xs[i]), area.y.at(ys[i])
            out.append(canvas.mark(styles[i].shape, x, y, colour=styles[i].colour))
            if outside[i]:
                out.append(_name(names[i], (x, y), area, taken=taken))
    return "".join(out)


def _outside(chart: Funnel, table: Table) -> list[bool]:
    if chart.signal:
        return [_read(cell) is Signal.CONCERN for cell in table.cells[chart.signal]]
    if chart.curve or not chart.limits:
        return [False] * len(table)
    widest = chart.limits[-1]
    rows = zip(
        numbers(table, chart.y),
        numbers(table, widest.low),
        numbers(table, widest.high),
        strict=True,
    )
    return [y < low or y > high for y, low, high in rows]


def _read(cell: object) -> Signal | None:
    if isinstance(cell, bool):
        return Signal.CONCERN if cell else Signal.NONE
    return None if isinstance(cell, Marker) or cell is None else Signal.read(cell)


def _styles(chart: Funnel, table: Table, outside: list[bool]) -> list[Style]:
    if chart.signal:
        signals = [_read(cell) for cell in table.cells[chart.signal]]
        return [SIGNAL_STYLES[signal or Signal.TOO_SMALL] for signal in signals]
    return [SIGNAL_STYLES[Signal.CONCERN if out else Signal.NONE] for out in outside]


def _name(
    words: str, at: tuple[float, float], area: Frame, *, taken: list[tuple[float, float, float]]
) -> str:
    """A unit's name beside its point, on the side with room; dropped where names would overlap."""
    x, y = at
    width = canvas.width_of(words)
    right = x + 8 + width <= area.right
    start = x + 8 if right else x - 8 - width
    if any(
        abs(y - other) < 13 and start < end and start + width > begin for begin, end, other in taken
    ):
        return ""
    taken.append((start, start + width, y))
    return canvas.text(start, y + 4.5, words, css="b")
