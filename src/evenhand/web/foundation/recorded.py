"""Rows that are written once: identities, which never change, and facts, which are superseded.

This is the one mechanism by which every question can be asked as of a past date; the rule itself
is :mod:`evenhand.accountability.history`. A row says when it was recorded and by which event;
a fact also says when another took its place. ``superseded_at`` and ``superseded_by`` are set once;
nothing else is ever updated, and nothing is deleted: triggers in the database hold that
(:mod:`.append_only`). The one exception is the law's: a model names its columns of narrative in
``erasable``, and their words may be replaced by a mark (:mod:`evenhand.web.ledger.erasure`); where
a later row carries the same words on, ``carried_by`` names what the two have in common. Every query
therefore takes ``as_of=`` and passes it to :meth:`as_of`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

REF_LENGTH = 200  # the ledger's own bound on a reference


def standing(as_of: datetime | None, prefix: str = "") -> Q:
    """The condition that a fact stood at this moment, reached through ``prefix`` (``duties__``)."""
    if as_of is None:
        return Q(**{f"{prefix}superseded_at__isnull": True})
    return Q(**{f"{prefix}recorded_at__lte": as_of}) & (
        Q(**{f"{prefix}superseded_at__isnull": True}) | Q(**{f"{prefix}superseded_at__gt": as_of})
    )


class IdentityQuerySet(models.QuerySet[Any]):
    """Identities: what has been recorded so far."""

    def as_of(self, moment: datetime | None) -> Self:
        """Those that had been recorded by this moment (None: all)."""
        return self if moment is None else self.filter(recorded_at__lte=moment)


class FactQuerySet(models.QuerySet[Any]):
    """Facts: what stood at a moment."""

    def as_of(self, moment: datetime | None) -> Self:
        """Those that stood at this moment (None: that stand now)."""
        return self.filter(standing(moment))


class Identity(models.Model):
    """Something with a reference that never changes: ``kind`` and ``ref`` name it for good."""

    subject_kind: ClassVar[str]
    erasable: ClassVar[tuple[str, ...]] = ()
    carried_by: ClassVar[tuple[str, ...]] = ()

    ref = models.CharField(max_length=REF_LENGTH, unique=True)
    recorded_at = models.DateTimeField(db_index=True)
    event = models.ForeignKey("ledger.Event", on_delete=models.PROTECT, related_name="+")

    objects = IdentityQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"{self.subject_kind}:{self.ref}"


class Saying(models.Model):
    """Something said once that nothing supersedes: an update, an answer, a version of evidence."""

    erasable: ClassVar[tuple[str, ...]] = ()
    carried_by: ClassVar[tuple[str, ...]] = ()

    recorded_at = models.DateTimeField(db_index=True)
    event = models.ForeignKey("ledger.Event", on_delete=models.PROTECT, related_name="+")

    objects = IdentityQuerySet.as_manager()

    class Meta:
        abstract = True


class Fact(models.Model):
    """What stands about an identity until something else takes its place."""

    erasable: ClassVar[tuple[str, ...]] = ()
    carried_by: ClassVar[tuple[str, ...]] = ()

    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    event = models.ForeignKey("ledger.Event", on_delete=models.PROTECT, related_name="+")
    superseded_by = models.ForeignKey(
        "ledger.Event", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True


def only_one_stands(*fields: str, name: str) -> models.UniqueConstraint:
    """At most one fact stands for each value of these fields; the database refuses a second."""
    return models.UniqueConstraint(
        fields=fields, condition=Q(superseded_at__isnull=True), name=name
    )


FactT = TypeVar("FactT", bound=Fact)


def supersede(facts: models.QuerySet[Any], *, event: Any) -> int:
    """Mark the facts of this set that stand now as superseded by this event; how many."""
    return facts.filter(superseded_at=None).update(
        superseded_at=event.at, superseded_by_id=event.sequence
    )
