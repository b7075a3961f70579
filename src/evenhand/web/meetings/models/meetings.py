"""Meetings: when, what is on the agenda, and what was said, decided and asked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenhand.accountability.machines import MEETING
from evenhand.web.accounts.models import Party
from evenhand.web.foundation.recorded import (
    REF_LENGTH,
    Fact,
    Identity,
    Saying,
    only_one_stands,
)
from evenhand.web.meetings.choices import MinuteKind
from evenhand.web.register.models import Recommendation
from evenhand.web.register.models.standings import state_field
from evenhand.web.work.models import Challenge


class Meeting(Identity):
    """A meeting of a body."""

    subject_kind: ClassVar[str] = "meeting"

    title = models.CharField(max_length=200)
    body = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")


class MeetingStanding(Fact):
    """Its day and place, and whether it is planned, held, minuted or cancelled."""

    erasable = ("reason",)

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="standings")
    state = state_field(MEETING)
    held_on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (only_one_stands("meeting", name="meetings_one_meeting_standing"),)


class AgendaItem(Identity):
    """Something a meeting is to consider."""

    subject_kind: ClassVar[str] = "agenda-item"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda")
    title = models.CharField(max_length=200)


class AgendaPlace(Fact):
    """Its number on the agenda and the paper before members; number 0: taken off, and why."""

    erasable = ("reason",)

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="places")
    number = models.PositiveSmallIntegerField()
    paper = models.ForeignKey(
        "meetings.Paper", on_delete=models.PROTECT, related_name="agenda_places", null=True
    )
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (only_one_stands("item", name="meetings_one_agenda_place"),)


class Minute(Identity):
    """What was said, decided or asked; a correction stands beside the minute that it corrects."""

    subject_kind: ClassVar[str] = "minute"
    erasable = ("words",)

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="minutes")
    kind = models.CharField(max_length=10, choices=MinuteKind.choices)
    words = models.TextField()
    challenge = models.ForeignKey(
        Challenge, on_delete=models.PROTECT, to_field="ref", related_name="minutes", null=True
    )
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="corrections", null=True
    )
    by = models.CharField(max_length=REF_LENGTH)


class MinuteSubject(Saying):
    """A recommendation that a minute is about."""

    minute = models.ForeignKey(Minute, on_delete=models.PROTECT, related_name="subjects")
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="minutes"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("minute", "recommendation"), name="meetings_subject_once"
            ),
        )
