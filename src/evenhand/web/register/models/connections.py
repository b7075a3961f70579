"""How items are connected: typed links between reports, and the policies that cover them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenhand.accountability.machines import LINK
from evenhand.web.foundation.recorded import REF_LENGTH, Fact, Identity, only_one_stands
from evenhand.web.register.choices import LinkKind
from evenhand.web.register.models.publications import Recommendation
from evenhand.web.register.models.standings import state_field


class Link(Identity):
    """A reasoned connection from one item to another, made by one person."""

    subject_kind: ClassVar[str] = "link"
    erasable = ("reason",)

    source = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="links_in")
    kind = models.CharField(max_length=16, choices=LinkKind.choices)
    reason = models.TextField()
    made_by = models.CharField(max_length=REF_LENGTH)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="register_link_joins_two"
            ),
        )


class LinkStanding(Fact):
    """What a link has become, who reviewed it, and what of the target it leaves uncovered."""

    erasable = ("reason",)

    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="standings")
    state = state_field(LINK)
    uncovered = models.TextField(blank=True)
    reviewed_by = models.CharField(max_length=REF_LENGTH, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (only_one_stands("link", name="register_one_link_standing"),)


class Policy(Identity):
    """A policy or standing instruction of the service, known by its title and where it is kept."""

    subject_kind: ClassVar[str] = "policy"

    title = models.CharField(max_length=300)
    address = models.CharField(max_length=500, blank=True)


class PolicyCoverage(Fact):
    """That a policy covers an item, wholly or in part; what is not covered is said."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="coverages")
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="coverages"
    )
    in_full = models.BooleanField()
    uncovered = models.TextField(blank=True)

    class Meta:
        constraints = (only_one_stands("policy", "recommendation", name="register_one_coverage"),)
