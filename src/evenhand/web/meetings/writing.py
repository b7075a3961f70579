"""Rows shared by commands of this app; written under their rule and their event."""

from __future__ import annotations

from typing import Any

from evenhand.accountability.machines import COMMISSION
from evenhand.accountability.states import may_follow, next_state
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.recording import Event
from evenhand.web.meetings.models import (
    CommissionStanding,
    Paper,
    PaperStanding,
    PaperText,
    PaperVersion,
)
from evenhand.web.meetings.queries import CommissionRow, get_commission


def deliver(commission: str, *, paper: int, event: Event, as_of: AsOf) -> None:
    """Under the event of an issued paper: what it answers is delivered, where it still waits."""
    row = get_commission(commission, as_of=as_of)
    if may_follow(COMMISSION, state=row.state, verb="deliver"):
        keep_commission(row, "deliver", "", event, paper=paper)


def keep_commission(
    row: CommissionRow, verb: str, reason: str, event: Event, *, paper: int | None = None
) -> None:
    """The next state of a commission, with everything else as it stood."""
    before = CommissionStanding.objects.as_of(None).get(commission=row.pk)
    stand_commission(
        row.pk,
        event,
        state=next_state(COMMISSION, state=row.state, verb=verb),
        meeting=before.meeting,
        paper_id=paper or before.paper_id,
        postponed=before.postponed,
        reason=reason,
    )


def stand_commission(commission: int, event: Event, **facts: Any) -> None:
    """How a commission stands from this event on."""
    supersede(CommissionStanding.objects.filter(commission=commission), event=event)
    CommissionStanding.objects.create(
        commission_id=commission, recorded_at=event.at, event=event, **facts
    )


def stand_paper(paper: int, state: str, reason: str, event: Event) -> None:
    """How a paper stands from this event on."""
    supersede(PaperStanding.objects.filter(paper=paper), event=event)
    PaperStanding.objects.create(
        paper_id=paper, state=state, reason=reason, recorded_at=event.at, event=event
    )


def write_text(version: int, section: str, text: str, by: str, event: Event) -> None:
    """The text of a section from this event on."""
    supersede(PaperText.objects.filter(version=version, section=section), event=event)
    PaperText.objects.create(
        version_id=version, section=section, text=text, by=by, recorded_at=event.at, event=event
    )


def add_version(
    paper: Paper | int,
    number: int,
    snapshot: int,
    by: str,
    event: Event,
    *,
    before: int | None = None,
    changed: str = "",
    why: str = "",
) -> PaperVersion:
    """A further version of a paper."""
    return PaperVersion.objects.create(
        paper_id=paper if isinstance(paper, int) else paper.pk,
        number=number,
        snapshot_id=snapshot,
        before_id=before,
        changed=changed,
        why=why,
        by=by,
        recorded_at=event.at,
        event=event,
    )
