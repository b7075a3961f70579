"""What a table of findings must hold to be listed, and the order in which it is read."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.core import Marker, Signal
from evenhand.core.table import Cell
from evenhand.disclosure.released import ReleasedTable

REQUIRED = ("signal", "sentence")
"""Every finding has a signal and a sentence; ``page`` (a path), ``block`` (an id) link it, and
any other column (unit, group, estimate, low, high, p_adjusted…) goes to the files."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding as a page lists it."""

    signal: Signal
    sentence: str
    cells: dict[str, Cell]

    def text(self, name: str) -> str:
        """A cell as words; empty when the table lacks the column or the cell holds none."""
        cell = self.cells.get(name)
        return "" if cell is None or isinstance(cell, Marker) else str(cell)


def require_findings(released: ReleasedTable) -> None:
    """Refuse a table that lacks what a finding must have."""
    for name in REQUIRED:
        released.table.column(name)
    for cell in released.table.cells["signal"]:
        if not isinstance(cell, Marker):
            Signal.read(cell)


def list_findings(released: ReleasedTable | None) -> list[Finding]:
    """The findings by concern; within a signal the table's own order stands.

    A finding whose signal or sentence is hidden is not listed: its table still shows that a
    figure is hidden there.
    """
    if released is None:
        return []
    found = [
        Finding(Signal.read(row["signal"]), row["sentence"], row)
        for row in released.table.rows()
        if isinstance(row["sentence"], str)
        and not isinstance(row["sentence"], Marker)
        and not isinstance(row["signal"], Marker)
    ]
    return sorted(found, key=lambda finding: finding.signal.rank)
