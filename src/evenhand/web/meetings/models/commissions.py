"""Reports that members asked for: what, of whom, by which meeting."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenhand.accountability.machines import COMMISSION
from evenhand.web.accounts.models import Party
from evenhand.web.foundation.recorded import REF_LENGTH, Fact, Identity, only_one_stands
from evenhand.web.register.models.standings import state_field


class Commission(Identity):
    """What a member asked to be reported; the meeting it was first wanted by never changes."""

    subject_kind: ClassVar[str] = "commission"
    erasable = ("question",)

    title = models.CharField(max_length=200)
    question = models.TextField()
    asked_of = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    asked_by = models.CharField(max_length=REF_LENGTH)
    first_meeting = models.ForeignKey(
        "meetings.Meeting", on_delete=models.PROTECT, related_name="+"
    )


class CommissionStanding(Fact):
    """Where it stands, by which meeting it is wanted now, and the paper that answers it."""

    erasable = ("reason",)

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="standings")
    state = state_field(COMMISSION)
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="+")
    paper = models.ForeignKey(
        "meetings.Paper", on_delete=models.PROTECT, related_name="+", null=True
    )
    postponed = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (only_one_stands("commission", name="meetings_one_commission_standing"),)
