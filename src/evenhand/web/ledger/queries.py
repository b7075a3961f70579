"""Questions to the ledger: how it stands, what happened to a thing, what changed since a page."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from evenhand.accountability.ledger import (
    Head,
    InclusionProof,
    SignedCheckpoint,
    build_inclusion_proof,
    read_checkpoint,
    read_head,
)
from evenhand.web.foundation.errors import ChangedMeanwhile, NotThere
from evenhand.web.ledger.models import (
    CheckpointRow,
    Event,
    HeadRow,
    Node,
    OpeningRow,
    RefusedAttempt,
    Touch,
)

CHUNK = 2000  # events held in memory while the whole ledger is read


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as a page shows it; sealed facts are opened where they have not been erased."""

    sequence: int
    kind: str
    actor: str
    subject: str
    at: datetime
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    holds_words: bool = False  # behind seals that can still be opened, and so be erased


@dataclass(frozen=True, slots=True)
class Refusal:
    """An attempt that a rule refused."""

    at: datetime
    actor: str
    command: str
    reason: str


def get_head() -> Head:
    """How long the record is, and its root."""
    row = HeadRow.objects.first()
    return read_head(row.text) if row else Head()


def list_history(subject: str, *, as_of: datetime | None = None) -> list[Happening]:
    """Everything that happened to a thing, oldest first."""
    events = Event.objects.filter(touches__subject=subject).order_by("sequence")
    if as_of is not None:
        events = events.filter(at__lte=as_of)
    return _opened(list(events))


def get_happening(sequence: int) -> Happening:
    """One event."""
    found = _opened(list(Event.objects.filter(pk=sequence)))
    if not found:
        raise NotThere("there is no such event.", rule="event-exists")
    return found[0]


def list_touched(sequence: int) -> list[str]:
    """Every subject in whose history an event is shown."""
    return list(Touch.objects.filter(event_id=sequence).values_list("subject", flat=True))


def get_version(subject: str) -> int:
    """The last event about a thing: what a form sends back as ``seen``. −1 when there is none."""
    newest = Event.objects.filter(touches__subject=subject).aggregate(Max("sequence"))
    value = newest["sequence__max"]
    return -1 if value is None else int(value)


def list_versions(kind: str, *, as_of: datetime | None = None) -> Mapping[str, int]:
    """The last event about every thing of a kind (``recommendation``), in one question."""
    touches = Touch.objects.filter(subject__startswith=f"{kind}:")
    if as_of is not None:
        touches = touches.filter(event__at__lte=as_of)
    newest = touches.values("subject").annotate(newest=Max("event_id")).order_by()
    return dict(newest.values_list("subject", "newest"))


def list_later(kind: str, *, since: int) -> Mapping[str, Sequence[tuple[int, str, datetime]]]:
    """What happened to things of a kind after an event: (sequence, kind, moment) by subject."""
    touches = Touch.objects.filter(subject__startswith=f"{kind}:", event_id__gt=since)
    found: dict[str, list[tuple[int, str, datetime]]] = defaultdict(list)
    facts = touches.order_by("event_id").values_list(
        "subject", "event_id", "event__kind", "event__at"
    )
    for subject, sequence, happened, at in facts:
        found[subject].append((sequence, happened, at))
    return found


def list_changes_since(subject: str, seen: int, *, aspect: str = "") -> list[Happening]:
    """What happened to this aspect (``due-date``) of a thing after the event ``seen``."""
    events = Event.objects.filter(touches__subject=subject, sequence__gt=seen)
    if aspect:
        events = events.filter(kind__startswith=f"{aspect}.")
    return _opened(list(events.order_by("sequence")))


def require_unchanged(subject: str, seen: int | None, *, aspect: str) -> None:
    """Refuse the second of two editors, showing what the first changed; None asks for no check.

    Raises
    ------
    ChangedMeanwhile
        With the changes to this aspect since the page was drawn. A change to another aspect of
        the same thing is no conflict.
    """
    if seen is None:
        return
    changes = list_changes_since(subject, seen, aspect=aspect)
    if changes:
        raise ChangedMeanwhile(changes)


def list_bodies() -> Iterator[bytes]:
    """Every event's canonical bytes in sequence, read in portions."""
    bodies = Event.objects.order_by("sequence").values_list("body", flat=True)
    return (body.encode() for body in bodies.iterator(chunk_size=CHUNK))


def list_checkpoints() -> list[SignedCheckpoint]:
    """The signed checkpoints in order."""
    notes = CheckpointRow.objects.order_by("size").values_list("note", flat=True)
    return [read_checkpoint(note) for note in notes]


def prove_event(sequence: int) -> InclusionProof:
    """That one event is under the present root, from about log₂(size) stored hashes."""

    def node(level: int, place: int) -> bytes:
        return bytes(Node.objects.get(level=level, place=place).hash)

    return build_inclusion_proof(sequence, get_head().size, node=node)


def list_refusals(*, most: int = 100) -> list[Refusal]:
    """The latest refused attempts, newest first."""
    rows = RefusedAttempt.objects.order_by("-at", "-pk")[:most]
    return [Refusal(row.at, row.actor, row.command, row.reason) for row in rows]


def _opened(events: list[Event]) -> list[Happening]:
    facts = [json.loads(event.body) for event in events]
    wanted = [text for fact in facts for text in _commitments((fact["before"], fact["after"]))]
    rows = OpeningRow.objects.filter(commitment__in=set(wanted)).values_list("commitment", "value")
    known = {commitment: json.loads(value) for commitment, value in rows}
    return [
        Happening(
            event.sequence,
            event.kind,
            event.actor,
            event.subject,
            event.at,
            _open(fact["before"], known),
            _open(fact["after"], known),
            any(text in known for text in _commitments((fact["before"], fact["after"]))),
        )
        for event, fact in zip(events, facts, strict=True)
    ]


def _commitments(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if list(value) == ["sealed"]:
            yield value["sealed"]
        else:
            for each in value.values():
                yield from _commitments(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _commitments(each)


def _open(value: Any, known: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        if list(value) == ["sealed"]:
            return known.get(value["sealed"], "[erased]")
        return {key: _open(each, known) for key, each in value.items()}
    if isinstance(value, list):
        return [_open(each, known) for each in value]
    return value
