"""Commands of early warning: who leads whom in the files, and a look that is recorded."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from evenhand.accountability.early_warning import may_see_flag
from evenhand.accountability.permissions import (
    may_administer,
)
from evenhand.core import Decision, UsageProblem, require
from evenhand.datasets.workforce import WorkforceLake
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor, get_party
from evenhand.web.foundation.command import command
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.recording import record_event, sealed
from evenhand.web.measures.models import PersonKey
from evenhand.web.measures.queries.people import find_person_key
from evenhand.web.measures.reviews import Flag, load_reviews


@command(rule=may_administer, audit="person.keyed")
def set_person_key(*, person: str, key: str, by: User, at: datetime) -> None:
    """Say which pseudonym a person has in the files, so that they find those they lead.

    Authorisation: `may_administer`. Audit: ``person.keyed``, the pseudonym sealed.
    """
    actor = get_actor(by, at=at)
    require(may_administer(actor))
    party = get_party(person)
    if not key.strip():
        raise UsageProblem("a pseudonym is needed.", rule="keys-say-something")
    event = record_event(
        kind="person.keyed", subject=person, by=actor, at=at, after={"key": sealed(key)}
    )
    supersede(PersonKey.objects.filter(person=party), event=event)
    PersonKey.objects.create(person=party, key=key, recorded_at=event.at, event=event)


@command(rule=may_see_flag, audit="early-warning.looked")
def look_at_flags(*, by: User, at: datetime) -> list[Flag]:
    """Who of those led by this person said that they are dissatisfied; every look is recorded.

    Authorisation: `may_see_flag`, for each person. Audit: ``early-warning.looked``, without names
    and numbers.
    """
    actor = get_actor(by, at=at)
    key = find_person_key(by, as_of=None)
    reviews = load_reviews(WorkforceLake(settings.HOME.folder / "lake" / "workforce"))
    led = reviews.list_led(key) if key else []
    require(Decision(bool(led), "Nobody whose reviews are loaded is in your line of command."))
    for person in led:
        require(may_see_flag(key, person, managers=reviews.managers))
    record_event(kind="early-warning.looked", subject=actor.ref, by=actor, at=at)
    return [
        Flag(person, reviews.last[person].period_end)
        for person in led
        if reviews.last[person].dissatisfied
    ]
