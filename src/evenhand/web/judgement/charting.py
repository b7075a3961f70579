"""A measure through time against its target, as a chart with its words."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from evenhand.accountability.judgement import Distance, Reading
from evenhand.accountability.judgement.criteria import render_number
from evenhand.core import Cell, Column, Role, Table
from evenhand.disclosure import get_policy, review
from evenhand.publication import Intervals, Scale
from evenhand.publication.charts.draw import render_both
from evenhand.publication.figures import render_note
from evenhand.web.judgement.queries import Measured

A_SERIES = 2  # points it takes to see a change


def draw_readings(measured: Measured) -> str:
    """The chart of all its figures for a page; nothing where there is none."""
    chart = chart_readings(measured, measured.readings)
    if chart is None:
        return ""
    picture = render_both(chart, ident=f"measure-{measured.view.ref}")
    return Markup(f"<figure>{picture}{render_note(chart)}</figure>")  # noqa: S704 - drawn and escaped by publication


def chart_readings(measured: Measured, readings: Sequence[Reading]) -> Intervals | None:
    """The chart of these readings, or None where there is no series: the table says it all."""
    known = [each for each in readings if each.value is not None]
    if len(known) < A_SERIES or not _drawable(measured, known):
        return None
    view = measured.view
    target = view.criterion.target
    edge = target.high if target.high is not None else target.low
    return Intervals(
        title=view.title,
        alt=f"A dot for each period with its interval. It was {_said(known[0])} in the earliest "
        f"and {_said(known[-1])} in the latest; the target is {target.words}.",
        table=review(_table(measured, known), get_policy("public")),
        label="period",
        value="value",
        low="low",
        high="high",
        scale=Scale.LOG if view.criterion.distance is Distance.RATIO else Scale.LINEAR,
        reference=edge,
        reference_label=f"target: {target.words}",
        note=f"The line is the edge of the target. {view.criterion.comparison.words}",
    )


def _drawable(measured: Measured, known: Sequence[Reading]) -> bool:
    """A ratio's axis has no place for zero; such figures are in the table alone."""
    if measured.view.criterion.distance is not Distance.RATIO:
        return True
    target = measured.view.criterion.target
    edges = [edge for edge in (target.low, target.high) if edge is not None]
    values = [each.value for each in known] + [each.low for each in known] + edges
    return all(value is None or value > 0 for value in values)


def _table(measured: Measured, known: Sequence[Reading]) -> Table:
    ref = measured.view.ref
    places = 2 if measured.view.criterion.distance is Distance.RATIO else 1
    columns = (
        Column("period", Role.NOTE, "Period"),
        Column("value", Role.NOTE, "Figure", decimals=places),
        Column("low", Role.NOTE, "Low", decimals=places),
        Column("high", Role.NOTE, "High", decimals=places),
    )
    cells: dict[str, list[Cell]] = {
        "period": [f"{each.start:%b %Y} to {each.end:%b %Y}" for each in known],
        "value": [each.value for each in known],
        "low": [each.value if each.low is None else each.low for each in known],
        "high": [each.value if each.high is None else each.high for each in known],
    }
    return Table(f"measure-{ref}", "The measure through time", columns, cells)


def _said(reading: Reading) -> str:
    return render_number(reading.value or 0)
