"""How far an item is: levels of the publication's own scale, and the state of the work.

Nothing here closes an item: only the verdict of a quorate panel can, by a command of its own.
"""

from __future__ import annotations

from datetime import date, datetime

from evenhand.accountability.machines import OPEN_WORK, WORK
from evenhand.accountability.permissions import may_claim, may_keep, may_move_work
from evenhand.accountability.states import may_follow, next_state
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.command import command
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import Event, record_event, sealed_words
from evenhand.web.register.models import ReportedLevel, ScaleLevel
from evenhand.web.register.queries import Target, check_not_future, get_work_target
from evenhand.web.register.writing import find_work_state, set_work_state

REASONED = frozenset({"pause", "return", "replace", "restore", "rule_out"})
"""Moves that take something out of sight or bring it back: each needs its reason."""


@command(rule=may_keep, audit="work.level-reported")
def report_level(
    *,
    recommendation: str,
    level: str,
    as_at: date,
    reason: str,
    by: User,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Record the level that a report or paper states for an item, as at its date.

    A level that closes makes the item *claimed*, never closed.

    Authorisation: `may_keep`. Audit: ``work.level-reported``.
    """
    target = get_work_target(recommendation, at=at)
    actor = get_actor(by, at=at)
    require(may_keep(actor, target.item.where))
    require_unchanged(target.subject, seen, aspect="work")
    check_not_future(as_at, at=at, what="the day the level is reported for")
    chosen = _get_level(target, level)
    now = find_work_state(target.pk)
    after = _after_level(now, closes=chosen.closes)
    event = record_event(
        kind="work.level-reported",
        subject=target.subject,
        by=actor,
        at=at,
        before={"state": now},
        after={
            "level": level,
            "as_at": as_at.isoformat(),
            "state": after,
            "reason": sealed_words(reason),
        },
    )
    _set_level(target, chosen, as_at, reason, event)
    set_work_state(target.pk, now, after, reason, event)


@command(rule=may_claim, audit="work.claimed")
def claim_level(
    *,
    recommendation: str,
    level: str,
    as_at: date,
    reason: str,
    by: User,
    at: datetime,
    seen: int | None = None,
) -> None:
    """The owner says that a level of the publication's scale has been reached.

    Authorisation: `may_claim`. Audit: ``work.claimed``.
    """
    target = get_work_target(recommendation, at=at)
    actor = get_actor(by, at=at)
    require(may_claim(actor, target.item))
    require_unchanged(target.subject, seen, aspect="work")
    check_not_future(as_at, at=at, what="the day the level is claimed for")
    chosen = _get_level(target, level)
    now = find_work_state(target.pk)
    if chosen.closes:
        require(may_follow(WORK, state=now, verb="claim"))
    after = next_state(WORK, state=now, verb="claim") if chosen.closes else _after_level(now)
    event = record_event(
        kind="work.claimed",
        subject=target.subject,
        by=actor,
        at=at,
        before={"state": now},
        after={
            "level": level,
            "as_at": as_at.isoformat(),
            "state": after,
            "reason": sealed_words(reason),
        },
    )
    _set_level(target, chosen, as_at, reason, event)
    set_work_state(target.pk, now, after, reason, event)


@command(rule=may_move_work, audit="work.moved")
def move_work(
    *,
    recommendation: str,
    verb: str,
    by: User,
    at: datetime,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Start, pause, resume, return, rule out or restore: one move of the work.

    Claiming goes through :func:`claim_level`, replacing through a confirmed link, closing through a
    verdict, and reopening with the verdict that it ends; asked for here, each is refused.

    Authorisation: `may_move_work`. Audit: ``work.moved``.
    """
    target = get_work_target(recommendation, at=at)
    actor = get_actor(by, at=at)
    require(may_move_work(actor, target.item, verb=verb))
    require_unchanged(target.subject, seen, aspect="work")
    if verb in ("claim", "replace", "reopen"):
        raise UsageProblem(
            f"“{verb}” is not done by itself.",
            remedy="Claim a level, confirm a link that supersedes in full, or open the verdict.",
            rule="moves-with-their-grounds",
        )
    if verb in REASONED and not reason.strip():
        raise UsageProblem(f"“{verb}” needs a reason.", rule="moves-have-reasons")
    now = find_work_state(target.pk)
    require(may_follow(WORK, state=now, verb=verb))
    after = next_state(WORK, state=now, verb=verb)
    event = record_event(
        kind="work.moved",
        subject=target.subject,
        by=actor,
        at=at,
        before={"state": now},
        after={"state": after, "verb": verb, "reason": sealed_words(reason)},
    )
    set_work_state(target.pk, now, after, reason, event)


def _get_level(target: Target, code: str) -> ScaleLevel:
    found = ScaleLevel.objects.filter(scale_id=target.scale_pk, code=code).first()
    if found is None:
        raise UsageProblem(
            "that is not a level of this publication’s scale.", rule="levels-belong-to-their-scale"
        )
    return found


def _after_level(state: str, *, closes: bool = False) -> str:
    """A level that closes claims; a lower one says that work goes on, and undoes a claim."""
    if state not in OPEN_WORK | {"claimed"}:
        return state
    if closes:
        return "claimed"
    return state if state == "paused" else "in_progress"


def _set_level(target: Target, level: ScaleLevel, as_at: date, reason: str, event: Event) -> None:
    supersede(ReportedLevel.objects.filter(recommendation_id=target.pk), event=event)
    ReportedLevel.objects.create(
        recommendation_id=target.pk,
        level=level,
        as_at=as_at,
        reason=reason,
        recorded_at=event.at,
        event=event,
    )
