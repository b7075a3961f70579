"""Put words where a search finds them; called by commands in their own transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection

from evenhand.web.search.models import Passage

LONGEST = 1_000_000  # characters of one passage; a longer evidence text is found by its beginning


def index_words(
    *,
    subject: str,
    source: str,
    words: str,
    at: datetime,
    event: int | None = None,
    classification: str = "",
) -> None:
    """Make these words find this item; earlier words of the same source no longer do.

    ``event`` is the one that put them on the record, by which an erasure finds them.
    """
    Passage.objects.filter(subject=subject, source=source, superseded_at=None).update(
        superseded_at=at
    )
    if words.strip():
        Passage.objects.create(
            subject=subject,
            source=source,
            words=words[:LONGEST],
            recorded_at=at,
            event=event,
            classification=classification,
        )


def index_many(rows: Iterable[tuple[str, str, str]], *, at: datetime) -> None:
    """Index many new (subject, source, words) at once."""
    Passage.objects.bulk_create(
        [
            Passage(subject=subject, source=source, words=words[:LONGEST], recorded_at=at)
            for subject, source, words in rows
            if words.strip()
        ],
        batch_size=500,
    )


def drop_words(*, subject: str, source: str, at: datetime) -> None:
    """These words no longer find this item from this moment on."""
    Passage.objects.filter(subject=subject, source=source, superseded_at=None).update(
        superseded_at=at
    )


def tighten_words(*, sources: Sequence[str], weaker: Sequence[str], classification: str) -> None:
    """Words of these sources in a weaker class are guarded by this one from now on."""
    earlier = Passage.objects.filter(source__in=sources, classification__in=weaker)
    earlier.update(classification=classification)


def share_words(*, source: str, frm: str, to: str, at: datetime) -> None:
    """Make the words of a source that find one item now find another item too."""
    standing = Passage.objects.as_of(None).filter(subject=frm, source=source)
    for each in standing:
        index_words(
            subject=to,
            source=source,
            words=each.words,
            at=at,
            event=each.event,
            classification=each.classification,
        )


def erase_words_of(event: int) -> None:
    """Take the words of an event out of the index for good, past dates included.

    SQLite’s index marks words as gone and keeps them until its parts are merged: they are, here.
    """
    gone, _ = Passage.objects.filter(event=event).delete()
    if gone and connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_fts(search_fts) VALUES ('optimize')")
