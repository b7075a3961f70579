"""Draws bars by label, whole or in parts: how a whole divides, or how groups compare."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.core import Table
from evenhand.publication.charts import canvas
from evenhand.publication.charts.canvas import Drawing
from evenhand.publication.charts.read import indices, is_counted, numbers, words
from evenhand.publication.charts.scale import Axis, linear
from evenhand.publication.charts.spec import Bars, Layout
from evenhand.publication.charts.trend import key
from evenhand.publication.formats import printer

FILLS = ("#0b5563", "#d9a441", "#8e4a6f", "#a9cdd3", "#5f6b2d", "#e8d9c5", "#3d4449", "#c9553b")
"""Parts of a bar, dark and light in turn so that neighbours differ in grey; each is outlined."""

_DARK = {"#0b5563", "#8e4a6f", "#5f6b2d", "#3d4449"}
_BAR = 22
_EDGE = 18.0
"""Kept free at an end of the axis, so that half a tick's label fits."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar; ``order`` is its place among the parts of the chart."""

    name: str
    order: int
    value: float
    low: float
    high: float
    benchmark: float
    said: str


def draw(chart: Bars, width: int, panels: Sequence[Table] = ()) -> Drawing:
    """The whole chart at one width; when narrow each label stands above its bars.

    With ``panels`` the first is drawn, on the axis that all of them need.
    """
    tables = panels or (chart.table.table,)
    every = [rows_of(chart, table) for table in tables]
    rows, labels = every[0], [label for rows in every for label, _ in rows]
    parts = [part for rows in every for _, own in rows for part in own]
    wide = width >= canvas.WIDE
    left = (
        min(max((canvas.width_of(label) for label in labels), default=0) + 14, 220) if wide else 0
    )
    stacked = bool(chart.part) and chart.layout is Layout.STACKED
    head = _key(chart, parts, width, stacked=stacked)
    end = width - (_EDGE if stacked else max(_room_for_words(parts, width), _EDGE))
    reach = [f for rows in every for f in _reach(rows, stacked=stacked)]
    whole = is_counted(chart.table.table, chart.value)
    line = linear(reach, start=left or _EDGE, end=end, whole=whole)
    drawn, y = [], head.height + 4
    for label, own_parts in rows:
        body, taken = _row(label, own_parts, line, y=y, wide=wide, stacked=stacked)
        drawn.append(body)
        y += taken
    return Drawing(head.body + _grid(chart, line, head.height, y) + "".join(drawn), width, y + 26)


def rows_of(chart: Bars, table: Table) -> list[tuple[str, list[Part]]]:
    """The bars' labels with their parts, in order of first appearance."""
    parts = _read(chart, table)
    return [
        (label, [parts[i] for i in at]) for label, at in indices(words(table, chart.label)).items()
    ]


def _read(chart: Bars, table: Table) -> list[Part]:
    names = words(table, chart.part)
    every = words(chart.table.table, chart.part)
    order = {name: i for i, name in enumerate(dict.fromkeys(every))}
    write = printer(table.column(chart.value))
    said = [write(cell) for cell in table.cells[chart.value]]
    figures = zip(
        numbers(table, chart.value),
        numbers(table, chart.low),
        numbers(table, chart.high),
        numbers(table, chart.benchmark),
        strict=True,
    )
    return [
        Part(name, order[name], *figure, words_)
        for name, figure, words_ in zip(names, figures, said, strict=True)
    ]


def _room_for_words(parts: Sequence[Part], width: int) -> float:
    longest = max((canvas.width_of(_beside(part)) for part in parts), default=0)
    return min(longest + 14, width * 0.5)


def _beside(part: Part) -> str:
    return f"{part.said} {part.name}".strip()


def _reach(rows: Sequence[tuple[str, list[Part]]], *, stacked: bool) -> list[float]:
    out = [0.0]
    for _, parts in rows:
        known = [part.value for part in parts if math.isfinite(part.value)]
        out.append(sum(known) if stacked else max(known, default=0.0))
        out += [f for part in parts for f in (part.high, part.benchmark) if math.isfinite(f)]
    return out


def _grid(chart: Bars, line: Axis, top: float, bottom: float) -> str:
    unit = chart.table.table.column(chart.value).unit
    out = []
    for tick in line.ticks[:: 1 if line.end - line.start > 260 else 2]:
        x = line.at(tick)
        out.append(canvas.line(x, top, x, bottom, css="base" if tick == 0 else "grid"))
        out.append(canvas.text(x, bottom + 18, line.words(tick, unit), css="m dim"))
    return "".join(out)


def _row(
    label: str, parts: list[Part], line: Axis, *, y: float, wide: bool, stacked: bool
) -> tuple[str, float]:
    """One label's bars and the height they take."""
    rows = canvas.wrap(label, width=(line.start if wide else line.end) - 8)
    bars = 1 if stacked else len(parts)
    head = 0.0 if wide else 15.0 * len(rows) + 2
    tall = max(float(_BAR * bars), 15.0 * len(rows)) if wide else float(_BAR * bars)
    first = y + head + (tall - _BAR * bars) / 2
    middle = y + tall / 2 if wide else y + head / 2
    out = [canvas.lines(0, middle, rows, css="k")]
    if stacked:
        out.append(_stack(parts, line, first))
    else:
        out += [_bar(part, line, first + i * _BAR) for i, part in enumerate(parts)]
    return "".join(out), head + tall + 12


def _stack(parts: list[Part], line: Axis, y: float) -> str:
    out, total = [], 0.0
    for part in parts:
        if not math.isfinite(part.value) or part.value <= 0:
            continue
        left, right = line.at(total), line.at(total + part.value)
        total += part.value
        fill = FILLS[part.order % len(FILLS)]
        out.append(_block(left, right, y, fill=fill))
        if right - left > canvas.width_of(part.said) + 6:
            css = "m in light" if fill in _DARK else "m in"
            out.append(canvas.text((left + right) / 2, y + _BAR / 2 + 4.5, part.said, css=css))
    out += [_tick(part.benchmark, line, y) for part in parts if math.isfinite(part.benchmark)]
    return "".join(out)


def _block(left: float, right: float, y: float, *, fill: str) -> str:
    return (
        f'<path class="block" fill="{fill}" '
        f'd="M{left:.1f} {y + 1:.1f}H{right:.1f}v{_BAR - 4}H{left:.1f}z"/>'
    )


def _tick(value: float, line: Axis, y: float) -> str:
    x = line.at(value)
    return f'<path class="bench" d="M{x:.1f} {y - 3:.1f}v{_BAR + 4}"/>'


def _bar(part: Part, line: Axis, y: float) -> str:
    out, end = [], line.start
    if math.isfinite(part.value):
        end = line.at(part.value)
        out.append(_block(line.at(0), end, y, fill=FILLS[part.order % len(FILLS)]))
    if math.isfinite(part.low) and math.isfinite(part.high):
        low, high = line.at(part.low), line.at(part.high)
        out.append(f'<path class="whisker" d="M{low:.1f} {y + _BAR / 2 - 1:.1f}H{high:.1f}"/>')
        end = max(end, high)
    if math.isfinite(part.benchmark):
        out.append(_tick(part.benchmark, line, y))
        end = max(end, line.at(part.benchmark))
    out.append(canvas.text(end + 6, y + _BAR / 2 + 3.5, _beside(part)))
    return "".join(out)


def _key(chart: Bars, parts: Sequence[Part], width: int, *, stacked: bool) -> Drawing:
    """The parts of stacked bars, and what the tick across a bar stands for."""
    names = list(dict.fromkeys(part.name for part in parts)) if stacked else []
    ticks = [chart.table.table.column(chart.benchmark).title] if chart.benchmark else []
    if not names and not ticks:
        return Drawing("", width, 4)

    def sample(i: int, x: float, y: float) -> str:
        if i == len(names):
            return f'<path class="bench" d="M{x + 7:.1f} {y - 8:.1f}v16"/>'
        fill = FILLS[i % len(FILLS)]
        return f'<path class="block" fill="{fill}" d="M{x:.1f} {y - 7:.1f}h14v14h-14z"/>'

    return key([*names, *ticks], width, sample=sample, indent=20)
