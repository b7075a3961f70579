"""Rows of who there is, each with its event: the part shared by commands and the founding."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from evenhand.accountability.roles import Role, Scope
from evenhand.web.accounts.choices import PartyKind
from evenhand.web.accounts.models import Party, Presence, RoleGrant, User
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.recording import Event, record_event, sealed


def add_party(
    kind: PartyKind, name: str, *, by: str, at: datetime, ref: str, starts: date | None
) -> Party:
    """Write a party, its presence and their event."""
    ref = ref or f"{kind[0]}-{secrets.token_hex(6)}"
    first = starts or at.date()
    personal = kind == PartyKind.PERSON
    event = record_event(
        kind="party.recorded",
        subject=f"{kind}:{ref}",
        by=by,
        at=at,
        after={"name": sealed(name) if personal else name, "from": first.isoformat()},
    )
    party = Party.objects.create(kind=kind, ref=ref, name=name, recorded_at=event.at, event=event)
    state_presence(party, first, None, event)
    return party


def state_presence(party: Party, starts: date, ends: date | None, event: Event) -> None:
    """Write from when to when a party is there."""
    Presence.objects.create(
        party=party, starts=starts, ends=ends, recorded_at=event.at, event=event
    )


def add_account(party: Party, username: str, password: str, *, by: str, at: datetime) -> User:
    """Write an account and its event."""
    record_event(kind="account.opened", subject=party.subject, by=by, at=at)
    return User.objects.create_user(username=username, password=password, party=party)


def add_grant(
    person: Party,
    role: Role,
    scope: Scope,
    dates: tuple[date | None, date | None],
    *,
    by: str,
    at: datetime,
) -> None:
    """Write a role in place of one with the same scope, and their event."""
    starts, ends = dates[0] or at.date(), dates[1]
    event = record_event(
        kind="role.granted",
        subject=person.subject,
        by=by,
        at=at,
        after={
            "role": role.value,
            "scope": f"{scope.kind}:{scope.ref}",
            "from": starts.isoformat(),
            "to": ends.isoformat() if ends else None,
        },
    )
    limits = {"role": role, "scope_kind": scope.kind, "scope_ref": scope.ref}
    supersede(RoleGrant.objects.filter(person=person, **limits), event=event)
    RoleGrant.objects.create(
        person=person, starts=starts, ends=ends, recorded_at=event.at, event=event, **limits
    )
