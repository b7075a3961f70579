"""What a spreadsheet would change and what is refused in it, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evenhand.core import UsageProblem


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that would change: the row, the item, before and after, and the command for it."""

    line: int
    ref: str
    column: str
    before: str
    after: str
    command: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """One cell that is refused: the row, the column, the rule, and what to do about it."""

    line: int
    ref: str
    column: str
    rule: str
    problem: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every row of a spreadsheet against the register as it stands."""

    rows: int
    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]

    @property
    def refused(self) -> frozenset[int]:
        """The rows in which something is refused."""
        return frozenset(fault.line for fault in self.faults)

    @property
    def concerned(self) -> frozenset[int]:
        """The rows in which something would change or is refused."""
        return self.refused | {change.line for change in self.changes}

    def without(self, left_out: frozenset[int]) -> Comparison:
        """The same with these rows left out: nothing of them is changed, nothing is refused."""
        return Comparison(
            self.rows,
            tuple(each for each in self.changes if each.line not in left_out),
            tuple(each for each in self.faults if each.line not in left_out),
        )


class SheetRefused(UsageProblem):
    """Some rows cannot be applied, so nothing was; carries each with its column and rule."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        rows = len({fault.line for fault in faults})
        super().__init__(
            f"{rows} row{'' if rows == 1 else 's'} cannot be applied, so nothing was changed.",
            remedy="Mend them in the file, or leave them out.",
            rule="all-rows-or-none",
        )
