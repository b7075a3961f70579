"""Which cells of which tables are one and the same count, and which of them add up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.core import Column, Role, Table

Ints = NDArray[np.int64]

ABSENT = -1
"""In :class:`Lattice`: no such number, no such cell."""


@dataclass(frozen=True, slots=True)
class Line:
    """One total and the cells that add up to it, by their numbers in the lattice."""

    total: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lattice:
    """Every count of a set of linked tables, once each, and every sum that ties them.

    ``values`` are the counts (``ABSENT`` where the cell holds no number); ``whole`` is, for each,
    the count it is part of (a share's base) or ``ABSENT``; ``rows[table][column]`` are the numbers
    of the cells of each table's count columns, row by row. ``nests`` are sums of finer values into
    a coarser one that stands on another axis.
    """

    values: Ints
    whole: Ints
    lines: tuple[Line, ...]
    rows: tuple[dict[str, Ints], ...]
    nests: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class _Coordinates:
    """One count column's cells as rows of codes, one code per axis; 0 is an axis's total."""

    table: int
    column: Column
    codes: Ints
    sums: tuple[_Towards, ...]


@dataclass(frozen=True, slots=True)
class _Towards:
    """Where a column's cells add up along an axis: to its total, or to a value on another axis.

    ``parts`` says which rows are in the sum; ``home`` and ``values`` give, for a nest, the axis
    and the codes of what each row is part of.
    """

    axis: int
    parts: NDArray[np.bool_]
    home: int = 0
    values: Ints | None = None

    def total_of(self, codes: Ints) -> Ints:
        """The coordinates of what each row adds up to."""
        total = codes.copy()
        total[:, self.axis] = 0
        if self.values is not None:
            total[:, self.home] = self.values
        return total


class _Axes:
    """The axes cells lie on: what is counted, and each dimension (a group's by its carrier)."""

    def __init__(self) -> None:
        self._axes: dict[str, int] = {"": 0}
        self._codes: list[dict[object, int]] = [{}]

    def __len__(self) -> int:
        return len(self._axes)

    def axis(self, label: str) -> int:
        """The position of an axis, added when new."""
        if label not in self._axes:
            self._axes[label] = len(self._codes)
            self._codes.append({})
        return self._axes[label]

    def encode(self, axis: int, values: Sequence[object], total: object) -> Ints:
        """Codes from 1 for the values met; 0 for the total."""
        known = self._codes[axis]
        return np.array(
            [0 if v == total else known.setdefault(v, len(known) + 1) for v in values],
            dtype=np.int64,
        )


def build_lattice(tables: Sequence[Table]) -> Lattice:
    """Gather the counts of linked tables; a count met twice is one cell.

    A count's identity is what is counted and the dimensions that are not totals: the searches of
    one group in all months are the same cell in a table of groups and in a table of months.
    """
    axes = _Axes()
    columns = [
        _locate(axes, position, table, table.column(name))
        for position, table in enumerate(tables)
        for name in table.named(Role.COUNT)
    ]
    if not columns:
        return Lattice(
            np.array([], np.int64), np.array([], np.int64), (), tuple({} for _ in tables)
        )
    wide = [_padded(c.codes, len(axes)) for c in columns]
    sums = [
        (c, towards, towards.total_of(codes))
        for c, codes in zip(columns, wide, strict=True)
        for towards in c.sums
    ]
    stacked = np.vstack([*wide, *(total for _, _, total in sums)])
    _, numbers = np.unique(_as_one(stacked), return_inverse=True)
    sizes = [len(codes) for codes in wide] + [len(total) for _, _, total in sums]
    split = np.split(numbers.ravel(), np.cumsum(sizes)[:-1])
    rows: tuple[dict[str, Ints], ...] = tuple({} for _ in tables)
    for column, cells in zip(columns, split, strict=False):
        rows[column.table][column.column.name] = cells
    size = int(numbers.max()) + 1
    values = _values(tables, rows, size)
    found = [
        (towards, rows[c.table][c.column.name][towards.parts], total[towards.parts])
        for (c, towards, _), total in zip(sums, split[len(columns) :], strict=True)
    ]
    plain = [(t.axis, parts, totals) for t, parts, totals in found if t.values is None]
    nested = [(t.axis, parts, totals) for t, parts, totals in found if t.values is not None]
    whole = _wholes(tables, rows, size)
    return Lattice(values, whole, _lines(values, plain), rows, _lines(values, nested))


def _as_one(codes: Ints) -> NDArray[np.generic]:
    """Each row of codes as one number to sort by; as bytes where a number would overflow."""
    sizes = [int(n) + 1 for n in codes.max(axis=0)]
    if math.prod(sizes) < np.iinfo(np.int64).max:
        weights = [math.prod(sizes[i + 1 :]) for i in range(len(sizes))]
        return np.asarray(codes @ np.array(weights, dtype=np.int64))
    rows = np.ascontiguousarray(codes)
    return rows.view([("", rows.dtype)] * rows.shape[1]).ravel()


def _locate(axes: _Axes, position: int, table: Table, column: Column) -> _Coordinates:
    carriers = set(table.within.values())
    names = [name for name in table.named(Role.DIMENSION) if name not in carriers]
    measure = axes.encode(0, [column.measure or column.name], None)[0]
    size = len(table)
    found: dict[int, Ints] = {0: np.full(size, measure)}
    sums: list[_Towards] = []
    for name in names:
        values = table.cells[column.instead.get(name, name)]
        for label, mask in _labels(table, name):
            axis = axes.axis(label)
            codes = axes.encode(axis, values, table.sums.get(name))
            found[axis] = np.where(mask, codes, 0)
            if name in table.sums and not column.instead:
                apart = table.apart.get(name, frozenset())
                parts = (found[axis] > 0) & np.array([v not in apart for v in values], dtype=bool)
                sums += [_Towards(axis, parts), *_nests(axes, table, name, axis, parts)]
    codes = np.zeros((size, len(axes)), dtype=np.int64)
    for axis, column_codes in found.items():
        codes[:, axis] = column_codes
    return _Coordinates(position, column, codes, tuple(sums))


def _nests(
    axes: _Axes, table: Table, name: str, axis: int, parts: NDArray[np.bool_]
) -> list[_Towards]:
    """The sums of a dimension's values that are parts of values elsewhere, one an axis."""
    nests = table.nests.get(name)
    if not nests:
        return []
    homes = [nests.get(str(value)) for value in table.cells[name]]
    towards = []
    for carrier in dict.fromkeys(home[0] for home in homes if home):
        home = axes.axis(f"{name}/{carrier}")
        held = [h[1] if h and h[0] == carrier else None for h in homes]
        codes = axes.encode(home, held, None)
        towards.append(_Towards(axis, parts & (codes > 0), home, codes))
    return towards


def _labels(table: Table, name: str) -> list[tuple[str, NDArray[np.bool_]]]:
    """The axes a dimension's values lie on, each with the rows that lie on it."""
    carrier = table.within.get(name)
    if carrier is None:
        return [(name, np.ones(len(table), dtype=bool))]
    kinds = np.array([str(value) for value in table.cells[carrier]], dtype=object)
    return [(f"{name}/{kind}", kinds == kind) for kind in dict.fromkeys(kinds.tolist())]


def _padded(codes: Ints, width: int) -> Ints:
    return np.pad(codes, ((0, 0), (0, width - codes.shape[1])))


def _values(tables: Sequence[Table], rows: tuple[dict[str, Ints], ...], size: int) -> Ints:
    values = np.full(size, ABSENT, dtype=np.int64)
    for table, columns in zip(tables, rows, strict=True):
        for name, cells in columns.items():
            counts = [v if isinstance(v, int) else ABSENT for v in table.cells[name]]
            present = np.array(counts, dtype=np.int64)
            values[cells[present >= 0]] = present[present >= 0]
    return values


def _wholes(tables: Sequence[Table], rows: tuple[dict[str, Ints], ...], size: int) -> Ints:
    whole = np.full(size, ABSENT, dtype=np.int64)
    for table, columns in zip(tables, rows, strict=True):
        for name, cells in columns.items():
            if base := table.column(name).of:
                whole[cells] = columns[base]
    return whole


def _lines(values: Ints, sums: list[tuple[int, Ints, Ints]]) -> tuple[Line, ...]:
    """Every sum once, whichever tables show its parts; those whose total is shown nowhere drop."""
    found: dict[tuple[int, int], dict[int, None]] = {}
    for axis, parts, totals in sums:
        kept = values[totals] >= 0
        for part, total in zip(parts[kept].tolist(), totals[kept].tolist(), strict=True):
            found.setdefault((axis, total), {})[part] = None
    return tuple(Line(total, tuple(parts)) for (_, total), parts in found.items())
