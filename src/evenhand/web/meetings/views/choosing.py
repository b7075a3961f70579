"""What the selects of the forms offer."""

from __future__ import annotations

from datetime import date

from evenhand.web.accounts.choices import PartyKind
from evenhand.web.accounts.queries import list_parties
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.meetings.forms import Pairs
from evenhand.web.meetings.plans import NOTHING
from evenhand.web.meetings.queries import (
    list_commissions,
    list_meetings,
    list_papers,
    list_snapshots,
)
from evenhand.web.register.queries import list_publications


def bodies(*, as_of: AsOf) -> Pairs:
    """Bodies that may meet."""
    return [
        (party.subject, party.name) for party in list_parties(PartyKind.BODY, as_of=as_of.moment)
    ]


def parties(*, as_of: AsOf) -> Pairs:
    """Teams and bodies that may be asked to report, then people."""
    found = [
        *list_parties(PartyKind.TEAM, PartyKind.BODY, as_of=as_of.moment),
        *list_parties(PartyKind.PERSON, as_of=as_of.moment),
    ]
    return [(party.subject, party.name) for party in found]


def meetings(*, as_of: AsOf) -> Pairs:
    """Meetings still to come, the next first."""
    return [
        (row.ref, f"{day_words(row.on)}: {row.title}")
        for row in list_meetings(as_of=as_of)
        if row.state == "planned"
    ]


def papers(meeting: str, *, as_of: AsOf) -> Pairs:
    """Papers begun for a meeting."""
    return [
        (row.ref, f"{row.title} ({row.words.lower()})")
        for row in list_papers(as_of=as_of, meeting=meeting)
        if row.state != "abandoned"
    ]


def snapshots(*, as_of: AsOf) -> Pairs:
    """Snapshots, the latest first."""
    return [
        (row.ref, f"{row.title}, ledger of {row.size:,} events")
        for row in list_snapshots(as_of=as_of)
    ]


def earlier(*, as_of: AsOf) -> Pairs:
    """What a paper may be compared with, beside that of the last paper of its kind."""
    return [*snapshots(as_of=as_of), (NOTHING, "None: it stands alone")]


def publications(*, as_of: AsOf) -> Pairs:
    """Reports on the register."""
    return [(row.ref, row.title) for row in list_publications(as_of=as_of)]


def waiting(*, as_of: AsOf) -> Pairs:
    """Reports that members asked for and that have not come."""
    return [
        (row.ref, f"{row.title}, by {day_words(row.wanted_on)}")
        for row in list_commissions(as_of=as_of, state="asked_for")
    ]


def day_words(on: date) -> str:
    """``24 May 2007``."""
    return f"{on.day} {on:%B %Y}"
