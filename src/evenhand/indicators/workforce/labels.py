"""What a reader sees in place of a code: of a group, a grade, a kind."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from evenhand.codelists import get_codelist
from evenhand.core import CodelistRefused

GRADE_LISTS = ("rank", "staff-band", "grade-other")
"""Where the label of a grade is looked for, in order."""

PLURALS = {
    "constable": "constables",
    "sergeant": "sergeants",
    "inspector": "inspectors",
    "chief-inspector": "chief inspectors",
    "superintendent": "superintendents",
    "chief-superintendent": "chief superintendents",
    "commander": "commanders",
    "pcso": "community support officers",
    "special-constable": "special constables",
    "special-sergeant": "special sergeants",
    "special-inspector": "special inspectors",
}
"""The grades that sentences name in the plural; any other is “people at …”."""


@cache
def list_codes(codelist: str) -> tuple[str, ...]:
    """The codes of a list, in order; none where there is no such list."""
    try:
        return tuple(code.code for code in get_codelist(codelist).codes)
    except CodelistRefused:
        return ()


@cache
def find_label(codelists: tuple[str, ...], code: str) -> str:
    """The label of a code in the first list that has it; else the code itself, as words."""
    for name in codelists:
        if code in list_codes(name):
            return get_codelist(name).get(code).label
    return as_words(code)


def as_words(code: str) -> str:
    """``chief-inspector`` as “Chief inspector”."""
    words = code.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def grade_label(grade: str) -> str:
    """The label of a grade, whichever ladder it stands on."""
    return find_label(GRADE_LISTS, grade)


def grade_people(grade: str) -> str:
    """The people of a grade: “sergeants”, or “people at Band C”."""
    return PLURALS.get(grade, f"people at {grade_label(grade)}")


def grade_words(grade: str) -> str:
    """A grade within a sentence: “chief inspector”, but “Band C”."""
    label = grade_label(grade)
    return label if label.startswith("Band") else label[:1].lower() + label[1:]


def join_words(words: Iterable[str]) -> str:
    """``a, b and c``."""
    listed = list(words)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} and {listed[-1]}"
