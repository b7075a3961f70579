"""Numbers out of a released table's cells: a marker is no number, save a counted zero."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from evenhand.core import Marker, Role, Table
from evenhand.core.table import Cell
from evenhand.publication.formats import marker_of, month_words

NAN = math.nan


def number(cell: Cell) -> float:
    """The cell as a number; nan where there is none to draw."""
    if isinstance(cell, (int, float)):
        return float(cell) if math.isfinite(cell) else NAN
    return 0.0 if cell is Marker.ZERO else NAN


def numbers(table: Table, name: str) -> list[float]:
    """A column as numbers; all nan when no column is named."""
    if not name:
        return [NAN] * len(table)
    return [number(cell) for cell in table.cells[name]]


def is_counted(table: Table, name: str) -> bool:
    """Whether a column holds numbers of things, which an axis marks at whole numbers only."""
    return table.column(name).role in (Role.COUNT, Role.POPULATION)


def words(table: Table, name: str) -> list[str]:
    """A dimension's values as printed; one empty word a row when no column is named."""
    if not name:
        return [""] * len(table)
    return [month_words(str(cell)) if cell is not None else "" for cell in table.cells[name]]


def indices(labels: Sequence[str]) -> dict[str, list[int]]:
    """The rows of each label, labels in order of first appearance."""
    rows: dict[str, list[int]] = {}
    for i, label in enumerate(labels):
        rows.setdefault(label, []).append(i)
    return rows


def truths(table: Table, name: str) -> list[bool]:
    """A true/false column; false where nothing is said."""
    return [cell is True for cell in table.cells[name]] if name else [False] * len(table)


def absent_words(table: Table, names: Sequence[str]) -> str:
    """A sentence on the rows not drawn, by the first column's reason; empty when all are.

    A row is drawn when any of the columns named holds a number.
    """
    rows = zip(*(table.cells[name] for name in names), strict=True)
    found = Counter(
        marker
        for first, *others in rows
        if (marker := marker_of(first)) and all(math.isnan(number(o)) for o in (first, *others))
    )
    if not found:
        return ""
    parts = [f"{n:,} {marker.value}" for marker, n in sorted(found.items())]
    return f"Not drawn: {', '.join(parts)}."
