"""Forms of the measures: what a person types, as values that a command takes."""

from __future__ import annotations

from typing import Any

from django import forms

from evenhand.indicators.workforce.outlook import Levers
from evenhand.web.measures.sampling import STRATA


def _factor(label: str) -> forms.FloatField:
    """By how much a flow is moved; nothing leaves it as it is."""
    return forms.FloatField(label=label, required=False, min_value=0, max_value=10)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="Reason", widget=forms.Textarea)


class AcceptForm(forms.Form):
    """Why, if there is something to say."""

    reason = forms.CharField(label="Reason (if any)", widget=forms.Textarea, required=False)


class NoteForm(forms.Form):
    """A remark beside a finding."""

    text = forms.CharField(
        label="Note", widget=forms.Textarea, help_text="Name no person: every reader sees it."
    )


class SaveForm(forms.Form):
    """A name for a question."""

    title = forms.CharField(label="Name of the measure", max_length=200)


class PersonKeyForm(forms.Form):
    """Who somebody is in the files."""

    person = forms.ChoiceField(label="Person")
    key = forms.CharField(
        label="Key in the service’s files",
        max_length=200,
        help_text="The pseudonym under which reviews name this person as a manager.",
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["person"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = people


class SampleForm(forms.Form):
    """Of which decisions, and how many in a hundred."""

    dataset = forms.ChoiceField(
        label="Decisions", choices=[(name, name.capitalize()) for name in STRATA]
    )
    percent = forms.IntegerField(
        label="How many in a hundred",
        min_value=1,
        max_value=100,
        initial=2,
        help_text="At least one of every kind of decision is drawn.",
    )


class CriterionForForm(forms.Form):
    """Which recommendation a comparison is to judge."""

    item = forms.ChoiceField(label="Recommendation")

    def __init__(self, *args: Any, items: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["item"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = items


class OutlookForm(forms.Form):
    """Whose share, held to what, with which levers moved."""

    group = forms.ChoiceField(label="Group")
    target = forms.FloatField(
        label="Target, in per cent", required=False, min_value=0, max_value=100
    )
    recruits = forms.IntegerField(
        label="Recruits in place of the usual ones", required=False, min_value=0, max_value=100_000
    )
    over = forms.IntegerField(
        label="Over how many years", required=False, min_value=1, max_value=10
    )
    of_group = forms.FloatField(
        label="Of the recruits, of the group, in per cent",
        required=False,
        min_value=0,
        max_value=100,
        help_text="Left empty: as many as join now.",
    )
    joiners = _factor("Joining of the group, times")
    leaving = _factor("Leaving of the group, times")
    promotion = _factor("Promotion of the group, times")

    def __init__(self, *args: Any, groups: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["group"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = groups

    def clean_target(self) -> float | None:
        """A share of one."""
        given: float | None = self.cleaned_data["target"]
        return None if given is None else given / 100

    def levers(self) -> Levers:
        """The levers as the projection takes them."""
        asked = self.cleaned_data
        share = asked["of_group"]
        return Levers(
            joiners=_or_one(asked["joiners"]),
            leaving=_or_one(asked["leaving"]),
            promotion=_or_one(asked["promotion"]),
            recruits=asked["recruits"] or 0,
            over=asked["over"] or 3,
            of_group=None if share is None else share / 100,
        )


def _or_one(given: float | None) -> float:
    return 1.0 if given is None else given
