"""Put words where a search finds them; called by commands in their own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from evenhand.web.search.models import Passage

LONGEST = 1_000_000  # characters of one passage; a longer evidence text is found by its beginning


def index_words(*, subject: str, source: str, words: str, at: datetime) -> None:
    """Make these words find this item; earlier words of the same source no longer do."""
    Passage.objects.filter(subject=subject, source=source, superseded_at=None).update(
        superseded_at=at
    )
    if words.strip():
        Passage.objects.create(
            subject=subject, source=source, words=words[:LONGEST], recorded_at=at
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
