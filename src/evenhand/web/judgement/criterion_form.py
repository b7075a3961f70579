"""The form of a criterion: what is measured here is chosen, a figure from outside is described."""

from __future__ import annotations

import json
from typing import Any

from django import forms

from evenhand.accountability.judgement import (
    Comparison,
    Criterion,
    Distance,
    Target,
    TargetKind,
)
from evenhand.core import UsageProblem
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.judgement.choices import MeasureKind
from evenhand.web.judgement.drafts import CriterionDraft
from evenhand.web.judgement.forms import number, short
from evenhand.web.judgement.scopes import (
    list_scopes,
    offer_indicators,
    offer_pairs,
    offer_units,
    say_indicator,
    say_some,
    spell_pair,
)
from evenhand.web.register.forms import say
from evenhand.web.register.views.commanding import ItemForm

TARGETS = (
    (TargetKind.AT_LEAST.value, "At least the lowest value"),
    (TargetKind.AT_MOST.value, "At most the highest value"),
    (TargetKind.BETWEEN.value, "Between the two"),
)
DISTANCES = (
    (Distance.RATIO.value, "A ratio: 1 is parity"),
    (Distance.DIFFERENCE.value, "Anything else: a share, a rate, a count"),
)
SCOPE = ("characteristic", "group", "comparator")
NOT_MEASURED = (
    "Nothing has been measured here yet, so the figure has to come from outside. Once an analyst "
    "has measured, its indicators can be chosen here."
)

MEASURED_NO_MORE = "The comparison you came from is not in the latest measurement: choose another."


class CriterionForm(ItemForm):
    """The measure, the target, how it is compared, and for how long it must hold."""

    kind = forms.ChoiceField(label="Where the figure comes from", choices=MeasureKind.choices)
    indicator = forms.ChoiceField(
        label="Indicator measured here",
        required=False,
        help_text="This and the next two only for an indicator measured here.",
    )
    unit = forms.ChoiceField(label="Where it is measured", required=False)
    pair = forms.ChoiceField(label="Who is compared with whom", required=False)
    source = forms.CharField(
        label="Source of a figure from outside",
        required=False,
        max_length=500,
        help_text="Who publishes it, and where. Not for an indicator measured here.",
    )
    title = forms.CharField(
        label="What is measured", max_length=300, help_text="In words that a member understands."
    )
    target = forms.ChoiceField(label="Target", choices=TARGETS)
    low = number("Lowest value")
    high = number("Highest value", hint="A parity band of 1.25 is between 0.8 and 1.25.")
    distance = forms.ChoiceField(label="Kind of figure", choices=DISTANCES)
    measured_in = short("Said after the figure", hint="As “per cent”; nothing for a ratio.")
    comparison = forms.ChoiceField(
        label="What must lie within the target",
        choices=(
            (Comparison.INTERVAL.value, "The whole interval"),
            (Comparison.POINT.value, "The figure"),
        ),
        help_text=f"The whole interval: {Comparison.INTERVAL.words} "
        f"The figure: {Comparison.POINT.words}",
    )
    margin = number(
        "Smallest difference that would matter", hint="For a ratio, 1.1 is a tenth more or less."
    )
    sustain_months = forms.IntegerField(label="Months it must be sustained", min_value=1)
    reason = say("Why this measure shows it")

    def prepare(self) -> None:
        """What is measured here, for choosing; where nothing is, that is said instead."""
        self.scopes = list_scopes(as_of=AsOf(None, self.item.on))
        if not self.scopes:
            kept = [(MeasureKind.EXTERNAL.value, MeasureKind.EXTERNAL.label)]
            self._choices("kind", kept, hint=NOT_MEASURED)
            for name in ("indicator", "unit", "pair"):
                del self.fields[name]
            return
        self._choices("indicator", [("", "None: it comes from outside"),
                                    *offer_indicators(self.scopes)])  # fmt: skip
        self._choices("unit", offer_units(self.scopes))
        self._choices("pair", [("", "None: it comes from outside"), *offer_pairs(self.scopes)])
        if all(name in self.initial for name in SCOPE):
            self._begin_with(spell_pair(*(str(self.initial[name]) for name in SCOPE)))

    def _begin_with(self, pair: str) -> None:
        """The comparison that an address brings; one that is measured no more is told."""
        self.initial["pair"] = pair
        if pair not in {each.pair for each in self.scopes}:
            self.fields["pair"].help_text = MEASURED_NO_MORE

    def _choices(self, name: str, choices: list[Any], *, hint: str = "") -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
        field.help_text = hint or field.help_text

    def clean(self) -> dict[str, Any]:
        """One draft in place of its parts, or the rule that they break."""
        facts = super().clean() or {}
        if facts.get("kind") == MeasureKind.INDICATOR:
            self._check_scope(facts)
        if self.errors:
            return facts
        try:
            draft = self._draft(facts)
        except UsageProblem as problem:
            said = f"{problem.problem} {problem.remedy}".strip()
            raise forms.ValidationError(said[:1].upper() + said[1:]) from None
        return {"draft": draft, "reason": facts["reason"]}

    def _check_scope(self, facts: dict[str, Any]) -> None:
        """Refuse what is not measured together, and say what is."""
        indicator, unit, pair = (facts.get(name, "") for name in ("indicator", "unit", "pair"))
        if not indicator and "indicator" not in self.errors:
            self.add_error("indicator", "Choose the indicator, or a figure from outside above.")
        if not pair and "pair" not in self.errors:
            self.add_error("pair", "Choose who is compared with whom.")
        if not indicator or not pair:
            return
        title = say_indicator(indicator)
        here = [each for each in self.scopes if each.indicator == indicator]
        there = [each for each in here if each.unit == unit]
        if not there:
            places = say_some(sorted({each.place_words for each in here}))
            self.add_error("unit", f"“{title}” is not measured there. It is for: {places}.")
        elif pair not in {each.pair for each in there}:
            said = say_some(sorted({each.pair_words for each in there}))
            self.add_error("pair", f"“{title}” does not compare these there. It does: {said}.")

    def _draft(self, facts: dict[str, Any]) -> CriterionDraft:
        criterion = Criterion(
            target=Target(TargetKind(facts["target"]), facts["low"], facts["high"]),
            comparison=Comparison(facts["comparison"]),
            sustain_months=facts["sustain_months"],
            distance=Distance(facts["distance"]),
            margin=facts["margin"],
            measured_in=facts["measured_in"],
        )
        return CriterionDraft(
            kind=MeasureKind(facts["kind"]),
            title=facts["title"],
            criterion=criterion,
            source=facts["source"],
            **self._scope(facts),
        )

    def _scope(self, facts: dict[str, Any]) -> dict[str, str]:
        """The indicator with its scope; of a figure from outside nothing of it."""
        if facts["kind"] != MeasureKind.INDICATOR:
            return {}
        named = dict(zip(SCOPE, json.loads(facts["pair"]), strict=True))
        return {"indicator": facts["indicator"], "unit": facts["unit"], **named}
