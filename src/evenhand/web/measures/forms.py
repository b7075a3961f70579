"""Forms of the measures: what a person types, as values that a command takes."""

from __future__ import annotations

from django import forms


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
