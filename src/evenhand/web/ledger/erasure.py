"""Erase what is behind sealed facts; the events and the tree over them stay as they are."""

from __future__ import annotations

from evenhand.accountability.ledger import list_commitments, read_event
from evenhand.web.ledger.models import Event, OpeningRow


def erase_openings(*, subject: str, kind: str) -> int:
    """Delete the salts and values of a subject's events of one kind; how many there were.

    Called by commands whose own rule and event say who erased and why.
    """
    bodies = Event.objects.filter(subject=subject, kind=kind).values_list("body", flat=True)
    found = []
    for body in bodies:
        event = read_event(body.encode())
        found += list_commitments(event.before) + list_commitments(event.after)
    rows = OpeningRow.objects.filter(commitment__in=[commitment.text for commitment in found])
    return rows.delete()[0]
