"""Puts a paper together: walks its blocks once and gives each its place in the draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from evenhand.datasets.papers.blocks import Block, Style
from evenhand.datasets.papers.draft import (
    Doubt,
    ForMembers,
    PaperTable,
    Passage,
    Recommendation,
    Role,
    Section,
    Strand,
)
from evenhand.datasets.papers.entries import OpenEntry, passage_of, runs_on
from evenhand.datasets.papers.labels import (
    RecommendationHeading,
    find_label,
    find_recommendation_heading,
    find_responsible,
)
from evenhand.datasets.papers.markers import Kind
from evenhand.datasets.papers.openings import OpenRecommendation
from evenhand.datasets.papers.outline import Outline
from evenhand.datasets.papers.places import Place
from evenhand.datasets.papers.sections import (
    SectionHeading,
    find_appendix,
    find_lettered,
    is_heading,
    kind_of,
    lists_recommendations,
    speaks_to_members,
)
from evenhand.datasets.papers.tables import build_table


@dataclass(slots=True)
class OpenSection:
    """A section being read, with the last paragraph number seen in it."""

    letter: str
    title: str
    kind: str
    place: Place
    level: int = 0
    passages: list[Passage] = field(default_factory=list)
    last_number: int = 0
    for_members: bool = False
    listed: bool = False

    def close(self) -> Section:
        """The section as read; a last line with nothing below it was no heading after all."""
        if len(self.passages) > 1 and self.passages[-1].role is Role.HEADING:
            self.passages[-1] = replace(self.passages[-1], role=Role.PARAGRAPH)
        below = self.passages[1] if len(self.passages) > 1 else None
        if self.kind == "appendix" and not self.title and below and below.role is Role.HEADING:
            self.title = below.text
        return Section(self.letter, self.title, self.kind, tuple(self.passages), self.place)


@dataclass(slots=True)
class Assembler:
    """The state of one reading; :meth:`read` walks the blocks and fills it."""

    outline: Outline
    sections: list[OpenSection] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    for_members: list[ForMembers] = field(default_factory=list)
    tables: list[PaperTable] = field(default_factory=list)
    unplaced: list[Passage] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    groups: list[tuple[int, str]] = field(default_factory=list)
    open: OpenRecommendation | None = None
    open_level: int = 0
    letter: str = ""

    def read(self, blocks: Sequence[Block]) -> None:
        """Place every block."""
        for index, block in enumerate(blocks):
            before = blocks[index - 1] if index else None
            after = blocks[index + 1] if index + 1 < len(blocks) else None
            if block.style is Style.FURNITURE:
                self.unplaced.append(Passage(block.text, block.place))
            elif not (
                self._opens_section(block, before=before, after=after)
                or self._opens_recommendation(block)
            ):
                self._place(block, heading=is_heading(block, before=before, after=after))
        self._close_recommendation()

    @property
    def section(self) -> OpenSection:
        """The section being read; words before any heading open one without a title."""
        if not self.sections:
            self.sections.append(OpenSection("", "", "opening", Place(1)))
        return self.sections[-1]

    def _close_recommendation(self) -> None:
        if self.open is not None:
            self.recommendations.append(self.open.close())
            self.open = None

    def _opens_section(self, block: Block, *, before: Block | None, after: Block | None) -> bool:
        lettered = find_lettered(block, self.letter) if self.outline.lettered else None
        if lettered:
            self.letter = lettered.letter
        heading = lettered or find_appendix(block) or self._find_part(block, after)
        if heading is None and is_heading(block, before=before, after=after):
            heading = self._find_titled(block, after)
        if heading is None:
            return False
        self._close_recommendation()
        self._open_section(heading, block)
        return True

    def _open_section(self, heading: SectionHeading, block: Block) -> None:
        opened = OpenSection(
            heading.letter,
            heading.title,
            heading.kind,
            block.place,
            block.level,
            listed=not self.outline.headed and lists_recommendations(heading.title),
        )
        marker = block.marker.printed if block.marker else ""
        opened.passages.append(Passage(block.text, block.place, Role.HEADING, marker, block.level))
        self.sections.append(opened)
        self.groups = []

    def _find_part(self, block: Block, after: Block | None) -> SectionHeading | None:
        """A numbered part of a section: "3 Financial implications" above a paragraph 3.1."""
        words = f"{block.marker.label} {block.text}" if block.marker else block.text
        number, _, title = words.partition(" ")
        if not number.isdigit() or block.is_bullet or after is None or after.marker is None:
            return None
        follows = after.marker.kind is Kind.DECIMAL and after.marker.label == f"{number}.1"
        if not follows or not title or title[-1] in ".;:" or self.open is not None:
            return None
        letter = self.section.letter.partition(".")[0]
        return SectionHeading(f"{letter}.{number}".strip("."), title, kind_of(title))

    def _find_titled(self, block: Block, after: Block | None) -> SectionHeading | None:
        """A heading that opens a section by itself, in papers without letters or before them."""
        if self.open is not None and not self._closes(block):
            return None
        if find_recommendation_heading(block.text) or (find_label(block.text) and self.open):
            return None
        kind = kind_of(block.text)
        marker = block.marker.printed if block.marker else ""
        if self.outline.listed or self._names_group(block, after):
            return None
        if self.letter or (self.sections and self.sections[-1].kind == "appendix"):
            return None
        if self.outline.lettered and kind != "summary":
            return None
        return SectionHeading(marker, block.text, kind)

    def _names_group(self, block: Block, after: Block | None) -> bool:
        """Whether a heading only groups recommendations that are being listed."""
        if not self.sections or not self.section.listed:
            return False
        deeper = block.level > self.section.level > 0
        number = int(after.marker.label) if after and after.is_numbered and after.marker else 0
        return deeper or (number > 0 and number == self.section.last_number + 1)

    def _closes(self, block: Block) -> bool:
        """Whether a heading ends the recommendation being read."""
        if find_label(block.text) or self.open is None:
            return False
        if block.style is Style.HEADING:
            return not (self.open_level and block.level > self.open_level)
        # a short line by itself is a heading between listed recommendations, not between headed
        # ones: those have labels, and what stands under a label may be as short
        target = self.open.target
        return (
            not self.open.heading
            and target.strand is Strand.TEXT
            and not runs_on(target.last_words)
        )

    def _opens_recommendation(self, block: Block) -> bool:
        if self.section_for_members(block) or block.style is Style.TABLE or block.is_bullet:
            return False
        headed = None
        if block.marker is None or block.is_numbered:
            headed = find_recommendation_heading(block.text)
        if headed:
            self._close_recommendation()
            self._open_headed(headed, block)
            return True
        if self._opens_listed(block):
            self._close_recommendation()
            self._open_listed(block)
            return True
        return False

    def section_for_members(self, block: Block) -> bool:
        """Whether the section being read asks the meeting to decide, rather than lists for all."""
        section = self.section if self.sections else None
        if section is None or section.kind != "recommendations":
            return False
        if speaks_to_members(block.text):
            section.for_members = True
        return section.for_members or (self.outline.lettered and bool(section.letter))

    def _opens_listed(self, block: Block) -> bool:
        if not block.is_numbered or block.marker is None or self.outline.headed:
            return False
        listed = self.outline.listed or (bool(self.sections) and self.section.listed)
        number = int(block.marker.label)
        if not listed or find_label(block.text):
            return False
        return number > self.section.last_number or (number == 1 and self.open is None)

    def _open_headed(self, headed: RecommendationHeading, block: Block) -> None:
        if block.marker:
            self._count(block)
        self._open(headed.number, headed.printed, block)
        marker = block.marker.printed if block.marker else ""
        entry = self._opened.entry
        entry.add(Passage(headed.printed, block.place, Role.HEADING, marker, block.level))
        entry.responsible = find_responsible(headed.printed) or find_responsible(headed.rest)
        if headed.rest:
            entry.add(Passage(headed.rest, block.place))

    def _open_listed(self, block: Block) -> None:
        marker = block.marker
        number = marker.label if marker else ""
        self.section.last_number = int(number)
        self._open(number, "", block)
        entry = self._opened.entry
        entry.responsible = find_responsible(block.text)
        entry.add(
            Passage(block.text, block.place, Role.PARAGRAPH, marker.printed if marker else "")
        )

    def _open(self, number: str, heading: str, block: Block) -> None:
        group = tuple(title for _, title in self.groups)
        section = self.section.letter or self.section.title
        entry = OpenEntry(block.place, number)
        self.open = OpenRecommendation(number, heading, group, section, entry, self.doubts)
        self.open_level = block.level if block.style is Style.HEADING else 0

    @property
    def _opened(self) -> OpenRecommendation:
        if self.open is None:
            raise LookupError("no recommendation is open")
        return self.open

    def _place(self, block: Block, *, heading: bool) -> None:
        if heading and self._closes(block):
            self._close_recommendation()
        table = self._add_table(block) if block.style is Style.TABLE else None
        if block.marker and block.is_numbered:
            self._count(block)
        if self.open is not None:
            if self.open.take(block, table=table):
                return
            self._close_recommendation()
        self._place_in_section(block, heading=heading, table=table)

    def _place_in_section(self, block: Block, *, heading: bool, table: int | None) -> None:
        section = self.section
        # names and addresses are short and unpunctuated like headings, but are none
        heading = heading and (section.kind != "contact" or block.style is Style.HEADING)
        passage = passage_of(block, Strand.TEXT, table=table)
        if heading and not (section.kind == "recommendations" and speaks_to_members(block.text)):
            self._note_group(block)
            marker = block.marker.printed if block.marker else ""
            passage = Passage(block.text, block.place, Role.HEADING, marker, block.level)
        section.passages.append(passage)
        if passage.role is not Role.HEADING and section.kind == "recommendations":
            self._ask_members(block)

    def _note_group(self, block: Block) -> None:
        level = block.level or 1
        self.groups = [group for group in self.groups if group[0] < level]
        self.groups.append((level, block.text))

    def _ask_members(self, block: Block) -> None:
        if not self.section_for_members(block):
            return
        asked = [ask for ask in self.for_members if not ask.number]
        if speaks_to_members(block.text) or block.marker is None:
            self.for_members.append(ForMembers("", "", block.text, block.place))
            return
        lead = asked[-1].text if asked else ""
        label = block.marker.label
        self.for_members.append(ForMembers(label, lead, block.text, block.place))

    def list_for_members(self) -> tuple[ForMembers, ...]:
        """What members are asked, without the lead lines that only introduce a list."""
        leads = {ask.lead for ask in self.for_members if ask.number}
        return tuple(ask for ask in self.for_members if ask.number or ask.text not in leads)

    def _add_table(self, block: Block) -> int:
        number = len(self.tables) + 1
        belongs = (
            self.open.name if self.open else f"section {self.section.letter or self.section.title}"
        )
        self.tables.append(
            build_table(block.rows, number=number, place=block.place, belongs_to=belongs)
        )
        return number

    def _count(self, block: Block) -> None:
        """Follow the section's paragraph numbers, and say where they break."""
        section, label = self.section, block.marker.label if block.marker else ""
        number = int(label)
        if block.text.startswith((f"{label}. ", f"{label}) ")):
            self._doubt_number(block, "the number is printed twice", "number-printed-twice")
        restarts = number == 1
        if section.last_number and number != section.last_number + 1 and not restarts:
            why = f"it follows paragraph {section.last_number}"
            self._doubt_number(block, why, "number-out-of-order")
        if not restarts or not section.last_number:
            section.last_number = number

    def _doubt_number(self, block: Block, why: str, rule: str) -> None:
        where = f"section {self.section.letter or self.section.title}, {block.place.words}"
        number = block.marker.printed if block.marker else ""
        self.doubts.append(
            Doubt(
                where,
                f"paragraph {number}",
                why,
                "Compare with the paper: a paragraph may be lost or misnumbered.",
                rule,
            )
        )
