"""What the owner claims, and on exactly which evidence."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenhand.accountability.judgement.embedding import Embedding
from evenhand.accountability.machines import CLAIM
from evenhand.web.foundation.recorded import (
    REF_LENGTH,
    Fact,
    Identity,
    Saying,
    only_one_stands,
)
from evenhand.web.register.models import Recommendation
from evenhand.web.register.models.standings import state_field

EMBEDDINGS = [(level.value, level.words) for level in Embedding]


class Claim(Identity):
    """That a level of the publication's scale, and of embedding, has been reached.

    ``closes`` and ``rank`` are the level's own, as the scale had them; scales never change.
    """

    subject_kind: ClassVar[str] = "claim"
    erasable = ("reason",)

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="claims"
    )
    level = models.CharField(max_length=40)
    level_words = models.CharField(max_length=120)
    closes = models.BooleanField()
    rank = models.PositiveSmallIntegerField()
    embedding = models.CharField(max_length=12, choices=EMBEDDINGS)
    as_at = models.DateField()
    reason = models.TextField()
    by = models.CharField(max_length=REF_LENGTH)


class PinnedVersion(Saying):
    """A version of evidence in a claim's set; ``sha256`` is over all that the version states."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="pinned")
    evidence = models.CharField(max_length=REF_LENGTH)
    number = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("claim", "evidence"), name="judgement_evidence_pinned_once"
            ),
        )


class ClaimStanding(Fact):
    """Made, before a panel, upheld, not upheld, withdrawn or replaced."""

    erasable = ("reason",)

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="standings")
    state = state_field(CLAIM)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (only_one_stands("claim", name="judgement_one_claim_standing"),)
