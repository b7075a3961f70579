"""Erase what is behind sealed facts; the events and the tree over them stay as they are.

Two places hold words about a person: the opening of a sealed fact, which is deleted, and a column
of narrative that a model names in ``erasable``, which is overwritten by a mark. The database
permits that one change and no other (:class:`~evenhand.web.foundation.append_only.AppendOnly`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Q

from evenhand.accountability.ledger import list_commitments, read_event
from evenhand.accountability.remnants import QUOTED, Sought
from evenhand.web.foundation.append_only import ERASED
from evenhand.web.foundation.as_of import day_of
from evenhand.web.ledger.models import Event, OpeningRow

SOUGHT = 2_000  # letters of a line that are looked for elsewhere: databases bound a pattern

ERASURE = "words.erased"
"""The kind of event that says whose words were erased, when, and on what ground."""


@dataclass(frozen=True, slots=True)
class Erased:
    """That the words of an event were erased."""

    on: date
    ground: str


def erase_openings(*, subject: str, kind: str) -> int:
    """Delete the salts and values of a subject's events of one kind; how many there were.

    Called by commands whose own rule and event say who erased and why.
    """
    return _delete(Event.objects.filter(subject=subject, kind=kind).values_list("body", flat=True))


def erase_event_words(sequence: int) -> int:
    """Erase every word that one event put on the record; how many places held some.

    Also where a later row carries the same words on. Called by commands whose own rule and event
    say who erased and on what ground.
    """
    places = _delete(Event.objects.filter(pk=sequence).values_list("body", flat=True))
    for model in _list_models():
        for row in model.objects.filter(event_id=sequence):
            places += _blank(row)
    return places


def list_event_words(sequence: int) -> list[Sought]:
    """The words that one event put on the record and that can be erased, names among them.

    Not those of a frozen copy: to erase it is to put it right, and nothing else is looked for.
    """
    return [
        Sought(text, is_name=name in getattr(model, "names", ()))
        for model in _list_models()
        if not hasattr(model, "copy_place")
        for row in model.objects.filter(event_id=sequence)
        for name in model.erasable
        if (text := getattr(row, name)) and text != ERASED
    ]


def list_erased_events(*, as_of: datetime | None) -> frozenset[int]:
    """The events whose words had been erased by then."""
    found = Event.objects.filter(kind=ERASURE)
    if as_of is not None:
        found = found.filter(at__lte=as_of)
    bodies = found.values_list("body", flat=True)
    return frozenset(int(json.loads(body)["after"]["event"]) for body in bodies)


def list_erasures(subject: str) -> Mapping[int, Erased]:
    """Which events about a thing have had their words erased, when and on what ground.

    Never as of a past date: what the law had erased is gone from the past as well.
    """
    events = Event.objects.filter(touches__subject=subject, kind=ERASURE)
    found = {}
    for at, body in events.values_list("at", "body"):
        after = json.loads(body)["after"]
        found[int(after["event"])] = Erased(day_of(at), after["ground"])
    return found


def _list_models() -> Iterator[Any]:
    return (model for model in apps.get_models() if getattr(model, "erasable", ()))


def _blank(row: Any) -> int:
    """Overwrite the words of a row, and the same words where a later row carried them on."""
    words = {name: text for name in row.erasable if (text := getattr(row, name)) and text != ERASED}
    for name, text in words.items():
        type(row).objects.filter(pk=row.pk).update(**{name: ERASED})
        if row.carried_by:
            same = {field: getattr(row, field) for field in row.carried_by}
            type(row).objects.filter(**same, **{name: text}).update(**{name: ERASED})
        _blank_quotations(text)
    return len(words)


def _blank_quotations(text: str) -> None:
    """Overwrite what quotes these words: a column that a model names in ``quotes``, as a whole.

    An issued paper prints what owners said. Its text cannot be changed in part, for then it would
    say something that was never issued; so all of it goes, and a correction can be issued.
    """
    lines = [line.strip()[:SOUGHT] for line in text.splitlines() if len(line.strip()) >= QUOTED]
    models: Iterable[Any] = apps.get_models()
    for model in models:
        for column in getattr(model, "quotes", ()):
            for line in lines:
                kept = json.dumps(line, ensure_ascii=False)[1:-1]
                held = Q(**{f"{column}__contains": line}) | Q(**{f"{column}__contains": kept})
                model.objects.filter(held).update(**{column: ERASED})


def _delete(bodies: Iterable[str]) -> int:
    found = []
    for body in bodies:
        event = read_event(body.encode())
        found += list_commitments(event.before) + list_commitments(event.after)
    rows = OpeningRow.objects.filter(commitment__in=[commitment.text for commitment in found])
    return rows.delete()[0]
