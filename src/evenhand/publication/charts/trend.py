"""Draws lines over time: gaps stay gaps, ends are named, limits and targets stand behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evenhand.core import Month
from evenhand.publication.charts import canvas
from evenhand.publication.charts.canvas import Drawing, Style
from evenhand.publication.charts.curves import Curve, Point, read_curves
from evenhand.publication.charts.read import is_counted
from evenhand.publication.charts.scale import Axis, axis, linear
from evenhand.publication.charts.spec import Trend

_MARK_EVERY = 6
"""Points marked besides a line's ends: twice a year is enough to tell lines apart."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The plotting area and its two axes."""

    left: float
    top: float
    right: float
    bottom: float
    x: Axis
    y: Axis


def draw(chart: Trend, width: int) -> Drawing:
    """The whole chart at one width: named at the line ends when wide, by a key when narrow."""
    curves = read_curves(chart, chart.table.table)
    named = [curve.name for curve in curves if curve.name]
    ends = width == canvas.WIDE and bool(named)
    key = line_key(named, width) if named and not ends else Drawing("", width, 0)
    column = min(max((canvas.width_of(name) for name in named), default=0) + 16, 170) if ends else 8
    height = 320 if width == canvas.WIDE else 230
    area = build_frame(
        chart, curves, edges=(0.0, key.height + 10, width - column, key.height + height - 36)
    )
    body = key.body + axes(chart, area, monthly=_monthly(curves)) + plot(chart, curves, area)
    if ends:
        body += _end_labels(curves, area, width)
    return Drawing(body, width, key.height + height)


def _monthly(curves: Sequence[Curve]) -> bool:
    return all(curve.monthly for curve in curves)


def build_frame(
    chart: Trend, curves: Sequence[Curve], *, edges: tuple[float, float, float, float]
) -> Frame:
    """Axes that hold every figure of the curves, within the given edges."""
    left, top, right, bottom = edges
    figures = [f for curve in curves for point in curve.points for f in point.figures()]
    if chart.reference is not None:
        figures.append(chart.reference)
    y = axis(
        figures,
        scale=chart.scale,
        start=bottom,
        end=top,
        from_zero=chart.from_zero,
        whole=is_counted(chart.table.table, chart.value),
    )
    unit = _unit(chart)
    left += max(canvas.width_of(y.words(tick, unit)) for tick in y.ticks) + 8
    x = _x_axis(curves, start=left + 6, end=right - 6)
    return Frame(left, top, right, bottom, x, y)


def _unit(chart: Trend) -> str:
    unit = chart.table.table.column(chart.value).unit
    return unit if unit in ("%", "£") else ""


def _x_axis(curves: Sequence[Curve], *, start: float, end: float) -> Axis:
    places = [point.x for curve in curves for point in curve.points] or [0.0, 1.0]
    if not _monthly(curves):
        return linear(places, start=start, end=end)
    first, last = min(places), max(places)
    if first == last:
        first, last = first - 1, last + 1
    return Axis(first, last, start, end, _month_ticks(int(first), int(last), end - start))


def _month_ticks(first: int, last: int, room: float) -> tuple[float, ...]:
    """Months worth naming: the finest of these steps whose labels do not touch."""
    span = last - first + 1
    step = next((s for s in (1, 3, 6, 12, 24, 60) if span / s * 40 <= room), 120)
    return tuple(float(i) for i in range(first, last + 1) if i % step == 0) or (float(first),)


def axes(chart: Trend, area: Frame, *, monthly: bool) -> str:
    """Grid lines with their numbers, and the months or numbers along the foot."""
    unit = _unit(chart)
    out = []
    for tick in area.y.ticks:
        y = area.y.at(tick)
        out.append(canvas.line(area.left, y, area.right, y, css="base" if tick == 0 else "grid"))
        out.append(canvas.text(area.left - 6, y + 4.5, area.y.words(tick, unit), css="e dim"))
    if chart.reference is not None:
        y = area.y.at(chart.reference)
        out.append(canvas.line(area.left, y, area.right, y, css="ref"))
    label = _month_label if monthly else area.x.words
    for i, tick in enumerate(area.x.ticks):
        x = area.x.at(tick)
        out.append(canvas.line(x, area.bottom, x, area.bottom + 5, css="base"))
        out.append(canvas.text(x, area.bottom + 18, label(tick), css="m dim"))
        if monthly and (i == 0 or int(tick) % 12 == 0):
            year = str(Month.at(int(tick)).year)
            out.append(canvas.text(x, area.bottom + 32, year, css="m dim"))
    return "".join(out)


def _month_label(index: float) -> str:
    return Month.at(int(index)).words[:3]


def plot(chart: Trend, curves: Sequence[Curve], area: Frame) -> str:
    """Bands, limits and targets first, then the lines and their points on top."""
    behind, front = [], []
    for curve in curves:
        style = canvas.style(curve.order)
        if chart.low and chart.high:
            behind.append(_band(curve, area, colour=style.colour))
        behind += [_path(curve.runs(n), area, f'class="{css}"') for n, css in _behind(chart)]
        attributes = f'class="series" {style.stroke}'
        runs = curve.runs()
        front.append(_path(runs, area, attributes, step=chart.step))
        chosen = {run[i][0] for run in runs for i in (0, -1)}
        if not curve.name or chart.mark:
            chosen |= {point.x for point in curve.points}
        front.append(_marks(curve, area, style, chosen=chosen))
    return "".join(behind) + "".join(front)


def _behind(chart: Trend) -> list[tuple[str, str]]:
    """The lines that stand behind the figures, where the chart names columns for them."""
    lines = [("limit_low", "limit"), ("limit_high", "limit")] if chart.limits else []
    lines += [("centre", "centre")] if chart.centre else []
    return lines + ([("target", "target")] if chart.target else [])


def _path(
    runs: list[list[tuple[float, float]]], area: Frame, attributes: str, *, step: bool = False
) -> str:
    """One path for all stretches: a gap lifts the pen."""
    join = _stepped if step else _straight
    parts = [join([(area.x.at(x), area.y.at(y)) for x, y in run]) for run in runs if len(run) > 1]
    return f'<path {attributes} d="{"".join(parts)}"/>' if parts else ""


def _straight(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _stepped(points: list[tuple[float, float]]) -> str:
    first, *rest = points
    return f"M{first[0]:.1f} {first[1]:.1f}" + "".join(f"H{x:.1f}V{y:.1f}" for x, y in rest)


def _band(curve: Curve, area: Frame, *, colour: str) -> str:
    out = []
    for run in curve.bands():
        upper = [(area.x.at(x), area.y.at(high)) for x, _, high in run]
        lower = [(area.x.at(x), area.y.at(low)) for x, low, _ in reversed(run)]
        out.append(_straight(upper + lower) + "Z")
    return f'<path class="band" fill="{colour}" d="{"".join(out)}"/>' if out else ""


def _marks(curve: Curve, area: Frame, style: Style, *, chosen: set[float]) -> str:
    """The points named in ``chosen``, every sixth besides, and a ring where a rule was broken."""
    at, out = area.x.at, []
    for i, point in enumerate(curve.points):
        if point.value != point.value:  # nan: nothing to mark
            continue
        x, y = at(point.x), area.y.at(point.value)
        if point.marked:
            out.append(f'<circle class="ringed" cx="{x:.1f}" cy="{y:.1f}" r="8.5"/>')
        if point.marked or point.x in chosen or i % _MARK_EVERY == 0:
            out.append(canvas.mark(style.shape, x, y, colour=style.colour, size=3.4))
    return "".join(out)


def _end_labels(curves: Sequence[Curve], area: Frame, width: int) -> str:
    """Names beside the last points, moved apart where they would overlap."""
    room = width - area.right - 12
    wanted = []
    for curve in curves:
        last = _last(curve)
        if last is not None:
            rows = canvas.wrap(curve.name, width=room)
            wanted.append(
                (area.y.at(last.value), area.x.at(last.x), rows, canvas.style(curve.order))
            )
    wanted.sort(key=lambda label: label[0])
    centres = spread(
        [(y, 15.0 * len(rows) + 2) for y, _, rows, _ in wanted], area.top - 8, area.bottom + 6
    )
    out = []
    for (y, x, rows, style), centre in zip(wanted, centres, strict=True):
        out.append(
            f'<path class="lead" stroke="{style.colour}" '
            f'd="M{x + 5:.1f} {y:.1f}L{area.right + 6:.1f} {centre:.1f}"/>'
        )
        out.append(
            f'<g fill="{style.colour}">{canvas.lines(area.right + 10, centre, rows, css="b")}</g>'
        )
    return "".join(out)


def _last(curve: Curve) -> Point | None:
    finite = [point for point in curve.points if point.value == point.value]
    return finite[-1] if finite else None


def spread(wanted: Sequence[tuple[float, float]], top: float, bottom: float) -> list[float]:
    """Centres as near those wanted (in order) as heights that may not overlap allow."""
    centres: list[float] = []
    floor = top
    for y, height in wanted:
        centres.append(max(y, floor + height / 2))
        floor = centres[-1] + height / 2
    ceiling = max(bottom, top + sum(height for _, height in wanted))
    for i in range(len(centres) - 1, -1, -1):
        height = wanted[i][1]
        centres[i] = min(centres[i], ceiling - height / 2)
        ceiling = centres[i] - height / 2
    return centres


def line_key(names: Sequence[str], width: int) -> Drawing:
    """The names with their line and mark, as many a row as fit."""

    def sample(i: int, x: float, y: float) -> str:
        style = canvas.style(i)
        stroke = f'<path class="series" {style.stroke} d="M{x:.1f} {y:.1f}h26"/>'
        return stroke + canvas.mark(style.shape, x + 13, y, colour=style.colour, size=3.4)

    return key(names, width, sample=sample, indent=32)


def key(
    names: Sequence[str], width: int, *, sample: Callable[[int, float, float], str], indent: float
) -> Drawing:
    """A key laid out in rows; ``sample(i, x, y)`` draws the nth sign."""
    out, x, y = [], 0.0, 10.0
    for i, name in enumerate(names):
        needed = indent + canvas.width_of(name) + 14
        if x and x + needed > width:
            x, y = 0.0, y + 20
        out.append(sample(i, x, y) + canvas.text(x + indent, y + 4.5, name))
        x += needed
    return Drawing("".join(out), width, y + 14)
