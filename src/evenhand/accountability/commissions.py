"""When a report that members asked for is late, and what is still to come: rules on dates alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from evenhand.core import UsageProblem

CLEAR_DAYS = 5
"""Papers lie open five clear days before a meeting: Local Government Act 1972, sections 100B(3)
and 100J, as amended in 2002 (SI 2002/715)."""

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A commission as these rules see it; ``meeting_on`` is the meeting by which it is wanted."""

    ref: str
    state: str
    meeting_on: date
    first_meeting_on: date
    postponed: int = 0


@dataclass(frozen=True, slots=True)
class LateReport:
    """A report that is late: since when, and the sentence that says why."""

    ref: str
    since: date
    why: str

    def days(self, on: date) -> int:
        """For how many days it has been late, from 0."""
        return (on - self.since).days


def papers_day(meeting_on: date) -> date:
    """The last day on which papers for a meeting can be sent out.

    Clear days leave out the day of sending, the day of the meeting, and Saturdays and Sundays.
    Bank holidays are not known here; a body that has one in the week sends its papers earlier.

    Examples
    --------
    >>> papers_day(date(2007, 5, 24)).strftime("%A %d %B")
    'Wednesday 16 May'

    Between that Wednesday and Thursday the 24th lie Thursday, Friday, Monday, Tuesday, Wednesday.
    """
    day, clear = meeting_on, 0
    while clear < CLEAR_DAYS:
        day -= timedelta(1)
        clear += day.weekday() < SATURDAY
    day -= timedelta(1)
    while day.weekday() >= SATURDAY:
        day -= timedelta(1)
    return day


def find_late(asked: Asked, *, on: date) -> LateReport | None:
    """Is this report late on this day? From the day after papers for its meeting went out."""
    due = papers_day(asked.meeting_on)
    if asked.state != "asked_for" or on <= due:
        return None
    passed = "was" if on > asked.meeting_on else "is"
    moved = (
        f" It was first wanted by {_day(asked.first_meeting_on)}, and has been postponed "
        f"{'once' if asked.postponed == 1 else f'{asked.postponed} times'}."
        if asked.postponed
        else ""
    )
    why = (
        f"Papers for the meeting of {_day(asked.meeting_on)} had to be sent by {_day(due)}; "
        f"the meeting {passed} without it.{moved}"
    )
    return LateReport(asked.ref, due + timedelta(1), why)


def list_late(asked: Iterable[Asked], *, on: date) -> list[LateReport]:
    """Which commissioned reports are late on this day, the longest first?

    Examples
    --------
    >>> report = Asked("c1", "asked_for", date(2007, 5, 24), date(2007, 5, 24))
    >>> [late.since.isoformat() for late in list_late([report], on=date(2007, 5, 20))]
    ['2007-05-17']

    Members learn a week before the meeting that it will not be there, not at the meeting.
    """
    found = [late for each in asked if (late := find_late(each, on=on))]
    return sorted(found, key=lambda late: (late.since, late.ref))


def check_postponement(asked: Asked, *, to: date, on: date) -> None:
    """Refuse a postponement that is none: the new meeting is later, and still to come."""
    if to <= asked.meeting_on or to < on:
        raise UsageProblem(
            "a postponed report is wanted by a later meeting that is still to come.",
            remedy="Choose a later meeting.",
            rule="postponed-means-later",
        )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
