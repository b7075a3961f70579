"""Files that were brought and wait, and loads that are on the record."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenhand.web.foundation.recorded import REF_LENGTH, Fact, Identity, only_one_stands
from evenhand.web.loads.choices import BroughtState, LoadState


class Brought(models.Model):
    """Files that were checked and not yet loaded: not the record, and emptied when decided."""

    subject_kind: ClassVar[str] = "brought"

    ref = models.CharField(max_length=32, unique=True)
    dataset = models.CharField(max_length=40)
    report = models.JSONField()
    state = models.CharField(max_length=10, choices=BroughtState.choices)
    brought_by = models.CharField(max_length=REF_LENGTH)
    brought_at = models.DateTimeField()
    load = models.CharField(max_length=REF_LENGTH, blank=True)

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"{self.subject_kind}:{self.ref}"


class Load(Identity):
    """A load of the lake: known by the hash of its rows."""

    subject_kind: ClassVar[str] = "load"

    dataset = models.CharField(max_length=40)
    lake_id = models.CharField(max_length=64)
    rows_read = models.IntegerField()
    rows_loaded = models.IntegerField()
    rows_quarantined = models.IntegerField()
    report = models.JSONField()


class LoadStanding(Fact):
    """Whether a load counts, and why not."""

    load = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="standings")
    state = models.CharField(max_length=10, choices=LoadState.choices)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (only_one_stands("load", name="loads_one_standing"),)
