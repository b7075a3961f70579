"""The head of a paper: title, report number, meeting, date, author; and a memo's sign-off."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from evenhand.datasets.papers.blocks import Block, Style
from evenhand.datasets.papers.dates import DATE_IN_WORDS, read_date
from evenhand.datasets.papers.draft import Doubt
from evenhand.datasets.papers.labels import find_recommendation_heading
from evenhand.datasets.papers.sections import find_lettered, kind_of, reads_as_heading

_FIELDS: tuple[tuple[str, str], ...] = (
    ("report_number", r"report(?: number| no\.?)?|(?:agenda )?item(?: number| no\.?)?"),
    ("date", r"(?:meeting |report )?date(?: of (?:meeting|report))?"),
    ("author", r"(?:report )?(?:by|authors?|of)|from"),
    ("committee", r"meeting|committee|board|meeting of|report to|to"),
    ("title", r"(?:report )?(?:title|subject)"),
)
_COMPILED = tuple(
    (name, re.compile(rf"(?:{words})\s*:\s*(\S.*)", re.IGNORECASE)) for name, words in _FIELDS
)
_INTRODUCTION = re.compile(
    rf"report\s+(\d+\w{{0,2}})\s+of\s+the\s+({DATE_IN_WORDS.pattern})\s+meeting\s+of\s+(?:the\s+)?",
    re.IGNORECASE,
)
#: a body's name: capitalised words joined by small ones
_NAME_WORD = r"(?:[A-Z][\w’'-]*|&|(?:and|of|the|for|on)\b)"
_BODY_NAME = re.compile(rf"{_NAME_WORD}(?:,?\s+{_NAME_WORD})*")
_TRAILING = re.compile(r"(?:[\s,]+(?:and|of|the|for|on|&))+$")

#: a paper's head is within its first blocks; a "Date:" further down belongs to something else
_HEAD_BLOCKS = 60
_SIGN_OFF_LINES = 4


@dataclass(slots=True)
class Front:
    """What the head of a paper says. ``body`` is the index of the first block after it."""

    title: str = ""
    report_number: str = ""
    committee: str = ""
    author: str = ""
    date: datetime.date | None = None
    meeting_date: datetime.date | None = None
    used: set[int] = field(default_factory=set)
    body: int = 0
    doubts: list[Doubt] = field(default_factory=list)


def read_front(blocks: Sequence[Block]) -> Front:
    """Read the head: what stands before the first section, number or recommendation."""
    front = Front()
    end = _end_of_head(blocks)
    found = [_find_field(block.printed) for block in blocks[:end]]
    for index, (name, value) in enumerate(found):
        if name and not getattr(front, name):
            _set_field(front, name, value, blocks[index])
            front.used.add(index)
    _read_introduction(front, blocks[:end])
    if not front.title:
        _find_title(front, blocks[:end], [i for i, (name, _) in enumerate(found) if name])
    front.body = max(front.used, default=-1) + 1
    return front


def _end_of_head(blocks: Sequence[Block]) -> int:
    for index, block in enumerate(blocks[:_HEAD_BLOCKS]):
        opens = block.is_numbered or find_recommendation_heading(block.printed)
        if opens or find_lettered(block, "") or kind_of(block.printed) == "summary":
            return index
    return min(len(blocks), _HEAD_BLOCKS)


def _find_field(text: str) -> tuple[str, str]:
    for name, pattern in _COMPILED:
        match = pattern.fullmatch(text)
        if match and len(match[1].split()) <= 30:
            return name, match[1].strip()
    return "", ""


def _set_field(front: Front, name: str, value: str, block: Block) -> None:
    if name != "date":
        setattr(front, name, value)
        return
    reading = read_date(value)
    front.date = reading.value
    if reading.value is None:
        front.doubts.append(
            Doubt(
                block.place.words,
                f"“{value}”",
                "it does not read as a date that exists",
                "Give the paper's date.",
                reading.rule,
            )
        )


def _read_introduction(front: Front, blocks: Sequence[Block]) -> None:
    for index, block in enumerate(blocks):
        match = _INTRODUCTION.match(block.printed)
        if not match:
            continue
        front.used.add(index)
        number, meeting = match[1], read_date(match[2])
        front.meeting_date = meeting.value
        name = _BODY_NAME.match(block.printed[match.end() :])
        front.committee = front.committee or (_TRAILING.sub("", name[0]) if name else "")
        _compare_introduction(front, number, block)
        front.report_number = front.report_number or number
        front.date = front.date or meeting.value
        return


def _compare_introduction(front: Front, number: str, block: Block) -> None:
    told = front.report_number.lstrip("0").lower()
    if told and told != number.lstrip("0").lower():
        front.doubts.append(
            Doubt(
                block.place.words,
                f"report number {front.report_number}",
                f"the introduction calls it report {number}",
                "Choose the right number.",
                "report-number-disagrees",
            )
        )
    if front.date and front.meeting_date and front.date != front.meeting_date:
        front.doubts.append(
            Doubt(
                block.place.words,
                f"dated {front.date.isoformat()}",
                f"the introduction gives a meeting on {front.meeting_date.isoformat()}",
                "Check both dates.",
                "dates-disagree",
            )
        )


def _find_title(front: Front, blocks: Sequence[Block], fields: Sequence[int]) -> None:
    before = fields[0] if fields else len(blocks)
    candidates = [
        index
        for index, block in enumerate(blocks[:before])
        if index not in front.used
        and block.style is not Style.FURNITURE
        and block.marker is None
        and reads_as_heading(block)
    ]
    declared = [i for i in candidates if blocks[i].style is Style.HEADING and blocks[i].level <= 1]
    if not candidates:
        return
    index = declared[0] if declared else candidates[-1] if fields else candidates[0]
    front.title = blocks[index].text
    front.used.add(index)


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who signed a memo, and when."""

    author: str
    date: datetime.date
    where: str


def find_sign_off(blocks: Sequence[Block]) -> SignOff | None:
    """The name and date that close a memo: a few short lines, the last of them a date."""
    tail = [block for block in blocks if block.style is not Style.FURNITURE][-_SIGN_OFF_LINES:]
    if len(tail) < 2 or not (signed := read_date(tail[-1].printed).value):
        return None
    lines = [b for b in tail[:-1] if b.chunk == tail[-1].chunk and reads_as_heading(b)]
    if not lines:
        return None
    return SignOff(", ".join(block.text for block in lines), signed, lines[0].place.words)
