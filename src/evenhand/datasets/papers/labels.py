"""The words that say what follows: "Progress so far", "Owner:"; and "Action completed"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from evenhand.datasets.papers.draft import Strand

_STRAND_WORDS: tuple[tuple[Strand, str], ...] = (
    (
        Strand.PROGRESS,
        r"(?:current |latest )?progress(?: (?:so far|to date|made|update|report|since .{3,40}))?"
        r"|(?:current )?position|updates?|what has been done(?: so far)?|work (?:done|completed)",
    ),
    (
        Strand.CHALLENGES,
        r"(?:key |main |remaining |outstanding |continuing )?challenges?(?: and risks?)?"
        r"|(?:key |main )?(?:risks?|barriers|obstacles|issues)(?: and challenges?)?",
    ),
    (
        Strand.NEXT_STEPS,
        r"(?:key |proposed |planned )?next steps?|(?:further|future|planned|next) (?:actions?|work)"
        r"|what happens next|way forward",
    ),
    (
        Strand.RESPONSIBLE,
        r"(?:person |body |officer |lead )?responsib(?:le|ility)(?: (?:body|officer|person|lead))?"
        r"|owner|(?:action |recommendation )?(?:owner|lead)(?: officer| body)?",
    ),
    (
        Strand.DUE,
        r"due(?: date| by)?|(?:target|completion|implementation) date|deadline|by when|timescale",
    ),
    (Strand.STATUS, r"(?:current )?status|rag(?: status| rating)?|rating"),
)
_KEYED = (Strand.RESPONSIBLE, Strand.DUE, Strand.STATUS)

_WHOLE = tuple(
    (strand, re.compile(rf"(?:{words})\s*[.:–—-]?", re.IGNORECASE))
    for strand, words in _STRAND_WORDS
)
_INLINE = tuple(
    (strand, re.compile(rf"((?:{words})\s*(?::|\s[–—-]\s))\s*(\S.*)", re.IGNORECASE | re.DOTALL))
    for strand, words in _STRAND_WORDS
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a label announces, its printed words, and any words that follow on its line."""

    strand: Strand
    printed: str
    rest: str = ""


def find_label(text: str) -> Label | None:
    """The label a paragraph is, or opens with (then followed by a colon or a dash).

    >>> find_label("Progress to date")
    Label(strand=<Strand.PROGRESS: 'progress'>, printed='Progress to date', rest='')
    >>> find_label("Progress has been slow.") is None
    True

    The first announces what has been done; the second is an ordinary sentence.
    """
    for strand, pattern in _WHOLE:
        if pattern.fullmatch(text) and (strand not in _KEYED or text.endswith(":")):
            return Label(strand, text)
    for strand, pattern in _INLINE:
        match = pattern.fullmatch(text)
        if match:
            return Label(strand, match[1].strip(), match[2])
    return None


class Completion(StrEnum):
    """Whether a paragraph says that an action is finished."""

    NOT_SAID = "not said"
    BARE = "bare"  # it says only that
    WITH_WORDS = "with words"  # and goes on
    UNCLEAR = "unclear"  # it speaks of completion without plainly saying so


_DONE = r"(?:completed?|closed|discharged|implemented)"
_SUBJECT = r"(?:(?:this |the )?(?:actions?|recommendation|item)s?\s+)"
_VERB = r"(?:(?:is|are|was|were|has been|have been|now|fully|been)\s+)*"
_QUALIFIED = (
    r"(?!\s+(?:in part|partially|partly|by\b|subject to|except|apart from|but\b|once|when))"
)
_COMPLETED = re.compile(
    rf"(?:{_SUBJECT}{_VERB}{_DONE}|completed?|closed){_QUALIFIED}(?=\s*(?:[.!;:–—-]|$))",
    re.IGNORECASE,
)
_NEARLY = re.compile(rf"{_SUBJECT}(?:\S+\s+){{0,5}}?{_DONE}\b", re.IGNORECASE)


def completion_of(text: str) -> Completion:
    """Whether a paragraph marks its action as completed.

    >>> completion_of("Action completed."), completion_of("Action completed in part.")
    (<Completion.BARE: 'bare'>, <Completion.UNCLEAR: 'unclear'>)

    Only the first is taken as finished; the second is left for a person to decide.
    """
    match = _COMPLETED.match(text)
    if match:
        return Completion.WITH_WORDS if re.search(r"\w", text[match.end() :]) else Completion.BARE
    return Completion.UNCLEAR if _NEARLY.match(text) else Completion.NOT_SAID


def says_completed(status: str) -> bool:
    """Whether a status cell such as ``Complete`` or ``Yes`` says that it is finished."""
    return bool(
        re.fullmatch(
            rf"(?:{_SUBJECT})?{_DONE}|yes|y|true|done|100%", status.strip(" ."), re.IGNORECASE
        )
    )


_BRACKET = re.compile(
    r"[\[(]\s*(?:(?P<body>[^\])]{2,60}?)\s+(?:is |are )?responsible(?: for [^\])]*)?"
    r"|(?:responsible|responsibility|owner|lead)\s*[:–-]\s*(?P<named>[^\])]{2,60}))\s*[\])]",
    re.IGNORECASE,
)


def find_responsible(text: str) -> str:
    """Who a bracketed note names: "[The Authority responsible for implementation]"."""
    match = _BRACKET.search(text)
    return (match["body"] or match["named"]).strip() if match else ""


_ELSEWHERE = re.compile(
    r"(?:as|see)\b[^.]*\b(?:challenges?|progress|next steps?|above|below|paragraphs?|previous|next"
    r"|recommendations?)\b[^.]*",
    re.IGNORECASE,
)


def refers_elsewhere(text: str) -> bool:
    """Whether a passage only points at another: "As challenges.", "See paragraph 12"."""
    words = text.strip(" .'’‘“”")
    return len(words.split()) <= 8 and bool(_ELSEWHERE.fullmatch(words))


_RECOMMENDATION = re.compile(
    r"(?P<head>(?:recommendation|rec\.?|call to action|proposal)\s+(?:no\.?\s*|number\s+)?"
    r"(?P<number>\d{1,3}[a-z]?|[IVXL]+)\b\s*(?P<bracket>[\[(][^\])]*[\])])?)"
    r"\s*(?P<mark>[:.–—-]?)\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class RecommendationHeading:
    """The number a recommendation opens with, the heading as printed, and words after it."""

    number: str
    printed: str
    rest: str


def find_recommendation_heading(text: str) -> RecommendationHeading | None:
    """The heading that opens a numbered recommendation, or None for a sentence that cites one."""
    match = _RECOMMENDATION.fullmatch(text)
    if not match:
        return None
    rest, announced = match["rest"], match["mark"] or match["bracket"]
    if rest and not announced and not rest[0].isupper():
        return None
    if rest and match["mark"] == "-" and not text[match.end("head") :].startswith((" ", ":")):
        return None
    printed = f"{match['head'].strip()}{match['mark']}"
    return RecommendationHeading(match["number"], printed, rest)
