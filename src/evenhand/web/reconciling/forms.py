"""Forms of reconciliation: a file to bring, and a decision with its reason."""

from __future__ import annotations

from typing import Any

from django import forms

from evenhand.accountability.reconciling import CORRECTABLE, Choice, DifferenceKind


class BringForm(forms.Form):
    """Whose ledger, about which report."""

    publication = forms.ChoiceField(label="The report it is about")
    source = forms.CharField(label="Whose ledger it is", max_length=200)
    file = forms.FileField(
        label="Their export",
        help_text="CSV with the columns reference, text, status, date; all but the first may be "
        "left out.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv"}),
    )

    def __init__(self, *args: Any, publications: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["publication"].choices = publications  # type: ignore[attr-defined]


class DecideForm(forms.Form):
    """What is decided about one difference; only what a command can correct offers it."""

    choice = forms.ChoiceField(label="Decision", widget=forms.RadioSelect)
    reason = forms.CharField(label="Reason", widget=forms.Textarea)

    def __init__(self, *args: Any, kind: DifferenceKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [c for c in Choice if c is not Choice.CORRECT or kind in CORRECTABLE]
        choices = [(choice.value, choice.words) for choice in offered]
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]
