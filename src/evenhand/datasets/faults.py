"""What was wrong, where, by which rule: counted in full, kept as examples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

EXAMPLES = 20
"""Lines named per fault in a report; counts are complete, and the quarantine names every line."""


class Severity(StrEnum):
    """What a fault does to the row, or to the file, that has it."""

    ROW = "row"  # the row is quarantined
    FILE = "file"  # the whole file is set aside
    WARNING = "warning"  # read, and reported


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing a file or row must satisfy, in words a person can act on."""

    id: str
    severity: Severity
    title: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class FaultKey:
    """What one fault is: the same rule broken in the same way in the same column of a file.

    ``found`` is the class of the value (“a date with the day first”), or the value itself where it
    is a word of a category; never a person's own data.
    """

    file: str
    rule: str
    column: str
    found: str


@dataclass(slots=True)
class FaultCount:
    """How often it happened, and on which lines first."""

    count: int = 0
    lines: list[int] = field(default_factory=list)

    def add(self, lines: list[int], count: int) -> None:
        """Count more; keep their lines while there is room."""
        self.count += count
        self.lines.extend(lines[: EXAMPLES - len(self.lines)])


@dataclass(slots=True)
class FaultLog:
    """Every fault met so far."""

    rules: dict[str, Rule]
    counts: dict[FaultKey, FaultCount] = field(default_factory=dict)

    def add(self, key: FaultKey, *, lines: list[int], count: int | None = None) -> None:
        """Record that the fault happened on these lines (``count`` where it is more)."""
        if key.rule not in self.rules:
            raise KeyError(key.rule)
        self.counts.setdefault(key, FaultCount()).add(lines, len(lines) if count is None else count)

    def severity(self, key: FaultKey) -> Severity:
        """How bad this fault is."""
        return self.rules[key.rule].severity

    def __iter__(self) -> Iterator[tuple[FaultKey, FaultCount]]:
        return iter(self.counts.items())
