"""What analysts say of a finding: whether it stands, and notes beside it. Nothing hides it."""

from __future__ import annotations

from django.db import models

from evenhand.accountability.machines import FINDING
from evenhand.web.foundation.recorded import Fact, Saying, only_one_stands
from evenhand.web.measures.models.runs import KEY, Run
from evenhand.web.register.models.standings import state_field


class FindingReview(Fact):
    """An analyst's word on one comparison of one run."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="reviews")
    key = models.CharField(max_length=KEY)
    state = state_field(FINDING)
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=200)

    class Meta:
        constraints = (only_one_stands("run", "key", name="measures_one_review"),)


class FindingNote(Saying):
    """A remark on a comparison of a run: context a reader needs beside the number."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="notes")
    key = models.CharField(max_length=KEY)
    text = models.TextField()
    by = models.CharField(max_length=200)
