"""Comparisons through time and beside one another, as charts with their words and tables."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from evenhand.core import Cell, Column, Marker, Role, Signal, Table
from evenhand.disclosure import get_policy, review
from evenhand.publication import Intervals, Scale, TableView
from evenhand.web.measures.drawing import draw_figure, draw_table
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


def draw_series(found: Comparison) -> Markup:
    """Every measurement of a comparison, or its table alone where there is nothing to draw."""
    rows = found.series
    view = _view(rows, labels=_months, title="Every measurement of this comparison")
    rated = [row for row in rows if row.numbers["estimate"] is not None]
    if not rated:
        return draw_table(view)
    first, last = rated[0], rated[-1]
    moved = (
        f"It was {_estimate(first)} in the earliest figure and {_estimate(last)} in the latest."
        if len(rated) >= A_SERIES
        else f"The one figure is {_estimate(last)}."
    )
    chart = _chart(
        view,
        title=f"{last.pair}, {last.place}",
        alt=f"A dot for each measurement with its 95% interval. {moved}",
        note=_note(rated),
        scale=last.scale,
    )
    return draw_figure(chart, ident=f"series-{found.key}")


def draw_side_by_side(unit: str, rows: list[FigureRow]) -> list[Markup]:
    """For each comparison that concerns this unit most, every unit beside it, on one scale."""
    own = [row for row in rows if row.unit == unit and row.numbers["estimate"] is not None]
    return [draw_rows([r for r in rows if r.unit and _same(r, row)]) for row in own[:SIDE_BY_SIDE]]


def _same(a: FigureRow, b: FigureRow) -> bool:
    names = ("indicator", "step", "characteristic", "group", "comparator", "service")
    return all(getattr(a, name) == getattr(b, name) for name in names)


def draw_rows(rows: Sequence[FigureRow]) -> Markup:
    """Comparisons beneath one another, highest first, as a chart with its table.

    Those without an estimate are in the table alone, with what they lack.
    """
    rated = [row for row in rows if row.numbers["estimate"] is not None]
    rated.sort(key=lambda row: -(row.numbers["estimate"] or 0))
    bare = [row for row in rows if row.numbers["estimate"] is None]
    label = _labels(rows)
    view = _view([*rated, *bare], labels=label, title="The figures as a table")
    if not rated:
        return draw_table(view)
    first, last = rated[0], rated[-1]
    alone = len({row.pair for row in rows}) == 1
    chart = _chart(
        _view(rated, labels=label, title="The figures drawn"),
        title=f"{indicator_title(first.indicator)}{f': {first.pair}' if alone else ''}",
        alt=f"A dot with its 95% interval for each of {len(rated)} comparisons, highest first: "
        f"{label(first)} at {_estimate(first)}, {label(last)} at {_estimate(last)}.",
        note=_order_note(first.scale, len(bare)),
        scale=first.scale,
    )
    return draw_figure(replace(chart, view=view), ident=f"rows-{first.key}", fold=True)


def _order_note(scale: str, bare: int) -> str:
    """What the numbers are in, that their order is no league table, and what is not drawn."""
    if scale == TIMES:
        words = "In times: 1 is the same for both."
    else:
        words = f"In {scale}: above 0 it is more for the first of the two."
    words += " The order is uncertain where intervals overlap: it is no league table."
    return f"{words} {bare} without an estimate are in the table." if bare else words


def _chart(view: TableView, *, title: str, alt: str, note: str, scale: str) -> Intervals:
    return Intervals(
        title=title,
        alt=alt,
        table=view.table,
        view=view,
        label="label",
        value="estimate",
        low="low",
        high="high",
        signal="signal",
        note=note,
        **_axis(scale),
    )


def _axis(scale: str) -> dict[str, Any]:
    """Ratios lie on a scale of proportions about 1; differences on an even one about 0."""
    if scale == TIMES:
        return {"scale": Scale.LOG, "reference": 1.0, "reference_label": "the same"}
    return {"scale": Scale.LINEAR, "reference": 0.0, "reference_label": "no difference"}


def _labels(rows: Sequence[FigureRow]) -> Callable[[FigureRow], str]:
    """What tells these rows apart: the place, or the groups, or both."""
    places = {row.place for row in rows}
    pairs = {(row.group, row.comparator, row.step) for row in rows}

    def label(row: FigureRow) -> str:
        pair = f"{row.group} v {row.comparator}" + (f", {row.step}" if row.step else "")
        if len(pairs) == 1:
            return row.place
        return pair if len(places) == 1 else f"{row.place}: {pair}"

    return label


def _note(rated: list[FigureRow]) -> str:
    shared = any(b.starts <= a.ends for a, b in itertools.pairwise(rated))
    words = "Each row is one measurement. Intervals that overlap do not show a change."
    return words + (" Neighbouring rows share months, so they move together." if shared else "")


def _estimate(row: FigureRow) -> str:
    unit = "" if row.scale == TIMES else f" {row.scale}"
    return f"{row.numbers['estimate']:.2f}{unit}"


def _view(
    rows: Sequence[FigureRow], *, labels: Callable[[FigureRow], str], title: str
) -> TableView:
    """The stored rows as a released table: each passed a review before it was stored, so no column
    is a count any more, and what was hidden is not here to be hidden again."""
    columns = (
        Column("label", Role.DIMENSION, "Which"),
        Column("signal", Role.NOTE, "Signal"),
        Column("signal_words", Role.NOTE, "Signal"),
        *(Column(name, Role.DERIVED, title, decimals=n) for name, (title, n) in SHOWN.items()),
    )
    cells: dict[str, list[Cell]] = {
        "label": [labels(row) for row in rows],
        "signal": [row.signal or Marker.SUPPRESSED for row in rows],
        "signal_words": [
            Signal.read(row.signal).words if row.signal else Marker.SUPPRESSED for row in rows
        ],
        **{name: [_cell(row, name) for row in rows] for name in SHOWN},
    }
    released = review(Table("figures", title, columns, cells), get_policy("public"))
    return TableView(released, ("label", "signal_words", *SHOWN))


def _cell(row: FigureRow, name: str) -> Cell:
    value = row.numbers[name]
    if value is None:
        return Marker(row.absent.get(name, Marker.NOT_APPLICABLE))
    if name == "p_adjusted" and value < SMALLEST_P:
        return f"under {SMALLEST_P:.4f}"
    return round(value) if SHOWN[name][1] == 0 else value


def _months(row: FigureRow) -> str:
    if (row.starts.year, row.starts.month) == (row.ends.year, row.ends.month):
        return f"{row.ends:%b %Y}"
    return f"{row.starts:%b %Y} to {row.ends:%b %Y}"
