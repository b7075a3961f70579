"""Challenges: scrutiny questions that stay open until answered, and answered until settled."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from evenhand.accountability.machines import CHALLENGE
from evenhand.accountability.permissions import may_answer, may_challenge, may_settle
from evenhand.accountability.roles import Actor
from evenhand.accountability.states import may_follow, next_state
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.as_of import day_of
from evenhand.web.foundation.command import command
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import Event, record_event, sealed
from evenhand.web.register.queries import Target, get_target, get_work_target
from evenhand.web.search.indexing import index_words
from evenhand.web.work.models import Answer, Challenge, ChallengeStanding


@command(rule=may_challenge, audit="challenge.put")
def put_challenge(
    *,
    recommendation: str,
    question: str,
    by: User,
    at: datetime,
    answer_by: date | None = None,
) -> Challenge:
    """Put a question to whoever owns an item, to be answered on the record.

    Authorisation: `may_challenge`. Audit: ``challenge.put``; the words are sealed.
    """
    target = get_work_target(recommendation, at=at)
    actor = get_actor(by, at=at)
    require(may_challenge(actor, target.item))
    if not question.strip():
        raise UsageProblem("a challenge asks something.", rule="challenges-have-words")
    if answer_by is not None and answer_by < day_of(at):
        raise UsageProblem("an answer cannot be due in the past.", rule="answers-are-due-later")
    ref = secrets.token_hex(6)
    event = record_event(
        kind="challenge.put",
        subject=f"challenge:{ref}",
        by=actor,
        at=at,
        after={
            "question": sealed(question),
            "answer_by": answer_by.isoformat() if answer_by else None,
        },
        touches=[target.subject],
    )
    challenge = Challenge.objects.create(
        ref=ref,
        recommendation_id=target.pk,
        question=question,
        asked_by=actor.ref,
        asked_on=day_of(event.at),
        answer_by=answer_by,
        recorded_at=event.at,
        event=event,
    )
    _stand(challenge, CHALLENGE.start, "", event)
    _index(target, event, question)
    return challenge


@command(rule=may_answer, audit="challenge.answered")
def answer_challenge(
    *, challenge: str, text: str, by: User, at: datetime, seen: int | None = None
) -> None:
    """Answer a challenge on the record; who asked says whether it is enough.

    Authorisation: `may_answer`. Audit: ``challenge.answered``; the words are sealed.
    """
    found, actor = _get(challenge), get_actor(by, at=at)
    target = get_target(found.recommendation.ref, at=at)
    require(may_answer(actor, target.item))
    require_unchanged(found.subject, seen, aspect="challenge")
    if not text.strip():
        raise UsageProblem("an answer says something.", rule="answers-have-words")
    event = _move(found, "answer", "", actor, at, kind="challenge.answered", said=text)
    Answer.objects.create(
        challenge=found, text=text, by=actor.ref, recorded_at=event.at, event=event
    )
    _index(target, event, text)


@command(rule=may_settle, audit="challenge.settled")
def settle_challenge(*, challenge: str, by: User, at: datetime, seen: int | None = None) -> None:
    """Say that the answer is enough.

    Authorisation: `may_settle`. Audit: ``challenge.settled``.
    """
    found, actor = _get(challenge), get_actor(by, at=at)
    target = get_target(found.recommendation.ref, at=at)
    require(may_settle(actor, target.item, asked_by=found.asked_by))
    require_unchanged(found.subject, seen, aspect="challenge")
    _move(found, "settle", "", actor, at, kind="challenge.settled")


@command(rule=may_settle, audit="challenge.asked-again")
def ask_again(
    *, challenge: str, reason: str, by: User, at: datetime, seen: int | None = None
) -> None:
    """Say what the answer left out; the challenge is open again.

    Authorisation: `may_settle`. Audit: ``challenge.asked-again``; the words are sealed.
    """
    found, actor = _get(challenge), get_actor(by, at=at)
    target = get_target(found.recommendation.ref, at=at)
    require(may_settle(actor, target.item, asked_by=found.asked_by))
    require_unchanged(found.subject, seen, aspect="challenge")
    if not reason.strip():
        raise UsageProblem("say what the answer left out.", rule="moves-have-reasons")
    _move(found, "ask_again", reason, actor, at, kind="challenge.asked-again", said=reason)


@command(rule=may_settle, audit="challenge.withdrawn")
def withdraw_challenge(
    *, challenge: str, reason: str, by: User, at: datetime, seen: int | None = None
) -> None:
    """Stop asking, and say why; the question stays on the record.

    Authorisation: `may_settle`. Audit: ``challenge.withdrawn``; the words are sealed.
    """
    found, actor = _get(challenge), get_actor(by, at=at)
    target = get_target(found.recommendation.ref, at=at)
    require(may_settle(actor, target.item, asked_by=found.asked_by))
    require_unchanged(found.subject, seen, aspect="challenge")
    if not reason.strip():
        raise UsageProblem("withdrawing needs a reason.", rule="moves-have-reasons")
    _move(found, "withdraw", reason, actor, at, kind="challenge.withdrawn", said=reason)


def _get(ref: str) -> Challenge:
    found: Challenge | None = (
        Challenge.objects.select_related("recommendation").filter(ref=ref).first()
    )
    if found is None:
        raise NotThere("there is no such challenge.", rule="challenge-exists")
    return found


def _move(
    found: Challenge,
    verb: str,
    reason: str,
    actor: Actor,
    at: datetime,
    *,
    kind: str,
    said: str = "",
) -> Event:
    now = ChallengeStanding.objects.as_of(None).get(challenge=found)
    require(may_follow(CHALLENGE, state=now.state, verb=verb))
    state = next_state(CHALLENGE, state=now.state, verb=verb)
    event = record_event(
        kind=kind,
        subject=found.subject,
        by=actor,
        at=at,
        before={"state": now.state},
        after={"state": state, "said": sealed(said) if said else None},
        touches=[found.recommendation.subject],
    )
    _stand(found, state, reason, event)
    return event


def _stand(challenge: Challenge, state: str, reason: str, event: Event) -> None:
    supersede(ChallengeStanding.objects.filter(challenge=challenge), event=event)
    ChallengeStanding.objects.create(
        challenge=challenge, state=state, reason=reason, recorded_at=event.at, event=event
    )


def _index(target: Target, event: Event, words: str) -> None:
    index_words(
        subject=target.subject,
        source=f"event:{event.sequence}",
        words=words,
        at=event.at,
        event=event.sequence,
    )
