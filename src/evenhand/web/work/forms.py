"""Forms of the work: what a person types, as values that a command takes."""

from __future__ import annotations

from django import forms

from evenhand.web.register.forms import confirm, pick_day, say
from evenhand.web.register.views.commanding import ItemForm
from evenhand.web.work.choices import ErasureGround


class UpdateForm(ItemForm):
    """Progress, challenges and next steps as at a day."""

    as_at = pick_day("As at", hint="Today or earlier.")
    progress = say("Progress so far", required=False)
    challenges = say("Challenges", required=False)
    next_steps = say("Next steps", required=False)

    def prepare(self) -> None:
        """As at today, unless said otherwise."""
        self.fields["as_at"].initial = self.item.on


class EraseForm(forms.Form):
    """On what ground words are erased, and that it is meant."""

    ground = forms.ChoiceField(
        label="On what ground", choices=[("", "Choose"), *ErasureGround.choices]
    )
    confirm = confirm("I know that the words cannot be brought back")


class SpreadsheetForm(forms.Form):
    """An exported register, edited."""

    file = forms.FileField(
        label="The edited register",
        help_text="The exported file, as .xlsx or .csv.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
