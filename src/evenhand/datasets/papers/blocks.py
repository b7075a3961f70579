"""What every reader hands to the grammar: the paper's blocks, in order, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from evenhand.datasets.papers.draft import Doubt
from evenhand.datasets.papers.markers import Kind, Marker, find_marker
from evenhand.datasets.papers.places import Place

Rows = tuple[tuple[str, ...], ...]


class Style(StrEnum):
    """What the format itself says a block is; plain text says little."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    TABLE = "table"
    FURNITURE = "furniture"  # running headers, menus, notes: kept, but not part of the argument


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, bullet or table. ``text`` is without its ``marker``."""

    text: str
    place: Place
    style: Style = Style.PARAGRAPH
    marker: Marker | None = None
    level: int = 0  # of a heading (1 is the highest; 0 unknown) or of indentation
    strong: bool = False
    chunk: int = 0  # blocks that stood together with no blank line between share a chunk
    rows: Rows = ()

    @property
    def printed(self) -> str:
        """The words with their mark, as the paper shows them."""
        return f"{self.marker.printed} {self.text}".strip() if self.marker else self.text

    @property
    def is_bullet(self) -> bool:
        """Whether it opens with a bullet."""
        return self.marker is not None and self.marker.kind is Kind.BULLET

    @property
    def is_numbered(self) -> bool:
        """Whether it opens with a paragraph number at the margin, such as ``21.``"""
        numbered = self.marker is not None and self.marker.kind is Kind.NUMBER
        return numbered and (self.level == 0 or self.style is Style.HEADING)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file's blocks, and what its reader already doubts."""

    blocks: tuple[Block, ...]
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class BlockList:
    """Collects blocks and numbers them as they come."""

    blocks: list[Block] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    chunk: int = 0

    def place(self, *, page: int | None = None, line: int | None = None) -> Place:
        """The place of the next block."""
        return Place(len(self.blocks) + 1, page, line)

    def add(
        self, text: str, *, style: Style = Style.PARAGRAPH, place: Place, level: int = 0
    ) -> None:
        """Add a paragraph or heading, taking its mark off; blank text is no block."""
        self.add_strong(text, strong=False, style=style, place=place, level=level)

    def add_strong(
        self, text: str, *, strong: bool, style: Style, place: Place, level: int = 0
    ) -> None:
        """As :meth:`add`, saying whether the whole of it is in bold."""
        text = text.strip()
        if not text:
            return
        marker, rest = (None, text) if style is Style.FURNITURE else find_marker(text)
        self.blocks.append(Block(rest, place, style, marker, level, strong, self.chunk))

    def add_table(self, rows: Rows, *, place: Place) -> None:
        """Add a table unless every cell of it is blank."""
        if any(cell.strip() for row in rows for cell in row):
            self.blocks.append(Block("", place, Style.TABLE, chunk=self.chunk, rows=rows))

    def reading(self) -> Reading:
        """What was collected."""
        return Reading(tuple(self.blocks), tuple(self.doubts))
