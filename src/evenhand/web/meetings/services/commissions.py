"""Commissioned reports: asked for by a meeting, postponed, accepted, sent back or withdrawn."""

from __future__ import annotations

import secrets
from datetime import datetime

from evenhand.accountability.commissions import check_postponement
from evenhand.accountability.convening import may_commission, may_release_commission
from evenhand.accountability.machines import COMMISSION
from evenhand.accountability.roles import Actor
from evenhand.accountability.states import may_follow, next_state
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor, get_party
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.command import command
from evenhand.web.ledger.recording import Event, record_event, sealed, sealed_words
from evenhand.web.meetings.models import Commission
from evenhand.web.meetings.queries import CommissionRow, MeetingRow, get_commission, get_meeting
from evenhand.web.meetings.writing import keep_commission, stand_commission


@command(rule=may_commission, audit="commission.made")
def commission_report(
    *, title: str, question: str, asked_of: str, meeting: str, by: User, at: datetime
) -> Commission:
    """Ask a person, team or body for a report by a meeting that is planned.

    Authorisation: `may_commission`. Audit: ``commission.made``; the words are sealed.
    """
    actor, now = get_actor(by, at=at), AsOf.now(at)
    require(may_commission(actor))
    if not title.strip() or not question.strip():
        raise UsageProblem("say what is to be reported.", rule="commissions-have-words")
    found, party = _planned(meeting, now), get_party(asked_of)
    ref = secrets.token_hex(6)
    event = record_event(
        kind="commission.made",
        subject=f"commission:{ref}",
        by=actor,
        at=at,
        after={
            "title": title.strip(),
            "question": sealed(question),
            "asked_of": asked_of,
            "meeting": meeting,
        },
        touches=[found.subject],
    )
    commission = Commission.objects.create(
        ref=ref,
        title=title.strip(),
        question=question.strip(),
        asked_of=party,
        asked_by=actor.ref,
        first_meeting_id=found.pk,
        recorded_at=event.at,
        event=event,
    )
    stand_commission(commission.pk, event, state=COMMISSION.start, meeting_id=found.pk)
    return commission


@command(rule=may_release_commission, audit="commission.postponed")
def postpone_commission(
    *, commission: str, meeting: str, reason: str, by: User, at: datetime
) -> None:
    """Let a report come to a later meeting; when it was first wanted stays beside it.

    Authorisation: `may_release_commission`. Audit: ``commission.postponed``.
    """
    actor, now = get_actor(by, at=at), AsOf.now(at)
    require(may_release_commission(actor))
    row, to = get_commission(commission, as_of=now), _planned(meeting, now)
    _require_reason(reason)
    check_postponement(row.asked, to=to.on, on=day_of(at))
    event = _move(row, "postpone", actor, at, kind="commission.postponed", to=to, reason=reason)
    state = next_state(COMMISSION, state=row.state, verb="postpone")
    facts = {"meeting_id": to.pk, "postponed": row.postponed + 1, "reason": reason}
    stand_commission(row.pk, event, state=state, **facts)


@command(rule=may_release_commission, audit="commission.accepted")
def accept_report(*, commission: str, by: User, at: datetime) -> None:
    """Say that the report answers what members asked.

    Authorisation: `may_release_commission`. Audit: ``commission.accepted``.
    """
    actor, now = get_actor(by, at=at), AsOf.now(at)
    require(may_release_commission(actor))
    row = get_commission(commission, as_of=now)
    event = _move(row, "accept", actor, at, kind="commission.accepted")
    keep_commission(row, "accept", "", event)


@command(rule=may_release_commission, audit="commission.sent-back")
def send_report_back(*, commission: str, meeting: str, reason: str, by: User, at: datetime) -> None:
    """Say what the report left out, and by which meeting members want the rest.

    Authorisation: `may_release_commission`. Audit: ``commission.sent-back``.
    """
    actor, now = get_actor(by, at=at), AsOf.now(at)
    require(may_release_commission(actor))
    row, to = get_commission(commission, as_of=now), _planned(meeting, now)
    _require_reason(reason)
    event = _move(row, "send_back", actor, at, kind="commission.sent-back", to=to, reason=reason)
    state = next_state(COMMISSION, state=row.state, verb="send_back")
    facts = {"meeting_id": to.pk, "postponed": row.postponed, "reason": reason}
    stand_commission(row.pk, event, state=state, **facts)


@command(rule=may_release_commission, audit="commission.withdrawn")
def withdraw_commission(*, commission: str, reason: str, by: User, at: datetime) -> None:
    """No longer ask for a report, and say why; that it was asked for stays on the record.

    Authorisation: `may_release_commission`. Audit: ``commission.withdrawn``.
    """
    actor, now = get_actor(by, at=at), AsOf.now(at)
    require(may_release_commission(actor))
    row = get_commission(commission, as_of=now)
    _require_reason(reason)
    event = _move(row, "withdraw", actor, at, kind="commission.withdrawn", reason=reason)
    keep_commission(row, "withdraw", reason, event)


def _planned(meeting: str, now: AsOf) -> MeetingRow:
    found = get_meeting(meeting, as_of=now)
    if found.state != "planned":
        raise UsageProblem(
            "that meeting was held or cancelled.",
            remedy="Choose a meeting that is planned.",
            rule="wanted-by-a-meeting-to-come",
        )
    return found


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise UsageProblem("this needs a reason.", rule="moves-have-reasons")


def _move(
    row: CommissionRow,
    verb: str,
    actor: Actor,
    at: datetime,
    *,
    kind: str,
    to: MeetingRow | None = None,
    reason: str = "",
) -> Event:
    require(may_follow(COMMISSION, state=row.state, verb=verb))
    return record_event(
        kind=kind,
        subject=row.subject,
        by=actor,
        at=at,
        before={"state": row.state, "meeting": row.meeting},
        after={
            "state": next_state(COMMISSION, state=row.state, verb=verb),
            "meeting": to.ref if to else row.meeting,
            "reason": sealed_words(reason),
        },
        touches=[to.subject] if to else [],
    )
