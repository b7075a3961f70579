"""Where an import stands, for models, services and pages alike."""

from __future__ import annotations

from django.db.models import TextChoices


class ImportState(TextChoices):
    """A paper waits until it is accepted or discarded; a discarded one may be brought again."""

    WAITING = "waiting", "Waiting to be accepted"
    ACCEPTED = "accepted", "On the register"
    DISCARDED = "discarded", "Discarded"
