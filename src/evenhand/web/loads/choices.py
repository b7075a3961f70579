"""Choices that the tables of loads and the forms share."""

from __future__ import annotations

from django.db import models


class BroughtState(models.TextChoices):
    """How far files that were brought have got."""

    WAITING = "waiting", "Waiting for a decision"
    LOADED = "loaded", "Loaded"
    DISCARDED = "discarded", "Discarded"


class LoadState(models.TextChoices):
    """Whether a load is measured."""

    STANDING = "standing", "Standing"
    WITHDRAWN = "withdrawn", "Withdrawn"
