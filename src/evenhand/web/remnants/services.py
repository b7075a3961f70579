"""Commands over remnants. To withdraw, correct or erase a copy is a command of its own app."""

from __future__ import annotations

from datetime import datetime

from evenhand.accountability.machines import REMNANT
from evenhand.accountability.remnants import may_dismiss_remnant
from evenhand.accountability.states import may_follow, next_state
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.command import command
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.recording import record_event, sealed
from evenhand.web.remnants.models import Remnant, RemnantStanding


@command(rule=may_dismiss_remnant, audit="remnant.dismissed")
def dismiss_remnant(*, remnant: str, reason: str, by: User, at: datetime) -> None:
    """Say that a copy does not hold the words after all: another person of the same name.

    Authorisation: `may_dismiss_remnant`. Audit: ``remnant.dismissed``; the words are sealed.
    """
    actor = get_actor(by, at=at)
    require(may_dismiss_remnant(actor))
    found = Remnant.objects.select_for_update().filter(ref=remnant).first()
    if found is None:
        raise NotThere("there is no such copy.", rule="remnant-exists")
    if not reason.strip():
        raise UsageProblem("say why it is not the same words.", rule="moves-have-reasons")
    now = RemnantStanding.objects.as_of(None).get(remnant=found)
    require(may_follow(REMNANT, state=now.state, verb="dismiss"))
    state = next_state(REMNANT, state=now.state, verb="dismiss")
    event = record_event(
        kind="remnant.dismissed",
        subject=found.subject,
        by=actor,
        at=at,
        before={"state": now.state},
        after={"state": state, "reason": sealed(reason)},
    )
    supersede(RemnantStanding.objects.filter(remnant=found), event=event)
    RemnantStanding.objects.create(
        remnant=found, state=state, by=actor.ref, reason=reason, recorded_at=event.at, event=event
    )
