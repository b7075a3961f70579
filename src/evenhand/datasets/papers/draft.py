"""What a paper was understood to say: a draft that a secretariat corrects before it counts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from evenhand.datasets.papers.places import Place


class Role(StrEnum):
    """What a passage is on the page."""

    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    LISTED = "listed"  # a numbered or lettered line inside a passage, its mark part of the words
    HEADING = "heading"
    LABEL = "label"  # "Progress so far": says what the passages after it are
    TABLE = "table"


class Strand(StrEnum):
    """Which of the kinds of statement about a recommendation a passage belongs to."""

    TEXT = "text"
    PROGRESS = "progress"
    CHALLENGES = "challenges"
    NEXT_STEPS = "next_steps"
    COMPLETION = "completion"
    RESPONSIBLE = "responsible"
    DUE = "due"
    STATUS = "status"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the paper's own words, never altered, and where it stands."""

    text: str
    place: Place
    role: Role = Role.PARAGRAPH
    marker: str = ""
    level: int = 0
    strand: Strand = Strand.TEXT
    table: int | None = None


def wording(passages: Iterable[Passage], strand: Strand = Strand.TEXT) -> str:
    """The words of one strand, in order, without its labels and paragraph numbers."""
    text = ""
    for passage in passages:
        if passage.strand is not strand or passage.role in (Role.LABEL, Role.HEADING):
            continue
        line = _line(passage)
        close = passage.role in (Role.BULLET, Role.LISTED)
        text = f"{text}{chr(10) if close else chr(10) * 2}{line}" if text else line
    return text


def _line(passage: Passage) -> str:
    if passage.role is Role.TABLE:
        return f"[Table {passage.table}]"
    if passage.role in (Role.BULLET, Role.LISTED):
        mark = "•" if passage.role is Role.BULLET else passage.marker
        return f"{mark} {passage.text}".strip()
    return passage.text


@dataclass(frozen=True, slots=True)
class Entry:
    """What a recommendation and its sub-items share."""

    passages: tuple[Passage, ...]
    place: Place
    completed: bool = False
    responsible: str = ""
    due: datetime.date | None = None
    due_text: str = ""
    status: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)

    def wording(self, strand: Strand) -> str:
        """The words of one strand."""
        return wording(self.passages, strand)

    @property
    def text(self) -> str:
        """The exact wording."""
        return self.wording(Strand.TEXT)

    @property
    def progress(self) -> str:
        """What the paper says has been done."""
        return self.wording(Strand.PROGRESS)

    @property
    def challenges(self) -> str:
        """What the paper says is hard, or asks."""
        return self.wording(Strand.CHALLENGES)

    @property
    def next_steps(self) -> str:
        """What the paper says comes next."""
        return self.wording(Strand.NEXT_STEPS)

    @property
    def other(self) -> str:
        """What stands under a heading that was not understood."""
        return self.wording(Strand.OTHER)


@dataclass(frozen=True, slots=True)
class Item(Entry):
    """A sub-item: (a), (b), … ``label`` is without brackets."""

    label: str = ""


@dataclass(frozen=True, slots=True)
class Recommendation(Entry):
    """One recommendation of the register, with its sub-items in order."""

    number: str = ""
    heading: str = ""
    group: tuple[str, ...] = ()
    section: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class ForMembers:
    """What the paper asks its own meeting to decide; never a recommendation of the register."""

    number: str
    lead: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Section:
    """A standing section of the paper, an appendix, or a part under a heading."""

    letter: str
    title: str
    kind: str
    passages: tuple[Passage, ...]
    place: Place

    @property
    def text(self) -> str:
        """The section's words without its headings."""
        return wording(self.passages)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as printed, its type, and its value where it has one (dates as 2011-05-26)."""

    text: str
    type: str
    value: str | float | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell or row that breaks a rule. ``row`` counts as a reader would: see the table's note."""

    rule: str
    row: int
    column: str
    problem: str
    table: str = ""


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table as read; rows count from 1 below the header, or as the sheet numbers them."""

    number: int
    title: str
    belongs_to: str
    header: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    faults: tuple[Fault, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Doubt:
    """Where, what was understood, why that may be wrong, and what a person should check."""

    where: str
    understood: str
    why: str
    check: str
    rule: str
    row: int | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """A paper as understood. Every word of it stands in some passage, cell or note."""

    filename: str
    kind: str
    size: int
    sha256: str
    title: str = ""
    report_number: str = ""
    committee: str = ""
    meeting_date: datetime.date | None = None
    date: datetime.date | None = None
    author: str = ""
    front: tuple[Passage, ...] = ()
    summary_passages: tuple[Passage, ...] = ()
    sections: tuple[Section, ...] = ()
    for_members: tuple[ForMembers, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    tables: tuple[PaperTable, ...] = ()
    unplaced: tuple[Passage, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def summary(self) -> str:
        """The paper's own summary."""
        return wording(self.summary_passages)

    def list_passages(self) -> list[Passage]:
        """Every passage once, wherever it was placed (tables hold theirs in cells)."""
        held: list[Passage] = [*self.front, *self.summary_passages, *self.unplaced]
        for section in self.sections:
            held += section.passages
        for recommendation in self.recommendations:
            held += recommendation.passages
            for item in recommendation.items:
                held += item.passages
        return held
