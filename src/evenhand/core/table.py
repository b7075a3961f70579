"""The one shape in which measurements travel: named columns that say what each of them is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from evenhand.core.errors import UsageProblem
from evenhand.core.marker import Marker

Cell = str | int | float | bool | Marker | None
"""A cell: a value, a marker that says why there is none, or None where nothing is said."""


class Role(StrEnum):
    """What a column is; disclosure control and drawing both go by it."""

    DIMENSION = "dimension"  # identifies the row: unit, group, month
    COUNT = "count"  # a number of events or people: the thing to protect
    POPULATION = "population"  # the number of people a rate is over
    DERIVED = "derived"  # computed from the row's counts: falls with them
    NOTE = "note"  # words that hold no count


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its machine name, its role, what a reader sees, and its unit.

    For a count, ``measure`` names what is counted (two columns of one measure hold the same
    cells), ``of`` the count it is part of, and ``instead`` which dimension to read from another
    column: ``{"group": "comparator"}`` for the comparator's count beside the group's.
    For a derived column, ``uses`` names the counts it falls with; empty means all of them.
    ``over`` names the dimensions along which it was pooled, as a chart's limits are over the
    months: where one of those rows' counts is hidden, the column falls in them all.
    """

    name: str
    role: Role
    title: str
    unit: str = ""
    description: str = ""
    decimals: int | None = None
    measure: str = ""
    of: str = ""
    instead: Mapping[str, str] = field(default_factory=dict)
    uses: tuple[str, ...] = ()
    over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of equal length, each with its :class:`Column`.

    ``sums`` says which dimension values add up: ``{"group": "All"}`` means the rows whose
    ``group`` is ``All`` are totals of the others, as disclosure control must know.
    ``within`` says which dimension gives another its meaning: ``{"group": "characteristic"}``
    because a group exists within a characteristic, and the total of groups does not. ``nests``
    says which values of a dimension are parts of a value elsewhere:
    ``{"group": {"African": ("ethnicity", "Black")}}``, the carrier's value first. ``apart`` names
    values that are in no total of their dimension.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    cells: Mapping[str, Sequence[Cell]]
    sums: Mapping[str, str] = field(default_factory=dict)
    within: Mapping[str, str] = field(default_factory=dict)
    nests: Mapping[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict)
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if list(self.cells) != names:
            raise UsageProblem(f"table {self.name}: the cells are not those of its columns.")
        lengths = {name: len(self.cells[name]) for name in names}
        if len(set(lengths.values())) > 1:
            raise UsageProblem(f"table {self.name}: columns differ in length: {lengths}.")

    def __len__(self) -> int:
        return len(self.cells[self.columns[0].name]) if self.columns else 0

    def column(self, name: str) -> Column:
        """The column's description; refused when the table has no such column."""
        for column in self.columns:
            if column.name == name:
                return column
        raise UsageProblem(f"table {self.name} has no column {name!r}.")

    def named(self, role: Role) -> tuple[str, ...]:
        """The names of the columns with this role, in order."""
        return tuple(column.name for column in self.columns if column.role is role)

    def rows(self) -> list[dict[str, Cell]]:
        """The table row by row, for writing and drawing."""
        names = [column.name for column in self.columns]
        return [
            dict(zip(names, row, strict=True)) for row in zip(*self.cells.values(), strict=True)
        ]

    def where(self, **equals: Cell) -> Table:
        """Only the rows whose cells equal those given."""
        keep = [
            i
            for i in range(len(self))
            if all(self.cells[name][i] == value for name, value in equals.items())
        ]
        return replace(
            self, cells={name: [cells[i] for i in keep] for name, cells in self.cells.items()}
        )
