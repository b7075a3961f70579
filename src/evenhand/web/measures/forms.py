"""Forms of the measures: what a person types, as values that a command takes."""

from __future__ import annotations

from typing import Any

from django import forms

from evenhand.web.measures.sampling import STRATA


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
