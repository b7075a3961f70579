"""What pages call indicators and characteristics, whose ids stand in the record."""

from __future__ import annotations

from functools import lru_cache

from evenhand.indicators import STOPS, Indicator

CHANGE = "-change"
"""What is added to the id of an indicator for its change against the unit's own past."""


@lru_cache
def _indicators() -> dict[str, Indicator]:
    return {indicator.id: indicator for indicator in STOPS}


def find_indicator(ident: str) -> Indicator | None:
    """The definition behind an id, without regard to whether it is a change."""
    return _indicators().get(ident.removesuffix(CHANGE))


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
    if ident.startswith("ethnicity-"):
        return f"Ethnicity, {ident.removeprefix('ethnicity-')}"
    words = ident.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]
