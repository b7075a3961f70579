"""Actions: what is being done, for which items, covering how much of each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenhand.accountability.machines import ACTION
from evenhand.web.accounts.models import Party
from evenhand.web.foundation.recorded import Fact, Identity, only_one_stands
from evenhand.web.register.models import Recommendation
from evenhand.web.register.models.standings import state_field


class Action(Identity):
    """Something somebody undertakes to do, shared by any number of items."""

    subject_kind: ClassVar[str] = "action"
    erasable = (
        "title",
        "description",
    )

    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    lead = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="actions")
    starts = models.DateField(null=True)
    due_on = models.DateField(null=True)


class ActionStanding(Fact):
    """How far an action is, and why."""

    erasable = ("reason",)

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="standings")
    state = state_field(ACTION)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (only_one_stands("action", name="work_one_action_standing"),)


class ActionCoverage(Fact):
    """That an action is for an item, and what of the item it leaves to others."""

    erasable = ("uncovered",)

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="coverages")
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="action_coverages"
    )
    in_full = models.BooleanField()
    uncovered = models.TextField(blank=True)

    class Meta:
        constraints = (
            only_one_stands("action", "recommendation", name="work_one_action_coverage"),
        )
