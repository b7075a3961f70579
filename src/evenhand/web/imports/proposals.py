"""What would be put on the register: the reading, with what a person corrected laid over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Json = dict[str, Any]

HEAD_FIELDS = (
    "title",
    "ref",
    "inquiry",
    "new_inquiry",
    "published_on",
    "author",
    "report_number",
    "edition",
    "scale",
    "addressed_to",
    "makes_none",
)
LINE_FIELDS = (
    "number",
    "heading",
    "text",
    "completed",
    "progress",
    "challenges",
    "next_steps",
    "party",
    "due",
    "response",
    "response_reason",
    "left_out",
)
"""What may be corrected. All else is the paper's and stays as it was read."""

ADDED = "new"


@dataclass(frozen=True, slots=True)
class Line:
    """One recommendation or part, as it would be recorded; ``changed`` names corrected fields."""

    key: str
    number: str
    heading: str = ""
    text: str = ""
    completed: bool = False
    progress: str = ""
    challenges: str = ""
    next_steps: str = ""
    other: str = ""
    responsible: str = ""
    party: str = ""
    due: str = ""
    due_text: str = ""
    status: str = ""
    response: str = ""
    response_reason: str = ""
    left_out: bool = False
    place: str = ""
    notes: Mapping[str, str] | None = None
    changed: frozenset[str] = frozenset()
    doubts: tuple[Json, ...] = ()
    items: tuple[Line, ...] = ()

    @property
    def narrative(self) -> bool:
        """Whether the paper reports on it."""
        return bool((self.progress + self.challenges + self.next_steps).strip())

    @property
    def noted(self) -> tuple[tuple[str, str], ...]:
        """Columns of a spreadsheet that the register has no place for."""
        return tuple((self.notes or {}).items())

    @property
    def parts(self) -> tuple[Line, ...]:
        """The parts that are to be recorded."""
        return tuple(item for item in self.items if not item.left_out)

    @property
    def added(self) -> bool:
        """Whether a person added it."""
        return ADDED in self.key


@dataclass(frozen=True, slots=True)
class Head:
    """The report itself, as it would be recorded."""

    title: str
    ref: str
    published_on: str
    author: str
    report_number: str
    edition: int
    inquiry: str
    new_inquiry: str
    addressed_to: str
    scale: str
    makes_none: bool
    committee: str = ""
    changed: frozenset[str] = frozenset()

    @property
    def day(self) -> date | None:
        """The day of publication, where one is given."""
        return date.fromisoformat(self.published_on) if self.published_on else None


@dataclass(frozen=True, slots=True)
class Proposal:
    """All that would be recorded, and all that would not; ``doubts`` point at no line."""

    head: Head
    lines: tuple[Line, ...]
    doubts: tuple[Json, ...]
    tables: tuple[Json, ...]
    for_members: tuple[Json, ...]
    unplaced: tuple[str, ...]
    words: str

    def walk(self) -> Iterator[tuple[Line, Line | None]]:
        """Every line to be recorded, with the recommendation it is a part of."""
        for line in self.lines:
            if not line.left_out:
                yield line, None
                yield from ((item, line) for item in line.parts)


def build_proposal(read: Json, corrected: Json) -> Proposal:
    """Lay corrections over a reading; fields without one are byte for byte the paper's."""
    changes = corrected.get("entries", {})
    entries = [*read["entries"], *_list_added(corrected, "")]
    head = corrected.get("head", {})
    return Proposal(
        Head(**{**read["head"], **head}, changed=frozenset(head)),
        tuple(_build_line(entry, changes, corrected) for entry in entries),
        tuple(read["doubts"]),
        tuple(read["tables"]),
        tuple(read["for_members"]),
        tuple(read["unplaced"]),
        read["words"],
    )


def _list_added(corrected: Json, parent: str) -> list[Json]:
    added = corrected.get("added", {})
    return [{"key": key, "number": "", "items": []} for key in added if added[key] == parent]


def _build_line(entry: Json, changes: Json, corrected: Json) -> Line:
    own = changes.get(entry["key"], {})
    items = [*entry["items"], *_list_added(corrected, entry["key"])]
    parts = tuple(_build_line(item, changes, corrected) for item in items)
    doubts = tuple(entry.get("doubts", ()))
    laid = {**entry, **own, "items": parts, "doubts": doubts}
    return Line(**laid, changed=frozenset(own))
