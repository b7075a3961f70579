"""Forms of the register: what a person types, as values that a command takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from evenhand.accountability.machines import RESPONSE
from evenhand.web.accounts.choices import PartyKind
from evenhand.web.accounts.queries import list_parties
from evenhand.web.register.choices import DutyRole
from evenhand.web.register.queries import list_scales
from evenhand.web.register.views.commanding import ItemForm

RESPONSES = {"accept": "Accepted", "accept_in_part": "Accepted in part", "reject": "Rejected"}
TITLE = 200  # characters of a working title, as the table says


def pick_day(label: str, *, hint: str = "", required: bool = True) -> forms.DateField:
    """A day, typed or picked."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    errors = {"required": "Give a day.", "invalid": "Write a day that exists, as 2006-05-24."}
    return forms.DateField(
        label=label, widget=widget, help_text=hint, required=required, error_messages=errors
    )


def say(label: str, *, hint: str = "", required: bool = True) -> forms.CharField:
    """Several lines of words."""
    return forms.CharField(
        label=label,
        widget=forms.Textarea,
        help_text=hint,
        required=required,
        max_length=20_000,
        error_messages={"required": "Say it in a few words."},
    )


def choose(
    label: str, options: Sequence[tuple[Any, Any]] = (), *, hint: str = ""
) -> forms.ChoiceField:
    """One of several; none is chosen for anybody."""
    return forms.ChoiceField(
        label=label,
        choices=[("", "Choose"), *options],
        help_text=hint,
        error_messages={
            "required": "Choose one.",
            "invalid_choice": "That is not one of the choices any more: choose again.",
        },
    )


def name(label: str, *, longest: int, hint: str = "") -> forms.CharField:
    """One line of words."""
    return forms.CharField(
        label=label,
        max_length=longest,
        help_text=hint,
        error_messages={"required": "Give it in a few words."},
    )


def confirm(label: str) -> forms.BooleanField:
    """A tick without which what cannot be undone is not done."""
    return forms.BooleanField(
        label=label, error_messages={"required": "Tick this if you mean it; it cannot be undone."}
    )


def offer(form: forms.Form, name: str, options: Sequence[tuple[Any, Any]]) -> None:
    """Give a select its options; none is chosen for anybody."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = [("", "Choose"), *options]


def group_parties() -> list[tuple[str, list[tuple[str, str]]]]:
    """Everybody who can hold a duty, by kind, as the options of a select."""
    parties = list_parties()
    named = {PartyKind.TEAM: "Teams", PartyKind.BODY: "Bodies", PartyKind.PERSON: "People"}
    return [
        (words, [(each.subject, each.name) for each in parties if each.kind == kind])
        for kind, words in named.items()
    ]


class InquiryForm(forms.Form):
    """An inquiry, inspection, review or framework."""

    title = name("Name", longest=300)
    ref = forms.RegexField(
        r"^(?!open$)[a-z0-9][a-z0-9\-]*$",
        label="Reference",
        max_length=100,
        help_text="Small letters, digits and hyphens, for example lantern.",
        error_messages={
            "required": "Give it a short one.",
            "invalid": "Write small letters, digits and hyphens, for example lantern. "
            "“open” is taken.",
        },
    )
    opened_on = pick_day("Opened", hint="Leave it empty where it is not known.", required=False)
    description = say("What it is about", required=False)


class RespondForm(ItemForm):
    """What the body said it would do, and why."""

    verb = choose("What the body said")
    responded_on = pick_day("When it said so")
    reason = say("Its reason", hint="In part: which part, and why not the rest.")

    def prepare(self) -> None:
        """Every response but the one that stands."""
        state = self.item.response.state if self.item.response else RESPONSE.start
        moves = RESPONSE.verbs_from(state)
        offer(self, "verb", [(verb, RESPONSES[verb]) for verb in moves])


class AssignForm(ItemForm):
    """Who takes a duty, from when."""

    party = choose("Who")
    role = forms.ChoiceField(
        label="Duty",
        choices=DutyRole.choices,
        help_text="One party is responsible at a time; the one before is succeeded and stays on "
        "the record.",
    )
    starts = pick_day("From", hint="The first day of the new duty; the one before ends a day ago.")
    reason = say("Reason", required=False)

    def prepare(self) -> None:
        """Everybody on the register, from today unless said otherwise."""
        offer(self, "party", group_parties())
        self.fields["starts"].initial = self.item.on


class EndDutyForm(ItemForm):
    """Whose duty ends, when and why."""

    party = choose("Whose duty")
    on = pick_day("Last day")
    reason = say("Reason")

    def prepare(self) -> None:
        """Those who hold a duty."""
        held = {duty.party: duty.name for duty in self.item.current_duties}
        offer(self, "party", list(held.items()))
        self.fields["on"].initial = self.item.on


class SetDueForm(ItemForm):
    """The first due date."""

    due_on = pick_day("Due", hint="It is shown for good as the original date.")
    reason = say("Why this date", required=False)


class ExtendForm(ItemForm):
    """A later date and why."""

    to = pick_day("New due date", hint="Later than the present one.")
    reason = say("Reason for the extension")


class ReasonForm(ItemForm):
    """A reason, and nothing else."""

    reason = say("Reason")


class OptionalReasonForm(ItemForm):
    """A reason that may be left out."""

    reason = say("Reason", required=False)


class RetitleForm(ItemForm):
    """A short name."""

    title = name(
        "Working title",
        longest=TITLE,
        hint="A short name beside the published text, which stays as it is.",
    )

    def prepare(self) -> None:
        """The present one, to change."""
        self.fields["title"].initial = self.item.title


class LevelForm(ItemForm):
    """A level of the publication's own scale, where it was stated, and as at when."""

    level = choose("Level")
    as_at = pick_day("As at", hint="The day the report or paper speaks of; today or earlier.")
    reason = say("Where it is stated", hint="The report or paper and its paragraph.")

    def prepare(self) -> None:
        """The levels of its scale, from the bottom."""
        levels = list_scales()[self.item.scale].levels
        offer(self, "level", [(level.code, level.words) for level in levels])
