"""The kinds of paper and of minute, for models, forms and callers alike."""

from __future__ import annotations

from django.db.models import TextChoices


class PaperKind(TextChoices):
    """What a paper is built from beside its standing sections."""

    PROGRESS = "progress", "Progress on every report"
    ITEMS = "items", "One report in full"
    PLAIN = "plain", "Standing sections alone"


class MinuteKind(TextChoices):
    """What a minute records."""

    DISCUSSED = "discussed", "What was said"
    DECIDED = "decided", "What was decided"
    ASKED = "asked", "A question that was asked"
    CORRECTED = "corrected", "A correction of an earlier minute"
