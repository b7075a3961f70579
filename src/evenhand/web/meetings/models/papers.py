"""Snapshots of the register, and the papers built from them: versions, texts, what was issued."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenhand.accountability.machines import PAPER
from evenhand.accountability.remnants import Place
from evenhand.web.accounts.models import Party
from evenhand.web.foundation.recorded import (
    REF_LENGTH,
    Fact,
    Identity,
    Saying,
    only_one_stands,
)
from evenhand.web.meetings.choices import PaperKind
from evenhand.web.register.models import Publication
from evenhand.web.register.models.standings import state_field
from evenhand.web.remnants.seeking import list_texts

HASH_LENGTH = 64  # SHA-256 in hexadecimal


class Snapshot(Identity):
    """The counts and measures of the register at a moment, frozen under a name.

    No words about anybody. ``size`` and ``root`` are those of the ledger when it was counted;
    ``content`` holds every figure with the question it answers and the items that were counted, and
    every number of an agreed measure with the title and source of that measure.
    """

    subject_kind: ClassVar[str] = "snapshot"

    title = models.CharField(max_length=200)
    size = models.BigIntegerField()
    root = models.CharField(max_length=HASH_LENGTH)
    content = models.TextField()
    sha256 = models.CharField(max_length=HASH_LENGTH)
    taken_by = models.CharField(max_length=REF_LENGTH)


class Paper(Identity):
    """A paper to members: for which meeting, of what kind, about which report, asked for or not."""

    subject_kind: ClassVar[str] = "paper"

    kind = models.CharField(max_length=10, choices=PaperKind.choices)
    title = models.CharField(max_length=200)
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="papers")
    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, to_field="ref", related_name="+", null=True
    )
    commission = models.ForeignKey(
        "meetings.Commission", on_delete=models.PROTECT, related_name="papers", null=True
    )
    begun_by = models.CharField(max_length=REF_LENGTH)


class PaperStanding(Fact):
    """Draft, issued, being corrected or abandoned, and why."""

    erasable = ("reason",)

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="standings")
    state = state_field(PAPER)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (only_one_stands("paper", name="meetings_one_paper_standing"),)


class PaperVersion(Saying):
    """A version and the snapshot it is built from; from the second on, what changes and why.

    ``before`` is the earlier snapshot that it is compared with, where there is one.
    """

    erasable = ("changed", "why")

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="versions")
    before = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+", null=True)
    changed = models.TextField(blank=True)
    why = models.TextField(blank=True)
    by = models.CharField(max_length=REF_LENGTH)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("paper", "number"), name="meetings_version_once"),
        )


class PaperText(Fact):
    """The free text of one standing section of a version."""

    erasable = quotes = ("text",)

    version = models.ForeignKey(PaperVersion, on_delete=models.PROTECT, related_name="texts")
    section = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    by = models.CharField(max_length=REF_LENGTH)

    class Meta:
        constraints = (only_one_stands("version", "section", name="meetings_one_text"),)


class PaperIssue(Saying):
    """A version as it was issued: its whole text, kept, and the decision by which it was."""

    erasable = ("decision", "content")
    quotes = ("content",)  # it prints what owners said
    copy_place = Place.PAPER

    version = models.OneToOneField(PaperVersion, on_delete=models.PROTECT, related_name="issue")
    decision = models.TextField()
    content = models.TextField()
    sha256 = models.CharField(max_length=HASH_LENGTH)
    by = models.CharField(max_length=REF_LENGTH)

    def list_said(self) -> list[str]:
        """Every text of the paper, and of the decision that stands in it."""
        return [*list_texts(self.content), self.decision]


class WordTemplate(Fact):
    """The Word file whose styles, header and footer the papers of a body take."""

    body = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=HASH_LENGTH)
    by = models.CharField(max_length=REF_LENGTH)

    class Meta:
        constraints = (only_one_stands("body", name="meetings_one_template"),)
