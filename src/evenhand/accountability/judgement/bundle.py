"""The bundle: exactly what a panel was shown, in one canonical spelling, under one hash.

A verdict is bound to a bundle. Anybody who has the parts can spell the bundle again and compare the
hash with the one in the ledger: an altered text, criterion, figure, evidence or claim shows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from evenhand.accountability.ledger import canonical_bytes
from evenhand.core import LedgerBroken

DOMAIN = b"evenhand/bundle/1\n"  # so that no hash of something else can be mistaken for one


@dataclass(frozen=True, slots=True)
class PinnedEvidence:
    """A version of evidence as it was claimed on: by number, and by a hash over its file and facts.

    Its words are bound through the event that recorded them, which the hash covers: the law may
    have them erased, and the bundle must still spell the same.
    """

    ref: str
    number: int
    sha256: str
    speaks_from: date
    speaks_to: date


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was judged. ``criterion`` and ``figure`` are facts in text, as they were agreed."""

    item: str
    text: str
    criterion: Mapping[str, Any]
    figure: Mapping[str, Any]
    claim: Mapping[str, Any]
    evidence: tuple[PinnedEvidence, ...]

    @property
    def facts(self) -> dict[str, Any]:
        """The bundle as plain facts, evidence in one order."""
        return {
            "item": self.item,
            "text": self.text,
            "criterion": dict(self.criterion),
            "figure": dict(self.figure),
            "claim": dict(self.claim),
            "evidence": [
                {
                    "ref": each.ref,
                    "number": each.number,
                    "sha256": each.sha256,
                    "from": each.speaks_from.isoformat(),
                    "to": each.speaks_to.isoformat(),
                }
                for each in sorted(self.evidence, key=lambda each: (each.ref, each.number))
            ],
        }

    @property
    def sha256(self) -> str:
        """The hash of its canonical spelling."""
        return hash_facts(self.facts)


def hash_facts(facts: Mapping[str, Any]) -> str:
    """The hash of a bundle's facts, in hexadecimal."""
    return hashlib.sha256(DOMAIN + canonical_bytes(facts)).hexdigest()


def find_difference(now: Mapping[str, Any], then: Mapping[str, Any]) -> str:
    """Which part of a bundle is not what it was; empty where all are."""
    parts = sorted({*now, *then})
    return ", ".join(part for part in parts if now.get(part) != then.get(part))


def require_bound(facts: Mapping[str, Any], *, sha256: str) -> None:
    """Refuse to go on where the parts no longer spell what was hashed."""
    if hash_facts(facts) != sha256:
        raise LedgerBroken(
            "what is to be judged is no longer what was put before the panel.",
            remedy="Keep the database as it is, and compare it with an export of the ledger.",
            rule="verdict-bound-by-hash",
        )
