"""What the owner says (updates, answers) and what others ask (challenges)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenhand.accountability.machines import CHALLENGE
from evenhand.web.foundation.recorded import (
    REF_LENGTH,
    Fact,
    Identity,
    Saying,
    only_one_stands,
)
from evenhand.web.register.models import Recommendation
from evenhand.web.register.models.standings import state_field


class Update(Saying):
    """Progress, challenges and next steps as at a day. ``repeats``: it said nothing new."""

    erasable = (
        "progress",
        "challenges",
        "next_steps",
    )

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="updates"
    )
    as_at = models.DateField()
    progress = models.TextField(blank=True)
    challenges = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    repeats = models.BooleanField(default=False)
    by = models.CharField(max_length=REF_LENGTH)

    class Meta:
        indexes = (models.Index(fields=("recommendation", "as_at"), name="work_update_latest"),)


class Challenge(Identity):
    """A scrutiny question put to whoever owns an item; open until answered."""

    subject_kind: ClassVar[str] = "challenge"
    erasable = ("question",)

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="questions"
    )
    question = models.TextField()
    asked_by = models.CharField(max_length=REF_LENGTH)
    asked_on = models.DateField()
    answer_by = models.DateField(null=True)


class ChallengeStanding(Fact):
    """Open, answered, settled or withdrawn, and why."""

    erasable = ("reason",)

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="standings")
    state = state_field(CHALLENGE)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (only_one_stands("challenge", name="work_one_challenge_standing"),)


class Answer(Saying):
    """An answer on the record."""

    erasable = ("text",)

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField()
    by = models.CharField(max_length=REF_LENGTH)
