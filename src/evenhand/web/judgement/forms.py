"""Forms of judgement: what a person types, as values that a command takes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from evenhand.accountability.judgement import Reading
from evenhand.accountability.judgement.embedding import Embedding
from evenhand.accountability.judgement.votes import Voice
from evenhand.core import UsageProblem
from evenhand.web.accounts.choices import PartyKind
from evenhand.web.accounts.queries import list_parties
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.judgement.choices import Mode, Speaker, Stance
from evenhand.web.judgement.queries import list_panels
from evenhand.web.judgement.twins import Twin
from evenhand.web.register.forms import confirm, offer, pick_day, say
from evenhand.web.register.queries import list_scales
from evenhand.web.register.views.commanding import ItemForm
from evenhand.web.work.queries import list_evidence

LARGEST_TWIN = 20 << 20  # bytes: as large as a page of scans needs


def short(label: str, *, hint: str = "", required: bool = False) -> forms.CharField:
    """One line of words."""
    return forms.CharField(label=label, help_text=hint, required=required, max_length=120)


def number(label: str, *, hint: str = "", required: bool = False) -> forms.FloatField:
    """A figure, or nothing."""
    return forms.FloatField(label=label, help_text=hint, required=required)


class FigureForm(forms.Form):
    """A figure from outside, for one period, with its source."""

    starts = pick_day("Period from")
    ends = pick_day("Period to", hint="A second figure for the same period corrects the first.")
    value = number("Figure", hint="Left empty where there is none; then say why.")
    low = number("Low end of its interval")
    high = number("High end of its interval")
    detectable = number("Smallest difference these numbers could have shown")
    count = forms.IntegerField(label="Counted", required=False, min_value=0)
    of = number("Out of")
    absent = short("Why there is no figure", hint="As suppressed, or not collected.")
    source = forms.CharField(label="Source", max_length=500)
    reference = forms.CharField(label="Where to find it", required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        """One reading in place of its parts, or the rule that they break."""
        facts = super().clean() or {}
        if self.errors:
            return facts
        try:
            reading = Reading(start=facts.pop("starts"), end=facts.pop("ends"), **facts)
        except UsageProblem as problem:
            raise forms.ValidationError(problem.problem) from None
        return {"reading": reading}


class ClaimForm(ItemForm):
    """The levels claimed, and the evidence they stand on."""

    level = forms.ChoiceField(label="Level of the publication’s scale")
    embedding = forms.ChoiceField(
        label="Level of embedding", choices=[(each.value, each.words) for each in Embedding]
    )
    evidence = forms.MultipleChoiceField(
        label="Evidence it stands on",
        widget=forms.CheckboxSelectMultiple,
        help_text="The versions that stand now are pinned: later ones do not change the claim.",
    )
    as_at = pick_day("As at", hint="Today or earlier.")
    reason = say("What was done, and how it shows")

    def prepare(self) -> None:
        """Levels of the scale; evidence of this item that was not sent back."""
        levels = list_scales()[self.item.scale].levels
        offer(self, "level", [(level.code, level.words) for level in levels])
        found = list_evidence(as_of=AsOf(None, self.item.on), item=self.item.ref)
        field = self.fields["evidence"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [
                (each.ref, f"{each.title}, version {each.latest.number} ({each.state})")
                for each in found
                if each.state in ("offered", "accepted")
            ]
        self.fields["as_at"].initial = self.item.on

    def clean_embedding(self) -> Embedding:
        """The level as a value."""
        return Embedding(self.cleaned_data["embedding"])


class WhyForm(forms.Form):
    """A reason, and nothing else."""

    reason = say("Reason")


class SureForm(forms.Form):
    """A tick, and nothing else."""

    confirm = confirm("I mean it")


class PanelForm(forms.Form):
    """A panel's name, purpose and quorum."""

    title = forms.CharField(label="Name", max_length=200)
    purpose = say("What it is for", required=False)
    quorum = forms.IntegerField(
        label="Quorum",
        min_value=3,
        help_text="How many members must vote for a verdict: 3 or more.",
    )


class SeatForm(forms.Form):
    """Whose term, from when to when, and whom they sit for."""

    member = forms.ChoiceField(label="Member")
    organisation = forms.ChoiceField(
        label="Sits for",
        required=False,
        help_text="A member who sits for a body that owns an item is barred from judging it.",
    )
    starts = pick_day("From")
    ends = pick_day("Last day", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "member", [(p.subject, p.name) for p in list_parties(PartyKind.PERSON)])
        bodies = [(p.subject, p.name) for p in list_parties(PartyKind.BODY)]
        field = self.fields["organisation"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Nobody"), *bodies]


class EndSeatForm(forms.Form):
    """When a term ends, and why."""

    on = pick_day("Last day")
    reason = say("Reason")


class InterestForm(forms.Form):
    """What ties a member to an item."""

    nature = say(
        "Your interest",
        hint="What ties you to this item, its owner or its evidence. It bars you from judging it. "
        "The words are shown to those who may read the item, and can be erased by law.",
    )


class ConveneForm(forms.Form):
    """Before which panel, how, and when."""

    panel = forms.ChoiceField(label="Panel")
    mode = forms.ChoiceField(label="How it sits", choices=Mode.choices)
    opens_on = pick_day("Opens")
    closes_on = pick_day("Closes", hint="In a room: the same day.")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        panels = list_panels(as_of=AsOf(None, on))
        offer(self, "panel", [(panel.ref, panel.title) for panel in panels])
        self.fields["opens_on"].initial = on

    def clean_mode(self) -> Mode:
        """The way of sitting as a value."""
        return Mode(self.cleaned_data["mode"])


class VoteForm(forms.Form):
    """A vote, the level found, and why."""

    voice = forms.ChoiceField(
        label="Your vote",
        widget=forms.RadioSelect,
        choices=[(each.value, each.words) for each in Voice],
    )
    embedding = forms.ChoiceField(
        label="The level that you find",
        choices=[("", "Choose"), *((each.value, each.words) for each in Embedding)],
        help_text="An effect can be found only where the agreed measure is met.",
    )
    reason = say("Your reason", hint="It stands beside your vote for good; a dissent most of all.")
    confirm = confirm("A vote is cast once, and I have read what is put before us")

    def clean_voice(self) -> Voice:
        """The vote as a value."""
        return Voice(self.cleaned_data["voice"])

    def clean_embedding(self) -> Embedding:
        """The level as a value."""
        return Embedding(self.cleaned_data["embedding"])


class RecheckForm(forms.Form):
    """What was looked at, and what was seen."""

    seen_there = say("What was looked at, and what was seen")


class ViewForm(ItemForm):
    """Who says what, from outside."""

    speaker = forms.ChoiceField(label="Who speaks", choices=Speaker.choices)
    name = forms.CharField(label="Their name, as they want it shown", max_length=200)
    stance = forms.ChoiceField(label="In their own judgement", choices=Stance.choices)
    said_on = pick_day("Said on")
    text = say("What they say")
    source = forms.CharField(label="Where it is published", required=False, max_length=500)

    def clean_speaker(self) -> Speaker:
        """The kind of speaker as a value."""
        return Speaker(self.cleaned_data["speaker"])

    def clean_stance(self) -> Stance:
        """The stance as a value."""
        return Stance(self.cleaned_data["stance"])


class TwinForm(forms.Form):
    """The public version of a file, and what was left out of it."""

    file = forms.FileField(label="The version without private matter")
    left_out = say("What was left out, and why")

    def clean(self) -> dict[str, Any]:
        """One twin in place of its parts."""
        facts = super().clean() or {}
        if self.errors:
            return facts
        file = facts["file"]
        if (file.size or 0) > LARGEST_TWIN:
            raise forms.ValidationError(f"The file is larger than {LARGEST_TWIN >> 20} MiB.")
        name, kind = (file.name or "twin")[:255], file.content_type or "application/octet-stream"
        return {"twin": Twin(file.read(), name, kind[:120], facts["left_out"])}


class PassForm(forms.Form):
    """Whether anything private is left."""

    verb = forms.ChoiceField(
        label="What you found",
        widget=forms.RadioSelect,
        choices=(("pass", "Nothing private is left in it"), ("send_back", "Something is")),
    )
    reason = say("Reason", required=False, hint="What is to be taken out, where something is.")
