"""The mark by which every page knows that the record is made up."""

from __future__ import annotations

from django.db import models


class DemoMark(models.Model):
    """Present: everything in this database is invented."""

    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return "demo"
