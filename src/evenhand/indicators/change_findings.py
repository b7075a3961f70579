"""A place's change against its own past as findings, and the sentence of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evenhand.core import Cell, Column, Marker, Role, Table
from evenhand.indicators.absence import Absence
from evenhand.indicators.change import Change
from evenhand.indicators.change_sentences import build_change_sentences
from evenhand.indicators.definition import Indicator
from evenhand.indicators.places import Places
from evenhand.indicators.spans import EARLIER, LATER, SPAN
from evenhand.indicators.tables import (
    ALL,
    GROUP,
    PLACE,
    WHERE,
    as_cells,
    count_columns,
    denominators,
)

BEFORE = {"span": "before"}
"""An earlier year's count is the cell of that part of the period, not of the row's own."""
AGAINST = {"group": "against"}


def build_change_findings(change: Change, places: Places) -> Table:
    """Every change as a finding, with the columns of :func:`~.findings.build_findings` and more.

    All places and groups are in it, whatever the signal, so that none was chosen for its result.
    """
    size = len(change)
    here = [places.all[i] for i in change.place.tolist()]
    absent = [Absence(code).marker for code in change.absence.tolist()]
    grouped = change.characteristic
    indicator, level, spans = change.indicator, change.level, change.spans
    scale = 1.0 if grouped else indicator.per
    labels = [group.label for group in grouped.groups] if grouped else []
    against = labels[grouped.index(grouped.comparator)] if grouped else ALL
    none: list[Cell] = [Marker.NOT_APPLICABLE] * size
    cells: dict[str, Sequence[Cell]] = {
        "service": [place.service for place in here],
        "unit": [place.unit for place in here],
        "span": [LATER] * size,
        "characteristic": [grouped.id if grouped else "place"] * size,
        "group": [labels[g] for g in change.group.tolist()] if grouped else [ALL] * size,
        "comparator": [f"{against}, the {EARLIER}" if grouped else f"the {EARLIER}"] * size,
        "against": [against] * size,
        "before": [EARLIER] * size,
        "field": [grouped.short if grouped else ""] * size,
        "indicator": [indicator.id] * size,
        "period": [f"{spans.later} against {spans.earlier}"] * size,
        "signal": [str(signal) for signal in change.signal],
        **_count_cells(change),
        "value": as_cells(level[:, 1] * scale, absent),
        "other_value": as_cells(level[:, 0] * scale, absent),
        "estimate": as_cells(change.ratio.value, absent),
        "low": as_cells(change.ratio.low, absent),
        "high": as_cells(change.ratio.high, absent),
        "p_adjusted": as_cells(change.p_adjusted, absent),
        "comparisons": change.family.tolist(),
        "unknown_share": none,
        "low_bound": none,
        "high_bound": none,
        "without_repeats": as_cells(change.without_repeats, absent),
        "detectable": as_cells(change.detectable, absent),
        "sentence": build_change_sentences(change, places),
        "method": [_method(change)] * size,
    }
    return Table(
        name=f"findings-{indicator.id}-change",
        title=f"{indicator.title}: change against the 12 months before",
        columns=_columns(change),
        cells=cells,
        sums={**WHERE, "span": ALL, "group": ALL},
        within={"group": "characteristic"},
    )


def _method(change: Change) -> str:
    return (
        f"{change.ratio.method}, 95%; Benjamini–Hochberg within {change.indicator.id}, change "
        "and level"
    )


def _count_cells(change: Change) -> dict[str, Sequence[Cell]]:
    """Counts and bases: the group's later and earlier, then the comparator's."""
    cells: dict[str, Sequence[Cell]] = {}
    sides = {"": change.own, "base_": change.other}
    for prefix, side in sides.items():
        if side is None:
            continue
        for name, time in (("", 1), ("other_", 0)):
            cells[f"{prefix}{name}count"] = side.count[:, time].tolist()
            cells[f"{prefix}{name}of"] = denominators(change.indicator, side.of[:, time])
    return cells


def _count_columns(change: Change) -> list[Column]:
    columns = _of_year(change.indicator, "", {}, LATER)
    columns += _of_year(change.indicator, "other_", BEFORE, EARLIER)
    if change.other:
        columns += _of_year(change.indicator, "base_", AGAINST, f"comparator’s, {LATER}")
        both = {**AGAINST, **BEFORE}
        columns += _of_year(change.indicator, "base_other_", both, f"comparator’s, {EARLIER}")
    return columns


def _of_year(
    indicator: Indicator, prefix: str, instead: dict[str, str], words: str
) -> list[Column]:
    """What is counted and what it is over, of one year and side."""
    count, of = count_columns(indicator)
    return [
        replace(
            count,
            name=f"{prefix}count",
            title=f"{count.title} ({words})",
            instead=instead,
            of=f"{prefix}of" if count.of else "",
        ),
        replace(of, name=f"{prefix}of", title=f"{of.title} ({words})", instead=instead),
    ]


def _columns(change: Change) -> tuple[Column, ...]:
    what = "Ratio" if change.other else "Share"
    unit = "" if change.other else change.indicator.unit

    def derived(name: str, title: str, decimals: int | None = 2) -> Column:
        return Column(name, Role.DERIVED, title, decimals=decimals)

    return (
        *PLACE,
        SPAN,
        *GROUP,
        Column("comparator", Role.NOTE, "Compared with"),
        Column("against", Role.NOTE, "Group compared with"),
        Column("before", Role.NOTE, "Part of the period compared with"),
        Column("field", Role.NOTE, "As recorded by"),
        Column("indicator", Role.NOTE, "Indicator"),
        Column("period", Role.NOTE, "Period"),
        Column("signal", Role.DERIVED, "Signal"),
        *_count_columns(change),
        Column("value", Role.DERIVED, f"{what}, {LATER}", unit, decimals=2),
        Column("other_value", Role.DERIVED, f"{what}, {EARLIER}", unit, decimals=2),
        derived("estimate", "Times what it was"),
        derived("low", "Low (95%)"),
        derived("high", "High (95%)"),
        derived("p_adjusted", "Adjusted p", 4),
        Column("comparisons", Role.NOTE, "Comparisons adjusted for"),
        derived("unknown_share", "Share not known", 3),
        derived("low_bound", "If all unknown were the comparator’s"),
        derived("high_bound", "If all unknown were the group’s"),
        derived("without_repeats", "Times what it was, without exact repeats"),
        derived("detectable", "Smallest change these numbers could show"),
        derived("sentence", "Finding", None),
        Column("method", Role.NOTE, "Method"),
    )
