"""The standing sections of a board paper, its appendices, and what reads as a heading."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evenhand.datasets.papers.blocks import Block, Style

_KINDS: tuple[tuple[str, str], ...] = (
    ("summary", r"(?:executive )?summary|overview"),
    ("recommendations", r".*\b(?:recommendations?|calls? to action|proposals)\b.*"),
    (
        "background papers",
        r".*\b(?:background|supporting|reference) (?:papers|documents|material)\b.*",
    ),
    ("supporting", r".*\bsupporting information\b.*|background|introduction|discussion"),
    ("contact", r".*\bcontacts?\b.*"),
    ("financial", r".*\b(?:financ\w+|resource|cost) ?(?:implications?|impact|considerations)?.*"),
    ("legal", r".*\blegal\b.*"),
    ("equality", r".*\b(?:equalit\w+|race|diversity)\b.*\b(?:impact|implications?)\b.*"),
    ("risk", r".*\brisks?\b.*"),
    ("environment", r".*\b(?:environment\w*|sustainab\w+)\b.*"),
    ("implications", r".*\b(?:implications?|impacts?)\b.*"),
    ("abbreviations", r"abbreviations|glossary|acronyms.*"),
)
_COMPILED = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _KINDS)

_LETTERED = re.compile(r"([A-Z])[.)]\s+([A-Z][^.;:!?]{1,90}?)\s*")
_APPENDIX = re.compile(r"((?:appendix|annex|schedule)\s+[A-Z0-9]{1,3})\b[\s:.–—-]*(.{0,90})", re.I)
_LISTS = re.compile(
    r"\b(?:recommendations|calls? to action|areas for improvement|causes? of concern|proposals)\b",
    re.IGNORECASE,
)
_TO_MEMBERS = re.compile(
    r"that\s+(?:the\s+)?(?:members?|committee|sub-?committee|board|authority|panel|meeting)\b"
    r"|(?:the\s+)?(?:members?|committee|board|authority|panel)\s+(?:is|are)\s+"
    r"(?:asked|invited|recommended|requested)\s+to\b",
    re.IGNORECASE,
)

#: a heading has at most this many words; the longest in the papers this was written for has eleven
_HEADING_WORDS = 14


def kind_of(title: str) -> str:
    """Which standing section a title names, or ``other``."""
    return next((kind for kind, words in _COMPILED if words.fullmatch(title.strip())), "other")


def lists_recommendations(title: str) -> bool:
    """Whether what stands under this title is a list of recommendations."""
    return bool(_LISTS.search(title))


def speaks_to_members(text: str) -> bool:
    """Whether this asks the meeting itself to decide: "That members note …"."""
    return bool(_TO_MEMBERS.match(text.strip()))


@dataclass(frozen=True, slots=True)
class SectionHeading:
    """A section's letter, its title, and its kind."""

    letter: str
    title: str
    kind: str


def find_lettered(block: Block, after: str) -> SectionHeading | None:
    """The lettered section a block opens, if its letter can follow the one before it."""
    if block.marker is not None or block.style in (Style.TABLE, Style.FURNITURE):
        return None
    match = _LETTERED.fullmatch(block.text)
    if not match:
        return None
    step = ord(match[1]) - (ord(after) if after else ord("A") - 1)
    if not 1 <= step <= (2 if after else 1):
        return None
    return SectionHeading(match[1], match[2], kind_of(match[2]))


def find_appendix(block: Block) -> SectionHeading | None:
    """The appendix a block opens: "Appendix 1", "Annex B: Terms of reference"."""
    if block.marker is not None or block.style in (Style.TABLE, Style.FURNITURE):
        return None
    match = _APPENDIX.fullmatch(block.text)
    if not match or (match[2] and not (match[2][0].isupper() and match[2][-1] not in ".;,")):
        return None
    return SectionHeading(match[1], match[2].strip(), "appendix")


def reads_as_heading(block: Block) -> bool:
    """Whether a block has the form of a heading: declared, or short and unpunctuated."""
    if block.style is Style.HEADING:
        return True
    if block.style is not Style.PARAGRAPH or block.is_bullet or not block.text:
        return False
    text = block.text
    short = len(text.split()) <= _HEADING_WORDS and text[-1] not in ".,;:!"
    opens = text[0].isupper() or text[0].isdigit()
    return short and opens and any(letter.isalpha() for letter in text)


def is_heading(block: Block, *, before: Block | None, after: Block | None) -> bool:
    """Whether a block is a heading where it stands: alone, or above longer text or bullets."""
    if block.style is Style.HEADING:
        return True
    if block.marker is not None or block.level or not reads_as_heading(block):
        return False
    first = before is None or before.chunk != block.chunk
    last = after is None or after.chunk != block.chunk
    if block.strong or (first and last) or after is None:
        return block.strong or (first and last)
    return after.is_bullet or (first and not last and not reads_as_heading(after))
