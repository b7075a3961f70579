"""Rows of remnants, written by the commands that erase."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from evenhand.accountability.machines import REMNANT
from evenhand.web.ledger.recording import Event
from evenhand.web.remnants.models import Remnant, RemnantStanding
from evenhand.web.remnants.seeking import Held


def record_remnants(held: Sequence[Held], *, by: str, event: Event) -> None:
    """That these copies held the words which this event had erased."""
    for each in held:
        row = Remnant.objects.create(
            ref=secrets.token_hex(6),
            place=each.place.value,
            copy=each.copy,
            recorded_at=event.at,
            event=event,
        )
        RemnantStanding.objects.create(
            remnant=row, state=REMNANT.start, by=by, recorded_at=event.at, event=event
        )
