"""Which cells of which tables are one and the same count, and which of them add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from evenhand.core import Column, Role, Table

CellKey = tuple[str, tuple[tuple[str, object], ...]]
"""A count's identity across tables: what is counted, and the dimensions that are not totals."""


@dataclass(slots=True)
class Sum:
    """One total and the cells that add up to it."""

    total: CellKey
    parts: list[CellKey] = field(default_factory=list)


@dataclass(slots=True)
class Lattice:
    """Every count in a set of linked tables, once each, and every sum that ties them."""

    values: dict[CellKey, int]
    complements: dict[CellKey, CellKey]
    sums: list[Sum]


def row_keys(table: Table, column: Column) -> list[CellKey]:
    """The identity of ``column``'s count in each row of ``table``."""
    measure = column.measure or column.name
    carriers = set(table.within.values())
    names = [name for name in table.named(Role.DIMENSION) if name not in carriers]
    sources = [table.cells[column.instead.get(name, name)] for name in names]
    totals = [table.sums.get(name) for name in names]
    labels = [_labels(table, name) for name in names]
    keys: list[CellKey] = []
    for row, values in enumerate(zip(*sources, strict=True)):
        parts = tuple(
            (label if isinstance(label, str) else label[row], value)
            for label, value, total in zip(labels, values, totals, strict=True)
            if value != total
        )
        keys.append((measure, parts))
    return keys


def _labels(table: Table, name: str) -> str | list[str]:
    carrier = table.within.get(name)
    if carrier is None:
        return name
    return [f"{name}/{value}" for value in table.cells[carrier]]


def build_lattice(tables: Sequence[Table]) -> Lattice:
    """Gather the counts of linked tables; a count met twice is one cell."""
    values: dict[CellKey, int] = {}
    complements: dict[CellKey, CellKey] = {}
    sums: dict[tuple[str, str, CellKey], Sum] = {}
    for table in tables:
        for name in table.named(Role.COUNT):
            column = table.column(name)
            keys = row_keys(table, column)
            for key, value in zip(keys, table.cells[name], strict=True):
                if isinstance(value, int):
                    values[key] = value
            if column.of:
                complements.update(zip(keys, row_keys(table, table.column(column.of)), strict=True))
            if not column.instead:
                for dimension, line, key in _lines(table, column, keys):
                    sums.setdefault((dimension, *line), Sum(line[1])).parts.append(key)
    for known in sums.values():
        known.parts = list(dict.fromkeys(known.parts))
    return Lattice(values, complements, [s for s in sums.values() if s.total in values])


def _lines(
    table: Table, column: Column, keys: list[CellKey]
) -> Iterator[tuple[str, tuple[str, CellKey], CellKey]]:
    """For each row and each dimension it is a part along: the sum's name, its total, the part."""
    for dimension, total in table.sums.items():
        here = table.cells[column.instead.get(dimension, dimension)]
        labels = _labels(table, dimension)
        for row, key in enumerate(keys):
            if here[row] == total:
                continue
            label = labels if isinstance(labels, str) else labels[row]
            rest = tuple(part for part in key[1] if part[0] != label)
            yield label, (label, (key[0], rest)), key
