"""Which of a Word file's styles are headings, and which number their paragraphs."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

from evenhand.datasets.papers.word_lists import W, attribute

_HEADING = re.compile(r"heading\s*(\d)", re.IGNORECASE)
#: a style may be based on another, which may be based on another; Word's own go four deep
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class WordStyle:
    """One paragraph style: what it is called, what it is based on, and what it adds."""

    name: str
    based_on: str = ""
    outline: int | None = None
    list_id: str = ""
    depth: int = 0


@dataclass(slots=True)
class WordStyles:
    """The paragraph styles of a file, by their identifiers."""

    styles: dict[str, WordStyle] = field(default_factory=dict)

    def _line(self, style_id: str) -> list[WordStyle]:
        """The style and those it is based on, nearest first."""
        found: list[WordStyle] = []
        while style_id in self.styles and len(found) < _DEEPEST:
            found.append(self.styles[style_id])
            style_id = found[-1].based_on
        return found

    def heading_level(self, style_id: str) -> int:
        """1 for a title or top heading, 2 and so on below it, 0 for ordinary text."""
        for style in self._line(style_id):
            if style.name.lower() == "title":
                return 1
            match = _HEADING.fullmatch(style.name)
            if match:
                return int(match[1])
            if style.outline is not None and style.outline < 9:
                return style.outline + 1
        return 0

    def numbering(self, style_id: str) -> tuple[str, int]:
        """The list its paragraphs belong to, and how deep."""
        for style in self._line(style_id):
            if style.list_id:
                return style.list_id, style.depth
        return "", 0


def read_styles(root: ElementTree.Element | None) -> WordStyles:
    """The styles of a ``styles.xml``."""
    styles = WordStyles()
    if root is None:
        return styles
    for one in root.findall(f"{W}style"):
        outline = attribute(one.find(f"{W}pPr/{W}outlineLvl"), "val")
        numbering = one.find(f"{W}pPr/{W}numPr")
        list_id, depth = read_numbering(numbering)
        styles.styles[attribute(one, "styleId")] = WordStyle(
            attribute(one.find(f"{W}name"), "val"),
            attribute(one.find(f"{W}basedOn"), "val"),
            int(outline) if outline.isdigit() else None,
            list_id,
            depth,
        )
    return styles


def read_numbering(properties: ElementTree.Element | None) -> tuple[str, int]:
    """The list and depth a paragraph's or a style's ``numPr`` names."""
    if properties is None:
        return "", 0
    depth = attribute(properties.find(f"{W}ilvl"), "val", "0")
    return attribute(properties.find(f"{W}numId"), "val"), int(depth) if depth.isdigit() else 0
