"""A reviewed table as it is handed to the record, and as it comes back from there to be drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from evenhand.core import Cell, Column, Marker, Role, Table
from evenhand.disclosure import ReleasedTable, get_policy, review
from evenhand.monitoring.drawn import Drawn

ABSENT = "absent"
WORDS = (Role.DIMENSION, Role.NOTE)
"""What a stored column may still be; every number is derived, for its review is done."""


@dataclass(frozen=True, slots=True)
class TablePlan:
    """A reviewed table in plain values: what it answers, of which characteristic, for whom."""

    policy: str
    kind: str
    characteristic: str
    title: str
    columns: Sequence[Mapping[str, Any]]
    cells: Mapping[str, Sequence[Any]]

    def as_canonical(self) -> dict[str, Any]:
        """The table as it is hashed."""
        return {part.name: getattr(self, part.name) for part in fields(self)}


def plan_tables(drawn: Iterable[Drawn]) -> tuple[TablePlan, ...]:
    """Reviewed tables in plain values."""
    return tuple(_plan(each) for each in drawn)


def _plan(drawn: Drawn) -> TablePlan:
    table = drawn.table.table
    return TablePlan(
        policy=drawn.table.treatment.policy,
        kind=drawn.kind.value,
        characteristic=drawn.characteristic,
        title=table.title,
        columns=[
            {
                "name": c.name,
                "role": (c.role if c.role in WORDS else Role.DERIVED).value,
                "title": c.title,
                "unit": c.unit,
                "decimals": c.decimals,
            }
            for c in table.columns
        ],
        cells={name: [_as_plain(cell) for cell in cells] for name, cells in table.cells.items()},
    )


def _as_plain(cell: Cell) -> object:
    if isinstance(cell, Marker):
        return {ABSENT: cell.value}
    return round(cell, KEPT) if isinstance(cell, float) else cell


KEPT = 6
"""Decimals kept of a number: more than any page shows, and enough to draw from."""


def release_again(
    title: str, columns: Sequence[Mapping[str, Any]], cells: Mapping[str, Sequence[Any]]
) -> ReleasedTable:
    """A stored table to draw from: it passed a review before it was stored, so no column is a
    count any more, and what was hidden is not here to be hidden again."""
    made = tuple(
        Column(
            str(each["name"]),
            Role(each["role"]),
            str(each["title"]),
            unit=str(each["unit"]),
            decimals=each["decimals"],
        )
        for each in columns
    )
    read = {each.name: [_as_cell(cell) for cell in cells[each.name]] for each in made}
    return review(Table("stored", title, made, read), get_policy("public"))


def _as_cell(plain: object) -> Cell:
    if isinstance(plain, dict):
        return Marker(plain[ABSENT])
    return plain if isinstance(plain, str | int | float | bool) else None
