"""What was published: inquiries, their publications with a scale each, and the exact texts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenhand.web.accounts.models import Party
from evenhand.web.foundation.recorded import Identity


class Inquiry(Identity):
    """An inquiry, inspection, review or framework that told the service something."""

    subject_kind: ClassVar[str] = "inquiry"

    title = models.CharField(max_length=300)
    opened_on = models.DateField(null=True)
    description = models.TextField(blank=True)


class ScaleRow(Identity):
    """A publication's own scale; its levels never change, a different scale is another one."""

    subject_kind: ClassVar[str] = "scale"

    title = models.CharField(max_length=200)


class ScaleLevel(models.Model):
    """One level of a scale, in order from the bottom."""

    scale = models.ForeignKey(ScaleRow, on_delete=models.PROTECT, related_name="levels")
    rank = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    words = models.CharField(max_length=120)
    meaning = models.TextField(blank=True)
    closes = models.BooleanField(default=False)
    applies = models.BooleanField(default=True)

    class Meta:
        ordering = ("scale", "rank")
        constraints = (
            models.UniqueConstraint(fields=("scale", "code"), name="register_level_code_once"),
            models.UniqueConstraint(fields=("scale", "rank"), name="register_level_rank_once"),
        )

    def __str__(self) -> str:
        return self.words


class Publication(Identity):
    """One edition of a report. A corrected edition is another publication of the same inquiry."""

    subject_kind: ClassVar[str] = "publication"

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="publications")
    title = models.CharField(max_length=300)
    edition = models.PositiveSmallIntegerField(default=1)
    published_on = models.DateField()
    author = models.CharField(max_length=200, blank=True)
    report_number = models.CharField(max_length=40, blank=True)
    scale = models.ForeignKey(ScaleRow, on_delete=models.PROTECT, related_name="publications")
    source_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("inquiry", "title", "edition"), name="register_edition_once"
            ),
        )


class Recommendation(Identity):
    """A recommendation or a lettered sub-item: its exact published words, never edited.

    ``ref`` is ``publication/number`` and ``publication/number/letter``. Work hangs on *items*: the
    recommendations without children (``is_item``). ``place`` orders them as published.
    """

    subject_kind: ClassVar[str] = "recommendation"

    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="recommendations"
    )
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    number = models.CharField(max_length=40)
    place = models.PositiveIntegerField()
    heading = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    page = models.CharField(max_length=40, blank=True)
    addressed_to = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, related_name="addressed"
    )
    is_item = models.BooleanField(default=True)

    class Meta:
        ordering = ("publication", "place")
        constraints = (
            models.UniqueConstraint(
                fields=("publication", "place"), name="register_recommendation_place_once"
            ),
        )
