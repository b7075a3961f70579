"""Sittings: what was put before a panel, how its members voted, and the verdict."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenhand.accountability.judgement.afterwards import LapseCause
from evenhand.accountability.judgement.votes import Voice
from evenhand.accountability.machines import SITTING, VERDICT
from evenhand.web.accounts.models import Party
from evenhand.web.foundation.recorded import (
    REF_LENGTH,
    Fact,
    Identity,
    Saying,
    only_one_stands,
)
from evenhand.web.judgement.choices import Mode
from evenhand.web.judgement.models.claims import EMBEDDINGS, Claim
from evenhand.web.judgement.models.criteria import CriterionRow
from evenhand.web.judgement.models.panels import Panel
from evenhand.web.register.models import Recommendation
from evenhand.web.register.models.standings import state_field


class Sitting(Identity):
    """One claim before one panel. ``bundle`` is the canonical spelling of all it was shown."""

    subject_kind: ClassVar[str] = "sitting"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="sittings")
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="sittings"
    )
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="sittings")
    criterion = models.ForeignKey(CriterionRow, on_delete=models.PROTECT, related_name="sittings")
    mode = models.CharField(max_length=16, choices=Mode.choices)
    opens_on = models.DateField()
    closes_on = models.DateField()
    quorum = models.PositiveSmallIntegerField()
    bundle = models.TextField()
    bundle_sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")),
                name="judgement_sitting_period",
            ),
            models.CheckConstraint(
                condition=models.Q(quorum__gte=1), name="judgement_sitting_quorum"
            ),
        )


class SittingStanding(Fact):
    """Open, decided or abandoned, and why."""

    erasable = ("reason",)

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="standings")
    state = state_field(SITTING)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (only_one_stands("sitting", name="judgement_one_sitting_standing"),)


class Ballot(Saying):
    """One member's vote with the reason; cast once."""

    erasable = ("reason",)

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="ballots")
    member = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="ballots")
    voice = models.CharField(max_length=8, choices=[(each.value, each.words) for each in Voice])
    embedding = models.CharField(max_length=12, choices=EMBEDDINGS)
    reason = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("sitting", "member"), name="judgement_vote_once"),
        )


class Verdict(Identity):
    """What a quorum found, bound by hash to exactly what it was shown."""

    subject_kind: ClassVar[str] = "verdict"

    sitting = models.OneToOneField(Sitting, on_delete=models.PROTECT, related_name="verdict")
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="verdicts"
    )
    upheld = models.BooleanField()
    closes = models.BooleanField()
    embedding = models.CharField(max_length=12, choices=EMBEDDINGS)
    votes_for = models.PositiveSmallIntegerField()
    votes_against = models.PositiveSmallIntegerField()
    abstained = models.PositiveSmallIntegerField()
    quorum = models.PositiveSmallIntegerField()
    bundle_sha256 = models.CharField(max_length=64)
    decided_on = models.DateField()


class VerdictStanding(Fact):
    """Stands, lapsed, reopened or replaced; when it is to be looked at again."""

    erasable = ("reason",)
    carried_by = ("verdict",)

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="standings")
    state = state_field(VERDICT)
    cause = models.CharField(
        max_length=16, blank=True, choices=[(each.value, each.words) for each in LapseCause]
    )
    reason = models.TextField(blank=True)
    recheck_on = models.DateField(null=True)
    rechecks = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (only_one_stands("verdict", name="judgement_one_verdict_standing"),)


class Recheck(Saying):
    """That a standing verdict was looked at again, what was seen, and by whom."""

    erasable = ("seen",)

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="looked_at")
    seen = models.TextField()
    figure = models.TextField()
    by = models.CharField(max_length=REF_LENGTH)
