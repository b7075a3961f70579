"""A run and its figures: what was measured over which months, as each audience may see it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenhand.accountability.machines import RUN
from evenhand.web.foundation.recorded import Fact, Identity, Saying, only_one_stands
from evenhand.web.register.models.standings import state_field

NAME = 200  # places, groups and comparators: words of the data
CODE = 80  # ids of indicators, characteristics, policies
KEY = 16  # hex digits of the hash that names a comparison


class Run(Identity):
    """One act of measuring a dataset over a run of months."""

    subject_kind: ClassVar[str] = "run"

    dataset = models.CharField(max_length=CODE)
    title = models.CharField(max_length=NAME)
    synthetic = models.BooleanField()
    starts = models.DateField()
    ends = models.DateField()
    code_version = models.CharField(max_length=CODE)
    definitions = models.JSONField()
    loads = models.JSONField()
    policies = models.JSONField()
    figures_sha256 = models.CharField(max_length=64)

    class Meta:
        indexes = (models.Index(fields=("dataset", "ends"), name="measures_run_by_end"),)


class RunStanding(Fact):
    """Whether a run's figures are relied on, and why not."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="standings")
    state = state_field(RUN)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (only_one_stands("run", name="measures_one_run_standing"),)


class Figure(Saying):
    """One comparison of one run as one audience may see it: a row of a released table.

    A number that is not there is null, and ``absent`` says why by the name of its column.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="figures")
    policy = models.CharField(max_length=CODE)
    key = models.CharField(max_length=KEY)
    order = models.IntegerField()
    indicator = models.CharField(max_length=CODE)
    step = models.CharField(max_length=NAME, blank=True)
    service = models.CharField(max_length=NAME, blank=True)
    unit = models.CharField(max_length=NAME, blank=True)
    characteristic = models.CharField(max_length=CODE)
    group = models.CharField(max_length=NAME)
    comparator = models.CharField(max_length=NAME)
    field = models.CharField(max_length=CODE, blank=True)
    starts = models.DateField()
    ends = models.DateField()
    signal = models.CharField(max_length=CODE)
    scale = models.CharField(max_length=CODE)
    count = models.FloatField(null=True)
    of = models.FloatField(null=True)
    other_count = models.FloatField(null=True)
    other_of = models.FloatField(null=True)
    value = models.FloatField(null=True)
    other_value = models.FloatField(null=True)
    estimate = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    p_adjusted = models.FloatField(null=True)
    comparisons = models.IntegerField(null=True)
    unknown_share = models.FloatField(null=True)
    low_bound = models.FloatField(null=True)
    high_bound = models.FloatField(null=True)
    detectable = models.FloatField(null=True)
    absent = models.JSONField()
    sentence = models.TextField()
    method = models.TextField()
    address = models.CharField(max_length=NAME, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("run", "policy", "key"), name="measures_one_figure_an_audience"
            ),
        )
        indexes = (
            models.Index(fields=("policy", "key"), name="measures_figure_by_key"),
            models.Index(fields=("run", "policy", "order"), name="measures_figure_in_order"),
        )
