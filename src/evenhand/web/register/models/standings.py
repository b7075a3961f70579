"""What stands about a recommendation until something else does: each change is a new row."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenhand.accountability.machines import DUE_DATE, RESPONSE, WORK
from evenhand.accountability.states import Machine
from evenhand.web.accounts.models import Party
from evenhand.web.foundation.recorded import Fact, Identity, only_one_stands
from evenhand.web.register.choices import DutyRole, ThemeKind
from evenhand.web.register.models.publications import Recommendation, ScaleLevel

STATE_LENGTH = 20


def state_field(machine: Machine) -> models.CharField[str, str]:
    """A column that holds a state of this machine."""
    return models.CharField(
        max_length=STATE_LENGTH, choices=[(state.code, state.words) for state in machine.states]
    )


class WorkingTitle(Fact):
    """A short name beside the exact text, so that people can talk about it."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="titles"
    )
    title = models.CharField(max_length=200)

    class Meta:
        constraints = (only_one_stands("recommendation", name="register_one_title"),)


class Response(Fact):
    """What the body it is addressed to said it would do, and why."""

    erasable = ("reason",)

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="responses"
    )
    state = state_field(RESPONSE)
    reason = models.TextField()
    responded_on = models.DateField()

    class Meta:
        constraints = (only_one_stands("recommendation", name="register_one_response"),)


class Duty(Fact):
    """Who holds what duty, from when to when: a person, a team or a body outside."""

    erasable = ("reason",)
    carried_by = (
        "recommendation",
        "party",
        "role",
    )

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="duties"
    )
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="duties")
    role = models.CharField(max_length=12, choices=DutyRole.choices)
    starts = models.DateField()
    ends = models.DateField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("recommendation", "superseded_at"), name="register_duty_current"),
        )


class DueDate(Fact):
    """By when: the original date, the present one, and how often it has been moved."""

    erasable = ("reason",)

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="due_dates"
    )
    state = state_field(DUE_DATE)
    due_on = models.DateField(null=True)
    original_on = models.DateField()
    slips = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (only_one_stands("recommendation", name="register_one_due_date"),)


class WorkState(Fact):
    """How far the work is, by the service's own account and others' decisions."""

    erasable = ("reason",)

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="work_states"
    )
    state = state_field(WORK)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (only_one_stands("recommendation", name="register_one_work_state"),)


class ReportedLevel(Fact):
    """A level of the publication's own scale, reported by someone as at a day. Not a verdict."""

    erasable = ("reason",)

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="levels"
    )
    level = models.ForeignKey(ScaleLevel, on_delete=models.PROTECT, related_name="+")
    as_at = models.DateField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (only_one_stands("recommendation", name="register_one_level"),)


class Theme(Identity):
    """A theme, strand or area that items of many inquiries are read under."""

    subject_kind: ClassVar[str] = "theme"

    kind = models.CharField(max_length=10, choices=ThemeKind.choices)
    title = models.CharField(max_length=200)


class Tagging(Fact):
    """That an item belongs to a theme."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="taggings"
    )
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="taggings")

    class Meta:
        constraints = (only_one_stands("recommendation", "theme", name="register_one_tagging"),)
