"""Questions about digests: what a person owes, and what they were sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from evenhand.accountability.owed import Week
from evenhand.web.digests.models import Digest
from evenhand.web.foundation.errors import NotThere


@dataclass(frozen=True, slots=True)
class DigestRow:
    """A digest as it was written."""

    person: str
    week: Week
    matters: int
    body: str
    mailed: bool
    recorded_at: datetime
    event: int


def list_digests(person: str) -> list[DigestRow]:
    """What one person was sent, the latest first."""
    kind, _, ref = person.partition(":")
    rows = Digest.objects.filter(person__kind=kind, person__ref=ref).select_related("person")
    return [_row(row) for row in rows.order_by("-year", "-week")]


def get_digest(person: str, week: Week) -> DigestRow:
    """What one person was sent in one week."""
    for row in list_digests(person):
        if row.week == week:
            return row
    raise NotThere("no digest was written in that week.", rule="digest-exists")


def list_told(week: Week) -> frozenset[str]:
    """Everybody who has had their digest of this week."""
    rows = Digest.objects.filter(year=week.year, week=week.number).select_related("person")
    return frozenset(row.person.subject for row in rows)


def _row(row: Digest) -> DigestRow:
    return DigestRow(
        row.person.subject,
        Week(row.year, row.week),
        row.matters,
        row.body,
        row.mailed,
        row.recorded_at,
        row.event_id,
    )
