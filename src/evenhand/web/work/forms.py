"""Forms of the work: what a person types, as values that a command takes."""

from __future__ import annotations

from django import forms


class UpdateForm(forms.Form):
    """Progress, challenges and next steps as at a day."""

    as_at = forms.DateField(
        label="As at", widget=forms.DateInput(attrs={"type": "date"}), help_text="Today or earlier."
    )
    progress = forms.CharField(label="Progress so far", required=False, widget=forms.Textarea)
    challenges = forms.CharField(label="Challenges", required=False, widget=forms.Textarea)
    next_steps = forms.CharField(label="Next steps", required=False, widget=forms.Textarea)


class SpreadsheetForm(forms.Form):
    """An exported register, edited."""

    file = forms.FileField(
        label="The edited register",
        help_text="The exported file, as .xlsx or .csv.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
