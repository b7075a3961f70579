"""Find in a ledger's file what is bound to a bundle: sittings, votes, the verdict."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evenhand.accountability.judgement.bundle import hash_facts
from evenhand.accountability.ledger.canonical import read_canonical
from evenhand.accountability.ledger.export import EVENT
from evenhand.core import LedgerBroken

KINDS = ("sitting.convened", "vote.cast", "verdict.given")


@dataclass(frozen=True, slots=True)
class Bound:
    """An event whose facts name a bundle by its hash."""

    sequence: int
    kind: str
    subject: str
    at: str


def read_bundle(content: bytes) -> str:
    """The hash of a bundle's file, as it was handed out; refused where it is no bundle."""
    facts = read_canonical(content.strip())
    if not isinstance(facts, dict) or "item" not in facts:
        raise LedgerBroken("that is not a bundle.", rule="verdict-bound-by-hash")
    return hash_facts(facts)


def find_bound(lines: Iterable[bytes], *, sha256: str) -> Iterator[Bound]:
    """Every event that is bound to the bundle with this hash, in sequence."""
    wanted = sha256.encode()
    for line in lines:
        if not line.startswith(EVENT) or wanted not in line:
            continue
        event = json.loads(line)["event"]
        if event["kind"] in KINDS and (event["after"] or {}).get("bundle") == sha256:
            yield Bound(event["sequence"], event["kind"], event["subject"], event["at"])
