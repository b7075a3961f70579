"""Find items by their words, in the way the database at hand does it best."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from evenhand.web.search.models import Passage

_WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 20  # of a question; more is a pasted page, not a search


def find_subjects(question: str, *, as_of: datetime | None = None) -> Mapping[str, frozenset[str]]:
    """The items in which every word of the question stands in one passage, at that moment.

    Each with the classes of the passages it was found in (empty: open to every reader of the item),
    for a search must not tell what a page would hide. The last word may be the beginning of a
    longer one. A question without words finds nothing.
    """
    words = _WORD.findall(question.casefold())[:MOST_WORDS]
    if not words:
        return {}
    passages: QuerySet[Any] = Passage.objects.as_of(as_of)
    if connection.vendor == "postgresql":
        query = " & ".join([*words[:-1], f"{words[-1]}:*"])
        passages = passages.extra(
            where=["to_tsvector('english', search_passage.words) @@ to_tsquery('english', %s)"],
            params=[query],
        )
    else:
        query = " ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"*'])
        passages = passages.extra(
            where=["search_passage.id IN (SELECT rowid FROM search_fts WHERE search_fts MATCH %s)"],
            params=[query],
        )
    found: dict[str, set[str]] = defaultdict(set)
    for subject, classification in passages.values_list("subject", "classification"):
        found[subject].add(classification)
    return {subject: frozenset(classes) for subject, classes in found.items()}
