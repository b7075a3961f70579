"""A paper that was brought: what was read in it, and what a person corrected.

Not the record: nothing here counts until it is accepted, and a paper that is discarded is emptied.
Who brought it, corrected it, accepted or discarded it is in the ledger.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenhand.web.foundation.recorded import REF_LENGTH
from evenhand.web.imports.choices import ImportState


class ImportDraft(models.Model):
    """One paper, known by the hash of its content."""

    subject_kind: ClassVar[str] = "import"

    ref = models.CharField(max_length=16, unique=True)
    sha256 = models.CharField(max_length=64, unique=True)
    filename = models.CharField(max_length=300)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=ImportState.choices)
    brought_by = models.CharField(max_length=REF_LENGTH)
    brought_at = models.DateTimeField()
    read = models.JSONField()
    corrected = models.JSONField(default=dict)
    publication = models.CharField(max_length=REF_LENGTH, blank=True)

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"{self.subject_kind}:{self.ref}"
