"""Forms of the work: what a person types, as values that a command takes."""

from __future__ import annotations

from typing import Any

from django import forms

from evenhand.core import EvenhandError
from evenhand.datasets.papers import MAX_PAPER_BYTES
from evenhand.web.register.forms import choose, confirm, name, offer, pick_day, say
from evenhand.web.register.queries import ItemRow
from evenhand.web.register.views.commanding import ItemForm
from evenhand.web.work.choices import ErasureGround, EvidenceClass, Reliability
from evenhand.web.work.drafts import EvidenceDraft
from evenhand.web.work.uploads import read_upload

MIB = 1 << 20


class UpdateForm(ItemForm):
    """Progress, challenges and next steps as at a day."""

    as_at = pick_day("As at", hint="Today or earlier.")
    progress = say("Progress so far", required=False)
    challenges = say("Challenges", required=False)
    next_steps = say("Next steps", required=False)

    def prepare(self) -> None:
        """As at today, unless said otherwise."""
        self.fields["as_at"].initial = self.item.on


class CompareForm(forms.Form):
    """Two days."""

    first = pick_day("On")
    second = pick_day("And on")


class EventForm(forms.Form):
    """The number of an event in the record."""

    event = forms.IntegerField(
        label="Number of the event",
        min_value=0,
        help_text="As a history, an export or a paper shows it.",
        error_messages={"required": "Give its number.", "invalid": "Write a whole number."},
    )


class EraseForm(forms.Form):
    """On what ground words are erased, and that it is meant."""

    ground = choose("On what ground", ErasureGround.choices)
    confirm = confirm("I know that the words cannot be brought back")


class ReasonForm(forms.Form):
    """A reason, and nothing else."""

    reason = say("Reason")


class WithdrawForm(forms.Form):
    """A reason for what cannot be undone."""

    reason = say("Reason")
    confirm = confirm("I know that this cannot be undone")


class ConfirmForm(forms.Form):
    """Nothing but that it is meant."""

    confirm = confirm("I know that this cannot be undone")


class VersionForm(forms.Form):
    """A version of evidence: a file or a link, and what may be concluded from it."""

    file = forms.FileField(
        label="A file",
        required=False,
        help_text=f"Text, web page, Word (.docx), PDF, Excel (.xlsx), CSV, PNG or JPEG, up to "
        f"{MAX_PAPER_BYTES // MIB} MiB. It is kept unchanged under its hash.",
    )
    address = forms.URLField(
        label="Or a link",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Others may change what a link shows; a file stays as it is.",
    )
    speaks_from = pick_day(
        "Speaks for the time from", hint="The first day of the period it is about."
    )
    speaks_to = pick_day("Until", hint="What it shows about later is unknown.")
    method = say("Method", hint="How it was made: counted, sampled, observed, told; by whom.")
    limits = say("Limits", hint="What it cannot show, and what was left out.", required=False)
    reliability = choose("How far it can be relied on", Reliability.choices)
    classification = choose(
        "Who may see it",
        EvidenceClass.choices,
        hint="A stricter class guards earlier versions too; a more open one does not open them.",
    )

    def clean(self) -> dict[str, Any]:
        """One of file and link; the period in order; the file what its name says."""
        given = super().clean() or {}
        file, address = given.pop("file", None), given.pop("address", "")
        if "file" in self.errors or "address" in self.errors:
            return given
        if bool(file) == bool(address):
            raise forms.ValidationError("Choose a file or give a link: one of the two.")
        if self.errors:
            return given
        facts = {name: given.pop(name) for name in ("speaks_from", "speaks_to", "method", "limits")}
        facts["reliability"] = Reliability(given.pop("reliability"))
        facts["classification"] = EvidenceClass(given.pop("classification"))
        try:
            upload = read_upload(file) if file else None
        except EvenhandError as error:
            raise forms.ValidationError({"file": _told(error)}) from error
        try:
            draft = EvidenceDraft(
                **facts,
                address=address,
                content=upload.content if upload else b"",
                filename=upload.filename if upload else "",
                media_type=upload.media_type if upload else "",
                text=upload.text if upload else "",
            )
        except EvenhandError as error:
            raise forms.ValidationError(_told(error)) from error
        return {**given, "draft": draft}


class OfferForm(VersionForm, ItemForm):
    """A new piece of evidence for an item."""

    title = name("Title", longest=300)
    shows = say("What it shows about this recommendation", required=False)
    field_order = ("title", "shows")


class ReviewForm(forms.Form):
    """Accept evidence or send it back."""

    verb = choose(
        "Decision",
        [
            ("accept", "Accept: it is what it says, and speaks for its period"),
            ("return", "Send it back"),
        ],
    )
    reason = say("Reason", hint="Needed to send it back.", required=False)


class UseForm(forms.Form):
    """For which other item, and what it shows there."""

    recommendation = choose("Recommendation")
    shows = say("What it shows about it", required=False)

    def __init__(self, *args: Any, items: list[ItemRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "recommendation", group_items(items))


class QuestionForm(ItemForm):
    """A scrutiny question."""

    question = say("Your question")
    answer_by = pick_day(
        "Answer wanted by", hint="Without a day, four weeks are usual.", required=False
    )


class AnswerForm(forms.Form):
    """An answer on the record."""

    text = say("Your answer")


class AgainForm(forms.Form):
    """What an answer left out."""

    reason = say("What the answer left out")


def group_items(items: list[ItemRow]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Recommendations by report, as the options of a select."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for row in items:
        number = row.ref.removeprefix(f"{row.publication}/").replace("/", " ")
        grouped.setdefault(row.publication_title, []).append((row.ref, f"{number} · {row.name}"))
    return list(grouped.items())


def _told(error: EvenhandError) -> str:
    said = f"{error.problem[:1].upper()}{error.problem[1:]} {error.remedy}".strip()
    return f"{error.file}: {said}" if error.file else said


class ActionForm(ItemForm):
    """An action for an item, and for others too."""

    title = name("What will be done", longest=200)
    description = say("How", required=False)
    lead = choose("Who leads it")
    starts = pick_day("Starts", required=False)
    due_on = pick_day("Due", required=False)
    uncovered = say(
        "What of this recommendation it leaves to others",
        hint="Nothing: leave this empty.",
        required=False,
    )
    also = forms.MultipleChoiceField(
        label="Also for",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text="Other recommendations it is for, in full. What it leaves of each is said on the "
        "action’s page.",
    )


class CoverForm(forms.Form):
    """For which item, and what of it is left."""

    recommendation = choose("Recommendation")
    uncovered = say(
        "What of it the action leaves to others",
        hint="Nothing: leave this empty.",
        required=False,
    )

    def __init__(self, *args: Any, items: list[ItemRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "recommendation", group_items(items))


class SpreadsheetForm(forms.Form):
    """An exported register, edited."""

    file = forms.FileField(
        label="The edited register",
        help_text="The exported file, as .xlsx or .csv.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
