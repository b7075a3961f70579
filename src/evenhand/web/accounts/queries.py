"""Questions about who there is and what somebody may do today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser

from evenhand.accountability.roles import VISITOR, Actor, Grant, Role, Scope, ScopeKind
from evenhand.web.accounts.choices import PartyKind
from evenhand.web.accounts.models import Membership, Party, Presence, RoleGrant, User
from evenhand.web.foundation.as_of import day_of
from evenhand.web.foundation.errors import NotThere
from evenhand.web.ledger.batch import ask_once


def get_actor(user: User | AnonymousUser | None, *, at: datetime) -> Actor:
    """Who is acting: the account’s person, their standing roles, and the teams they speak for.

    Always the roles of this moment, also where a past date is being looked at: what somebody may
    see is a question of today.
    """
    if user is None or not user.is_authenticated or not isinstance(user, User):
        return VISITOR
    if not user.is_active or user.party is None:
        return VISITOR
    person, day = user.party, day_of(at)
    grants, teams = ask_once(("roles", person.pk), lambda: _list_roles(person))
    speaks_for = {
        team for team, starts, ends in teams if starts <= day and (ends is None or day <= ends)
    }
    return Actor(person.subject, day, grants, frozenset({person.subject, *speaks_for}))


def _list_roles(person: Party) -> tuple[tuple[Grant, ...], list[tuple[str, date, date | None]]]:
    # Values and not rows: every page and every command begins here.
    held = RoleGrant.objects.as_of(None).filter(person=person)
    grants = tuple(
        Grant(Role(role), Scope(ScopeKind(kind), ref), starts, ends)
        for role, kind, ref, starts, ends in held.values_list(
            "role", "scope_kind", "scope_ref", "starts", "ends"
        )
    )
    joined = Membership.objects.as_of(None).filter(person=person)
    teams = joined.values_list("team__kind", "team__ref", "starts", "ends")
    return grants, [(f"{kind}:{ref}", starts, ends) for kind, ref, starts, ends in teams]


def get_party(subject: str) -> Party:
    """The party of this reference (``team:training``)."""
    return ask_once(("party", subject), lambda: _get_party(subject))


def _get_party(subject: str) -> Party:
    kind, _, ref = subject.partition(":")
    found: Party | None = Party.objects.filter(kind=kind, ref=ref).first()
    if found is None:
        raise NotThere("there is no such person, team or body.", rule="party-exists")
    return found


def list_parties(*kinds: PartyKind, as_of: datetime | None = None) -> list[Party]:
    """Parties of these kinds (all, when none is given), by name."""
    parties = Party.objects.as_of(as_of).order_by("name", "pk")
    return list(parties.filter(kind__in=kinds) if kinds else parties)


def list_names(subjects: Iterable[str]) -> Mapping[str, str]:
    """The names behind references, for showing; one that is not known stands for itself."""
    wanted = set(subjects)
    refs = {subject.partition(":")[2] for subject in wanted}
    known = {party.subject: party.name for party in Party.objects.filter(ref__in=refs)}
    return {subject: known.get(subject, subject) for subject in wanted}


def list_ends(*, as_of: datetime | None = None) -> Mapping[int, date]:
    """The last day of every party that is known to leave or have left, by primary key."""
    rows = Presence.objects.as_of(as_of).exclude(ends=None)
    return dict(rows.values_list("party_id", "ends"))


def list_grants(*, as_of: datetime | None = None) -> list[RoleGrant]:
    """Every role that stands, with its person."""
    rows = RoleGrant.objects.as_of(as_of).select_related("person")
    return list(rows.order_by("person__name", "role", "pk"))


def list_accounts() -> list[User]:
    """Every account with its person."""
    return list(User.objects.select_related("party").order_by("username"))


def get_account(username: str) -> User:
    """The account with this name."""
    found = User.objects.select_related("party").filter(username=username).first()
    if found is None:
        raise NotThere("there is no such account.", rule="account-exists")
    return found


def list_circles(subject: str, *, as_of: datetime | None = None) -> frozenset[str]:
    """A person with every team or body they belong to or ever belonged to: who may be an insider.

    A membership that was corrected or ended still counts: it is what ties, not what speaks.
    """
    kind, _, ref = subject.partition(":")
    rows = Membership.objects.filter(person__kind=kind, person__ref=ref).select_related("team")
    if as_of is not None:
        rows = rows.filter(recorded_at__lte=as_of)
    return frozenset({subject, *(row.team.subject for row in rows)})


def get_account_of(person: str) -> User:
    """The account of this person."""
    kind, _, ref = person.partition(":")
    found = User.objects.select_related("party").filter(party__kind=kind, party__ref=ref).first()
    if found is None:
        raise NotThere("this person has no account.", rule="account-exists")
    return found


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role somebody holds, with its limits and dates."""

    role: Role
    scope_kind: str
    scope_ref: str
    starts: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with their account, roles and teams."""

    subject: str
    ref: str
    name: str
    username: str
    active: bool
    ends: date | None
    roles: tuple[RoleRow, ...]
    teams: tuple[str, ...]


def list_people(*, as_of: datetime | None = None) -> list[PersonRow]:
    """Everybody on the register, by name, with what they may do and whom they speak for."""
    accounts = {user.party_id: user for user in User.objects.exclude(party=None)}
    roles: dict[int, list[RoleRow]] = {}
    for grant in RoleGrant.objects.as_of(as_of).order_by("role", "pk"):
        row = RoleRow(Role(grant.role), grant.scope_kind, grant.scope_ref, grant.starts, grant.ends)
        roles.setdefault(grant.person_id, []).append(row)
    teams: dict[int, list[str]] = {}
    for each in Membership.objects.as_of(as_of).select_related("team").order_by("team__name"):
        teams.setdefault(each.person_id, []).append(each.team.name)
    ends = list_ends(as_of=as_of)
    return [
        PersonRow(
            subject=party.subject,
            ref=party.ref,
            name=party.name,
            username=accounts[party.pk].username if party.pk in accounts else "",
            active=party.pk in accounts and accounts[party.pk].is_active,
            ends=ends.get(party.pk),
            roles=tuple(roles.get(party.pk, ())),
            teams=tuple(teams.get(party.pk, ())),
        )
        for party in list_parties(PartyKind.PERSON, as_of=as_of)
    ]


def get_person(ref: str, *, as_of: datetime | None = None) -> PersonRow:
    """One person."""
    found = next((row for row in list_people(as_of=as_of) if row.ref == ref), None)
    if found is None:
        raise NotThere("there is no such person.", rule="party-exists")
    return found


def is_taken(username: str) -> bool:
    """Whether somebody signs in with this name already, in capitals or not."""
    return User.objects.filter(username__iexact=username).exists()
