"""Forms of the import: what a person brings and corrects, with errors that say what to do."""

from __future__ import annotations

from typing import Any

from django import forms

from evenhand.datasets.papers import MAX_PAPER_BYTES
from evenhand.web.imports.faults import LONGEST, NUMBER, REF, check_wording
from evenhand.web.imports.proposals import Head, Line

MIB = 1 << 20


def _day(label: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=False)


def _words(label: str, *, required: bool = False, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, widget=forms.Textarea, required=required, strip=False, help_text=hint
    )


class BringForm(forms.Form):
    """A file or pasted text: one of the two."""

    file = forms.FileField(
        label="A file",
        required=False,
        help_text=f"Text, web page, Word (.docx), PDF, Excel (.xlsx) or CSV, "
        f"up to {MAX_PAPER_BYTES // MIB} MiB. Nothing in it is run.",
    )
    text = _words("Or its text, pasted", hint="Plain text, or the source of a web page.")

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two."""
        given = super().clean() or {}
        if not self.errors and bool(given.get("file")) == bool(given.get("text", "").strip()):
            raise forms.ValidationError("Choose a file or paste its text: one of the two.")
        return given


class HeadForm(forms.Form):
    """The report itself."""

    title = forms.CharField(label="Title", max_length=LONGEST["title"])
    inquiry = forms.ChoiceField(label="Inquiry it belongs to", required=False)
    new_inquiry = forms.CharField(
        label="Or the name of a new inquiry", max_length=LONGEST["title"], required=False
    )
    ref = forms.RegexField(
        REF,
        label="Reference",
        max_length=100,
        help_text="Small letters, digits and hyphens; it is part of every address and never "
        "changes, for example northmoor-2019.",
    )
    published_on = _day("Date of publication")
    author = forms.CharField(label="Author", max_length=LONGEST["author"], required=False)
    report_number = forms.CharField(
        label="Report number", max_length=LONGEST["report_number"], required=False
    )
    edition = forms.IntegerField(label="Edition", min_value=1, max_value=999)
    scale = forms.ChoiceField(
        label="Its own scale",
        help_text="In which the report says how far a recommendation is.",
    )
    addressed_to = forms.ChoiceField(label="The body it is addressed to", required=False)
    makes_none = forms.BooleanField(
        label="This report makes no recommendations of its own", required=False
    )

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, str]]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def clean_published_on(self) -> str:
        """As it is kept."""
        day = self.cleaned_data["published_on"]
        return day.isoformat() if day else ""

    def clean(self) -> dict[str, Any]:
        """One inquiry, known or new."""
        given = super().clean() or {}
        if given.get("inquiry") and given.get("new_inquiry"):
            self.add_error("new_inquiry", "Choose an inquiry or name a new one, not both.")
        return given


class LineForm(forms.Form):
    """One recommendation or part."""

    number = forms.RegexField(
        rf"\A{NUMBER.pattern}\Z",
        label="Number or letter, as printed",
        max_length=LONGEST["number"],
        error_messages={"invalid": "Use letters, digits, full stops and hyphens, no brackets."},
    )
    heading = forms.CharField(label="Heading", max_length=LONGEST["heading"], required=False)
    text = _words(
        "Exact wording",
        required=True,
        hint="The paper’s own words. Lines may be taken away or brought here from elsewhere in "
        "the paper; other words are not accepted.",
    )
    completed = forms.BooleanField(label="The report says it is completed", required=False)
    progress = _words("Progress so far")
    challenges = _words("Challenges")
    next_steps = _words("Next steps")
    party = forms.ChoiceField(label="Who is responsible, on the register", required=False)
    due = _day("Due date")
    response = forms.ChoiceField(
        label="Response told by the report",
        required=False,
        choices=[
            ("", "None"),
            ("accept", "Accepted"),
            ("accept_in_part", "Accepted in part"),
            ("reject", "Rejected"),
        ],
    )
    response_reason = _words("Reason of the response")
    left_out = forms.BooleanField(
        label="Leave it out: it is no recommendation of this report", required=False
    )

    def __init__(self, *args: Any, parties: list[tuple[str, str]], words: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.words = words
        self.fields["party"].choices = [("", "Nobody yet"), *parties]  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        """Only the paper’s words; whatever was not touched is as it was read."""
        text = str(self.cleaned_data["text"])
        problem = check_wording(text, words=self.words)
        if problem:
            raise forms.ValidationError(problem)
        return text

    def clean_due(self) -> str:
        """As it is kept."""
        day = self.cleaned_data["due"]
        return day.isoformat() if day else ""

    def clean(self) -> dict[str, Any]:
        """A response has its reason."""
        given = super().clean() or {}
        if given.get("response") and not given.get("response_reason", "").strip():
            self.add_error("response_reason", "Give the reason, or choose no response.")
        return given


def initial_of(values: Head | Line, form: type[forms.Form]) -> dict[str, Any]:
    """What a form shows at first: what is proposed now."""
    return {name: getattr(values, name) for name in form.base_fields}
