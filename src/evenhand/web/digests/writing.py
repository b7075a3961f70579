"""Write a digest and its event, and send it: all of it, or nothing.

Not commands: the clock runs them, as it runs checkpoints, and they change no fact about an item.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse

from evenhand.accountability.owed import Owed, Week
from evenhand.web.accounts.models import User
from evenhand.web.digests.models import Digest
from evenhand.web.digests.rendering import render_digest, title_of
from evenhand.web.ledger.recording import SYSTEM, lock_head, record_event


def write_digest(user: User, owed: Sequence[Owed], *, week: Week, at: datetime) -> bool:
    """Tell one person what concerns them, once a week; False where it was done before.

    Their address goes into the message and nowhere else. The mail is handed over last: where that
    fails, nothing is recorded and the next run tries again. A kill between the two can send the
    same digest twice; it can never lose one.
    """
    if user.party is None:
        return False
    with transaction.atomic():
        lock_head()  # two runs at once: the second sees what the first has done
        known = Digest.objects.filter(person=user.party, year=week.year, week=week.number)
        if known.exists():
            return False
        base, page = settings.EVENHAND_ADDRESS.rstrip("/"), reverse("digests:owed")
        body = render_digest(owed, week=week, base=base, page=page)
        event = record_event(
            kind="digest.sent",
            subject=user.subject,
            by=SYSTEM,
            at=at,
            after={"week": str(week), "matters": len(owed), "mailed": bool(user.email)},
        )
        Digest.objects.create(
            person=user.party,
            year=week.year,
            week=week.number,
            matters=len(owed),
            body=body,
            mailed=bool(user.email),
            recorded_at=event.at,
            event=event,
        )
        if user.email:
            EmailMessage(title_of(week, len(owed)), body, to=[user.email]).send()
    return True
