"""The form by which a find is dismissed."""

from __future__ import annotations

from django import forms


class DismissForm(forms.Form):
    """Why it is not the same words."""

    reason = forms.CharField(
        label="Why nothing of it has to go",
        widget=forms.Textarea,
        help_text="Such as: another person of the same name. Do not repeat the words.",
    )
