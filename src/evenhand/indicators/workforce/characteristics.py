"""Whom the workforce's measures compare: the characteristics, their groups, and with whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from evenhand.core import UsageProblem
from evenhand.datasets.workforce import ABSENT
from evenhand.indicators.workforce.labels import find_label, list_codes

TOGETHER = "ethnicity_together"
"""Ethnicity once more, with every group but White taken together, as the papers print it."""

PART_TIME = "part_time"
"""Working pattern: not a protected characteristic, but one that often stands for one."""

REST = -1
"""The comparator of a group that is compared with everybody else whose answer is known."""


@dataclass(frozen=True, slots=True)
class Question:
    """One characteristic before its answers are met: how it is titled, listed and compared.

    ``references`` are the codes that the others are compared with, the first one met; without
    any, each group is compared with everybody else whose answer is known. ``people`` names the
    people of a code in a sentence.
    """

    column: str
    title: str
    codelists: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    phrase: str = "people recorded as {}"


@dataclass(frozen=True, slots=True)
class Group:
    """One answer: its code, its label, how people who gave it are named, whether it is known."""

    code: str
    label: str
    people: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class Characteristic:
    """A characteristic, or several at once, with its groups in order.

    ``columns`` are the columns it is read from: one, or two or three for an intersection, whose
    groups are every combination in that order. ``reference`` is the position of the group that
    the others are compared with, or :data:`REST`.
    """

    id: str
    title: str
    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    reference: int
    parts: tuple[Characteristic, ...] = ()

    @property
    def known(self) -> tuple[int, ...]:
        """Positions of the groups that are answers."""
        return tuple(i for i, group in enumerate(self.groups) if group.known)

    @property
    def unknown(self) -> tuple[int, ...]:
        """Positions of the three ways in which nothing is known."""
        return tuple(i for i, group in enumerate(self.groups) if not group.known)

    @property
    def compared(self) -> tuple[int, ...]:
        """Positions of the groups that are set against the comparator."""
        return tuple(i for i in self.known if i != self.reference)

    @property
    def shape(self) -> tuple[int, ...]:
        """How many groups each of the columns has."""
        return tuple(len(part.groups) for part in self.parts) or (len(self.groups),)


_UNKNOWN = {
    "prefer_not_to_say": Group(
        "prefer_not_to_say", "Prefer not to say", "people who prefer not to say", known=False
    ),
    "not_asked": Group("not_asked", "Not asked", "people who were not asked", known=False),
    "blank": Group("blank", "Blank", "people whose answer is blank", known=False),
}

QUESTIONS = (
    Question(
        "sex",
        "Sex",
        ("sex",),
        references=("male",),
        people={"female": "women", "male": "men"},
        labels={"female": "Women", "male": "Men"},
    ),
    Question(
        "ethnicity",
        "Ethnicity (self-defined)",
        ("ethnicity-broad", "ethnicity-binary"),
        references=("white",),
        people={
            "white": "White people",
            "mixed": "people of Mixed ethnicity",
            "asian": "Asian people",
            "black": "Black people",
            "other": "people of Other ethnicity",
            "bme": "Black and minority ethnic people",
        },
    ),
    Question(
        TOGETHER,
        "Ethnicity (all groups but White together)",
        ("ethnicity-binary",),
        references=("white",),
        people={"white": "White people", "bme": "Black and minority ethnic people"},
    ),
    Question(
        "disability",
        "Disability",
        ("disability",),
        references=("not-disabled",),
        people={"disabled": "disabled people", "not-disabled": "people who are not disabled"},
    ),
    Question(
        "religion",
        "Religion or belief",
        ("religion-2021",),
        people={
            "none": "people of no religion",
            "christian": "Christians",
            "buddhist": "Buddhists",
            "hindu": "Hindus",
            "jewish": "Jewish people",
            "muslim": "Muslims",
            "sikh": "Sikhs",
            "other": "people of another religion",
        },
    ),
    Question(
        "sexual_orientation",
        "Sexual orientation",
        ("sexual-orientation-2021",),
        references=("heterosexual",),
        people={
            "heterosexual": "heterosexual people",
            "gay-or-lesbian": "gay and lesbian people",
            "bisexual": "bisexual people",
            "other": "people of another sexual orientation",
        },
    ),
    Question("age_band", "Age", ("age-workforce", "age-ten-year"), phrase="people aged {}"),
    Question(
        PART_TIME,
        "Working pattern",
        references=("full-time",),
        people={"full-time": "full-time workers", "part-time": "part-time workers"},
        labels={"full-time": "Full time", "part-time": "Part time"},
    ),
)
"""The six self-declared characteristics, ethnicity once more taken together, and part time."""

COLUMNS = tuple(question.column for question in QUESTIONS)


def build_characteristic(question: Question, met: Iterable[str]) -> Characteristic:
    """The characteristic with the groups that were met, and always the three unknowns."""
    codes = dict.fromkeys(met)
    listed = _order(question, [code for code in codes if code not in ABSENT])
    groups = [_group(question, code) for code in listed]
    reference = next((listed.index(code) for code in question.references if code in listed), REST)
    return Characteristic(
        question.column,
        question.title,
        (question.column,),
        (*groups, *_UNKNOWN.values()),
        reference,
    )


CROSS = " × "
"""Between the characteristics of an intersection."""


def cross(parts: Sequence[Characteristic]) -> Characteristic:
    """Two or three characteristics at once: every combination of their groups as one group.

    A combination is known when each of its parts is; the comparator is the combination of the
    parts' own comparators, or everybody else where a part has none.
    """
    if not 2 <= len(parts) <= 3 or len({part.id for part in parts}) < len(parts):
        raise UsageProblem(
            f"an intersection is of two or three different characteristics, not of {len(parts)}.",
            rule="two-or-three-at-once",
        )
    combined = [_combine(groups) for groups in product(*(part.groups for part in parts))]
    reference = REST
    if all(part.reference != REST for part in parts):
        reference = 0
        for part in parts:
            reference = reference * len(part.groups) + part.reference
    return Characteristic(
        CROSS.join(part.id for part in parts),
        " × ".join(part.title for part in parts),
        tuple(column for part in parts for column in part.columns),
        tuple(combined),
        reference,
        tuple(parts),
    )


def _combine(groups: Sequence[Group]) -> Group:
    return Group(
        "/".join(group.code for group in groups),
        ", ".join(group.label for group in groups),
        _people(groups),
        known=all(group.known for group in groups),
    )


def _people(groups: Sequence[Group]) -> str:
    """“women of Mixed ethnicity aged 26 to 40”, “White people who are also Sikhs”."""
    words = groups[0].people
    for group in groups[1:]:
        if group.people.startswith(("people aged ", "people of ", "people who ")):
            words += group.people.removeprefix("people")
        else:
            words += f" who are also {group.people}"
    return words


def _order(question: Question, codes: list[str]) -> list[str]:
    """Codes in the order of their codelist; those of none after them, by name."""
    known = [code for id_ in question.codelists for code in list_codes(id_)]
    place = {code: i for i, code in reversed(list(enumerate(known)))}
    return sorted(codes, key=lambda code: (place.get(code, len(known)), code))


def _group(question: Question, code: str) -> Group:
    label = question.labels.get(code) or find_label(question.codelists, code)
    return Group(code, label, question.people.get(code, question.phrase.format(label)))
