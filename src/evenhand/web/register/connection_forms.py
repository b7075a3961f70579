"""Forms over links, themes and policies: what a person types, as values that a command takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.text import slugify

from evenhand.accountability.machines import LINK
from evenhand.core import EvenhandError
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.register.choices import LinkKind, ThemeKind
from evenhand.web.register.forms import offer, say
from evenhand.web.register.queries import LinkRow, list_coverage, list_policies, list_themes
from evenhand.web.register.services.connections import MUST_SAY_UNCOVERED
from evenhand.web.register.views.commanding import ItemForm

REVIEWS = {"confirm": "Confirm it", "decline": "Decline it"}
REF = 200  # characters of a reference, as the ledger bounds it


class LinkForm(forms.Form):
    """To which item, how the first stands to it, why, and what of it is left uncovered."""

    target = forms.CharField(
        label="The other recommendation",
        max_length=REF,
        help_text="Its reference, such as lantern-2019/12/a. Search above to find it.",
    )
    kind = forms.ChoiceField(label="How this one stands to it")
    reason = say("Reason", hint="What in the two texts says so.")
    uncovered = say(
        "What remains uncovered",
        required=False,
        hint="What of the other recommendation nobody is bound to do any more. Needed where this "
        "one supersedes it in part.",
    )

    def __init__(self, *args: Any, check: Callable[[str], object], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.check = check
        offer(self, "kind", LinkKind.choices)

    def clean_target(self) -> str:
        """An item that is there and that this person may link."""
        ref = str(self.cleaned_data["target"]).strip()
        try:
            self.check(ref)
        except EvenhandError as error:
            raise forms.ValidationError(f"{error.problem} {error.remedy}".strip()) from None
        return ref

    def clean(self) -> dict[str, Any]:
        """The uncovered part is said where the kind leaves one by definition."""
        found = super().clean() or self.cleaned_data
        if found.get("kind") in MUST_SAY_UNCOVERED and not found.get("uncovered", "").strip():
            self.add_error("uncovered", "Say what of the other recommendation is left over.")
        return found


class ReviewLinkForm(forms.Form):
    """Confirm or decline, with what remains uncovered."""

    verb = forms.ChoiceField(label="Your review")
    uncovered = say(
        "What remains uncovered",
        required=False,
        hint="What of the second recommendation nobody is bound to do once this holds.",
    )
    reason = say("Reason", required=False, hint="Needed to decline.")

    def __init__(self, *args: Any, link: LinkRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moves = LINK.verbs_from(link.state)
        offer(self, "verb", [(verb, REVIEWS[verb]) for verb in moves if verb in REVIEWS])
        self.fields["uncovered"].initial = link.uncovered

    def clean(self) -> dict[str, Any]:
        """Declining says why."""
        found = super().clean() or self.cleaned_data
        if found.get("verb") == "decline" and not found.get("reason", "").strip():
            self.add_error("reason", "Say why it is declined.")
        return found


class ReasonOnlyForm(forms.Form):
    """Why."""

    reason = say("Reason")


class NamedForm(forms.Form):
    """Something new with a title, from which its reference is made."""

    def clean_title(self) -> str:
        """A title with letters or digits, for the reference."""
        title = str(self.cleaned_data["title"]).strip()
        if not slugify(title):
            raise forms.ValidationError("Give it a name with letters or digits.")
        return title

    def clean(self) -> dict[str, Any]:
        """The reference beside the rest."""
        found = super().clean() or self.cleaned_data
        if "title" in found:
            found["ref"] = slugify(found["title"])[:100]
        return found


class ThemeForm(NamedForm):
    """A theme, strand or area."""

    title = forms.CharField(label="Name", max_length=200)
    kind = forms.ChoiceField(label="What it is", choices=ThemeKind.choices)


class PolicyForm(NamedForm):
    """A policy and where it is kept."""

    title = forms.CharField(label="Title", max_length=300)
    address = forms.URLField(
        label="Where it is kept",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="A web address, if it has one.",
    )


class TagForm(ItemForm):
    """A theme that the item is not yet under."""

    theme = forms.ChoiceField(label="Theme, strand or area")

    def prepare(self) -> None:
        """All but those it is under."""
        under = {theme.ref for theme in self.item.themes}
        rest = [theme for theme in list_themes(as_of=_now(self)) if theme.ref not in under]
        offer(self, "theme", [(theme.ref, theme.title) for theme in rest])


class UntagForm(ItemForm):
    """A theme that the item is under."""

    theme = forms.ChoiceField(label="Theme, strand or area")

    def prepare(self) -> None:
        """Those it is under."""
        offer(self, "theme", [(theme.ref, theme.title) for theme in self.item.themes])


class CoverForm(ItemForm):
    """Which policy covers it, in full or with what is left."""

    policy = forms.ChoiceField(label="Policy")
    in_full = forms.TypedChoiceField(
        label="How far it covers the recommendation",
        coerce=lambda value: value == "yes",
        empty_value=None,
    )
    uncovered = say(
        "What is not covered", required=False, hint="Needed where it covers only a part."
    )

    def prepare(self) -> None:
        """Every policy."""
        policies = list_policies(as_of=_now(self))
        offer(self, "policy", [(each.ref, each.title) for each in policies])
        offer(self, "in_full", [("yes", "In full"), ("no", "In part")])

    def clean(self) -> dict[str, Any]:
        """The uncovered part is said."""
        found = super().clean() or self.cleaned_data
        if found.get("in_full") is False and not found.get("uncovered", "").strip():
            self.add_error("uncovered", "Say what the policy does not cover.")
        return found


class WithdrawCoverForm(ItemForm):
    """Which policy covers it no longer, and why."""

    policy = forms.ChoiceField(label="Policy")
    reason = say("Reason")

    def prepare(self) -> None:
        """Those that cover it."""
        covering = list_coverage(as_of=_now(self), item=self.item.ref)
        offer(self, "policy", [(each.policy, each.policy_title) for each in covering])


def _now(form: ItemForm) -> AsOf:
    """The present record: a form changes nothing else."""
    return AsOf(None, form.item.on)
