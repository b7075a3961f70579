"""Tables of the ledger: events, tree nodes, the head, openings, checkpoints, refused attempts."""

from __future__ import annotations

from django.db import models

from evenhand.web.foundation.recorded import REF_LENGTH


class Event(models.Model):
    """One event; ``body`` is the canonical text that was hashed, the other columns index it."""

    sequence = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=80)
    actor = models.CharField(max_length=REF_LENGTH)
    subject = models.CharField(max_length=REF_LENGTH)
    at = models.DateTimeField(db_index=True)
    body = models.TextField()

    class Meta:
        indexes = (models.Index(fields=("actor", "sequence"), name="ledger_event_actor"),)

    def __str__(self) -> str:
        return f"{self.sequence}: {self.kind}"


class Touch(models.Model):
    """That an event concerns a subject: its own, and every other whose history should show it."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="touches")
    subject = models.CharField(max_length=REF_LENGTH)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("subject", "event"), name="ledger_touch_once"),
        )

    def __str__(self) -> str:
        return self.subject


class Node(models.Model):
    """A complete subtree's hash: about two rows an event, from which any event can be proved."""

    level = models.PositiveSmallIntegerField()
    place = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("level", "place"), name="ledger_node_once"),)

    def __str__(self) -> str:
        return f"{self.level}/{self.place}"


class HeadRow(models.Model):
    """Where the record stands: one row, locked by whoever appends."""

    text = models.TextField()

    def __str__(self) -> str:
        return self.text


class OpeningRow(models.Model):
    """The salt and value behind a commitment: the one table here that the law may have erased."""

    commitment = models.CharField(max_length=71, primary_key=True)  # "sha256:" and 64 digits
    salt = models.BinaryField(max_length=32)
    value = models.TextField()

    def __str__(self) -> str:
        return self.commitment


class CheckpointRow(models.Model):
    """A signed checkpoint, as the text that was signed and published."""

    size = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    note = models.TextField()

    def __str__(self) -> str:
        return f"over {self.size}"


class RefusedAttempt(models.Model):
    """That somebody tried what a rule forbids: kept outside the tree, where it cannot flood it."""

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=REF_LENGTH)
    command = models.CharField(max_length=120)
    reason = models.TextField()

    def __str__(self) -> str:
        return self.command
