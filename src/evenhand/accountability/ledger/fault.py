"""What can be wrong with a record, each kind with a name that scripts and tests can hold to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """The kinds of fault; the value is what ``--json`` prints."""

    UNREADABLE = "unreadable line"
    ALTERED = "altered event"
    MISSING = "missing events"
    REORDERED = "reordered event"
    DUPLICATED = "duplicated event"
    TRUNCATED = "truncated"
    BEYOND_END = "events beyond the end"
    TIME_BACKWARDS = "time going backwards"
    WRONG_ROOT = "wrong root"
    BAD_SIGNATURE = "bad signature"
    WRONG_CHECKPOINT = "checkpoint out of place"
    ROLLBACK = "rolled back"
    FORK = "forked"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: its kind, a sentence, and the line and event where there is one."""

    kind: FaultKind
    problem: str
    line: int | None = None
    event: int | None = None

    def as_dict(self) -> dict[str, object]:
        """The same facts for ``--json``."""
        return {
            "kind": self.kind.value,
            "problem": self.problem,
            "line": self.line,
            "event": self.event,
        }

    def __str__(self) -> str:
        where = f"line {self.line:,}: " if self.line is not None else ""
        return f"{where}{self.problem}"
