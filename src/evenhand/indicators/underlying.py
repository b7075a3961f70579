"""Counts that a finding leans on without showing them: disclosure control must see them too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evenhand.core import Cell, Column, Marker, Role
from evenhand.indicators.evaluate import Evaluated
from evenhand.indicators.places import Places

PREFIX = "under_"
KINDS = 2
"""Kinds of unknown a characteristic may have: not stated, and not recorded."""


@dataclass(frozen=True, slots=True)
class Underlying:
    """Columns to set beside a finding's own before the review, and to leave out after it.

    The share not known and its bounds give away the unknown and the whole they are a part of; the
    rest of a service gives away the service's own count. Whatever is made of them falls with them.
    """

    columns: tuple[Column, ...]
    cells: dict[str, Sequence[Cell]]


def is_underlying(column: Column) -> bool:
    """Whether a column is there for the review alone."""
    return column.name.startswith(PREFIX)


def build_unknowns(evaluated: Evaluated, rows: np.ndarray, *, total: str) -> Underlying:
    """The unknown of each kind, and everybody, at the place of each finding between groups.

    ``total`` is the name that tables give to everybody.
    """
    pairs, indicator = evaluated.pairs, evaluated.indicator
    groups = evaluated.characteristic.groups if evaluated.characteristic else ()
    labels = [group.label for group in groups if not group.known]
    base = indicator.count if indicator.is_rate else indicator.of
    everybody = pairs.total if indicator.is_rate else pairs.total_of
    made = _Maker(len(rows))
    for kind in range(KINDS):
        label = labels[kind] if kind < len(labels) else ""
        place = made.note(f"label_{kind}", [label] * len(rows))
        counted: dict[str, np.ndarray] = {indicator.count: pairs.unknown_parts}
        if not indicator.is_rate:
            counted[indicator.of] = pairs.unknown_of_parts
        for measure, parts in counted.items():
            cells = parts[rows, kind].astype(np.int64).tolist() if label else made.nothing
            made.count(f"{measure}_{kind}", cells, measure=measure, instead={"group": place})
    whole = made.note("whole", [total] * len(rows))
    cells = everybody[rows].astype(np.int64).tolist()
    made.count("everybody", cells, measure=base, instead={"group": whole})
    return made.finished


def build_parents(evaluated: Evaluated, places: Places, rows: np.ndarray) -> Underlying:
    """What is counted at the place that each place and the rest of it make up."""
    pairs, indicator = evaluated.pairs, evaluated.indicator
    parents = [places.all[i] for i in pairs.comparator[rows].tolist()]
    made = _Maker(len(rows))
    instead = {
        "service": made.note("service", [parent.service for parent in parents]),
        "unit": made.note("unit", [parent.unit for parent in parents]),
    }
    measures = {indicator.count: pairs.total, indicator.of: pairs.total_of}
    for measure, totals in measures.items():
        cells = totals[rows].astype(np.int64).tolist()
        made.count(measure, cells, measure=measure, instead=instead)
    return made.finished


class _Maker:
    """Columns and their cells, added one by one."""

    def __init__(self, size: int) -> None:
        self.nothing: list[Cell] = [Marker.NOT_APPLICABLE] * size
        self._columns: list[Column] = []
        self._cells: dict[str, Sequence[Cell]] = {}

    def note(self, name: str, cells: Sequence[Cell]) -> str:
        return self._add(Column(PREFIX + name, Role.NOTE, name), cells)

    def count(
        self, name: str, cells: Sequence[Cell], *, measure: str, instead: dict[str, str]
    ) -> str:
        column = Column(PREFIX + name, Role.COUNT, name, measure=measure, instead=instead)
        return self._add(column, cells)

    def _add(self, column: Column, cells: Sequence[Cell]) -> str:
        self._columns.append(column)
        self._cells[column.name] = cells
        return column.name

    @property
    def finished(self) -> Underlying:
        return Underlying(tuple(self._columns), self._cells)
