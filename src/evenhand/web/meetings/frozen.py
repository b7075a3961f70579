"""What a snapshot holds, as a value and as text: the same counts always give the same text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from evenhand.core import LedgerBroken
from evenhand.web.foundation.errors import NotThere
from evenhand.web.meetings.counting import Count


@dataclass(frozen=True, slots=True)
class Frozen:
    """A snapshot: its name, the moment, the ledger then, and every figure by its key."""

    ref: str
    title: str
    moment: datetime
    size: int
    root: str
    sha256: str
    taken_by: str
    counts: Mapping[str, Count] = field(repr=False)

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"snapshot:{self.ref}"

    @property
    def values(self) -> dict[str, int]:
        """Every figure as a number."""
        return {key: count.value for key, count in self.counts.items()}

    def get(self, key: str) -> Count:
        """The figure of this name."""
        found = self.counts.get(key)
        if found is None:
            raise NotThere("the snapshot has no such figure.", rule="figure-exists")
        return found


def write_counts(counts: Sequence[Count]) -> str:
    """The counts as text."""
    facts = [
        {"key": c.key, "words": c.words, "query": list(c.query), "members": list(c.members)}
        for c in counts
    ]
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_counts(text: str, *, sha256: str) -> dict[str, Count]:
    """The counts in a snapshot's text, by key; refused where it is not what was taken."""
    if digest_of(text) != sha256:
        raise LedgerBroken("a snapshot is not what was taken.", rule="snapshot-hash")
    return {
        fact["key"]: Count(
            fact["key"],
            fact["words"],
            tuple((name, value) for name, value in fact["query"]),
            tuple(fact["members"]),
        )
        for fact in json.loads(text)
    }


def digest_of(text: str) -> str:
    """The SHA-256 by which the ledger knows the counts."""
    return hashlib.sha256(text.encode()).hexdigest()
