"""Every comparison as a finding: what, where, how large, how sure, and the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from evenhand.core import Cell, Column, Marker, Role, Table
from evenhand.indicators.absence import Absence, is_absent_throughout
from evenhand.indicators.evaluate import Evaluated
from evenhand.indicators.panel import Panel
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
from evenhand.indicators.underlying import PREFIX, Underlying, build_parents, build_unknowns


def build_findings(evaluated: Evaluated, panel: Panel) -> Table:
    """Every comparison as a finding: what, where, how large, how sure, and the sentence."""
    pairs, statistics, indicator = evaluated.pairs, evaluated.statistics, evaluated.indicator
    places = panel.places
    rows = np.flatnonzero(_worth_a_row(evaluated))
    absent = [Absence(code).marker for code in evaluated.absence[rows].tolist()]
    here = [places.all[i] for i in pairs.place[rows].tolist()]
    groups, comparators = _names(evaluated, places, rows)
    sides = _sides(evaluated, rows)
    scale = 1.0 if indicator.is_rate else indicator.per
    sentences, plain = build_sentences(evaluated, panel)
    under = _underlying(evaluated, places, rows)
    cells: dict[str, Sequence[Cell]] = {
        "service": [place.service for place in here],
        "unit": [place.unit for place in here],
        "characteristic": [_characteristic(evaluated)] * len(rows),
        "group": groups,
        "comparator": comparators,
        "field": [evaluated.characteristic.short if evaluated.characteristic else ""] * len(rows),
        "indicator": [indicator.id] * len(rows),
        "period": [str(panel.period_of(i)) for i in pairs.place[rows].tolist()],
        "signal": [str(evaluated.signal[i]) for i in rows.tolist()],
        **sides,
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
        PLAIN: [plain[i] for i in rows.tolist()],
        **under.cells,
    }
    return Table(
        name=f"findings-{indicator.id}-{_characteristic(evaluated)}",
        title=f"{indicator.title}: findings",
        columns=(*_finding_columns(evaluated), *under.columns),
        cells=cells,
        sums={**WHERE, "group": ALL},
        within={"group": "characteristic"},
    )


def _sides(evaluated: Evaluated, rows: np.ndarray) -> dict[str, list[Cell]]:
    """What is counted on both sides of each comparison; of a place without any, what is counted."""
    pairs, indicator = evaluated.pairs, evaluated.indicator
    alone = _stands_for_place(evaluated)[rows]
    count = np.where(alone, pairs.total[rows], pairs.count[rows])
    of = np.where(alone, pairs.total_of[rows], pairs.of[rows])
    sides: dict[str, list[Cell]] = {
        "count": count.tolist(),
        "of": denominators(indicator, of),
        "other_count": pairs.other_count[rows].tolist(),
        "other_of": denominators(indicator, pairs.other_of[rows]),
    }
    for i in np.flatnonzero(alone).tolist():
        sides["other_count"][i] = sides["other_of"][i] = Marker.NOT_APPLICABLE
    return sides


def _stands_for_place(evaluated: Evaluated) -> np.ndarray:
    """Rows that say of a whole place that none of its groups can be compared.

    They are about everybody: about one group, a small count of it would hide the reason.
    """
    if evaluated.characteristic is None:
        return np.zeros(len(evaluated), dtype=bool)
    return is_absent_throughout(evaluated.absence, evaluated.pairs.place)


PLAIN = f"{PREFIX}sentence"
"""The sentence without what it says of the unknowns, for where those are hidden."""


def _underlying(evaluated: Evaluated, places: Places, rows: np.ndarray) -> Underlying:
    if evaluated.characteristic is None:
        return build_parents(evaluated, places, rows)
    return build_unknowns(evaluated, rows, total=ALL)


def _other_columns(evaluated: Evaluated, count: Column, of: Column) -> tuple[Column, Column]:
    """The comparator's count and denominator; the rest of a place falls with the place's own."""
    titles = f"Comparator’s {count.title.lower()}", f"Comparator’s {of.title.lower()}"
    if evaluated.characteristic is None:
        return (
            Column("other_count", Role.DERIVED, titles[0], decimals=0),
            Column("other_of", Role.DERIVED, titles[1], of.unit, decimals=0),
        )
    instead, part = {"group": "comparator"}, "" if evaluated.indicator.is_rate else "other_of"
    return (
        replace(count, name="other_count", title=titles[0], instead=instead, of=part),
        replace(of, name="other_of", title=titles[1], instead=instead),
    )


def _finding_columns(evaluated: Evaluated) -> tuple[Column, ...]:
    count, of = count_columns(evaluated.indicator)
    others = _other_columns(evaluated, count, of)
    shown = [column.name for column in (count, of, *others) if column.role is Role.COUNT]
    uses = tuple(shown) if evaluated.characteristic else ()

    def derived(name: str, title: str, decimals: int | None = 2) -> Column:
        return Column(name, Role.DERIVED, title, decimals=decimals, uses=uses)

    def leaning(name: str, title: str, decimals: int | None = 2) -> Column:
        return Column(name, Role.DERIVED, title, decimals=decimals)

    return (
        *PLACE,
        *GROUP,
        Column("comparator", Role.NOTE, "Compared with"),
        Column("field", Role.NOTE, "As recorded by"),
        Column("indicator", Role.NOTE, "Indicator"),
        Column("period", Role.NOTE, "Period"),
        derived("signal", "Signal", None),
        count,
        of,
        *others,
        derived("value", "Group’s value", 1),
        derived("other_value", "Comparator’s value", 1),
        derived("estimate", "Ratio"),
        derived("low", "Low (95%)"),
        derived("high", "High (95%)"),
        derived("p_adjusted", "Adjusted p", 4),
        Column("comparisons", Role.NOTE, "Comparisons adjusted for"),
        leaning("unknown_share", "Share not known", 3),
        leaning("low_bound", "If all unknown were the comparator’s"),
        leaning("high_bound", "If all unknown were the group’s"),
        derived("without_repeats", "Ratio without exact repeats"),
        derived("detectable", "Smallest ratio these numbers could show"),
        leaning("sentence", "Finding", None),
        Column("method", Role.NOTE, "Method"),
        derived(PLAIN, "Finding, the unknowns left out", None),
    )


def _worth_a_row(evaluated: Evaluated) -> np.ndarray:
    """All but further groups of a place where the same absence holds for every one of them."""
    place = evaluated.pairs.place
    first_of_place = np.r_[True, place[1:] != place[:-1]]
    return np.asarray(first_of_place | ~is_absent_throughout(evaluated.absence, place))


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
    alone = _stands_for_place(evaluated)[rows].tolist()
    group, other = pairs.group[rows].tolist(), pairs.comparator[rows].tolist()
    return (
        [ALL if whole else labels[i] for i, whole in zip(group, alone, strict=True)],
        [ALL if whole else labels[i] for i, whole in zip(other, alone, strict=True)],
    )


def _method(evaluated: Evaluated) -> str:
    statistics = evaluated.statistics
    return (
        f"{statistics.ratio.method}, 95%; Benjamini–Hochberg within {evaluated.indicator.id}, "
        "characteristic and level"
    )
