"""Evaluations laid out as tables: every group's own figure, and every comparison as a finding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from evenhand.core import Cell, Column, Marker, Period, Role, Table
from evenhand.indicators.absence import Absence
from evenhand.indicators.characteristics import Characteristic
from evenhand.indicators.compare import Floats, Ints, build_sums
from evenhand.indicators.definition import Indicator
from evenhand.indicators.evaluate import Evaluated
from evenhand.indicators.panel import Panel
from evenhand.indicators.places import Places
from evenhand.indicators.sentences import build_sentences
from evenhand.stats import Estimates, Proportion, Rate, proportion, rate

ALL = "All"
"""The value of a dimension in the rows that total the others."""

PLACE = (
    Column("service", Role.DIMENSION, "Service"),
    Column("unit", Role.DIMENSION, "Unit"),
)
WHERE = {"unit": "", "service": ""}
"""A row of no unit totals its service's units; one of no service totals the services."""

GROUP = (
    Column("characteristic", Role.DIMENSION, "Characteristic"),
    Column("group", Role.DIMENSION, "Group"),
)


def as_cells(values: Floats, absent: Sequence[Marker | None] | None = None) -> list[Cell]:
    """Numbers as cells; what is not finite becomes *undefined*, or the marker given for it."""
    cells: list[Cell] = values.tolist()
    if absent is None and np.isfinite(values).all():
        return cells
    markers = absent or [None] * len(cells)
    return [
        marker or (cell if isinstance(cell, float) and np.isfinite(cell) else Marker.UNDEFINED)
        for cell, marker in zip(cells, markers, strict=True)
    ]


def count_columns(indicator: Indicator) -> tuple[Column, Column]:
    """The column of what is counted and of what it is counted over."""
    wording = indicator.wording
    count = Column(
        "count",
        Role.COUNT,
        wording.counted.capitalize(),
        measure=indicator.count,
        of="" if indicator.is_rate else "of",
    )
    if indicator.is_rate:
        return count, Column("of", Role.POPULATION, "Residents × years", "person-years", decimals=0)
    return count, Column("of", Role.COUNT, wording.base.capitalize(), measure=indicator.of)


def value_columns(indicator: Indicator) -> tuple[Column, ...]:
    """The indicator's own value with its interval."""
    unit = indicator.unit
    return (
        Column("value", Role.DERIVED, unit[:1].upper() + unit[1:], unit, decimals=1),
        Column("low", Role.DERIVED, "Low (95%)", unit, decimals=1),
        Column("high", Role.DERIVED, "High (95%)", unit, decimals=1),
    )


def build_group_table(indicator: Indicator, panel: Panel, characteristic: Characteristic) -> Table:
    """Every group's own figure at every place, not known and all included."""
    sums = build_sums(indicator, panel, characteristic)
    first = build_sums(indicator, panel, characteristic, first_only=True)
    here = panel.places_of(characteristic)
    count, of = _with_total(sums.count[here]), _with_total(sums.of[here])
    places, groups = count.shape
    own = estimate(indicator, count.ravel(), of.ravel())
    labels = [group.label for group in characteristic.groups] + [ALL]
    scale = 1.0 if indicator.is_rate else indicator.per
    return Table(
        name=f"{indicator.id}-by-{characteristic.id}",
        title=f"{indicator.title}, by {characteristic.title.lower()}",
        columns=(
            *PLACE,
            *GROUP,
            Column("field", Role.NOTE, "As recorded by"),
            *count_columns(indicator),
            *value_columns(indicator),
            Column("repeated", Role.DERIVED, "Of these, exact repeats of another row", decimals=0),
        ),
        cells={
            "service": [panel.places.all[i].service for i in here for _ in range(groups)],
            "unit": [panel.places.all[i].unit for i in here for _ in range(groups)],
            "characteristic": [characteristic.id] * (places * groups),
            "group": labels * places,
            "field": [characteristic.short] * (places * groups),
            "count": count.ravel().tolist(),
            "of": _denominators(indicator, of.ravel()),
            "value": as_cells(own.value * scale),
            "low": as_cells(own.low * scale),
            "high": as_cells(own.high * scale),
            "repeated": (count - _with_total(first.count[here])).ravel().tolist(),
        },
        sums={**WHERE, "group": ALL},
        within={"group": "characteristic"},
    )


_Number = TypeVar("_Number", np.int64, np.float64)


def _with_total(values: NDArray[_Number]) -> NDArray[_Number]:
    """One more column: the sum over groups, of which nan is no part."""
    total = np.nansum(values, axis=1, keepdims=True).astype(values.dtype)
    return np.concatenate([values, total], axis=1)


def _denominators(indicator: Indicator, of: Floats) -> list[Cell]:
    if not indicator.is_rate:
        return [int(n) for n in of]
    return [round(n) if np.isfinite(n) and n > 0 else Marker.NOT_APPLICABLE for n in of.tolist()]


def estimate(indicator: Indicator, count: Ints, of: Floats) -> Estimates:
    """The indicator's own value: a rate per ``per`` person-years, or a share."""
    size = np.nan_to_num(of)
    if indicator.is_rate:
        return rate(Rate(np.where(size > 0, count, 0), size), per=indicator.per)
    return proportion(Proportion(count, size))


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
        "of": _denominators(indicator, pairs.of[rows]),
        "other_count": pairs.other_count[rows].tolist(),
        "other_of": _denominators(indicator, pairs.other_of[rows]),
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
