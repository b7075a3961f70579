"""Samples of decisions drawn to be looked at again: the record of each draw, and nobody in it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenhand.web.foundation.recorded import REF_LENGTH, Identity


class Sample(Identity):
    """One draw: of what, what share, from which seed, and the hashes that make it checkable."""

    subject_kind: ClassVar[str] = "sample"

    dataset = models.CharField(max_length=80)
    share = models.CharField(max_length=20)
    seed = models.BigIntegerField()
    strata = models.JSONField()
    frame_sha256 = models.CharField(max_length=64)
    drawn_sha256 = models.CharField(max_length=64)
    by = models.CharField(max_length=REF_LENGTH)
