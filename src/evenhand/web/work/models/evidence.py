"""Evidence: versions with their hash, the period they speak for, method and limits."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenhand.accountability.machines import EVIDENCE
from evenhand.web.foundation.recorded import (
    REF_LENGTH,
    Fact,
    Identity,
    Saying,
    only_one_stands,
)
from evenhand.web.register.models import Recommendation
from evenhand.web.register.models.standings import state_field
from evenhand.web.work.choices import EvidenceClass, Reliability


class Evidence(Identity):
    """A piece of evidence; what it says is in its versions."""

    subject_kind: ClassVar[str] = "evidence"
    erasable = ("title",)

    title = models.CharField(max_length=300)
    offered_by = models.CharField(max_length=REF_LENGTH)


class EvidenceVersion(Saying):
    """One version: a file (kept under its hash) or a link, and what may be concluded from it."""

    erasable = (
        "filename",
        "address",
        "method",
        "limits",
    )

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    filename = models.CharField(max_length=255, blank=True)
    media_type = models.CharField(max_length=120, blank=True)
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    address = models.CharField(max_length=500, blank=True)
    speaks_from = models.DateField()
    speaks_to = models.DateField()
    method = models.TextField()
    limits = models.TextField(blank=True)
    reliability = models.CharField(max_length=10, choices=Reliability.choices)
    classification = models.CharField(max_length=12, choices=EvidenceClass.choices)
    by = models.CharField(max_length=REF_LENGTH)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("evidence", "number"), name="work_version_once"),
            models.CheckConstraint(
                condition=models.Q(speaks_to__gte=models.F("speaks_from")),
                name="work_evidence_period",
            ),
        )


class EvidenceStanding(Fact):
    """Offered, accepted, sent back or withdrawn; by whom and why."""

    erasable = ("reason",)

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="standings")
    state = state_field(EVIDENCE)
    reviewed_by = models.CharField(max_length=REF_LENGTH, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (only_one_stands("evidence", name="work_one_evidence_standing"),)


class EvidenceUse(Fact):
    """That a piece of evidence is offered for an item, and what it shows there."""

    erasable = ("shows",)

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="uses")
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="evidence_uses"
    )
    shows = models.TextField(blank=True)

    class Meta:
        constraints = (only_one_stands("evidence", "recommendation", name="work_one_evidence_use"),)
