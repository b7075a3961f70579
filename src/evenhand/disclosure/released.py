"""The seal: a table that has passed disclosure control, and the only thing publication draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from evenhand.core import Cell, Column, DisclosureRefused, Role, Table, UsageProblem

_SEAL = object()


@dataclass(frozen=True, slots=True)
class Treatment:
    """What disclosure control did to a table, for its metadata."""

    policy: str
    policy_version: int
    primary: int
    secondary: int
    audit: str

    @property
    def words(self) -> str:
        """One sentence for the foot of the table; never which cell fell to which rule."""
        hidden = self.primary + self.secondary
        if not hidden:
            return "No figure in this table had to be hidden."
        return f"{hidden:,} figures in this table are hidden so that nobody can be identified."


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """A reviewed table. Made by :func:`evenhand.disclosure.review` and by nothing else."""

    table: Table
    treatment: Treatment
    seal: Any = field(repr=False, compare=False, default=None)

    def __post_init__(self) -> None:
        if self.seal is not _SEAL:
            raise DisclosureRefused(
                f"table {self.table.name} has not passed disclosure control.",
                remedy="Pass it to evenhand.disclosure.review with a named policy.",
                rule="sealed-by-review-only",
            )

    def split(self, *names: str) -> dict[tuple[Cell, ...], ReleasedTable]:
        """The rows by the values of these columns: what may be shown whole may be shown in part."""
        rows: dict[tuple[Cell, ...], list[int]] = {}
        keys = zip(*(self.table.cells[name] for name in names), strict=True)
        for row, key in enumerate(keys):
            rows.setdefault(key, []).append(row)
        return {key: self._rows(kept) for key, kept in rows.items()}

    def where(self, **equals: Cell) -> ReleasedTable:
        """Only the rows whose cells equal those given."""
        return replace(self, table=self.table.where(**equals))

    def order(self, rows: Sequence[int]) -> ReleasedTable:
        """The rows at these positions, in this order."""
        return self._rows(rows)

    def named(self, name: str, title: str) -> ReleasedTable:
        """The same figures under another name, for the page they stand on."""
        return replace(self, table=replace(self.table, name=name, title=title))

    def annotate(self, column: Column, cells: Sequence[Cell]) -> ReleasedTable:
        """One more column of words that hold no count: a link, a label."""
        if column.role is not Role.NOTE:
            raise DisclosureRefused(
                f"{column.name} cannot be added to a released table: it is a {column.role}.",
                remedy="Add it before the review.",
                rule="only-notes-after-review",
            )
        table = replace(
            self.table,
            columns=(*self.table.columns, column),
            cells={**self.table.cells, column.name: cells},
        )
        return replace(self, table=table)

    def _rows(self, rows: Sequence[int]) -> ReleasedTable:
        cells = {name: [column[i] for i in rows] for name, column in self.table.cells.items()}
        return replace(self, table=replace(self.table, cells=cells))


def seal(table: Table, treatment: Treatment) -> ReleasedTable:
    """Seal a reviewed table; only :mod:`evenhand.disclosure.review` may call this."""
    return ReleasedTable(table, treatment, _SEAL)


def stack(
    tables: Sequence[ReleasedTable], *, name: str, title: str, columns: tuple[Column, ...]
) -> ReleasedTable:
    """Released tables one under another; all must have these columns and one policy."""
    if not tables:
        raise UsageProblem(f"there is no table to make {name} of.", rule="stack-of-something")
    policies = {(t.treatment.policy, t.treatment.policy_version) for t in tables}
    if len(policies) > 1:
        raise DisclosureRefused(
            f"{name} would mix tables released under different policies.",
            remedy="Release them together under one policy.",
            rule="one-policy-a-table",
        )
    cells: dict[str, Sequence[Cell]] = {
        column.name: [cell for t in tables for cell in t.table.cells[column.name]]
        for column in columns
    }
    treatment = replace(
        tables[0].treatment,
        primary=sum(t.treatment.primary for t in tables),
        secondary=sum(t.treatment.secondary for t in tables),
    )
    return seal(Table(name, title, columns, cells), treatment)
