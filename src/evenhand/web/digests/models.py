"""The table of digests: one a person a week, as it was written; the address is not kept."""

from __future__ import annotations

from django.db import models

from evenhand.web.accounts.models import Party
from evenhand.web.foundation.recorded import Saying


class Digest(Saying):
    """What one person was told in one ISO week. ``mailed``: it went to an address as well."""

    erasable = ("body",)

    person = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="digests")
    year = models.PositiveSmallIntegerField()
    week = models.PositiveSmallIntegerField()
    matters = models.PositiveIntegerField()
    body = models.TextField()
    mailed = models.BooleanField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "year", "week"), name="digests_once_a_week"),
        )
