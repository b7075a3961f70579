"""Every group's own figure at every place, as a table with roles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from evenhand.core import Cell, Column, Marker, Role, Table
from evenhand.indicators.characteristics import Characteristic
from evenhand.indicators.compare import Floats, Ints, build_sums
from evenhand.indicators.definition import Indicator
from evenhand.indicators.panel import Panel
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
    """Every group's own figure at every place, not known and all included.

    A rate is undefined where the residents cannot be the people counted.
    """
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
            "of": denominators(indicator, of.ravel()),
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


def denominators(indicator: Indicator, of: Floats) -> list[Cell]:
    """The denominator as cells: whole person-years, or how many events a share is of."""
    if not indicator.is_rate:
        return [int(n) for n in of]
    return [round(n) if np.isfinite(n) and n > 0 else Marker.NOT_APPLICABLE for n in of.tolist()]


def estimate(indicator: Indicator, count: Ints, of: Floats) -> Estimates:
    """The indicator's own value: a rate per ``per`` person-years, or a share."""
    size = np.nan_to_num(of)
    if indicator.is_rate:
        return rate(Rate(np.where(size > 0, count, 0), size), per=indicator.per)
    return proportion(Proportion(count, size))
