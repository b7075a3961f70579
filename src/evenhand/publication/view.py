"""How a released table is laid out for a reader; the download always holds all of it."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.core import UsageProblem
from evenhand.disclosure.released import ReleasedTable


@dataclass(frozen=True, slots=True)
class TableView:
    """A released table as shown on a page.

    ``columns`` are the columns to show, in order (all of them when empty). ``across`` names a
    dimension whose values become column headings, as months down and groups across; the other
    dimensions in ``columns`` then identify the row, and each remaining column is shown once per
    heading. ``open`` shows it without unfolding.
    """

    table: ReleasedTable
    columns: tuple[str, ...] = ()
    across: str = ""
    open: bool = False

    def __post_init__(self) -> None:
        for name in (*self.columns, *([self.across] if self.across else [])):
            self.table.table.column(name)
        if self.across and not self.columns:
            raise UsageProblem(
                f"table {self.table.table.name}: laid across {self.across} it needs its columns.",
                remedy="Name the row's dimensions and the figures to show.",
                rule="a-view-names-its-columns",
            )
