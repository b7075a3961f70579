"""Tables of reconciliation: what another body's file said, and what was decided about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenhand.accountability.reconciling import Choice
from evenhand.web.foundation.recorded import REF_LENGTH, Identity, Saying


class OutsideLedger(Identity):
    """A file as it was brought: whose, about which report, and its lines as canonical JSON."""

    subject_kind: ClassVar[str] = "outside-ledger"

    publication = models.CharField(max_length=REF_LENGTH)
    source = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    lines = models.TextField()
    brought_by = models.CharField(max_length=REF_LENGTH)


class OutsideDecision(Saying):
    """What a person decided about one difference, with both sides as they then stood."""

    erasable = ("reason",)

    ledger = models.ForeignKey(OutsideLedger, on_delete=models.PROTECT, related_name="decisions")
    key = models.CharField(max_length=REF_LENGTH)
    choice = models.CharField(
        max_length=10, choices=[(choice.value, choice.words) for choice in Choice]
    )
    ours = models.TextField(blank=True)
    theirs = models.TextField(blank=True)
    reason = models.TextField()
    by = models.CharField(max_length=REF_LENGTH)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("ledger", "key"), name="reconciling_decided_once"),
        )
