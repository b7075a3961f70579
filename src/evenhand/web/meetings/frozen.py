"""What a snapshot holds, as a value and as text: the same register always gives the same text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from evenhand.core import LedgerBroken
from evenhand.web.foundation.errors import NotThere
from evenhand.web.meetings.counting import Count
from evenhand.web.meetings.measuring import Measurement


@dataclass(frozen=True, slots=True)
class Content:
    """Every count and every measured number, by key."""

    counts: Mapping[str, Count] = field(default_factory=dict)
    measured: Mapping[str, Measurement] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, float]:
        """Every figure as a number."""
        counted: dict[str, float] = {key: count.value for key, count in self.counts.items()}
        return counted | {key: each.value for key, each in self.measured.items()}


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
    content: Content = field(repr=False)

    @property
    def subject(self) -> str:
        """The reference by which the ledger knows it."""
        return f"snapshot:{self.ref}"

    @property
    def counts(self) -> Mapping[str, Count]:
        """What was counted, by key."""
        return self.content.counts

    @property
    def measured(self) -> Mapping[str, Measurement]:
        """What was measured, by key."""
        return self.content.measured

    @property
    def values(self) -> dict[str, float]:
        """Every figure as a number."""
        return self.content.values

    def get(self, key: str) -> Count:
        """The count of this name."""
        found = self.counts.get(key)
        if found is None:
            raise NotThere("the snapshot has no such figure.", rule="figure-exists")
        return found


def write_content(counts: Sequence[Count], measured: Sequence[Measurement]) -> str:
    """Counts and measured numbers as text."""
    facts = {
        "counts": [
            {"key": c.key, "words": c.words, "query": list(c.query), "members": list(c.members)}
            for c in counts
        ],
        "measured": [asdict(each) for each in measured],
    }
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_content(text: str, *, sha256: str) -> Content:
    """What a snapshot's text holds; refused where it is not what was taken.

    Snapshots taken before measured figures were frozen are a list of counts alone.
    """
    if digest_of(text) != sha256:
        raise LedgerBroken("a snapshot is not what was taken.", rule="snapshot-hash")
    facts: Any = json.loads(text)
    counts, measured = (
        (facts, []) if isinstance(facts, list) else (facts["counts"], facts["measured"])
    )
    return Content(
        {fact["key"]: _count(fact) for fact in counts},
        {fact["key"]: Measurement(**fact) for fact in measured},
    )


def _count(fact: Mapping[str, Any]) -> Count:
    query = tuple((name, value) for name, value in fact["query"])
    return Count(fact["key"], fact["words"], query, tuple(fact["members"]))


def digest_of(text: str) -> str:
    """The SHA-256 by which the ledger knows the content."""
    return hashlib.sha256(text.encode()).hexdigest()
