"""By when: the original date, and every extension as a decision with its reason."""

from __future__ import annotations

from datetime import date, datetime

from evenhand.accountability.machines import DUE_DATE
from evenhand.accountability.permissions import may_extend
from evenhand.accountability.states import may_follow, next_state
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.command import command
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import Event, record_event, sealed_words
from evenhand.web.register.models import DueDate
from evenhand.web.register.queries import get_work_target


@command(rule=may_extend, audit="due-date.set")
def set_due_date(
    *,
    recommendation: str,
    due_on: date,
    by: User,
    at: datetime,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Say for the first time by when; this date is shown for good as the original.

    Authorisation: `may_extend`. Audit: ``due-date.set``.
    """
    target = get_work_target(recommendation, at=at)
    actor = get_actor(by, at=at)
    require(may_extend(actor, target.item))
    require_unchanged(target.subject, seen, aspect="due-date")
    state = _state(_standing(target.pk), "set")
    event = record_event(
        kind="due-date.set",
        subject=target.subject,
        by=actor,
        at=at,
        after={"due": due_on.isoformat(), "reason": sealed_words(reason)},
    )
    new = DueDate(state=state, due_on=due_on, original_on=due_on, reason=reason)
    _replace(target.pk, new, event)


@command(rule=may_extend, audit="due-date.extended")
def extend_due_date(
    *,
    recommendation: str,
    to: date,
    reason: str,
    by: User,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Move a due date later by a recorded decision; the original stays beside it.

    Authorisation: `may_extend`. Audit: ``due-date.extended``.
    """
    target = get_work_target(recommendation, at=at)
    actor = get_actor(by, at=at)
    require(may_extend(actor, target.item))
    require_unchanged(target.subject, seen, aspect="due-date")
    now = _standing(target.pk)
    state = _state(now, "extend")
    if now is None or not reason.strip() or (now.due_on and to <= now.due_on):
        raise UsageProblem(
            "an extension needs a reason and a date later than the present one.",
            rule="extensions-are-later",
        )
    event = record_event(
        kind="due-date.extended",
        subject=target.subject,
        by=actor,
        at=at,
        before={"due": now.due_on.isoformat() if now.due_on else None, "slips": now.slips},
        after={"due": to.isoformat(), "slips": now.slips + 1, "reason": sealed_words(reason)},
    )
    new = DueDate(
        state=state, due_on=to, original_on=now.original_on, slips=now.slips + 1, reason=reason
    )
    _replace(target.pk, new, event)


@command(rule=may_extend, audit="due-date.lifted")
def lift_due_date(
    *, recommendation: str, reason: str, by: User, at: datetime, seen: int | None = None
) -> None:
    """Say that no date applies any more, and why; the original is still shown.

    Authorisation: `may_extend`. Audit: ``due-date.lifted``.
    """
    target = get_work_target(recommendation, at=at)
    actor = get_actor(by, at=at)
    require(may_extend(actor, target.item))
    require_unchanged(target.subject, seen, aspect="due-date")
    now = _standing(target.pk)
    state = _state(now, "lift")
    if now is None or not reason.strip():
        raise UsageProblem("lifting a date needs a reason.", rule="lifting-has-a-reason")
    event = record_event(
        kind="due-date.lifted",
        subject=target.subject,
        by=actor,
        at=at,
        before={"due": now.due_on.isoformat() if now.due_on else None},
        after={"due": None, "reason": sealed_words(reason)},
    )
    new = DueDate(
        state=state, due_on=None, original_on=now.original_on, slips=now.slips, reason=reason
    )
    _replace(target.pk, new, event)


def _standing(recommendation: int) -> DueDate | None:
    return DueDate.objects.as_of(None).filter(recommendation_id=recommendation).first()


def _state(now: DueDate | None, verb: str) -> str:
    state = now.state if now else DUE_DATE.start
    require(may_follow(DUE_DATE, state=state, verb=verb))
    return next_state(DUE_DATE, state=state, verb=verb)


def _replace(recommendation: int, new: DueDate, event: Event) -> None:
    supersede(DueDate.objects.filter(recommendation_id=recommendation), event=event)
    new.recommendation_id = recommendation
    new.recorded_at, new.event = event.at, event
    new.save(force_insert=True)
