"""Forms of a proposal and of what is decided about it."""

from __future__ import annotations

from typing import Any

from django import forms

from evenhand.web.releases.gathering import Asked


def _words(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea, help_text=hint)


class ProposeForm(forms.Form):
    """What is to be published, and why."""

    title = forms.CharField(label="Title, for the public", max_length=200)
    statement = _words(
        "Why now, for the public",
        "Stands beside every change that this release makes. Name no person.",
    )
    reasons = _words("Reasons, for who decides", "Stays inside.")
    publications = forms.MultipleChoiceField(
        label="Whole reports", required=False, widget=forms.CheckboxSelectMultiple
    )
    recommendations = forms.CharField(
        label="Single recommendations",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="References such as lantern-2019/12, one on each line. With up to 60 "
        "recommendations you can also choose words, and public versions of evidence.",
    )

    def __init__(self, *args: Any, publications: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["publications"].choices = publications  # type: ignore[attr-defined]

    def clean_recommendations(self) -> tuple[str, ...]:
        """One reference a line."""
        lines = self.cleaned_data["recommendations"].split()
        return tuple(dict.fromkeys(line.strip(",;") for line in lines))

    def clean(self) -> dict[str, Any]:
        """Something is asked for."""
        given = super().clean() or {}
        if not self.errors and not (given.get("publications") or given.get("recommendations")):
            raise forms.ValidationError("Choose a report, or name a recommendation.")
        return given

    def build_asked(
        self, words: frozenset[str] = frozenset(), files: frozenset[str] = frozenset()
    ) -> Asked:
        """What is asked for, as a command takes it."""
        given = self.cleaned_data
        return Asked(tuple(given["publications"]), given["recommendations"], words, files)


class ReasonForm(forms.Form):
    """Why something is declined."""

    reason = _words("Reason")


class WithdrawForm(forms.Form):
    """What is taken back, and the reason that the public is shown."""

    reason = _words("Reason, for the public", "Stands at every address. Name no person.")
    recommendations = forms.MultipleChoiceField(
        label="Only these recommendations",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose none to withdraw the whole release.",
    )

    def __init__(self, *args: Any, recommendations: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(ref, ref) for ref in recommendations]
        self.fields["recommendations"].choices = choices  # type: ignore[attr-defined]
