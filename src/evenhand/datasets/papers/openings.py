"""A recommendation while it is being read: where each paragraph under it belongs, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from evenhand.datasets.papers.blocks import Block, Style
from evenhand.datasets.papers.dates import read_date
from evenhand.datasets.papers.draft import Doubt, Item, Passage, Recommendation, Role, Strand
from evenhand.datasets.papers.entries import OpenEntry, passage_of, runs_on
from evenhand.datasets.papers.labels import (
    Completion,
    completion_of,
    find_label,
    find_responsible,
)
from evenhand.datasets.papers.markers import Kind, Marker, Series, Step
from evenhand.datasets.papers.places import Place

#: a label may skip this many letters and still open an item (with a doubt): (a), (b), (e)
_LARGEST_GAP = 3


@dataclass(slots=True)
class OpenRecommendation:
    """One recommendation being read; :meth:`take` says whether a block still belongs to it."""

    number: str
    heading: str
    group: tuple[str, ...]
    section: str
    entry: OpenEntry
    doubts: list[Doubt]
    items: list[OpenEntry] = field(default_factory=list)
    series: Series = field(default_factory=Series)
    nested: Series | None = None

    @property
    def target(self) -> OpenEntry:
        """The item being read, or the recommendation itself before its first item."""
        return self.items[-1] if self.items else self.entry

    @property
    def name(self) -> str:
        """``recommendation 5 (b)``: where a doubt points."""
        item = f" ({self.items[-1].label})" if self.items else ""
        return f"recommendation {self.number}{item}"

    def doubt(self, place: Place, understood: str, why: str, *, check: str, rule: str) -> None:
        """Note a doubt about what is being read."""
        where = f"{self.name}, {place.words}"
        self.doubts.append(Doubt(where, understood, why, check, rule))

    def take(self, block: Block, *, table: int | None = None) -> bool:
        """Place a block under this recommendation; False when it closes it instead."""
        steps: tuple[Callable[[Block], bool], ...] = (
            self._take_label,
            self._take_value,
            self._take_item,
            self._take_heading,
            self._take_numbered,
        )
        if block.style is Style.TABLE:
            self._leave_wording_for_table()
            self.target.add(passage_of(block, self.target.strand, table=table))
            return True
        if self._closes(block):
            return False
        if not any(step(block) for step in steps):
            self._take_paragraph(block)
        return True

    def _leave_wording_for_table(self) -> None:
        if self.target.strand is Strand.TEXT and not runs_on(self.target.last_words):
            self.target.strand = Strand.PROGRESS

    def _closes(self, block: Block) -> bool:
        """A numbered paragraph after unnumbered next steps speaks for the section again."""
        target = self.target
        if not block.is_numbered or target.strand is not Strand.NEXT_STEPS:
            return False
        said = target.in_strand()
        numbered = any(p.marker and p.role is Role.PARAGRAPH for p in said)
        if not said or numbered or runs_on(said[-1].text):
            return False
        if completion_of(block.text) is not Completion.NOT_SAID:
            return False
        self.doubt(
            block.place,
            "a closing paragraph of the section, not part of the next steps",
            "it is numbered, and the next steps before it are not",
            check="If it belongs to the next steps, move it there.",
            rule="closing-remark",
        )
        return True

    def _take_label(self, block: Block) -> bool:
        label = None if block.is_bullet else find_label(block.text)
        if label is None or (block.marker and not block.is_numbered):
            return False
        self.nested = None
        self.target.announce(label, block)
        return True

    def _take_value(self, block: Block) -> bool:
        target = self.target
        if target.awaits is None or block.marker or block.style is Style.HEADING:
            return False
        target.set_value(target.awaits, block.text)
        target.add(Passage(block.text, block.place, strand=target.awaits))
        target.awaits = None
        return True

    def _take_heading(self, block: Block) -> bool:
        if block.style is not Style.HEADING and not (block.strong and not block.marker):
            return False
        if not self.target.passages or self.target.strand is Strand.TEXT:
            return block.style is Style.HEADING and self._note_heading(block)
        return self._note_heading(block)

    def _note_heading(self, block: Block) -> bool:
        marker = block.marker.printed if block.marker else ""
        self.target.strand = Strand.OTHER
        self.target.add(Passage(block.text, block.place, Role.HEADING, marker, strand=Strand.OTHER))
        self.doubt(
            block.place,
            "a heading inside the recommendation",
            "it is not one of the labels that are known (progress, challenges, next steps, …)",
            check="Say what stands under it.",
            rule="unknown-label",
        )
        return True

    def _take_item(self, block: Block) -> bool:
        marker = block.marker
        if marker is None or not self._may_open(marker):
            return False
        step = self.series.step(marker.label)
        if self.items and block.level > self.items[-1].level and step is not Step.NEXT:
            return self._take_nested(block, marker)
        if self._is_nested(marker, step, block):
            return self._take_nested(block, marker)
        if step in (Step.GAP, Step.REPEAT):
            self._doubt_label(block, marker, step)
        self._open_item(block, marker)
        return True

    def _may_open(self, marker: Marker) -> bool:
        if marker.kind in (Kind.LETTER, Kind.ROMAN):
            return True
        if marker.kind is Kind.DECIMAL:
            return marker.label.startswith(f"{self.number}.") and marker.label.count(".") == 1
        if marker.kind is not Kind.NUMBER:
            return False
        opens = not self.items and marker.label == "1" and runs_on(self.entry.last_words)
        return self.entry.strand is Strand.TEXT and (opens or self.series.system == "number")

    def _is_nested(self, marker: Marker, step: Step, block: Block) -> bool:
        if self.nested is not None and self.nested.step(marker.label) is Step.NEXT:
            if step is Step.NEXT:
                self.doubt(
                    block.place,
                    "a line of the list inside the item",
                    f"{marker.printed} could as well open the next item",
                    check="Make it an item if it is one.",
                    rule="item-or-list",
                )
            return True
        if step is Step.BACK:
            return True
        ahead = Series(self.series.system, self.series.last + _LARGEST_GAP - 1)
        if step is Step.GAP and ahead.step(marker.label) is Step.GAP:
            return True
        opens_list = marker.label in ("a", "i", "1") and runs_on(self.target.last_words)
        return step is Step.REPEAT and opens_list

    def _take_nested(self, block: Block, marker: Marker) -> bool:
        if self.nested is None:
            self.nested = Series()
        self.nested.take(marker.label)
        self.target.add(passage_of(block, self.target.strand))
        return True

    def _doubt_label(self, block: Block, marker: Marker, step: Step) -> None:
        why = (
            "this label was used before" if step is Step.REPEAT else "a label before it is missing"
        )
        self.doubt(
            block.place,
            f"a sub-item {marker.printed}",
            why,
            check="Compare with the paper: an item may be mislabelled or lost.",
            rule=f"label-{step.value}",
        )

    def _open_item(self, block: Block, marker: Marker) -> None:
        self.series.take(marker.label)
        self.nested = None
        item = OpenEntry(block.place, marker.label, block.level)
        item.add(Passage(block.text, block.place, Role.PARAGRAPH, marker.printed, block.level))
        item.responsible = find_responsible(block.text)
        self.items.append(item)

    def _take_numbered(self, block: Block) -> bool:
        if not block.is_numbered:
            return False
        self.nested = None
        target = self.target
        lists = target.strand is Strand.TEXT and target.last_words.endswith(":")
        if lists and block.marker and block.marker.label == "1":
            target.add(passage_of(block, target.strand))
        else:
            self._narrate(block)
        return True

    def _take_paragraph(self, block: Block) -> None:
        target = self.target
        wording = target.strand is Strand.TEXT
        if not wording or completion_of(block.text) is not Completion.NOT_SAID:
            self._narrate(block)
        elif (
            not target.passages or block.marker or runs_on(target.last_words) or self._lists(target)
        ):
            target.add(passage_of(block, Strand.TEXT))
            target.responsible = target.responsible or find_responsible(block.text)
        elif self.items:
            self._narrate(block)
        else:
            self._continue_wording(block)

    @staticmethod
    def _lists(target: OpenEntry) -> bool:
        """Whether the wording is in the middle of lines it introduced with a colon."""
        texts = [p.text for p in target.passages if p.role is not Role.HEADING]
        introduced = any(text.endswith(":") for text in texts[:-1])
        return introduced and not texts[-1].endswith((".", "?", "!"))

    def _continue_wording(self, block: Block) -> None:
        said = [p for p in self.entry.passages if p.role is not Role.HEADING]
        self.entry.add(passage_of(block, Strand.TEXT))
        self.entry.responsible = self.entry.responsible or find_responsible(block.text)
        if said:
            self.doubt(
                block.place,
                "more of the recommendation's wording",
                "nothing says whether it is wording or comment",
                check="Move it if it is the paper's comment.",
                rule="wording-continues",
            )

    def _narrate(self, block: Block) -> None:
        """Place a paragraph that speaks about the item rather than states it."""
        target, completion = self.target, completion_of(block.text)
        target.completed = target.completed or completion in (
            Completion.BARE,
            Completion.WITH_WORDS,
        )
        if completion is Completion.UNCLEAR:
            self.doubt(
                block.place,
                "not completed",
                "the paper speaks of completion without plainly saying so",
                check="Mark it completed if it is.",
                rule="completion-unclear",
            )
        if completion is Completion.BARE:
            target.add(passage_of(block, Strand.COMPLETION))
            return
        if target.strand is Strand.TEXT:
            target.strand = Strand.PROGRESS
            self._doubt_unlabelled(block)
        target.add(passage_of(block, target.strand))

    def _doubt_unlabelled(self, block: Block) -> None:
        self.doubt(
            block.place,
            "progress",
            "no label says what this paragraph is",
            check="Move it if it is wording, a challenge or a next step.",
            rule="unlabelled-narrative",
        )

    def close(self) -> Recommendation:
        """The recommendation as read."""
        items = tuple(
            Item(
                tuple(item.passages),
                item.place,
                item.completed,
                item.responsible,
                read_date(item.due_text).value,
                item.due_text,
                item.status,
                label=item.label,
            )
            for item in self.items
        )
        entry = self.entry
        return Recommendation(
            tuple(entry.passages),
            entry.place,
            entry.completed,
            entry.responsible,
            read_date(entry.due_text).value,
            entry.due_text,
            entry.status,
            number=self.number,
            heading=self.heading,
            group=self.group,
            section=self.section,
            items=items,
        )
