"""The pace of a token, kept where every process of the server sees it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from evenhand.accountability.tokens import PACE, Turn, take_turn
from evenhand.web.api.models import TokenUse


def spend_turn(token: int, *, at: datetime) -> Turn:
    """Take a turn for a token (by its key), and keep that it was used; nothing where refused.

    Not a command: it changes no fact of the record, and a reading machine would flood the ledger.
    """
    with transaction.atomic():
        row = TokenUse.objects.select_for_update().filter(token_id=token).first()
        turn = take_turn(row.due if row else None, at=at, pace=PACE)
        if turn.allowed:
            TokenUse.objects.update_or_create(
                token_id=token, defaults={"due": turn.due, "last_used_at": at}
            )
    return turn
