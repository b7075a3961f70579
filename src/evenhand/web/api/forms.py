"""The form of a new token."""

from __future__ import annotations

from django import forms

from evenhand.accountability.tokens import TokenScope


class TokenForm(forms.Form):
    """What it is for, and until when."""

    label = forms.CharField(
        label="What it is for", max_length=100, help_text="So that you know it again."
    )
    scopes = forms.MultipleChoiceField(
        label="What it may be used for",
        choices=[(scope.value, scope.words) for scope in TokenScope],
        widget=forms.CheckboxSelectMultiple,
        help_text="Small counts only where you are cleared, and only together with “Read”. Ask for "
        "them only where whatever uses the token may keep them.",
    )
    expires_on = forms.DateField(
        label="Last day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="At most a year from today.",
    )
