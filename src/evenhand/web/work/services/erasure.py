"""Erase words that the law wants erased: updates, questions, answers, reasons, evidence."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction

from evenhand.accountability.permissions import may_erase
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.append_only import ERASED
from evenhand.web.foundation.command import command
from evenhand.web.ledger.erasure import erase_event_words, list_event_words
from evenhand.web.ledger.queries import get_happening, list_touched
from evenhand.web.ledger.recording import record_event
from evenhand.web.remnants.seeking import find_held
from evenhand.web.remnants.writing import record_remnants
from evenhand.web.search.indexing import erase_words_of
from evenhand.web.work.choices import ErasureGround
from evenhand.web.work.files import delete_file
from evenhand.web.work.models import EvidenceVersion


@command(rule=may_erase, audit="words.erased")
def erase_words(*, event: int, ground: ErasureGround, by: User, at: datetime) -> None:
    """Erase the words that one event put on the record, its file included, for good.

    Copies already given out (released records and files, issued papers) keep the words: each that
    holds them is put on the list of remnants, to be withdrawn, corrected or erased.

    The event stays, and so does every hash: what is left says who acted, when and on what, and
    that the words were erased. The ground is one of a list, for a free text could say again what
    was to be forgotten.

    Authorisation: `may_erase`. Audit: ``words.erased``, with the event and the ground.
    """
    from evenhand.web.judgement.queries import list_twin_files  # it asks queries of this app
    from evenhand.web.judgement.twins import delete_twin

    actor = get_actor(by, at=at)
    require(may_erase(actor))
    about = get_happening(event)
    files, twins = _list_files(event), list_twin_files(event)
    held = find_held(list_event_words(event))
    if not erase_event_words(event):
        raise UsageProblem(
            "that event holds no words that can be erased, or they were erased before.",
            remedy="Exact published texts stay; look for the event that said it.",
            rule="erasure-finds-words",
        )
    erase_words_of(event)
    done = record_event(
        kind="words.erased",
        subject=about.subject,
        by=actor,
        at=at,
        after={"event": event, "ground": str(ground), "remnants": len(held)},
        touches=list_touched(event),
    )
    record_remnants(held, by=actor.ref, event=done)
    for sha256 in files:
        if not EvidenceVersion.objects.filter(sha256=sha256).exclude(method=ERASED).exists():
            transaction.on_commit(partial(delete_file, sha256))
    for sha256 in set(twins) - set(list_twin_files()):
        transaction.on_commit(partial(delete_twin, sha256))


def _list_files(event: int) -> list[str]:
    versions = EvidenceVersion.objects.filter(event_id=event).exclude(sha256="")
    return list(versions.values_list("sha256", flat=True))
