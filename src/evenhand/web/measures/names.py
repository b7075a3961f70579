"""What pages call indicators and characteristics, whose ids stand in the record."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from evenhand.indicators import STOPS
from evenhand.indicators.workforce.characteristics import QUESTIONS
from evenhand.indicators.workforce.treatment import MEASURES

CHANGE = "-change"
"""What is added to the id of an indicator for its change against the unit's own past."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What a page says of an indicator: its question, what to make of it, what it cannot show."""

    title: str
    question: str
    explanation: str
    cautions: tuple[str, ...]


@lru_cache
def _definitions() -> dict[str, Definition]:
    stops = {
        each.id: Definition(each.title, each.question, each.explanation, each.cautions)
        for each in STOPS
    }
    people = {
        each.id: Definition(each.title, each.question, "", (each.caution,)) for each in MEASURES
    }
    return stops | people


def find_indicator(ident: str) -> Definition | None:
    """The definition behind an id, without regard to whether it is a change."""
    return _definitions().get(ident.removesuffix(CHANGE))


def indicator_title(ident: str) -> str:
    """The indicator's title; an id that is not known stands for itself in words."""
    found = find_indicator(ident)
    title = found.title if found else name_of(ident.removesuffix(CHANGE))
    return f"{title}: change" if ident.endswith(CHANGE) else title


def name_of(ident: str) -> str:
    """An id as words.

    Examples
    --------
    >>> name_of("ethnicity-self-defined")
    'Ethnicity, self-defined'
    >>> name_of("sexual_orientation")
    'Sexual orientation'
    """
    known = {question.column: question.title for question in QUESTIONS}
    if ident in known:
        return known[ident]
    if ident.startswith("ethnicity-"):
        return f"Ethnicity, {ident.removeprefix('ethnicity-')}"
    words = ident.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]
