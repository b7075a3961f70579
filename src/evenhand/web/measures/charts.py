"""A comparison's figures through time, as a chart with its words and its table."""

from __future__ import annotations

import itertools

from markupsafe import Markup

from evenhand.core import Cell, Column, Marker, Role, Signal, Table
from evenhand.disclosure import ReleasedTable, get_policy, review
from evenhand.publication import Intervals, Scale, TableView
from evenhand.publication.charts.draw import render_both
from evenhand.publication.figures import render_note, render_scroll
from evenhand.publication.tables import render_table
from evenhand.web.measures.queries import Comparison, FigureRow

SHOWN = {
    "count": ("Count", 0), "of": ("Out of", 0), "value": ("Value", 1),
    "other_count": ("Comparator’s count", 0), "other_of": ("Comparator’s out of", 0),
    "other_value": ("Comparator’s value", 1), "estimate": ("Ratio", 2), "low": ("Low (95%)", 2),
    "high": ("High (95%)", 2), "p_adjusted": ("Adjusted p", 4),
    "detectable": ("Smallest ratio to show", 2),
}  # fmt: skip
SMALLEST_P = 0.0001  # smaller ones say no more, and 0.0000 would say too much
A_SERIES = 2  # points it takes to see a change


def draw_series(found: Comparison) -> str:
    """The chart and its table, or the table alone where there is nothing to draw."""
    table = _release(found)
    view = TableView(table, ("period", "signal_words", *SHOWN))
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


def _chart(table: ReleasedTable, rated: list[FigureRow]) -> Intervals:
    first, last = rated[0], rated[-1]
    moved = (
        f" It was {_ratio(first)} in the earliest figure and {_ratio(last)} in the latest."
        if len(rated) >= A_SERIES
        else f" The one figure is {_ratio(last)}."
    )
    return Intervals(
        title=f"{last.group} compared with {last.comparator}, {last.place}",
        alt=f"A dot for each measurement with its 95% interval, on a scale of ratios.{moved}",
        table=table,
        label="period",
        value="estimate",
        low="low",
        high="high",
        signal="signal",
        scale=Scale.LOG,
        reference=1.0,
        reference_label="the same",
        note=_note(rated),
    )


def _note(rated: list[FigureRow]) -> str:
    shared = any(b.starts <= a.ends for a, b in itertools.pairwise(rated))
    words = "Each row is one measurement. Intervals that overlap do not show a change."
    return words + (" Neighbouring rows share months, so they move together." if shared else "")


def _ratio(row: FigureRow) -> str:
    return f"{row.numbers['estimate']:.2f}"


def _release(found: Comparison) -> ReleasedTable:
    """The stored rows as a released table: each passed a review before it was stored, so what is
    left are notes of it, and what was hidden is not here to be hidden again."""
    columns = (
        Column("period", Role.NOTE, "Months"),
        Column("signal", Role.NOTE, "Signal"),
        Column("signal_words", Role.NOTE, "Signal"),
        *(Column(name, Role.NOTE, title, decimals=n) for name, (title, n) in SHOWN.items()),
    )
    cells: dict[str, list[Cell]] = {
        "period": [_months(row) for row in found.series],
        "signal": [row.signal or Marker.SUPPRESSED for row in found.series],
        "signal_words": [
            Signal.read(row.signal).words if row.signal else Marker.SUPPRESSED
            for row in found.series
        ],
        **{name: [_cell(row, name) for row in found.series] for name in SHOWN},
    }
    table = Table(f"series-{found.key}", "Every measurement of this comparison", columns, cells)
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
