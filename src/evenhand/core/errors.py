"""Errors a person can act on, each class with the exit code the command line gives for it."""

from __future__ import annotations

from typing import ClassVar


class EvenhandError(Exception):
    """What went wrong, where, by which rule, and what to do next; never a person's data.

    The message reads ``problem``, then where (``file``, ``line``, ``column``), then ``rule``,
    then ``remedy``. The parts are kept for machine-readable output.
    """

    exit_code: ClassVar[int] = 1
    kind: ClassVar[str] = "error"

    def __init__(
        self,
        problem: str,
        *,
        remedy: str = "",
        rule: str = "",
        file: str = "",
        line: int | None = None,
        column: str = "",
    ) -> None:
        self.problem, self.remedy, self.rule = problem, remedy, rule
        self.file, self.line, self.column = file, line, column
        super().__init__(self._message())

    @property
    def where(self) -> str:
        """File, line and column, as far as they are known."""
        line = f"line {self.line:,}" if self.line is not None else ""
        column = f"column “{self.column}”" if self.column else ""
        return ", ".join(part for part in (self.file, line, column) if part)

    def _message(self) -> str:
        text = f"{self.where}: {self.problem}" if self.where else self.problem
        if self.rule:
            text += f" [rule: {self.rule}]"
        return f"{text} {self.remedy}".strip()

    def as_dict(self) -> dict[str, object]:
        """The same facts for ``--json``."""
        return {
            "kind": self.kind,
            "exit_code": self.exit_code,
            "problem": self.problem,
            "file": self.file or None,
            "line": self.line,
            "column": self.column or None,
            "rule": self.rule or None,
            "remedy": self.remedy or None,
        }


class UsageProblem(EvenhandError, ValueError):
    """The caller asked for something that has no meaning: a parameter out of its bounds."""

    exit_code = 2
    kind = "usage"


class UnreadableFile(EvenhandError):
    """A file is absent, empty, or is not what its name says."""

    exit_code = 3
    kind = "unreadable"


class ContractBroken(EvenhandError):
    """A file can be read but lacks what its contract requires: a column, a group, a key."""

    exit_code = 4
    kind = "contract"


class UnsafeArchive(EvenhandError):
    """An archive would escape its folder, or unpacks to far more than it should."""

    exit_code = 5
    kind = "unsafe"


class CodelistRefused(EvenhandError):
    """A code is unknown to its edition, or a mapping would invent what was never recorded."""

    exit_code = 6
    kind = "codelist"


class DisclosureRefused(EvenhandError):
    """A table cannot be released without revealing what its policy protects."""

    exit_code = 7
    kind = "disclosure"


class NothingToMeasure(EvenhandError):
    """Every row was set aside, or none was given: there is no figure to print."""

    exit_code = 8
    kind = "nothing"


class Refused(EvenhandError):
    """A rule said no to this person at this moment; carries the reason."""

    exit_code = 9
    kind = "refused"


class LedgerBroken(EvenhandError):
    """The record does not hold together: altered, missing, reordered or wrongly signed."""

    exit_code = 10
    kind = "ledger"
