"""Compare two ledgers of one report, line by line, by the reference that both give."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DifferenceKind(StrEnum):
    """How two ledgers can differ about one recommendation."""

    ONLY_OURS = "only_ours"
    ONLY_THEIRS = "only_theirs"
    STATUS = "status"
    DATE = "date"
    TEXT = "text"

    @property
    def words(self) -> str:
        """What a page calls it."""
        return _WORDS[self]


_WORDS = {
    DifferenceKind.ONLY_OURS: "Only on our register",
    DifferenceKind.ONLY_THEIRS: "Only on theirs",
    DifferenceKind.STATUS: "Status differs",
    DifferenceKind.DATE: "Date differs",
    DifferenceKind.TEXT: "Text differs",
}

CORRECTABLE = frozenset({DifferenceKind.STATUS, DifferenceKind.DATE})
"""What an ordinary command can put right here. Exact words are never edited, and a recommendation
is added by importing its report."""


class Choice(StrEnum):
    """What a person decides about a difference."""

    KEEP = "keep"
    NOTE = "note"
    CORRECT = "correct"

    @property
    def words(self) -> str:
        """What a page calls it."""
        return {"keep": "Keep ours", "note": "Take note", "correct": "Correct ours"}[self.value]


@dataclass(frozen=True, slots=True)
class Ours:
    """A line of our register: its statuses are all the words by which another may call it."""

    reference: str
    text: str
    statuses: tuple[str, ...]
    date: date | None


@dataclass(frozen=True, slots=True)
class Theirs:
    """A line of another ledger."""

    reference: str
    text: str
    status: str
    date: date | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs; an empty text where one side says nothing."""

    kind: DifferenceKind
    reference: str
    ours: str
    theirs: str

    @property
    def key(self) -> str:
        """Its name among the differences of one ledger."""
        return f"{self.kind.value}:{self.reference}"


def name_reference(written: str, *, publication: str) -> str:
    """One spelling of a reference: ``Rec. 3(a)``, ``3/a`` and ``lamp-2020/3/a`` are one.

    Examples
    --------
    >>> name_reference("Recommendation 3 (a)", publication="lamp-2020")
    '3/a'
    >>> name_reference("lamp-2020/3/a", publication="lamp-2020")
    '3/a'

    Both name the first part of the third recommendation.
    """
    text = written.strip().removeprefix(f"{publication}/").lower()
    text = re.sub(r"^(?:recommendation|rec)\.?\s*", "", text)
    text = re.sub(r"\s*\(\s*(\w+)\s*\)", r"/\1", text)
    return text.strip(" .:/")


def compare_ledgers(ours: Iterable[Ours], theirs: Iterable[Theirs]) -> list[Difference]:
    """What differs between our lines and theirs, by reference?

    Parameters
    ----------
    ours, theirs
        Lines with references of one spelling, each reference once a side.

    Returns
    -------
    Differences in the order of our lines, then what only they have. Spaces and capitals make no
    difference; a date or status that they leave out makes none either, for silence is not a claim.
    """
    given = {line.reference: line for line in theirs}
    found: list[Difference] = []
    for mine in ours:
        other = given.pop(mine.reference, None)
        if other is None:
            found.append(Difference(DifferenceKind.ONLY_OURS, mine.reference, mine.text, ""))
            continue
        found += _compare_line(mine, other)
    found += [
        Difference(DifferenceKind.ONLY_THEIRS, line.reference, "", line.text)
        for line in given.values()
    ]
    return found


def _compare_line(mine: Ours, other: Theirs) -> Iterable[Difference]:
    if other.text and _plain(other.text) != _plain(mine.text):
        yield Difference(DifferenceKind.TEXT, mine.reference, mine.text, other.text)
    if other.status and _plain(other.status) not in {_plain(each) for each in mine.statuses}:
        said = mine.statuses[0] if mine.statuses else ""
        yield Difference(DifferenceKind.STATUS, mine.reference, said, other.status)
    if other.date and other.date != mine.date:
        said = mine.date.isoformat() if mine.date else ""
        yield Difference(DifferenceKind.DATE, mine.reference, said, other.date.isoformat())


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
