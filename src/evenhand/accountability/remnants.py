"""Remnants: erased words, or a withdrawn public twin, in a copy that was already given out.

A frozen copy is never changed in part. It can be withdrawn, another can be put in its place, or all
of it can be erased; this module says which of these is due, and finds what holds the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from evenhand.accountability.releases.rules import may_see_releases, may_withdraw_release
from evenhand.accountability.roles import Actor
from evenhand.core import Decision

QUOTED = 20
"""Letters of a line from which on the same line elsewhere is a quotation of it."""


class Place(StrEnum):
    """What kind of copy holds the words."""

    RECORD = "record"
    RELEASE = "release"
    FILE = "file"
    PAPER = "paper"

    @property
    def words(self) -> str:
        """What a page calls it."""
        return _PLACES[self]


_PLACES = {
    Place.RECORD: "Public page of a recommendation",
    Place.RELEASE: "Statement of a release",
    Place.FILE: "Public version of evidence",
    Place.PAPER: "Issued paper",
}


class Step(StrEnum):
    """What is to be done next, the most pressing first."""

    WITHDRAW = "withdraw"
    CORRECT = "correct"
    ERASE = "erase"
    NOTHING = "nothing"

    @property
    def words(self) -> str:
        """What a page says is due."""
        return _STEPS[self]


_STEPS = {
    Step.WITHDRAW: "Withdraw it, or release it again without what is to go.",
    Step.CORRECT: "Issue a correction of the paper without the words.",
    Step.ERASE: "Nobody is shown it any more. Erase what is kept of it.",
    Step.NOTHING: "Nothing is left to do.",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether anybody is shown a copy, whether it was erased, and whether it was no match.

    ``shown`` of a paper: no later version was issued in its place.
    """

    place: Place
    shown: bool
    erased: bool
    dismissed: bool = False


def find_step(copy: Standing) -> Step:
    """What is due about a copy that holds erased words?

    Examples
    --------
    >>> find_step(Standing(Place.RECORD, shown=True, erased=False)).words
    'Withdraw it, or release it again without what is to go.'
    >>> find_step(Standing(Place.PAPER, shown=True, erased=True)).words
    'Issue a correction of the paper without the words.'

    An issued paper is erased with words that it quotes; its readers are still owed another.
    """
    if copy.dismissed:
        return Step.NOTHING
    if copy.place is Place.PAPER and copy.shown:
        return Step.CORRECT
    if copy.erased:
        return Step.NOTHING
    return Step.WITHDRAW if copy.shown else Step.ERASE


@dataclass(frozen=True, slots=True)
class Sought:
    """Words that are about to be erased: a passage, or somebody's name."""

    text: str
    is_name: bool = False


def is_held(sought: Sought, said: Iterable[str]) -> bool:
    """Do these texts hold those words?

    A name is looked for anywhere, as a whole word and whatever its case. A passage is held where a
    text is the passage, or holds a line of it that is long enough to be no coincidence.

    Examples
    --------
    >>> is_held(Sought("Ann Lee", is_name=True), ["Told by ann lee."])
    True
    >>> is_held(Sought("Ann Lee", is_name=True), ["Joann Leeds told it."])
    False
    >>> is_held(Sought("It is done."), ["It is done. All of it."])
    False
    """
    text = sought.text.strip()
    if not text:
        return False
    if sought.is_name:
        name = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.IGNORECASE)
        return any(name.search(each) for each in said)
    lines = [line.strip() for line in text.splitlines() if len(line.strip()) >= QUOTED]
    return any(each.strip() == text or any(line in each for line in lines) for each in said)


def may_see_remnants(actor: Actor) -> Decision:
    """May this person look at what was found? Whoever looks at proposals to publish."""
    return may_see_releases(actor)


def may_dismiss_remnant(actor: Actor) -> Decision:
    """May this person say that a copy does not hold the words? Whoever may withdraw it."""
    return may_withdraw_release(actor)
