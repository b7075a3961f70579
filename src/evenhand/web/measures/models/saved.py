"""A question an analyst put together and gave a name, so that others can ask it again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenhand.web.foundation.recorded import REF_LENGTH, Identity


class SavedMeasure(Identity):
    """Which figures, under a title; what it shows is always read from the runs that count."""

    subject_kind: ClassVar[str] = "measure"

    title = models.CharField(max_length=200, unique=True)
    dataset = models.CharField(max_length=80)
    indicator = models.CharField(max_length=80)
    step = models.CharField(max_length=200, blank=True)
    characteristic = models.CharField(max_length=80)
    group = models.CharField(max_length=200, blank=True)
    comparator = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=REF_LENGTH)
