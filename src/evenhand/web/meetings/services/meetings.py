"""Meetings: planned for a day, moved or cancelled with a reason, held, minutes agreed."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from evenhand.accountability.convening import may_keep_meetings
from evenhand.accountability.machines import MEETING
from evenhand.accountability.roles import Actor
from evenhand.accountability.states import may_follow, next_state
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor, get_party
from evenhand.web.foundation.as_of import day_of
from evenhand.web.foundation.command import command
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import Event, record_event, sealed_words
from evenhand.web.meetings.models import Meeting, MeetingStanding


@command(rule=may_keep_meetings, audit="meeting.planned")
def plan_meeting(
    *, title: str, body: str, on: date, by: User, at: datetime, place: str = ""
) -> Meeting:
    """Plan a meeting of a body for a day.

    Authorisation: `may_keep_meetings`. Audit: ``meeting.planned``.
    """
    actor = get_actor(by, at=at)
    require(may_keep_meetings(actor))
    if not title.strip():
        raise UsageProblem("a meeting needs a title.", rule="meetings-have-titles")
    if on < day_of(at):
        raise UsageProblem("a meeting is planned for a day to come.", rule="meetings-are-planned")
    party, ref = get_party(body), secrets.token_hex(6)
    event = record_event(
        kind="meeting.planned",
        subject=f"meeting:{ref}",
        by=actor,
        at=at,
        after={"title": title.strip(), "body": body, "on": on.isoformat(), "place": place},
    )
    meeting = Meeting.objects.create(
        ref=ref, title=title.strip(), body=party, recorded_at=event.at, event=event
    )
    new = MeetingStanding(state=MEETING.start, held_on=on, place=place)
    _stand(meeting, new, event)
    return meeting


@command(rule=may_keep_meetings, audit="meeting.moved")
def move_meeting(
    *, meeting: str, to: date, reason: str, by: User, at: datetime, seen: int | None = None
) -> None:
    """Move a planned meeting to another day; what is wanted by it moves with it.

    Authorisation: `may_keep_meetings`. Audit: ``meeting.moved``.
    """
    actor = get_actor(by, at=at)
    require(may_keep_meetings(actor))
    found, now = _get(meeting)
    require_unchanged(found.subject, seen, aspect="meeting")
    _require_reason(reason, "moving a meeting")
    if to < day_of(at):
        raise UsageProblem("a meeting moves to a day to come.", rule="meetings-are-planned")
    event = _move(found, now, "move", actor, at, kind="meeting.moved", on=to, reason=reason)
    new = MeetingStanding(state=now.state, held_on=to, place=now.place, reason=reason)
    _stand(found, new, event)


@command(rule=may_keep_meetings, audit="meeting.held")
def hold_meeting(*, meeting: str, by: User, at: datetime) -> None:
    """Record that the meeting took place; minutes can then be written.

    Authorisation: `may_keep_meetings`. Audit: ``meeting.held``.
    """
    actor = get_actor(by, at=at)
    require(may_keep_meetings(actor))
    found, now = _get(meeting)
    if day_of(at) < now.held_on:
        raise UsageProblem(
            "the day of the meeting has not come.",
            remedy="Move the meeting if it took place earlier.",
            rule="meetings-are-held-on-their-day",
        )
    _advance(found, now, "hold", actor, at, kind="meeting.held")


@command(rule=may_keep_meetings, audit="meeting.minutes-agreed")
def agree_minutes(*, meeting: str, by: User, at: datetime) -> None:
    """Record that members agreed the minutes; from then on they are only corrected beside.

    Authorisation: `may_keep_meetings`. Audit: ``meeting.minutes-agreed``.
    """
    actor = get_actor(by, at=at)
    require(may_keep_meetings(actor))
    found, now = _get(meeting)
    _advance(found, now, "agree", actor, at, kind="meeting.minutes-agreed")


@command(rule=may_keep_meetings, audit="meeting.cancelled")
def cancel_meeting(*, meeting: str, reason: str, by: User, at: datetime) -> None:
    """Cancel a planned meeting; reports wanted by it stay wanted until members postpone them.

    Authorisation: `may_keep_meetings`. Audit: ``meeting.cancelled``.
    """
    actor = get_actor(by, at=at)
    require(may_keep_meetings(actor))
    found, now = _get(meeting)
    _require_reason(reason, "cancelling a meeting")
    _advance(found, now, "cancel", actor, at, kind="meeting.cancelled", reason=reason)


def _get(ref: str) -> tuple[Meeting, MeetingStanding]:
    rows = MeetingStanding.objects.as_of(None).select_related("meeting")
    row: MeetingStanding | None = rows.filter(meeting__ref=ref).first()
    if row is None:
        raise NotThere("there is no such meeting.", rule="meeting-exists")
    return row.meeting, row


def _require_reason(reason: str, doing: str) -> None:
    if not reason.strip():
        raise UsageProblem(f"{doing} needs a reason.", rule="moves-have-reasons")


def _advance(
    found: Meeting,
    now: MeetingStanding,
    verb: str,
    actor: Actor,
    at: datetime,
    *,
    kind: str,
    reason: str = "",
) -> None:
    event = _move(found, now, verb, actor, at, kind=kind, on=now.held_on, reason=reason)
    state = next_state(MEETING, state=now.state, verb=verb)
    new = MeetingStanding(state=state, held_on=now.held_on, place=now.place, reason=reason)
    _stand(found, new, event)


def _move(
    found: Meeting,
    now: MeetingStanding,
    verb: str,
    actor: Actor,
    at: datetime,
    *,
    kind: str,
    on: date,
    reason: str,
) -> Event:
    require(may_follow(MEETING, state=now.state, verb=verb))
    return record_event(
        kind=kind,
        subject=found.subject,
        by=actor,
        at=at,
        before={"state": now.state, "on": now.held_on.isoformat()},
        after={
            "state": next_state(MEETING, state=now.state, verb=verb),
            "on": on.isoformat(),
            "reason": sealed_words(reason),
        },
    )


def _stand(meeting: Meeting, new: MeetingStanding, event: Event) -> None:
    supersede(MeetingStanding.objects.filter(meeting=meeting), event=event)
    new.meeting, new.recorded_at, new.event = meeting, event.at, event
    new.save(force_insert=True)
