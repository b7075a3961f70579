"""By which measure an item is judged: versions of its criterion, and figures recorded by hand."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from evenhand.accountability.judgement import Comparison, Distance, TargetKind
from evenhand.accountability.machines import CRITERION
from evenhand.web.foundation.recorded import (
    REF_LENGTH,
    Fact,
    Identity,
    Saying,
    only_one_stands,
)
from evenhand.web.judgement.choices import MeasureKind
from evenhand.web.register.models import Recommendation
from evenhand.web.register.models.standings import state_field


def number_field() -> models.DecimalField[Any, Any]:
    """A figure, or nothing: twelve digits before the point and six after it."""
    return models.DecimalField(max_digits=18, decimal_places=6, null=True)


class CriterionRow(Identity):
    """One version of what an item is held to. A change is another version, agreed anew.

    An indicator of ours is named by ``indicator`` with its scope; a figure from outside by
    ``title`` and ``source``.
    """

    subject_kind: ClassVar[str] = "criterion"
    erasable = ("reason",)

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="criteria"
    )
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=MeasureKind.choices)
    title = models.CharField(max_length=300)
    source = models.CharField(max_length=500, blank=True)
    indicator = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=120, blank=True)
    characteristic = models.CharField(max_length=60, blank=True)
    group = models.CharField(max_length=120, blank=True, db_column="in_group")  # GROUP is SQL
    comparator = models.CharField(max_length=120, blank=True)
    target = models.CharField(
        max_length=10, choices=[(kind.value, kind.value) for kind in TargetKind]
    )
    low = number_field()
    high = number_field()
    comparison = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in Comparison]
    )
    distance = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in Distance]
    )
    margin = number_field()
    sustain_months = models.PositiveSmallIntegerField()
    measured_in = models.CharField(max_length=60, blank=True)
    reason = models.TextField()
    proposed_by = models.CharField(max_length=REF_LENGTH)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("recommendation", "version"), name="judgement_criterion_version_once"
            ),
        )


class CriterionStanding(Fact):
    """How far a version is agreed, and by whom for each side."""

    criterion = models.ForeignKey(CriterionRow, on_delete=models.PROTECT, related_name="standings")
    state = state_field(CRITERION)
    for_owner = models.CharField(max_length=REF_LENGTH, blank=True)
    for_secretariat = models.CharField(max_length=REF_LENGTH, blank=True)

    class Meta:
        constraints = (only_one_stands("criterion", name="judgement_one_criterion_standing"),)


class Figure(Saying):
    """A figure from outside, recorded by hand with its source; a later one corrects."""

    criterion = models.ForeignKey(CriterionRow, on_delete=models.PROTECT, related_name="figures")
    starts = models.DateField()
    ends = models.DateField()
    value = number_field()
    low = number_field()
    high = number_field()
    detectable = number_field()
    count = models.BigIntegerField(null=True)
    of = number_field()
    absent = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=500)
    address = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=REF_LENGTH)

    class Meta:
        indexes = (models.Index(fields=("criterion", "ends"), name="judgement_figure_latest"),)
