"""The marks Word prints in front of listed paragraphs, which stand nowhere in the text itself."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import dataclass, field

from evenhand.datasets.papers.markers import letter_label, roman_numeral

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": letter_label,
    "upperLetter": lambda number: letter_label(number).upper(),
    "lowerRoman": roman_numeral,
    "upperRoman": lambda number: roman_numeral(number).upper(),
}


def attribute(element: ElementTree.Element | None, name: str, default: str = "") -> str:
    """A Word attribute's value, or the default where it or its element is absent."""
    return default if element is None else element.get(f"{W}{name}", default)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its format, the pattern of its mark, and where it starts."""

    format: str
    pattern: str
    start: int


@dataclass(slots=True)
class WordLists:
    """The lists a Word file defines, counting as the paragraphs go by."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def mark(self, list_id: str, depth: int) -> str:
        """The mark of the next paragraph of this list at this depth."""
        levels = self.levels.get(list_id, {})
        level = levels.get(depth)
        if level is None or level.format == "none":
            return ""
        if level.format == "bullet":
            return "•"
        # lists that share an abstract definition go on counting together
        counts = self.counts.setdefault(self.abstract.get(list_id, list_id), {})
        counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        return self._print(level, levels, counts)

    def _print(self, level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
        def number(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            shown = levels.get(depth, level)
            return _FORMATS.get(shown.format, str)(counts.get(depth, shown.start))

        return re.sub(r"%(\d)", number, level.pattern)


def read_lists(numbering: ElementTree.Element | None) -> WordLists:
    """The lists of a ``numbering.xml``."""
    lists = WordLists()
    if numbering is None:
        return lists
    abstract = {
        attribute(one, "abstractNumId"): {
            int(attribute(level, "ilvl", "0")): _read_level(level)
            for level in one.findall(f"{W}lvl")
        }
        for one in numbering.findall(f"{W}abstractNum")
    }
    for one in numbering.findall(f"{W}num"):
        list_id = attribute(one, "numId")
        shared = attribute(one.find(f"{W}abstractNumId"), "val")
        lists.levels[list_id] = _overridden(one, abstract.get(shared, {}))
        restarts = one.find(f"{W}lvlOverride/{W}startOverride") is not None
        lists.abstract[list_id] = list_id if restarts else f"abstract {shared}"
    return lists


def _overridden(one: ElementTree.Element, levels: dict[int, Level]) -> dict[int, Level]:
    levels = dict(levels)
    for override in one.findall(f"{W}lvlOverride"):
        depth = int(attribute(override, "ilvl", "0"))
        start = attribute(override.find(f"{W}startOverride"), "val")
        if start.isdigit() and depth in levels:
            levels[depth] = Level(levels[depth].format, levels[depth].pattern, int(start))
    return levels


def _read_level(level: ElementTree.Element) -> Level:
    start = attribute(level.find(f"{W}start"), "val", "1")
    return Level(
        attribute(level.find(f"{W}numFmt"), "val", "decimal"),
        attribute(level.find(f"{W}lvlText"), "val"),
        int(start) if start.isdigit() else 1,
    )
