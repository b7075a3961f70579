"""Forms of meetings: what a person types, as values that a command takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from evenhand.web.meetings.choices import MinuteKind, PaperKind

Pairs = Sequence[tuple[str, str]]

NONE = [("", "None")]


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """A day, typed or picked."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}),
    )


def reason_field(label: str = "Reason", help_text: str = "") -> forms.CharField:
    """Why: kept on the record."""
    return forms.CharField(label=label, widget=forms.Textarea, help_text=help_text)


class Confirm(forms.Form):
    """Nothing to type: the button says it."""


class Reason(forms.Form):
    """Why."""

    reason = reason_field()


class PlanForm(forms.Form):
    """A meeting to come."""

    title = forms.CharField(label="Title", max_length=200)
    body = forms.ChoiceField(label="Body that meets")
    on = day_field("Day")
    place = forms.CharField(label="Place", max_length=200, required=False)

    def __init__(self, *args: Any, bodies: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = list(bodies)  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """Another day and why."""

    to = day_field("New day")
    reason = reason_field()


class AgendaForm(forms.Form):
    """An agenda item and the paper before members."""

    title = forms.CharField(label="What the meeting is to consider", max_length=200)
    paper = forms.ChoiceField(label="Paper", required=False)

    def __init__(self, *args: Any, papers: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].choices = [*NONE, *papers]  # type: ignore[attr-defined]


class PlaceForm(forms.Form):
    """Where on the agenda, and with which paper."""

    number = forms.IntegerField(label="Number on the agenda", min_value=1, max_value=999)
    paper = forms.ChoiceField(label="Paper", required=False)

    def __init__(self, *args: Any, papers: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].choices = [*NONE, *papers]  # type: ignore[attr-defined]


class MinuteForm(forms.Form):
    """What was said or decided, and which recommendations it is about."""

    kind = forms.ChoiceField(label="What this records")
    words = forms.CharField(label="In words", widget=forms.Textarea)
    about = forms.CharField(
        label="Recommendations it is about",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Their references, one a line, as they stand in the address: lantern-2019/12.",
    )
    corrects = forms.ChoiceField(label="The minute that this corrects", required=False)

    def __init__(self, *args: Any, minutes: Pairs, agreed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(k.value, k.label) for k in MinuteKind if k is not MinuteKind.ASKED]
        if agreed:
            kinds = [pair for pair in kinds if pair[0] == MinuteKind.CORRECTED]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["corrects"].choices = [*NONE, *minutes]  # type: ignore[attr-defined]

    def clean_about(self) -> list[str]:
        """One reference a line."""
        return [line.strip() for line in self.cleaned_data["about"].splitlines() if line.strip()]


class AskForm(forms.Form):
    """A question to the owner of a recommendation."""

    recommendation = forms.ChoiceField(label="About which recommendation")
    question = forms.CharField(label="Question", widget=forms.Textarea)
    answer_by = day_field("Answer wanted by", required=False)

    def __init__(self, *args: Any, items: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recommendation"].choices = list(items)  # type: ignore[attr-defined]


class CommissionForm(forms.Form):
    """What is to be reported, by whom, by which meeting."""

    title = forms.CharField(label="Title of the report", max_length=200)
    question = forms.CharField(
        label="What it must tell members",
        widget=forms.Textarea,
        help_text="Questions that can be answered: how many, since when, with what effect.",
    )
    asked_of = forms.ChoiceField(label="Who is to report")
    meeting = forms.ChoiceField(label="By which meeting")

    def __init__(self, *args: Any, parties: Pairs, meetings: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked_of"].choices = list(parties)  # type: ignore[attr-defined]
        self.fields["meeting"].choices = list(meetings)  # type: ignore[attr-defined]


class LaterForm(forms.Form):
    """A later meeting and why."""

    meeting = forms.ChoiceField(label="By which meeting instead")
    reason = reason_field()

    def __init__(self, *args: Any, meetings: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = list(meetings)  # type: ignore[attr-defined]


class SnapshotForm(forms.Form):
    """A name for the counts of now."""

    title = forms.CharField(
        label="Name", max_length=200, help_text="As people will speak of it: June 2027 board."
    )


class BeginForm(forms.Form):
    """A paper to begin."""

    kind = forms.ChoiceField(label="Kind of paper", choices=PaperKind.choices)
    title = forms.CharField(label="Title", max_length=200)
    meeting = forms.ChoiceField(label="For which meeting")
    snapshot = forms.ChoiceField(
        label="From which snapshot", help_text="Every number of the paper is counted in it."
    )
    before = forms.ChoiceField(
        label="Compared with which earlier snapshot",
        required=False,
        help_text="What changed since then is told first. The last board’s is that of the last "
        "paper of this kind that was issued or, without one, of the meeting before.",
    )
    publication = forms.ChoiceField(
        label="About which report", required=False, help_text="Only for one report in full."
    )
    commission = forms.ChoiceField(
        label="Answers which report that members asked for", required=False
    )

    def __init__(self, *args: Any, choices: dict[str, Pairs], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, pairs in choices.items():
            field: Any = self.fields[name]
            field.choices = list(pairs) if field.required else [*NONE, *pairs]
        before: Any = self.fields["before"]
        before.choices = [("", "The last board’s"), *choices["before"]]


class TextForm(forms.Form):
    """The free text of a standing section."""

    text = forms.CharField(
        label="Text",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )


class IssueForm(forms.Form):
    """The decision by which a paper is issued."""

    decision = forms.CharField(
        label="By which decision",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Who decided, and for which meeting.",
    )


class CorrectForm(forms.Form):
    """What a correction changes, and why."""

    changed = reason_field("What changes", "As members will read it at the head of the paper.")
    why = reason_field("Why")
    snapshot = forms.ChoiceField(
        label="From which snapshot",
        required=False,
        help_text="None: from the same as the version that is corrected.",
    )

    def __init__(self, *args: Any, snapshots: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["snapshot"].choices = [*NONE, *snapshots]  # type: ignore[attr-defined]


class TemplateForm(forms.Form):
    """A Word file of the body."""

    body = forms.ChoiceField(label="Body")
    file = forms.FileField(
        label="Word template",
        help_text="A .docx, without macros. Its styles, header and footer are kept, its text not.",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )

    def __init__(self, *args: Any, bodies: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = list(bodies)  # type: ignore[attr-defined]
