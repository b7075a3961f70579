"""Every comparison as a finding: what, where, how large, how sure, and the sentence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evenhand.core import Cell, Column, Period, Role, Table
from evenhand.indicators.absence import Absence
from evenhand.indicators.definition import Indicator
from evenhand.indicators.evaluate import Evaluated
from evenhand.indicators.places import Places
from evenhand.indicators.sentences import build_sentences
from evenhand.indicators.tables import (
    ALL,
    GROUP,
    PLACE,
    WHERE,
    as_cells,
    count_columns,
    denominators,
)


def build_findings(evaluated: Evaluated, places: Places, period: Period) -> Table:
    """Every comparison as a finding: what, where, how large, how sure, and the sentence."""
    pairs, statistics, indicator = evaluated.pairs, evaluated.statistics, evaluated.indicator
    rows = np.flatnonzero(_worth_a_row(evaluated))
    absent = [Absence(code).marker for code in evaluated.absence[rows].tolist()]
    here = [places.all[i] for i in pairs.place[rows].tolist()]
    groups, comparators = _names(evaluated, places, rows)
    scale = 1.0 if indicator.is_rate else indicator.per
    sentences = build_sentences(evaluated, places, period)
    count, of = count_columns(indicator)
    cells: dict[str, Sequence[Cell]] = {
        "service": [place.service for place in here],
        "unit": [place.unit for place in here],
        "characteristic": [_characteristic(evaluated)] * len(rows),
        "group": groups,
        "comparator": comparators,
        "field": [evaluated.characteristic.short if evaluated.characteristic else ""] * len(rows),
        "indicator": [indicator.id] * len(rows),
        "period": [str(period)] * len(rows),
        "signal": [str(evaluated.signal[i]) for i in rows.tolist()],
        "count": pairs.count[rows].tolist(),
        "of": denominators(indicator, pairs.of[rows]),
        "other_count": pairs.other_count[rows].tolist(),
        "other_of": denominators(indicator, pairs.other_of[rows]),
        "value": as_cells(statistics.own.value[rows] * scale, absent),
        "other_value": as_cells(statistics.other.value[rows] * scale, absent),
        "estimate": as_cells(statistics.ratio.value[rows], absent),
        "low": as_cells(statistics.ratio.low[rows], absent),
        "high": as_cells(statistics.ratio.high[rows], absent),
        "p_adjusted": as_cells(evaluated.p_adjusted[rows], absent),
        "comparisons": evaluated.family[rows].tolist(),
        "unknown_share": as_cells(evaluated.unknown_share[rows]),
        "low_bound": as_cells(statistics.low_bound[rows], absent),
        "high_bound": as_cells(statistics.high_bound[rows], absent),
        "without_repeats": as_cells(statistics.first_ratio[rows], absent),
        "detectable": as_cells(statistics.detectable[rows], absent),
        "sentence": [sentences[i] for i in rows.tolist()],
        "method": [_method(evaluated)] * len(rows),
    }
    return Table(
        name=f"findings-{indicator.id}-{_characteristic(evaluated)}",
        title=f"{indicator.title}: findings",
        columns=_finding_columns(indicator, count, of),
        cells=cells,
        sums={**WHERE, "group": ALL},
        within={"group": "characteristic"},
    )


def _finding_columns(indicator: Indicator, count: Column, of: Column) -> tuple[Column, ...]:
    instead = {"group": "comparator"}
    other_of = Column(
        "other_of",
        of.role,
        f"Comparator’s {of.title.lower()}",
        of.unit,
        measure=of.measure,
        instead=instead,
        decimals=of.decimals,
    )

    def derived(name: str, title: str, decimals: int | None = 2) -> Column:
        return Column(name, Role.DERIVED, title, decimals=decimals)

    return (
        *PLACE,
        *GROUP,
        Column("comparator", Role.NOTE, "Compared with"),
        Column("field", Role.NOTE, "As recorded by"),
        Column("indicator", Role.NOTE, "Indicator"),
        Column("period", Role.NOTE, "Period"),
        Column("signal", Role.DERIVED, "Signal"),
        count,
        of,
        Column(
            "other_count",
            Role.COUNT,
            f"Comparator’s {count.title.lower()}",
            measure=count.measure,
            instead=instead,
            of="" if indicator.is_rate else "other_of",
        ),
        other_of,
        derived("value", "Group’s value", 1),
        derived("other_value", "Comparator’s value", 1),
        derived("estimate", "Ratio"),
        derived("low", "Low (95%)"),
        derived("high", "High (95%)"),
        derived("p_adjusted", "Adjusted p", 4),
        Column("comparisons", Role.NOTE, "Comparisons adjusted for"),
        derived("unknown_share", "Share not known", 3),
        derived("low_bound", "If all unknown were the comparator’s"),
        derived("high_bound", "If all unknown were the group’s"),
        derived("without_repeats", "Ratio without exact repeats"),
        derived("detectable", "Smallest ratio these numbers could show"),
        derived("sentence", "Finding", None),
        Column("method", Role.NOTE, "Method"),
    )


def _worth_a_row(evaluated: Evaluated) -> np.ndarray:
    """All but further groups of a place where the same absence holds for every one of them."""
    pairs, absence = evaluated.pairs, evaluated.absence
    first_of_place = np.r_[True, pairs.place[1:] != pairs.place[:-1]]
    return np.asarray(first_of_place | (absence == Absence.PRESENT))


def _characteristic(evaluated: Evaluated) -> str:
    return evaluated.characteristic.id if evaluated.characteristic else "place"


def _names(evaluated: Evaluated, places: Places, rows: np.ndarray) -> tuple[list[Cell], list[Cell]]:
    """The labels of group and comparator; a place compared with the rest is its own group."""
    pairs = evaluated.pairs
    if evaluated.characteristic is None:
        parents = [places.all[i] for i in pairs.comparator[rows].tolist()]
        rest: list[Cell] = [
            "rest of the service" if p.service else "other services" for p in parents
        ]
        return [ALL] * len(rows), rest
    labels = [group.label for group in evaluated.characteristic.groups]
    return (
        [labels[i] for i in pairs.group[rows].tolist()],
        [labels[i] for i in pairs.comparator[rows].tolist()],
    )


def _method(evaluated: Evaluated) -> str:
    statistics = evaluated.statistics
    return (
        f"{statistics.ratio.method}, 95%; Benjamini–Hochberg within {evaluated.indicator.id}, "
        "characteristic and level"
    )
