"""Forms of the register: what a person types, as values that a command takes."""

from __future__ import annotations

from django import forms


class ExtendForm(forms.Form):
    """A later date and why."""

    to = forms.DateField(label="New due date", widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label="Reason for the extension", widget=forms.Textarea)
