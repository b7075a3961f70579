"""Passages: the searchable words of the register, each with the item it belongs to."""

from __future__ import annotations

from django.db import models

from evenhand.web.foundation.recorded import REF_LENGTH, FactQuerySet


class Passage(models.Model):
    """Words about an item. ``source`` names where they stand: its text, an update, evidence.

    Times follow the fact they come from, so a search as of a past date finds what stood then. Not
    append-only: an index can be rebuilt, and erasure must reach it: by ``event``, the one whose
    words these are. ``classification``: of evidence, by which a search is narrowed to what the
    reader may see; empty for what every reader of the item sees.
    """

    subject = models.CharField(max_length=REF_LENGTH, db_index=True)
    source = models.CharField(max_length=REF_LENGTH)
    words = models.TextField()
    event = models.BigIntegerField(null=True, db_index=True)
    classification = models.CharField(max_length=12, blank=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("source",), name="search_passage_source"),)

    def __str__(self) -> str:
        return self.subject
