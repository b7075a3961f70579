"""The characteristics groups are compared on, their groups, and whom each is compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from evenhand.codelists import Code, get_codelist, get_common_groups, get_mapping

EDITIONS = ("ethnicity-2001", "ethnicity-2011", "ethnicity-2021")
"""The editions of the self-defined ethnicity question that figures arrive in."""

BROAD = "ethnicity-broad"
BROAD_EDITIONS = (BROAD, "ethnicity-broad-2001", "ethnicity-broad-chinese", "ethnicity-binary")
"""The broad groups that residents, unlike searches, may arrive in."""


@dataclass(frozen=True, slots=True)
class Group:
    """One value of a characteristic: its code, its label, and how people of it are named."""

    code: str
    label: str
    people: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class Characteristic:
    """A characteristic as one field records it, with the group the others are compared with.

    ``field`` says in words which field it is, since two fields give two answers, and ``short``
    in a word or two. ``source`` is
    the cube's dimension. ``codes`` says, for each edition a row may be recorded in, which group
    each of its codes belongs to, so that one edition's “W9” is never taken for another's;
    ``residents`` says the same for the editions a population may come in (none: no denominator).
    ``in_units`` is false where the groups are too many and too small to be told apart in a unit.
    """

    id: str
    title: str
    field: str
    short: str
    source: str
    groups: tuple[Group, ...]
    comparator: str
    codes: Mapping[str, Mapping[str, str]]
    residents: Mapping[str, Mapping[str, str]]
    in_units: bool = True

    def index(self, code: str) -> int:
        """The position of a group's code; KeyError when it is not of this characteristic."""
        for position, group in enumerate(self.groups):
            if group.code == code:
                return position
        raise KeyError(code)

    @property
    def known(self) -> tuple[int, ...]:
        """Positions of the groups that are known values."""
        return tuple(i for i, group in enumerate(self.groups) if group.known)

    @property
    def unknown(self) -> tuple[int, ...]:
        """Positions of not stated and not recorded, which every table keeps apart."""
        return tuple(i for i, group in enumerate(self.groups) if not group.known)


_ETHNIC_PEOPLE = {
    "white": "White people",
    "mixed": "people of Mixed ethnicity",
    "asian": "Asian people",
    "black": "Black people",
    "other": "people of Other ethnicity",
}
_SEX_PEOPLE = {
    "female": "women and girls",
    "male": "men and boys",
    "other": "people recorded as neither",
}


def _group(code: Code, people: Mapping[str, str], phrase: str) -> Group:
    named = people.get(code.code, phrase.format(code.label))
    return Group(code.code, code.label, named, known=code.is_known)


def _groups(codelist: str, people: Mapping[str, str], phrase: str = "{}") -> tuple[Group, ...]:
    return tuple(_group(code, people, phrase) for code in get_codelist(codelist).codes)


def _identity(codelist: str) -> dict[str, str]:
    return {code.code: code.code for code in get_codelist(codelist).codes}


def _into(target: str) -> dict[str, Mapping[str, str]]:
    return {edition: get_mapping(edition, target).as_dict for edition in EDITIONS}


def _residents_into(target: str) -> dict[str, Mapping[str, str]]:
    """For every edition residents come in, the groups it holds whole; a wider one is none."""
    return {
        edition: {
            code: group.target_codes[0]
            for group in get_common_groups(edition, target)
            if group.is_known and len(group.target_codes) == 1
            for code in group.source_codes
        }
        for edition in (*EDITIONS, *BROAD_EDITIONS)
    }


@cache
def build_self_defined() -> Characteristic:
    """Self-defined ethnicity in the five broad groups, from whichever edition was used."""
    return Characteristic(
        id="ethnicity-self-defined",
        title="Ethnicity (self-defined)",
        field="ethnicity as the person searched described it",
        short="self-defined",
        source="self_defined",
        groups=_groups(BROAD, _ETHNIC_PEOPLE),
        comparator="white",
        codes=_into(BROAD),
        residents=_residents_into(BROAD),
    )


@cache
def build_officer_perceived() -> Characteristic:
    """Officer-perceived ethnicity; its residents, though, described themselves."""
    return Characteristic(
        id="ethnicity-officer-perceived",
        title="Ethnicity (officer-perceived)",
        field="ethnicity as the officer saw it",
        short="officer-perceived",
        source="officer",
        groups=_groups("ethnicity-officer", _ETHNIC_PEOPLE),
        comparator="white",
        codes={"": _identity("ethnicity-officer")},
        residents=_residents_into(BROAD),
    )


@cache
def build_sex() -> Characteristic:
    """Sex as recorded, compared with men."""
    return Characteristic(
        id="sex",
        title="Sex",
        field="sex as the officer recorded it",
        short="as recorded",
        source="sex",
        groups=_groups("sex", _SEX_PEOPLE),
        comparator="male",
        codes={"": _identity("sex")},
        residents={},
    )


@cache
def build_age() -> Characteristic:
    """Age band as recorded, compared with 25 to 34."""
    return Characteristic(
        id="age",
        title="Age",
        field="age band as the officer recorded it",
        short="as recorded",
        source="age",
        groups=_groups("age-stops", {}, "people aged {}"),
        comparator="25-34",
        codes={"": _identity("age-stops")},
        residents={},
    )


_DESCRIBED = "people who described themselves as “{}”"


def build_detailed(frames: Sequence[str]) -> Characteristic:
    """Self-defined ethnicity in the finest groups that every edition found can express.

    With one edition these are its own groups; with several, those all can express
    (:func:`evenhand.codelists.get_common_groups`), so that like is compared with like.
    """
    if len(frames) == 1:
        groups = _groups(frames[0], {}, _DESCRIBED)
        codes: dict[str, Mapping[str, str]] = {frames[0]: _identity(frames[0])}
    else:
        groups, codes = _common(frames)
    base = max(codes)
    return Characteristic(
        id="ethnicity-detailed",
        title="Ethnicity in detail (self-defined)",
        field="ethnicity as the person searched described it, in every group of the form",
        short="self-defined",
        source="self_defined",
        groups=groups,
        comparator=codes[base]["W1"],
        codes=codes,
        residents=_residents_in_detail(codes),
        in_units=False,
    )


def _common(
    frames: Sequence[str],
) -> tuple[tuple[Group, ...], dict[str, Mapping[str, str]]]:
    """The groups of the oldest edition that every other one can express, and each one's codes."""
    oldest, *newer = sorted(frames)
    shared = {edition: get_common_groups(oldest, edition) for edition in newer}
    whole = set.intersection(*({g.source_codes for g in own} for own in shared.values()))
    kept = {edition: [g for g in own if g.source_codes in whole] for edition, own in shared.items()}
    groups = tuple(
        Group("+".join(g.source_codes), g.label, _DESCRIBED.format(g.label), g.is_known)
        for g in kept[newer[0]]
    )
    codes: dict[str, Mapping[str, str]] = {
        oldest: {code: group.code for group in groups for code in group.code.split("+")}
    }
    for edition, own in kept.items():
        codes[edition] = {c: "+".join(g.source_codes) for g in own for c in g.target_codes}
    return groups, codes


def _residents_in_detail(codes: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    """The editions met, and those that go into the newest of them whole.

    A wider group of residents is no denominator.
    """
    found, base = dict(codes), max(codes)
    for edition in EDITIONS:
        if edition > base:
            into = get_mapping(edition, base).as_dict
            found[edition] = {code: codes[base][home] for code, home in into.items()}
    return found


def people_of(characteristic: str, label: str) -> str:
    """How the people of a group are named in a sentence, from the group's label."""
    for each in (build_self_defined(), build_officer_perceived(), build_sex(), build_age()):
        for group in each.groups:
            if each.id == characteristic and group.label == label:
                return group.people
    return _DESCRIBED.format(label)
