"""Commands over who there is: parties, accounts, roles. Administrators run them; see each rule."""

from __future__ import annotations

from datetime import date, datetime

from evenhand.accountability.permissions import (
    may_administer,
    may_enrol,
    may_enter,
    may_erase,
    may_grant,
)
from evenhand.accountability.remnants import Sought
from evenhand.accountability.roles import Role, Scope
from evenhand.core import Decision, UsageProblem, require
from evenhand.web.accounts.choices import PartyKind
from evenhand.web.accounts.models import Membership, Party, Presence, RoleGrant, User
from evenhand.web.accounts.queries import get_account_of, get_actor, get_party
from evenhand.web.accounts.writing import add_account, add_grant, add_party, state_presence
from evenhand.web.foundation.append_only import ERASED
from evenhand.web.foundation.command import command
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.erasure import erase_openings
from evenhand.web.ledger.recording import record_event, sealed, sealed_words
from evenhand.web.remnants.seeking import find_held
from evenhand.web.remnants.writing import record_remnants


@command(rule=may_enrol, audit="party.recorded")
def record_party(
    *, kind: PartyKind, name: str, by: User, at: datetime, ref: str = "", starts: date | None = None
) -> Party:
    """Put a person, team or body on the register, so that it can hold duties.

    Authorisation: `may_enrol`. Audit: ``party.recorded``; a person's name is sealed.
    """
    actor = get_actor(by, at=at)
    require(may_enrol(actor))
    return add_party(kind, name, by=actor.ref, at=at, ref=ref, starts=starts)


@command(rule=may_enrol, audit="party.left")
def end_party(*, party: str, on: date, by: User, at: datetime) -> None:
    """Say that a party is there only until this day; its duties then need a successor.

    Authorisation: `may_enrol`. Audit: ``party.left``.
    """
    actor = get_actor(by, at=at)
    require(may_enrol(actor))
    found = get_party(party)
    standing = Presence.objects.as_of(None).get(party=found)
    event = record_event(
        kind="party.left", subject=party, by=actor, at=at, after={"until": on.isoformat()}
    )
    supersede(Presence.objects.filter(party=found), event=event)
    state_presence(found, standing.starts, on, event)


@command(rule=may_enrol, audit="party.joined")
def join_team(
    *, person: str, team: str, starts: date, by: User, at: datetime, ends: date | None = None
) -> None:
    """Say that a person belongs to a team and may act for it.

    Authorisation: `may_enrol`. Audit: ``party.joined``.
    """
    actor = get_actor(by, at=at)
    require(may_enrol(actor))
    member, of = get_party(person), get_party(team)
    after = {"team": team, "from": starts.isoformat(), "to": ends.isoformat() if ends else None}
    event = record_event(
        kind="party.joined", subject=person, by=actor, at=at, after=after, touches=[team]
    )
    supersede(Membership.objects.filter(person=member, team=of), event=event)
    Membership.objects.create(
        person=member, team=of, starts=starts, ends=ends, recorded_at=event.at, event=event
    )


@command(rule=may_administer, audit="account.opened")
def open_account(*, person: str, username: str, password: str, by: User, at: datetime) -> User:
    """Give a person a way to sign in. It gives no role.

    Authorisation: `may_administer`. Audit: ``account.opened``.
    """
    actor = get_actor(by, at=at)
    require(may_administer(actor))
    return add_account(get_party(person), username, password, by=actor.ref, at=at)


@command(rule=may_administer, audit="account.password-reset")
def reset_password(*, person: str, password: str, by: User, at: datetime) -> None:
    """Give somebody a new password, where they have lost theirs; every session of theirs ends.

    Authorisation: `may_administer`. Audit: ``account.password-reset``.
    """
    actor = get_actor(by, at=at)
    require(may_administer(actor))
    account = get_account_of(person)
    record_event(kind="account.password-reset", subject=person, by=actor, at=at)
    account.set_password(password)
    account.save(update_fields=["password"])


@command(rule=may_administer, audit="account.closed")
def close_account(*, person: str, reason: str, by: User, at: datetime) -> None:
    """Let somebody sign in no more. What they did stays; their roles and duties are ended apart.

    Authorisation: `may_administer`, and nobody closes their own. Audit: ``account.closed``.
    """
    actor = get_actor(by, at=at)
    require(may_administer(actor))
    require(Decision(actor.ref != person, "Nobody closes their own account."))
    account = get_account_of(person)
    record_event(
        kind="account.closed", subject=person, by=actor, at=at, after={"reason": sealed(reason)}
    )
    account.is_active = False
    account.save(update_fields=["is_active"])


@command(rule=may_enter, audit="account.password-changed")
def change_password(*, password: str, by: User, at: datetime) -> None:
    """Change one's own password.

    Authorisation: `may_enter`. Audit: ``account.password-changed``.
    """
    actor = get_actor(by, at=at)
    require(may_enter(actor))
    record_event(kind="account.password-changed", subject=actor.ref, by=actor, at=at)
    by.set_password(password)
    by.save(update_fields=["password"])


@command(rule=may_enter, audit="account.address-set")
def set_address(*, address: str, by: User, at: datetime) -> None:
    """Say where one’s own digest is to be sent; an empty text takes the address away.

    Authorisation: `may_enter`. Audit: ``account.address-set``, without the address.
    """
    actor = get_actor(by, at=at)
    require(may_enter(actor))
    after = {"given": bool(address)}
    record_event(kind="account.address-set", subject=actor.ref, by=actor, at=at, after=after)
    by.email = address
    by.save(update_fields=["email"])


@command(rule=may_grant, audit="role.granted")
def grant_role(
    *,
    person: str,
    role: Role,
    by: User,
    at: datetime,
    scope: Scope | None = None,
    starts: date | None = None,
    ends: date | None = None,
) -> None:
    """Give a role, over everything or a part, from a day and until a day.

    Authorisation: `may_grant`. Audit: ``role.granted``.
    """
    actor = get_actor(by, at=at)
    require(may_grant(actor, to=person))
    if role is Role.PUBLIC:
        raise UsageProblem("everybody is the public already.", rule="public-is-not-granted")
    add_grant(get_party(person), role, scope or Scope(), (starts, ends), by=actor.ref, at=at)


@command(rule=may_administer, audit="role.ended")
def end_role(
    *, person: str, role: Role, on: date, by: User, at: datetime, scope: Scope | None = None
) -> None:
    """End a role with this day; what was done under it stays as it was.

    Authorisation: `may_administer`. Audit: ``role.ended``.
    """
    actor = get_actor(by, at=at)
    require(may_administer(actor))
    limits = scope or Scope()
    held = RoleGrant.objects.as_of(None).filter(
        person=get_party(person), role=role, scope_kind=limits.kind, scope_ref=limits.ref
    )
    standing = held.first()
    if standing is None:
        raise UsageProblem("that role is not held.", rule="role-is-held")
    after = {"role": role.value, "scope": f"{limits.kind}:{limits.ref}", "until": on.isoformat()}
    event = record_event(kind="role.ended", subject=person, by=actor, at=at, after=after)
    supersede(held, event=event)
    RoleGrant.objects.create(
        person=standing.person,
        role=role,
        scope_kind=limits.kind,
        scope_ref=limits.ref,
        starts=standing.starts,
        ends=on,
        recorded_at=event.at,
        event=event,
    )


@command(rule=may_erase, audit="party.erased")
def erase_name(*, person: str, reason: str, by: User, at: datetime) -> None:
    """Erase a person's name where the law requires it; what they did stays under their reference.

    Copies already given out in which the name stands are put on the list of remnants.

    Authorisation: `may_erase`. Audit: ``party.erased``; the reason is sealed.
    """
    actor = get_actor(by, at=at)
    require(may_erase(actor))
    found = get_party(person)
    held = find_held([Sought(found.name, is_name=True)] if found.name != ERASED else [])
    after = {"reason": sealed_words(reason), "remnants": len(held)}
    event = record_event(kind="party.erased", subject=person, by=actor, at=at, after=after)
    record_remnants(held, by=actor.ref, event=event)
    _forget(found)


def _forget(party: Party) -> None:
    erase_openings(subject=party.subject, kind="party.recorded")
    party.name = ERASED
    party.save(update_fields=["name"])
