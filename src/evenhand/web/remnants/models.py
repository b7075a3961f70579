"""Tables of remnants: which copy held words of which event when they were erased.

A row says where, and never what: the words themselves are gone.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenhand.accountability.machines import REMNANT
from evenhand.accountability.remnants import Place
from evenhand.web.foundation.recorded import REF_LENGTH, Fact, Identity, only_one_stands


class Remnant(Identity):
    """A copy, by its kind and key, that held what the event of this row had erased or withdrawn."""

    subject_kind: ClassVar[str] = "remnant"

    place = models.CharField(max_length=10, choices=[(each.value, each.words) for each in Place])
    copy = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("event", "place", "copy"), name="remnants_found_once"),
        )


class RemnantStanding(Fact):
    """Found, or dismissed as no match, with a reason."""

    erasable = ("reason",)

    remnant = models.ForeignKey(Remnant, on_delete=models.PROTECT, related_name="standings")
    state = models.CharField(
        max_length=20, choices=[(state.code, state.words) for state in REMNANT.states]
    )
    by = models.CharField(max_length=REF_LENGTH)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (only_one_stands("remnant", name="remnants_one_standing"),)
