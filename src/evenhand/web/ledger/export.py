"""Take the ledger out: a file for ``evenhand ledger verify``, and signed checkpoints over it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from evenhand.accountability.ledger import (
    Checkpoint,
    SignedCheckpoint,
    SigningKey,
    render_ledger,
    sign_checkpoint,
)
from evenhand.web.ledger.models import CheckpointRow
from evenhand.web.ledger.queries import list_bodies, list_checkpoints
from evenhand.web.ledger.recording import lock_head


def make_checkpoint(*, key: SigningKey, at: datetime) -> SignedCheckpoint | None:
    """Sign for the record as it stands; None when the last checkpoint already covers it.

    Not a command: it states what is there, changes nothing, and is run by the clock.
    """
    with transaction.atomic():
        head = lock_head()
        if CheckpointRow.objects.filter(size=head.size).exists():
            return None
        moment = head.not_before(at)
        signed = sign_checkpoint(Checkpoint(key.name, head.size, head.root, moment), key=key)
        CheckpointRow.objects.create(size=head.size, at=moment, note=signed.render())
    return signed


def render_export() -> Iterator[bytes]:
    """The lines of the exported ledger, as they can be sent while they are read."""
    return render_ledger(list_bodies(), checkpoints=list_checkpoints())
