"""Draws one small chart per value of a column, on one scale, so that panels compare by eye."""

from __future__ import annotations

from evenhand.core import Table
from evenhand.publication.charts import bars, canvas, intervals
from evenhand.publication.charts.canvas import Drawing
from evenhand.publication.charts.curves import read_curves
from evenhand.publication.charts.spec import Bars, Intervals, SmallMultiples, Trend
from evenhand.publication.charts.trend import axes, build_frame, line_key, plot
from evenhand.publication.formats import month_words

_ACROSS = {canvas.WIDE: 3, canvas.NARROW: 1}
_HEIGHT = 186.0
_GAP = 22.0


def draw(chart: SmallMultiples, width: int) -> Drawing:
    """Trends in a grid with a common frame; other kinds one beneath another."""
    panels = _panels(chart)
    if isinstance(chart.of, Trend):
        return _grid(chart.of, panels, width)
    return _column(chart.of, panels, width)


def _panels(chart: SmallMultiples) -> list[tuple[str, Table]]:
    parts = chart.table.split(chart.by)
    return [(month_words(str(value)), part.table) for (value,), part in parts.items()]


def _grid(of: Trend, panels: list[tuple[str, Table]], width: int) -> Drawing:
    across = _ACROSS.get(width, 2)
    cell = (width - _GAP * (across - 1)) / across
    every = read_curves(of, of.table.table)
    frame = build_frame(of, every, edges=(0.0, 26.0, cell, _HEIGHT - 54.0))
    monthly = all(curve.monthly for curve in every)
    named = [curve.name for curve in every if curve.name]
    head = line_key(named, width) if named else Drawing("", width, 0)
    out = [head.body]
    for i, (name, table) in enumerate(panels):
        x, y = i % across * (cell + _GAP), head.height + i // across * _HEIGHT
        body = axes(of, frame, monthly=monthly) + plot(of, read_curves(of, table), frame)
        title = canvas.text(0, 14, name, css="k")
        out.append(f'<g transform="translate({x:.1f} {y:.1f})">{title}{body}</g>')
    rows = -(-len(panels) // across)
    return Drawing("".join(out), width, head.height + rows * _HEIGHT)


def _column(of: Intervals | Bars, panels: list[tuple[str, Table]], width: int) -> Drawing:
    out, y = [], 0.0
    tables = [table for _, table in panels]
    for i, (name, table) in enumerate(panels):
        if isinstance(of, Intervals):
            drawing = intervals.draw(of, width, table)
        else:
            drawing = bars.draw(of, width, [table, *tables[:i], *tables[i + 1 :]])
        title = canvas.text(0, y + 14, name, css="k")
        out.append(f'{title}<g transform="translate(0 {y + 24:.1f})">{drawing.body}</g>')
        y += drawing.height + 34
    return Drawing("".join(out), width, y)
