"""When a step of the demo is played, and who there is to play it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from evenhand.web.accounts.models import User

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Moment:
    """When a step is played, and who there is to play it."""

    on: date
    at: datetime
    users: dict[str, User]


def moment_of(on: date, users: dict[str, User]) -> Moment:
    """Ten in the morning of a day."""
    return Moment(on, datetime.combine(on, time(10), tzinfo=LONDON), users)
