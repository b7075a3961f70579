"""The seal: a table that has passed disclosure control, and the only thing publication draws."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from evenhand.core import DisclosureRefused, Table

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


def seal(table: Table, treatment: Treatment) -> ReleasedTable:
    """Seal a reviewed table; only :mod:`evenhand.disclosure.review` may call this."""
    return ReleasedTable(table, treatment, _SEAL)
