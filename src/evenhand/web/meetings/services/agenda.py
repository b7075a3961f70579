"""The agenda of a meeting, and its minutes: each traces to the recommendations it is about."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from evenhand.accountability.convening import may_keep_meetings
from evenhand.accountability.permissions import may_challenge
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.command import command
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.recording import Event, record_event, sealed, sealed_words
from evenhand.web.meetings.choices import MinuteKind
from evenhand.web.meetings.models import AgendaItem, AgendaPlace, Minute, MinuteSubject
from evenhand.web.meetings.queries import (
    AgendaRow,
    get_agenda_item,
    get_meeting,
    get_paper,
    list_agenda,
)
from evenhand.web.register.queries import Target, get_target, get_work_target
from evenhand.web.search.indexing import index_words
from evenhand.web.work.queries import list_challenges
from evenhand.web.work.services import put_challenge


@command(rule=may_keep_meetings, audit="agenda.item-added")
def add_agenda_item(
    *, meeting: str, title: str, by: User, at: datetime, paper: str = ""
) -> AgendaItem:
    """Put something on the agenda of a planned meeting, last, with its paper where it has one.

    Authorisation: `may_keep_meetings`. Audit: ``agenda.item-added``.
    """
    actor, now = get_actor(by, at=at), AsOf.now(at)
    require(may_keep_meetings(actor))
    found = get_meeting(meeting, as_of=now)
    _require_open(found.state)
    if not title.strip():
        raise UsageProblem("an agenda item needs a title.", rule="agenda-items-have-titles")
    before = get_paper(paper, as_of=now) if paper else None
    number = max((row.number for row in list_agenda(meeting, as_of=now)), default=0) + 1
    ref = secrets.token_hex(6)
    event = record_event(
        kind="agenda.item-added",
        subject=f"agenda-item:{ref}",
        by=actor,
        at=at,
        after={"title": title.strip(), "number": number, "paper": paper},
        touches=[found.subject, *([before.subject] if before else [])],
    )
    item = AgendaItem.objects.create(
        ref=ref, meeting_id=found.pk, title=title.strip(), recorded_at=event.at, event=event
    )
    _place(item.pk, event, number=number, paper_id=before.pk if before else None)
    return item


@command(rule=may_keep_meetings, audit="agenda.item-placed")
def place_agenda_item(*, item: str, number: int, by: User, at: datetime, paper: str = "") -> None:
    """Give an item another number on the agenda, and the paper before members.

    Authorisation: `may_keep_meetings`. Audit: ``agenda.item-placed``.
    """
    actor, now = get_actor(by, at=at), AsOf.now(at)
    require(may_keep_meetings(actor))
    row = get_agenda_item(item, as_of=now)
    _require_open(get_meeting(row.meeting, as_of=now).state)
    if number < 1:
        raise UsageProblem("items are numbered from 1.", rule="agenda-numbers")
    before = get_paper(paper, as_of=now) if paper else None
    event = record_event(
        kind="agenda.item-placed",
        subject=f"agenda-item:{item}",
        by=actor,
        at=at,
        before={"number": row.number, "paper": row.paper},
        after={"number": number, "paper": paper},
        touches=[f"meeting:{row.meeting}"],
    )
    _place(row.pk, event, number=number, paper_id=before.pk if before else None)


@command(rule=may_keep_meetings, audit="agenda.item-taken-off")
def take_off_agenda(*, item: str, reason: str, by: User, at: datetime) -> None:
    """Take an item off the agenda; that it was there, and why it went, stays on the record.

    Authorisation: `may_keep_meetings`. Audit: ``agenda.item-taken-off``.
    """
    actor, now = get_actor(by, at=at), AsOf.now(at)
    require(may_keep_meetings(actor))
    row = get_agenda_item(item, as_of=now)
    _require_open(get_meeting(row.meeting, as_of=now).state)
    if not reason.strip():
        raise UsageProblem("taking an item off needs a reason.", rule="moves-have-reasons")
    event = record_event(
        kind="agenda.item-taken-off",
        subject=f"agenda-item:{item}",
        by=actor,
        at=at,
        before={"number": row.number},
        after={"number": 0, "reason": sealed_words(reason)},
        touches=[f"meeting:{row.meeting}"],
    )
    _place(row.pk, event, number=0, reason=reason)


@command(rule=may_keep_meetings, audit="minute.recorded")
def record_minute(
    *,
    item: str,
    kind: MinuteKind,
    words: str,
    by: User,
    at: datetime,
    about: Sequence[str] = (),
    challenge: str = "",
    corrects: str = "",
) -> Minute:
    """Record what was said, decided or asked under an item of a meeting that was held.

    ``about`` are recommendations, in whose history the minute then stands. A minute is never
    edited: a correction is another minute, with ``corrects``.

    Authorisation: `may_keep_meetings`. Audit: ``minute.recorded``; the words are sealed.
    """
    actor, now = get_actor(by, at=at), AsOf.now(at)
    require(may_keep_meetings(actor))
    row = get_agenda_item(item, as_of=now)
    _require_minuted(get_meeting(row.meeting, as_of=now).state, kind)
    corrected = _find_corrected(row, kind, corrects)
    asked = None
    if challenge:
        asked = next((c for c in list_challenges(as_of=now) if c.ref == challenge), None)
        if asked is None:
            raise UsageProblem("there is no such question.", rule="challenge-exists")
    refs = list(dict.fromkeys([*about, *([asked.item] if asked else [])]))
    targets = [get_target(ref, at=at) for ref in refs]
    event, facts = _write(row, kind, words, actor.ref, at, targets, challenge)
    for target in targets:
        index_words(
            subject=target.subject,
            source=f"event:{event.sequence}",
            words=words,
            at=event.at,
            event=event.sequence,
        )
    return _keep(facts | {"corrects_id": corrected}, targets, event, challenge)


@command(rule=may_challenge, audit="minute.question-asked")
def ask_at_meeting(
    *,
    item: str,
    recommendation: str,
    question: str,
    by: User,
    at: datetime,
    answer_by: date | None = None,
) -> Minute:
    """Ask the owner of a recommendation a question at a meeting: a challenge, and its minute.

    Authorisation: `may_challenge`. Audit: ``minute.question-asked``; the words are sealed.
    """
    actor, now = get_actor(by, at=at), AsOf.now(at)
    target = get_work_target(recommendation, at=at)
    require(may_challenge(actor, target.item))
    row = get_agenda_item(item, as_of=now)
    _require_minuted(get_meeting(row.meeting, as_of=now).state, MinuteKind.ASKED)
    asked = put_challenge(
        recommendation=recommendation, question=question, answer_by=answer_by, by=by, at=at
    )
    ref = secrets.token_hex(6)
    event = record_event(
        kind="minute.question-asked",
        subject=f"minute:{ref}",
        by=actor,
        at=at,
        after={"challenge": asked.ref, "words": sealed(question)},
        touches=[f"meeting:{row.meeting}", target.subject],
    )
    facts = {
        "ref": ref,
        "item_id": row.pk,
        "kind": MinuteKind.ASKED,
        "words": question.strip(),
        "by": actor.ref,
    }
    return _keep(facts, [target], event, asked.ref)


def _require_open(state: str) -> None:
    if state != "planned":
        raise UsageProblem(
            "the agenda of a meeting that was held or cancelled does not change.",
            remedy="Put it on the agenda of a meeting to come.",
            rule="agendas-change-before",
        )


def _require_minuted(state: str, kind: MinuteKind) -> None:
    if state not in ("held", "minuted"):
        raise UsageProblem(
            "minutes are of a meeting that was held.",
            remedy="Record first that the meeting took place.",
            rule="minutes-follow-meetings",
        )
    if state == "minuted" and kind != MinuteKind.CORRECTED:
        raise UsageProblem(
            "members agreed these minutes: only a correction can be added.",
            remedy="Record it as a correction of the minute it concerns.",
            rule="agreed-minutes-are-corrected",
        )


def _find_corrected(row: AgendaRow, kind: MinuteKind, corrects: str) -> int | None:
    if kind != MinuteKind.CORRECTED:
        return None
    if corrects not in {minute.ref for minute in row.minutes}:
        raise UsageProblem(
            "a correction says which minute of this item it corrects.", rule="corrections-point"
        )
    return int(Minute.objects.values_list("pk", flat=True).get(ref=corrects))


def _write(
    row: AgendaRow,
    kind: MinuteKind,
    words: str,
    by: str,
    at: datetime,
    targets: Sequence[Target],
    challenge: str,
) -> tuple[Event, dict[str, Any]]:
    if not words.strip():
        raise UsageProblem("a minute says something.", rule="minutes-have-words")
    ref = secrets.token_hex(6)
    event = record_event(
        kind="minute.recorded",
        subject=f"minute:{ref}",
        by=by,
        at=at,
        after={"kind": str(kind), "challenge": challenge, "words": sealed(words)},
        touches=[f"meeting:{row.meeting}", *(target.subject for target in targets)],
    )
    facts = {"ref": ref, "item_id": row.pk, "kind": kind, "words": words.strip(), "by": by}
    return event, facts


def _keep(facts: dict[str, Any], targets: Sequence[Target], event: Event, challenge: str) -> Minute:
    minute = Minute.objects.create(
        challenge_id=challenge or None, recorded_at=event.at, event=event, **facts
    )
    MinuteSubject.objects.bulk_create(
        MinuteSubject(minute=minute, recommendation_id=target.pk, recorded_at=event.at, event=event)
        for target in targets
    )
    return minute


def _place(item: int, event: Event, **facts: Any) -> None:
    supersede(AgendaPlace.objects.filter(item=item), event=event)
    AgendaPlace.objects.create(item_id=item, recorded_at=event.at, event=event, **facts)
