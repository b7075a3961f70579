"""Panels: who sits on them, from when to when, for whom, and which interests they declared."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenhand.web.accounts.models import Party
from evenhand.web.foundation.recorded import Fact, Identity, only_one_stands
from evenhand.web.register.models import Recommendation


class Panel(Identity):
    """A panel of people from outside who judge whether what is claimed is true."""

    subject_kind: ClassVar[str] = "panel"

    title = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    quorum = models.PositiveSmallIntegerField()


class Seat(Fact):
    """A member's term, and the organisation they sit for."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="seats")
    member = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="seats")
    organisation = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, related_name="seats_for"
    )
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = (only_one_stands("panel", "member", name="judgement_one_seat"),)


class Interest(Fact):
    """What ties a member to an item, in their own words: it bars them while it stands."""

    erasable = ("nature",)

    member = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="interests")
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="interests"
    )
    nature = models.TextField()

    class Meta:
        indexes = (
            models.Index(fields=("recommendation", "member"), name="judgement_interest_found"),
        )
