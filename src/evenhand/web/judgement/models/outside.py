"""What stands beside the verdict: views from outside, and the public twins of private evidence."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenhand.accountability.machines import REDACTION
from evenhand.web.foundation.recorded import (
    REF_LENGTH,
    Fact,
    Identity,
    only_one_stands,
)
from evenhand.web.judgement.choices import Speaker, Stance
from evenhand.web.register.models import Recommendation
from evenhand.web.register.models.standings import state_field


class OutsideView(Identity):
    """What somebody outside says about an item; it stands beside the verdict, never in it.

    ``name`` may be a family's, so it is sealed in the ledger and can be erased here.
    """

    subject_kind: ClassVar[str] = "view"
    erasable = ("name", "text", "source")
    names: ClassVar[tuple[str, ...]] = ("name",)

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="outside_views"
    )
    speaker = models.CharField(max_length=12, choices=Speaker.choices)
    name = models.CharField(max_length=200)
    stance = models.CharField(max_length=10, choices=Stance.choices)
    said_on = models.DateField()
    text = models.TextField()
    source = models.CharField(max_length=500, blank=True)
    recorded_by = models.CharField(max_length=REF_LENGTH)


class Redaction(Identity):
    """A public twin of one version of evidence: another file, kept apart from the private one."""

    subject_kind: ClassVar[str] = "redaction"
    erasable = ("filename", "left_out")

    evidence = models.CharField(max_length=REF_LENGTH)
    number = models.PositiveSmallIntegerField()
    filename = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    left_out = models.TextField()
    made_by = models.CharField(max_length=REF_LENGTH)


class RedactionStanding(Fact):
    """Prepared, passed, sent back or withdrawn; by whom and why."""

    erasable = ("reason",)

    redaction = models.ForeignKey(Redaction, on_delete=models.PROTECT, related_name="standings")
    state = state_field(REDACTION)
    reviewed_by = models.CharField(max_length=REF_LENGTH, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (only_one_stands("redaction", name="judgement_one_redaction_standing"),)
