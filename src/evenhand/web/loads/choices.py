"""Choices that the tables of loads and the forms share."""

from __future__ import annotations

from django.db import models


class BroughtState(models.TextChoices):
    """How far files that were brought have got."""

    CHECKING = "checking", "Being checked"
    WAITING = "waiting", "Waiting for a decision"
    LOADING = "loading", "Being loaded"
    LOADED = "loaded", "Loaded"
    DISCARDED = "discarded", "Discarded"


UNDECIDED = (BroughtState.CHECKING, BroughtState.WAITING, BroughtState.LOADING)
"""While nothing of them is on the record, so that they can still be discarded."""


class LoadState(models.TextChoices):
    """Whether a load is measured."""

    STANDING = "standing", "Standing"
    WITHDRAWN = "withdrawn", "Withdrawn"
