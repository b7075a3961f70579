"""Forms of who there is: what a person types, as values that a command takes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator

from evenhand.accountability.roles import Role, ScopeKind
from evenhand.web.accounts.choices import PartyKind
from evenhand.web.accounts.queries import PersonRow, is_taken, list_parties
from evenhand.web.register.forms import choose, confirm, name, pick_day, say

GIVEN = [(role.value, role.words) for role in Role if role is not Role.PUBLIC]
SCOPES = [
    (ScopeKind.EVERYTHING.value, "Everything"),
    (ScopeKind.INQUIRY.value, "One inquiry"),
    (ScopeKind.BODY.value, "One body"),
    (ScopeKind.UNIT.value, "One unit or team"),
]


class PartyForm(forms.Form):
    """A person, team or body."""

    kind = choose("What it is", PartyKind.choices)
    name = name("Name", longest=200, hint="A person’s name can be erased later; a team’s cannot.")

    def clean_kind(self) -> PartyKind:
        """The kind as the command takes it."""
        return PartyKind(self.cleaned_data["kind"])


class LeaveForm(forms.Form):
    """The last day."""

    on = pick_day("The last day they are there")


class TeamForm(forms.Form):
    """A team, from when."""

    team = choose("Team")
    starts = pick_day("From")
    ends = pick_day("Until", hint="Left empty: until further notice.", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = [(each.subject, each.name) for each in list_parties(PartyKind.TEAM)]
        _offer(self, "team", teams)


class GrantForm(forms.Form):
    """A role, over what, from when until when."""

    role = choose("Role", GIVEN)
    scope_kind = forms.ChoiceField(label="Over", choices=SCOPES)
    scope_ref = forms.CharField(
        label="Which one",
        required=False,
        max_length=200,
        help_text="Nothing for everything. An inquiry’s reference; body:…, team:… or unit:… as "
        "their pages give it.",
    )
    starts = pick_day("From", required=False, hint="Left empty: from today.")
    ends = pick_day("Until", required=False, hint="Left empty: until further notice.")


class EndRoleForm(forms.Form):
    """Which role, and its last day."""

    held = choose("Role")
    on = pick_day("Its last day")

    def __init__(self, *args: Any, person: PersonRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = [
            (f"{each.role.value}|{each.scope_kind}|{each.scope_ref}",
             " ".join(part for part in (each.role.words, each.scope_ref) if part))
            for each in person.roles
        ]  # fmt: skip
        _offer(self, "held", held)


class AccountForm(forms.Form):
    """The name to sign in with."""

    username = name("Name to sign in with", longest=150, hint="Letters, digits, and . @ + - _")

    def clean_username(self) -> str:
        """One that nobody has and that can be typed."""
        given: str = self.cleaned_data["username"]
        UnicodeUsernameValidator()(given)
        if is_taken(given):
            raise forms.ValidationError("Somebody has this name: choose another.")
        return given


class SureForm(forms.Form):
    """A tick."""

    confirm = confirm("The old password stops working at once")


class CloseForm(forms.Form):
    """Why an account is closed."""

    reason = say("Reason", hint="Sealed: it can be erased later.")
    confirm = confirm("They can sign in no more")


def _offer(form: forms.Form, field: str, options: list[tuple[str, str]]) -> None:
    chosen = form.fields[field]
    if isinstance(chosen, forms.ChoiceField):
        chosen.choices = [("", "Choose"), *options]
