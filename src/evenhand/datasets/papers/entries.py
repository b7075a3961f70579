"""The passages under a recommendation or one of its items, while they are being read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from evenhand.datasets.papers.blocks import Block, Style
from evenhand.datasets.papers.draft import Passage, Role, Strand
from evenhand.datasets.papers.labels import Label, says_completed
from evenhand.datasets.papers.places import Place

_RUNS_ON = re.compile(r"(?:[:,–—-]|\b(?:to|including|following))\s*$")


def runs_on(text: str) -> bool:
    """Whether the words are left open, so that what follows still belongs to them."""
    return bool(_RUNS_ON.search(text))


def passage_of(block: Block, strand: Strand, *, table: int | None = None) -> Passage:
    """The block as a passage of this strand."""
    marker = block.marker.printed if block.marker else ""
    if block.style is Style.TABLE:
        return Passage("", block.place, Role.TABLE, strand=strand, table=table)
    role = Role.PARAGRAPH
    if block.is_bullet:
        role = Role.BULLET
    elif block.marker and not block.is_numbered:
        role = Role.LISTED
    return Passage(block.text, block.place, role, marker, block.level, strand)


@dataclass(slots=True)
class OpenEntry:
    """The passages of a recommendation or item so far, and the strand that is being read."""

    place: Place
    label: str = ""
    level: int = 0
    passages: list[Passage] = field(default_factory=list)
    strand: Strand = Strand.TEXT
    awaits: Strand | None = None  # an owner, due date or status announced on a line of its own
    completed: bool = False
    responsible: str = ""
    due_text: str = ""
    status: str = ""

    @property
    def last_words(self) -> str:
        """The words of the passage read last."""
        return self.passages[-1].text if self.passages else ""

    def in_strand(self) -> list[Passage]:
        """The passages of the current strand, without its label."""
        return [p for p in self.passages if p.strand is self.strand and p.role is not Role.LABEL]

    def announce(self, label: Label, block: Block) -> None:
        """Turn to the strand a label names; a keyed label (owner, due, status) sets its value."""
        marker = block.marker.printed if block.marker else ""
        printed = Passage(label.printed, block.place, Role.LABEL, marker, strand=label.strand)
        self.passages.append(printed)
        if label.rest:
            self.passages.append(Passage(label.rest, block.place, strand=label.strand))
        if label.strand in (Strand.RESPONSIBLE, Strand.DUE, Strand.STATUS):
            self.set_value(label.strand, label.rest)
            self.awaits = None if label.rest else label.strand
            return
        self.strand, self.awaits = label.strand, None

    def set_value(self, strand: Strand, value: str) -> None:
        """Set who is responsible, when it is due, or its status."""
        if strand is Strand.RESPONSIBLE:
            self.responsible = value
        elif strand is Strand.DUE:
            self.due_text = value
        else:
            self.status = value
            self.completed = self.completed or says_completed(value)

    def add(self, passage: Passage) -> None:
        """Add a passage."""
        self.passages.append(passage)
