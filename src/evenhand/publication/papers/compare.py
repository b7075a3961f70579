"""Two versions of a paper beside one another: what stayed, what went, what came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from evenhand.publication.papers.model import Block, Grid, Listing, Paper, Paragraph, Picture
from evenhand.publication.papers.model import Subheading as Heading
from evenhand.publication.papers.words import plain


@dataclass(frozen=True, slots=True)
class Pair:
    """One line of the two versions; an empty side where the other has it alone."""

    section: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether the two differ."""
        return self.before != self.after


def lay_beside(before: Paper, after: Paper) -> list[Pair]:
    """Every line of both versions, section by section, paired where they are the same line.

    Sections are paired by their key; within one, lines by the longest runs they share.
    """
    first = {section.key: section for section in before.sections}
    second = {section.key: section for section in after.sections}
    pairs: list[Pair] = []
    for key in dict.fromkeys((*first, *second)):
        one, two = first.get(key), second.get(key)
        title = (two or one).title if (two or one) else key  # type: ignore[union-attr]
        pairs += _pairs(title, _lines(one.blocks if one else ()), _lines(two.blocks if two else ()))
    return pairs


def _pairs(title: str, before: list[str], after: list[str]) -> Iterator[Pair]:
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            yield from (Pair(title, line, line) for line in before[i1:i2])
            continue
        for place in range(max(i2 - i1, j2 - j1)):
            yield Pair(
                title,
                before[i1 + place] if i1 + place < i2 else "",
                after[j1 + place] if j1 + place < j2 else "",
            )


def _lines(blocks: tuple[Block, ...]) -> list[str]:
    return [line for block in blocks for line in _said(block)]


def _said(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield plain(block.words)
        case Heading():
            yield block.text
        case Listing():
            yield from (f"• {plain(item)}" for item in block.items)
        case Grid():
            yield block.caption
            yield " · ".join(block.headers)
            yield from (" · ".join(plain(cell) for cell in row) for row in block.rows)
        case Picture():
            yield from (block.title, block.alt)
            yield from _said(block.table)
