"""Send this week's digests: to each person who is owed one and has not had it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from smtplib import SMTPException
from typing import Any

from evenhand.accountability.owed import list_owed, week_of
from evenhand.web.accounts.queries import get_actor, list_accounts
from evenhand.web.digests.gathering import gather_matters
from evenhand.web.digests.queries import list_told
from evenhand.web.digests.writing import write_digest
from evenhand.web.foundation.as_of import AsOf, day_of


@dataclass(frozen=True, slots=True)
class Sent:
    """What a run did. ``failed``: the mail was not taken, and the next run tries again."""

    week: str
    sent: int
    had_it: int
    nothing_owed: int
    failed: int

    def as_dict(self) -> dict[str, Any]:
        """The same facts for ``--json``."""
        return asdict(self)


def send_digests(*, at: datetime) -> Sent:
    """Write and send the digests of the week of this moment; a second run in it sends none again.

    Whose mail is refused is counted and left for the next run; the others get theirs.
    """
    on = day_of(at)
    week = week_of(on)
    told, matters = list_told(week), gather_matters(as_of=AsOf.now(at))
    sent = had_it = nothing = failed = 0
    for user in list_accounts():
        if not user.is_active or user.party is None:
            continue
        if user.subject in told:
            had_it += 1
            continue
        owed = list_owed(get_actor(user, at=at), matters, on=on)
        if not owed:
            nothing += 1
            continue
        try:
            written = write_digest(user, owed, week=week, at=at)
        except (OSError, SMTPException):  # no name and no address: what failed is in the mail log
            failed += 1
            continue
        sent, had_it = sent + written, had_it + (not written)
    return Sent(str(week), sent, had_it, nothing, failed)
