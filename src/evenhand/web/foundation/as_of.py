"""From when we look: now, or the end of a past day. Every query of register and work takes one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from evenhand.core import UsageProblem

LONDON = ZoneInfo("Europe/London")
"""Dates of the register are days in London: terms, duties and due dates end at midnight there."""


def day_of(at: datetime) -> date:
    """The day in London that a moment falls on."""
    return at.astimezone(LONDON).date()


@dataclass(frozen=True, slots=True)
class AsOf:
    """A viewpoint: ``moment`` is None for the present record; ``on`` is the day to judge by.

    Facts are those that stood at ``moment``; exceptions, terms and duties are judged on ``on``.
    """

    moment: datetime | None
    on: date

    @classmethod
    def now(cls, at: datetime) -> AsOf:
        """The record as it stands, judged on the day of ``at``."""
        return cls(None, day_of(at))

    @classmethod
    def end_of(cls, day: date, *, at: datetime) -> AsOf:
        """What the pages said when this day ended; a day still to come is refused."""
        if day > day_of(at):
            raise UsageProblem(
                "that day has not come: the record cannot be shown as of a future date.",
                remedy="Give today’s date or an earlier one.",
                rule="as-of-the-past",
            )
        midnight = datetime.combine(day + timedelta(1), time(), tzinfo=LONDON)
        return cls(midnight - timedelta(microseconds=1), day)

    @property
    def past(self) -> bool:
        """Whether this looks at an earlier day."""
        return self.moment is not None
