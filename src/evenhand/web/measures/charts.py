"""A comparison's figures through time, as a chart with its words and its table."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from markupsafe import Markup, escape

from evenhand.core import Cell, Column, Marker, Role, Signal, Table
from evenhand.disclosure import ReleasedTable, get_policy, review
from evenhand.publication import Intervals, Scale, TableView
from evenhand.publication.charts.draw import render_both
from evenhand.publication.figures import render_note, render_scroll
from evenhand.publication.tables import render_table
from evenhand.web.measures.names import indicator_title
from evenhand.web.measures.plans import TIMES
from evenhand.web.measures.queries import Comparison, FigureRow

SHOWN = {
    "count": ("Count", 0), "of": ("Out of", 0), "value": ("Value", 1),
    "other_count": ("Comparator’s count", 0), "other_of": ("Comparator’s out of", 0),
    "other_value": ("Comparator’s value", 1), "estimate": ("Estimate", 2), "low": ("Low (95%)", 2),
    "high": ("High (95%)", 2), "p_adjusted": ("Adjusted p", 4),
    "detectable": ("Smallest that could show", 2),
}  # fmt: skip
SMALLEST_P = 0.0001  # smaller ones say no more, and 0.0000 would say too much
SIDE_BY_SIDE = 3  # charts on a unit's page
A_SERIES = 2  # points it takes to see a change


def draw_series(found: Comparison) -> str:
    """The chart and its table, or the table alone where there is nothing to draw."""
    table = _release(list(found.series), labels=_months)
    view = TableView(table, ("label", "signal_words", *SHOWN))
    drawn = render_table(view, caption=table.table.title)
    folded = render_scroll(drawn, table.table.title)
    signs = "".join(f"<p>{sign} {words}</p>" for sign, words in drawn.signs)
    words = f'<div class="small dim">{signs}</div>'
    rated = [row for row in found.series if row.numbers["estimate"] is not None]
    if not rated:
        return Markup(folded + words)  # noqa: S704 - drawn and escaped by publication
    chart = _chart(table, rated)
    picture = render_both(chart, ident=f"series-{found.key}")
    return Markup(  # noqa: S704 - drawn and escaped by publication
        f"<figure>{picture}{render_note(chart)}</figure>{folded}{words}"
    )


def draw_side_by_side(unit: str, rows: list[FigureRow]) -> list[str]:
    """For each comparison that concerns this unit most, every unit beside it, on one scale."""
    own = [row for row in rows if row.unit == unit and row.numbers["estimate"] is not None]
    return [draw_rows([r for r in rows if r.unit and _same(r, row)]) for row in own[:SIDE_BY_SIDE]]


def _same(a: FigureRow, b: FigureRow) -> bool:
    names = ("indicator", "step", "characteristic", "group", "comparator", "service")
    return all(getattr(a, name) == getattr(b, name) for name in names)


def draw_rows(rows: list[FigureRow]) -> str:
    """Comparisons beneath one another, highest first, as a chart with its table."""
    rated = [row for row in rows if row.numbers["estimate"] is not None]
    rated.sort(key=lambda row: -(row.numbers["estimate"] or 0))
    table = _release(rated + [row for row in rows if row not in rated], labels=_labels(rows))
    view = TableView(table, ("label", "signal_words", *SHOWN))
    drawn = render_table(view, caption="The figures as a table")
    folded = render_scroll(drawn, "The figures as a table")
    if not rated:
        return Markup(folded)  # noqa: S704 - drawn and escaped by publication
    first = rated[0]
    chart = Intervals(
        title=f"{indicator_title(first.indicator)}: {first.pair}",
        alt=f"A dot with its 95% interval for each of {len(rated)} comparisons, highest first: "
        f"{_labels(rows)(first)} at {_ratio(first)}, {_labels(rows)(rated[-1])} at "
        f"{_ratio(rated[-1])}.",
        table=table,
        label="label",
        value="estimate",
        low="low",
        high="high",
        signal="signal",
        **_axis(first.scale),
        note="The order is uncertain where intervals overlap: it is no league table.",
    )
    picture = render_both(chart, ident=f"rows-{first.key}")
    title = f"<figcaption>{escape(chart.title)}</figcaption>"
    fold = f'<details class="fold"><summary>The figures as a table</summary>{folded}</details>'
    return Markup(  # noqa: S704 - drawn and escaped by publication
        f"<figure>{title}{picture}{render_note(chart)}</figure>{fold}"
    )


def _axis(scale: str) -> dict[str, Any]:
    """Ratios lie on a scale of proportions about 1; differences on an even one about 0."""
    if scale == TIMES:
        return {"scale": Scale.LOG, "reference": 1.0, "reference_label": "the same"}
    return {"scale": Scale.LINEAR, "reference": 0.0, "reference_label": "no difference"}


def _labels(rows: list[FigureRow]) -> Callable[[FigureRow], str]:
    """What tells these rows apart: the place, or the groups, or both."""
    places = {row.place for row in rows}
    pairs = {(row.group, row.comparator, row.step) for row in rows}

    def label(row: FigureRow) -> str:
        pair = f"{row.group} v {row.comparator}" + (f", {row.step}" if row.step else "")
        if len(pairs) == 1:
            return row.place
        return pair if len(places) == 1 else f"{row.place}: {pair}"

    return label


def _chart(table: ReleasedTable, rated: list[FigureRow]) -> Intervals:
    first, last = rated[0], rated[-1]
    moved = (
        f" It was {_ratio(first)} in the earliest figure and {_ratio(last)} in the latest."
        if len(rated) >= A_SERIES
        else f" The one figure is {_ratio(last)}."
    )
    return Intervals(
        title=f"{last.pair}, {last.place}",
        alt=f"A dot for each measurement with its 95% interval, on a scale of ratios.{moved}",
        table=table,
        label="label",
        value="estimate",
        low="low",
        high="high",
        signal="signal",
        **_axis(last.scale),
        note=_note(rated),
    )


def _note(rated: list[FigureRow]) -> str:
    shared = any(b.starts <= a.ends for a, b in itertools.pairwise(rated))
    words = "Each row is one measurement. Intervals that overlap do not show a change."
    return words + (" Neighbouring rows share months, so they move together." if shared else "")


def _ratio(row: FigureRow) -> str:
    return f"{row.numbers['estimate']:.2f}"


def _release(rows: list[FigureRow], *, labels: Callable[[FigureRow], str]) -> ReleasedTable:
    """The stored rows as a released table: each passed a review before it was stored, so what is
    left are notes of it, and what was hidden is not here to be hidden again."""
    columns = (
        Column("label", Role.NOTE, "Which"),
        Column("signal", Role.NOTE, "Signal"),
        Column("signal_words", Role.NOTE, "Signal"),
        *(Column(name, Role.NOTE, title, decimals=n) for name, (title, n) in SHOWN.items()),
    )
    cells: dict[str, list[Cell]] = {
        "label": [labels(row) for row in rows],
        "signal": [row.signal or Marker.SUPPRESSED for row in rows],
        "signal_words": [
            Signal.read(row.signal).words if row.signal else Marker.SUPPRESSED for row in rows
        ],
        **{name: [_cell(row, name) for row in rows] for name in SHOWN},
    }
    table = Table("figures", "The figures as a table", columns, cells)
    return review(table, get_policy("public"))


def _cell(row: FigureRow, name: str) -> Cell:
    value = row.numbers[name]
    if value is None:
        return Marker(row.absent.get(name, Marker.NOT_APPLICABLE))
    if name == "p_adjusted" and value < SMALLEST_P:
        return f"under {SMALLEST_P:.4f}"
    return round(value) if SHOWN[name][1] == 0 else value


def _months(row: FigureRow) -> str:
    return f"{row.starts:%b %Y} to {row.ends:%b %Y}"
