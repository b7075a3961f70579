"""Matters that wait for somebody, and which of them concern one person on one day.

Who is to act is not written down again here: each matter carries the permission rule of the act
that would end it, so that nobody is told of what they may not do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from evenhand.accountability.owed.ladder import Level, find_level
from evenhand.accountability.roles import ANYWHERE, Actor, Role, Where
from evenhand.core import Decision


class MatterKind(StrEnum):
    """What is to be done, in the order of a digest."""

    CLEAR = "clear"
    ANSWER = "answer"
    VOTE = "vote"
    REPORT = "report"
    OVERDUE = "overdue"
    TELL = "tell"
    DUE_SOON = "due_soon"
    ASSIGN = "assign"
    SETTLE = "settle"
    REVIEW_EVIDENCE = "review_evidence"
    REVIEW_LINK = "review_link"
    DECIDE_RELEASE = "decide_release"

    @property
    def words(self) -> str:
        """The heading of a list of these."""
        return _WORDS[self]


_WORDS = {
    MatterKind.CLEAR: "Copies given out that must be put right",
    MatterKind.ANSWER: "Questions to answer",
    MatterKind.VOTE: "Sittings in which your vote is wanted",
    MatterKind.REPORT: "Reports that members asked for",
    MatterKind.OVERDUE: "Past their date",
    MatterKind.TELL: "Silent: an update is wanted",
    MatterKind.DUE_SOON: "Due within four weeks",
    MatterKind.ASSIGN: "Nobody owns them",
    MatterKind.SETTLE: "Answers to accept or ask again",
    MatterKind.REVIEW_EVIDENCE: "Evidence to review",
    MatterKind.REVIEW_LINK: "Links to review",
    MatterKind.DECIDE_RELEASE: "Releases to decide",
}


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that waits.

    ``subject`` is what it is about, as the ledger knows it; ``place`` the path of its page.
    ``late_since`` is None while it is not late. ``acts`` is the rule of the act that ends it.
    """

    kind: MatterKind
    subject: str
    title: str
    why: str
    place: str
    late_since: date | None
    acts: Callable[[Actor], Decision] = field(compare=False)
    where: Where = ANYWHERE


@dataclass(frozen=True, slots=True)
class Owed:
    """A matter that concerns a person, and in which quality they hear of it."""

    matter: Matter
    level: Level


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """A week by ISO 8601: from Monday, numbered in the year of its Thursday."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"


def week_of(day: date) -> Week:
    """The week that a day falls in.

    Examples
    --------
    >>> str(week_of(date(2007, 12, 31)))
    '2008-W01'

    The last day of 2007 was a Monday, and belongs to the first week of 2008.
    """
    year, number, _ = day.isocalendar()
    return Week(year, number)


def list_owed(actor: Actor, matters: Iterable[Matter], *, on: date) -> list[Owed]:
    """What concerns this person today: to act on, or because it was late for too long.

    Parameters
    ----------
    actor
        The person with their roles of the day.
    matters
        Everything that waits.
    on
        The day.

    Returns
    -------
    One :class:`Owed` a matter, in the order of kinds, the longest late first. Whoever may act
    hears as owner, whatever else they are.
    """
    found = [
        Owed(matter, level)
        for matter in matters
        if (level := _heard_as(actor, matter, on)) is not None
    ]
    order = list(MatterKind)
    return sorted(
        found,
        key=lambda owed: (
            owed.level,
            order.index(owed.matter.kind),
            owed.matter.late_since or date.max,
            owed.matter.subject,
        ),
    )


def _heard_as(actor: Actor, matter: Matter, on: date) -> Level | None:
    if matter.acts(actor):
        return Level.OWNER
    reached = find_level(matter.late_since, on=on)
    over = (Role.UNIT_COMMANDER, Role.SECRETARIAT)
    if reached >= Level.SUPERIOR and actor.has(*over, where=matter.where):
        return Level.SUPERIOR
    if reached >= Level.MEMBER and actor.has(Role.MEMBER, where=matter.where):
        return Level.MEMBER
    return None
