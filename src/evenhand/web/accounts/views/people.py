"""Who is on the register, what they may do, and the forms that change it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from evenhand.accountability.permissions import may_administer, may_enrol, may_enter, may_grant
from evenhand.accountability.roles import Role, Scope, ScopeKind
from evenhand.core import require
from evenhand.web.accounts import services
from evenhand.web.accounts.choices import PartyKind
from evenhand.web.accounts.forms import (
    AccountForm,
    CloseForm,
    EndRoleForm,
    GrantForm,
    LeaveForm,
    PartyForm,
    SureForm,
    TeamForm,
)
from evenhand.web.accounts.passwords import draw_password
from evenhand.web.accounts.queries import PersonRow, get_person, list_parties, list_people
from evenhand.web.foundation.pages import PageRequest, page
from evenhand.web.register.views.commanding import Sending, Told, send


@page(may_enrol)
def show_all(request: PageRequest) -> HttpResponse:
    """Everybody, every team and every body."""
    as_of = request.as_of.moment
    context = {
        "people": list_people(as_of=as_of),
        "teams": list_parties(PartyKind.TEAM, as_of=as_of),
        "bodies": list_parties(PartyKind.BODY, as_of=as_of),
        "offers": not request.as_of.past,
    }
    return render(request, "accounts/people.html", context)


@page(may_enrol)
def show(request: PageRequest, ref: str) -> HttpResponse:
    """One person: account, roles, teams."""
    person = get_person(ref, as_of=request.as_of.moment)
    now = not request.as_of.past
    context = {
        "person": person,
        "may_enrol": now and bool(may_enrol(request.actor)),
        "may_administer": now and bool(may_administer(request.actor)),
        "may_grant": now and bool(may_grant(request.actor, to=person.subject)),
    }
    return render(request, "accounts/person.html", context)


@page(may_enrol)
def add(request: PageRequest) -> HttpResponse:
    """Put a person, team or body on the register."""
    told = Told("Add a person, team or body", "Add it", "It is on the register.")
    form = PartyForm(request.POST or None)
    return _send(request, told, form, services.record_party, back=reverse("accounts:people"))


@page(may_enrol)
def leave(request: PageRequest, ref: str) -> HttpResponse:
    """Say until when a person is there."""
    person = get_person(ref)
    told = Told(f"{person.name} leaves", "Record it", "It is recorded; duties need a successor.")
    return _about(request, person, told, LeaveForm(request.POST or None), services.end_party,
                  party=person.subject)  # fmt: skip


@page(may_enrol)
def join(request: PageRequest, ref: str) -> HttpResponse:
    """Say that a person acts for a team."""
    person = get_person(ref)
    told = Told(f"{person.name} acts for a team", "Record it", "They may act for the team.")
    return _about(request, person, told, TeamForm(request.POST or None), services.join_team,
                  person=person.subject)  # fmt: skip


@page(may_administer)
def grant(request: PageRequest, ref: str) -> HttpResponse:
    """Give a role."""
    person = get_person(ref)
    require(may_grant(request.actor, to=person.subject))
    told = Told(f"Give {person.name} a role", "Give the role", "The role is given.")

    def run(*, role: str, scope_kind: str, scope_ref: str, **arguments: Any) -> None:
        scope = Scope(ScopeKind(scope_kind), scope_ref)
        services.grant_role(person=person.subject, role=Role(role), scope=scope, **arguments)

    return _about(request, person, told, GrantForm(request.POST or None), run)


@page(may_administer)
def end_role(request: PageRequest, ref: str) -> HttpResponse:
    """End a role with a day."""
    person = get_person(ref)
    told = Told(f"End a role of {person.name}", "End the role", "The role ends with that day.")

    def run(*, held: str, **arguments: Any) -> None:
        role, kind, scope_ref = held.split("|")
        scope = Scope(ScopeKind(kind), scope_ref)
        services.end_role(person=person.subject, role=Role(role), scope=scope, **arguments)

    return _about(request, person, told, EndRoleForm(request.POST or None, person=person), run)


@page(may_administer)
def open_account(request: PageRequest, ref: str) -> HttpResponse:
    """Give a person a name to sign in with, and a first password that is shown once."""
    person = get_person(ref)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = draw_password()
        services.open_account(
            person=person.subject,
            username=form.cleaned_data["username"],
            password=password,
            by=request.account,
            at=request.moment,
        )
        return _told_once(request, person, form.cleaned_data["username"], password)
    told = Told(f"Open an account for {person.name}", "Open it", "")
    return _about(request, person, told, form, services.open_account)


@page(may_administer)
def reset(request: PageRequest, ref: str) -> HttpResponse:
    """Give a person a new password that is shown once."""
    person = get_person(ref)
    form = SureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = draw_password()
        services.reset_password(
            person=person.subject, password=password, by=request.account, at=request.moment
        )
        return _told_once(request, person, person.username, password)
    told = Told(f"A new password for {person.name}", "Make a new password", "")
    return _about(request, person, told, form, services.reset_password)


@page(may_administer)
def close(request: PageRequest, ref: str) -> HttpResponse:
    """Let a person sign in no more."""
    person = get_person(ref)
    told = Told(f"Close the account of {person.name}", "Close it", "They can sign in no more.")
    return _about(request, person, told, CloseForm(request.POST or None), services.close_account,
                  person=person.subject)  # fmt: skip


@page(may_enter)
def own(request: PageRequest) -> HttpResponse:
    """One's own account: roles, teams, and the way to change the password."""
    party = request.account.party
    person = get_person(party.ref) if party else None
    return render(request, "accounts/own.html", {"person": person})


def _told_once(
    request: PageRequest, person: PersonRow, username: str, password: str
) -> HttpResponse:
    context = {"person": person, "username": username, "password": password}
    response = render(request, "accounts/password_told.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _about(
    request: PageRequest, whom: PersonRow, told: Told, form: Any, run: Any, /, **fixed: Any
) -> HttpResponse:
    back = reverse("accounts:person", args=(whom.ref,))
    return _send(request, told, form, run, back=back, **fixed)


def _send(
    request: PageRequest, told: Told, form: Any, run: Any, *, back: str, **fixed: Any
) -> HttpResponse:
    def command(**arguments: Any) -> object:
        return run(**fixed, **arguments)

    crumbs = (("People", reverse("accounts:people")),)
    return send(request, Sending(told=told, form=form, run=command, back=back, crumbs=crumbs))
