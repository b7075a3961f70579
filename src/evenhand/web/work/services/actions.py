"""Actions shared by many items, with what each leaves uncovered."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from evenhand.accountability.machines import ACTION
from evenhand.accountability.permissions import may_act
from evenhand.accountability.states import may_follow, next_state
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor, get_party
from evenhand.web.foundation.command import command
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import Event, record_event, sealed, sealed_words
from evenhand.web.register.queries import Target, get_work_target
from evenhand.web.work.models import Action, ActionCoverage, ActionStanding


@dataclass(frozen=True, slots=True)
class Coverage:
    """An item an action is for; ``uncovered`` says what it leaves, empty: it covers all."""

    recommendation: str
    uncovered: str = ""


@command(rule=may_act, audit="action.added")
def add_action(
    *,
    title: str,
    lead: str,
    covers: Sequence[Coverage],
    by: User,
    at: datetime,
    description: str = "",
    starts: date | None = None,
    due_on: date | None = None,
) -> Action:
    """Plan an action for one item or many, saying how much of each it covers.

    Authorisation: `may_act`, for every item. Audit: ``action.added``; the words are sealed.
    """
    actor = get_actor(by, at=at)
    targets = [get_work_target(each.recommendation, at=at) for each in covers]
    for target in targets:
        require(may_act(actor, target.item))
    if len({target.pk for target in targets}) < len(targets):
        raise UsageProblem("an item is named twice.", rule="coverage-is-said-once")
    if not title.strip() or not targets:
        raise UsageProblem("an action has a title and an item it is for.", rule="action-shape")
    if starts and due_on and due_on < starts:
        raise UsageProblem("an action cannot end before it starts.", rule="action-dates")
    leader, ref = get_party(lead), secrets.token_hex(6)
    event = record_event(
        kind="action.added",
        subject=f"action:{ref}",
        by=actor,
        at=at,
        after={
            "title": sealed(title),
            "description": sealed_words(description),
            "lead": lead,
            "due": due_on.isoformat() if due_on else None,
            "covers": [
                {"item": t.subject, "uncovered": sealed_words(c.uncovered)}
                for t, c in zip(targets, covers, strict=True)
            ],
        },
        touches=[target.subject for target in targets],
    )
    action = Action.objects.create(
        ref=ref,
        title=title,
        description=description,
        lead=leader,
        starts=starts,
        due_on=due_on,
        recorded_at=event.at,
        event=event,
    )
    _stand(action, ACTION.start, "", event)
    for target, each in zip(targets, covers, strict=True):
        _cover(action, target, each.uncovered, event)
    return action


@command(rule=may_act, audit="action.covered")
def cover_by_action(
    *,
    action: str,
    recommendation: str,
    by: User,
    at: datetime,
    uncovered: str = "",
    seen: int | None = None,
) -> None:
    """Say that an action is for an item too, or covers another part of it than was said.

    Authorisation: `may_act`. Audit: ``action.covered``.
    """
    target, found = get_work_target(recommendation, at=at), _get(action)
    actor = get_actor(by, at=at)
    require(may_act(actor, target.item))
    require_unchanged(found.subject, seen, aspect="action")
    event = record_event(
        kind="action.covered",
        subject=found.subject,
        by=actor,
        at=at,
        after={"item": target.subject, "uncovered": sealed_words(uncovered)},
        touches=[target.subject],
    )
    _cover(found, target, uncovered, event)


@command(rule=may_act, audit="action.moved")
def move_action(
    *,
    action: str,
    verb: str,
    by: User,
    at: datetime,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Start, finish, drop or resume an action. That it is done says nothing about its effect.

    Authorisation: `may_act`, for one of its items. Audit: ``action.moved``.
    """
    found = _get(action)
    actor = get_actor(by, at=at)
    covered = ActionCoverage.objects.as_of(None).filter(action=found)
    refs = list(covered.values_list("recommendation__ref", flat=True))
    decisions = [may_act(actor, get_work_target(ref, at=at).item) for ref in refs]
    require(next((each for each in decisions if each), decisions[0]))
    require_unchanged(found.subject, seen, aspect="action")
    now = ActionStanding.objects.as_of(None).get(action=found)
    require(may_follow(ACTION, state=now.state, verb=verb))
    if verb != "start" and not reason.strip():
        what = "Say what was done." if verb == "finish" else "Say why."
        raise UsageProblem(f"“{verb}” needs words.", remedy=what, rule="moves-have-reasons")
    state = next_state(ACTION, state=now.state, verb=verb)
    event = record_event(
        kind="action.moved",
        subject=found.subject,
        by=actor,
        at=at,
        before={"state": now.state},
        after={"state": state, "reason": sealed_words(reason)},
        touches=[f"recommendation:{ref}" for ref in refs],
    )
    _stand(found, state, reason, event)


def _get(ref: str) -> Action:
    found: Action | None = Action.objects.filter(ref=ref).first()
    if found is None:
        raise NotThere("there is no such action.", rule="action-exists")
    return found


def _cover(action: Action, target: Target, uncovered: str, event: Event) -> None:
    pair = {"action": action, "recommendation_id": target.pk}
    supersede(ActionCoverage.objects.filter(**pair), event=event)
    ActionCoverage.objects.create(
        in_full=not uncovered.strip(),
        uncovered=uncovered,
        recorded_at=event.at,
        event=event,
        **pair,
    )


def _stand(action: Action, state: str, reason: str, event: Event) -> None:
    supersede(ActionStanding.objects.filter(action=action), event=event)
    ActionStanding.objects.create(
        action=action, state=state, reason=reason, recorded_at=event.at, event=event
    )
