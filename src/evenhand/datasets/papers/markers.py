"""The marks that open a listed paragraph: 5.  1.2  (a)  iv.  •"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of mark it is; a lone i, v or x is a LETTER until its series says otherwise."""

    BULLET = "bullet"
    NUMBER = "number"
    DECIMAL = "decimal"
    LETTER = "letter"
    ROMAN = "roman"


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark as printed, its kind, and its bare label: ``(a)`` has the label ``a``."""

    printed: str
    kind: Kind
    label: str


_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.BULLET, re.compile(r"([•●▪◦‣·■□➢➤✓\uf0b7]|[-–—*](?=\s)|o(?=\t|\s{2,}))\s*")),
    # the word after a decimal must open a sentence: "1.5 million people" is not a paragraph 1.5
    (Kind.DECIMAL, re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,3})\.?\s+(?=[A-Z“‘\"'(\[])")),
    (Kind.NUMBER, re.compile(r"\(?(\d{1,3})[.)](?=\s|$)\s*")),
    (Kind.ROMAN, re.compile(r"\(((?=[ivxl]{2})[ivxl]{2,6})\)\s*")),
    (Kind.LETTER, re.compile(r"\(([a-z]{1,2})\)\s*")),
    (Kind.ROMAN, re.compile(r"((?=[ivxl]{2})[ivxl]{2,6})[.)](?:\s+|(?=[A-Z]))")),
    (Kind.LETTER, re.compile(r"([a-z])[.)](?:\s+|(?=[A-Z]))")),
)


def find_marker(text: str) -> tuple[Marker | None, str]:
    """The mark a paragraph opens with, if any, and the words after it.

    >>> find_marker("(a) putting better governance in place")
    (Marker(printed='(a)', kind=<Kind.LETTER: 'letter'>, label='a'), 'putting better governance in place')
    >>> find_marker("i.e. measures that enable")[0] is None
    True

    The first line is item (a); the second opens with a word, not with a mark.
    """  # noqa: E501 - the printed value of a doctest cannot be wrapped
    for kind, pattern in _PATTERNS:
        match = pattern.match(text)
        if match:
            return Marker(match[0].strip(), kind, match[1]), text[match.end() :]
    return None, text


_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
ROMAN_NUMERALS = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def roman_numeral(number: int) -> str:
    """4 as ``iv``: the label an automatic list prints."""
    text = ""
    for value, numeral in ROMAN_NUMERALS:
        while number >= value:
            text, number = text + numeral, number - value
    return text


def letter_label(number: int) -> str:
    """3 as ``c``, 27 as ``aa``: the label an automatic list prints."""
    repeat, index = divmod(number - 1, 26)
    return chr(ord("a") + index) * (repeat + 1)


def _roman_order(label: str) -> int | None:
    if not label or any(letter not in _ROMAN_VALUES for letter in label):
        return None
    values = [_ROMAN_VALUES[letter] for letter in label]
    total = sum(
        -value if any(later > value for later in values[i + 1 : i + 2]) else value
        for i, value in enumerate(values)
    )
    return total if roman_numeral(total) == label else None


def _letter_order(label: str) -> int | None:
    if not re.fullmatch(r"[a-z]|([a-z])\1", label):
        return None
    return ord(label[0]) - ord("a") + 1 + 26 * (len(label) - 1)


class Step(StrEnum):
    """How a label follows the one before it in its list."""

    FIRST = "first"
    NEXT = "next"
    GAP = "gap"
    REPEAT = "repeat"
    BACK = "back"


@dataclass(slots=True)
class Series:
    """The labels of one list so far; knows whether ``i`` is the ninth letter or roman one."""

    system: str = ""
    last: int = 0

    def step(self, label: str) -> Step:
        """How this label would follow, without taking it."""
        order = self._order(label)
        if not self.system:
            return Step.FIRST if order == 1 else Step.GAP
        if order is None or order < self.last:
            return Step.BACK
        if order == self.last:
            return Step.REPEAT
        return Step.NEXT if order == self.last + 1 else Step.GAP

    def take(self, label: str) -> None:
        """Make this label the last one of the list."""
        label = label.lower()
        if not self.system:
            self.system = self._opening_system(label)
        self.last = self._order(label) or self.last

    def _opening_system(self, label: str) -> str:
        if label.isdigit():
            return "number"
        if "." in label:
            return "decimal"
        return "roman" if _roman_order(label) == 1 or len(label) > 1 else "letter"

    def _order(self, label: str) -> int | None:
        label = label.lower()
        system = self.system or self._opening_system(label)
        if system == "number":
            return int(label) if label.isdigit() else None
        if system == "decimal":
            return int(label.rsplit(".", 1)[-1]) if "." in label else None
        if system == "roman":
            return _roman_order(label)
        # "ii" is the twenty-eighth letter label only in a list that has passed z
        return _letter_order(label) if len(label) == 1 or self.last >= 26 else None
