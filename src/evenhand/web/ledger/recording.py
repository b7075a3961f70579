"""Write events: the one door through which anything enters the ledger.

Called by commands, inside their transaction. What goes into ``before`` and ``after`` is hashed for
good, so a person's name or words about a person go in sealed: ``sealed(text)`` puts a commitment
into the event and the salt and text where an erasure can reach them.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from evenhand.accountability.ledger import Event as PureEvent
from evenhand.accountability.ledger import Head, append, canonical_bytes, commit, read_head
from evenhand.accountability.ledger.sealed import SALT_SIZE
from evenhand.accountability.roles import Actor
from evenhand.web.ledger.batch import find_batch
from evenhand.web.ledger.models import Event, HeadRow, Node, OpeningRow, RefusedAttempt, Touch

__all__ = [
    "SYSTEM",
    "Event",
    "lock_head",
    "record_event",
    "record_refusal",
    "save_head",
    "sealed",
    "sealed_words",
]

HEAD = 1  # the only row of its table

INSERT_EVENT = (
    "INSERT INTO ledger_event (sequence, kind, actor, subject, at, body) "
    "VALUES (%s, %s, %s, %s, %s, %s)"
)
INSERT_TOUCH = "INSERT INTO ledger_touch (event_id, subject) VALUES (%s, %s)"
INSERT_NODE = "INSERT INTO ledger_node (level, place, hash) VALUES (%s, %s, %s)"
SELECT_HEAD = "SELECT text FROM ledger_headrow WHERE id = %s"
UPDATE_HEAD = "UPDATE ledger_headrow SET text = %s WHERE id = %s"

SYSTEM = "service:evenhand"
"""Who acts where no person does: at the first start, before there is any account."""


def record_event(
    *,
    kind: str,
    subject: str,
    by: Actor | str,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    touches: Iterable[str] = (),
) -> Event:
    """Append one event to the ledger and return its row, whose ``at`` every other row takes.

    Parameters
    ----------
    kind
        ``noun.verb``; the noun is the aspect that :func:`require_unchanged` compares.
    subject
        What it is about, as ``recommendation:lantern-1999/12``.
    by
        The actor (or their reference).
    at
        The moment, with time zone. Taken as the last event's time where a clock was set back.
    before, after
        The facts that changed: text, whole numbers, booleans, dates as text, sealed text.
    touches
        Other subjects whose history should show this event.

    Raises
    ------
    RuntimeError
        Outside a transaction: an event must stand or fall with what it records.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an event is recorded inside the transaction of what it records")
    batch = find_batch()
    head = batch.head if batch else lock_head()
    fact = PureEvent(
        sequence=head.size,
        kind=kind,
        actor=by if isinstance(by, str) else by.ref,
        subject=subject,
        at=head.not_before(at),
        before=before,
        after=after,
    )
    added = append(head, fact)
    event = Event(
        sequence=fact.sequence,
        kind=kind,
        actor=fact.actor,
        subject=subject,
        at=fact.at,
        body=fact.body.decode(),
    )
    touched = [
        Touch(event_id=event.sequence, subject=s) for s in dict.fromkeys((subject, *touches))
    ]
    nodes = [Node(level=n.level, place=n.index, hash=n.hash) for n in added.nodes]
    if batch:
        batch.head = added.head
        batch.events.append(event)
        batch.touches += touched
        batch.nodes += nodes
        return event
    _write(event, touched, nodes, added.head)
    return event


def _write(event: Event, touched: list[Touch], nodes: list[Node], head: Head) -> None:
    """The rows of one event, by statements written once: every command waits for this."""
    at = connection.ops.adapt_datetimefield_value(event.at)
    fact = (event.sequence, event.kind, event.actor, event.subject, at, event.body)
    with connection.cursor() as cursor:
        cursor.execute(INSERT_EVENT, fact)
        cursor.executemany(INSERT_TOUCH, [(each.event_id, each.subject) for each in touched])
        cursor.executemany(
            INSERT_NODE, [(node.level, node.place, bytes(node.hash)) for node in nodes]
        )
        cursor.execute(UPDATE_HEAD, (head.render(), HEAD))
    event._state.adding, event._state.db = False, connection.alias


def sealed(value: str) -> dict[str, str]:
    """A fact that can be erased later: what goes into an event in place of words about a person."""
    fact = commit(value, salt=secrets.token_bytes(SALT_SIZE))
    if fact.opening is None:
        raise RuntimeError("a fresh commitment has its opening")
    row = OpeningRow(
        commitment=fact.commitment.text,
        salt=fact.opening.salt,
        value=canonical_bytes(value).decode(),
    )
    batch = find_batch()
    if batch:
        batch.openings.append(row)
    else:
        row.save(force_insert=True)
    return fact.commitment.fact


def sealed_words(text: str) -> dict[str, str] | str:
    """Narrative as it goes into an event: sealed, for it may speak of a person; none stays none."""
    return sealed(text) if text.strip() else ""


def record_refusal(*, command: str, by: Any, at: datetime, reason: str) -> None:
    """Keep that an attempt was refused, after its own transaction was rolled back."""
    subject = getattr(by, "subject", None) or "person:visitor"
    RefusedAttempt.objects.create(at=at, actor=subject, command=command, reason=reason)


def lock_head() -> Head:
    """The head, locked until the transaction ends: appends, and so commands, run one by one."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(SELECT_HEAD + lock, (HEAD,))
        found = cursor.fetchone()
    if found is None:
        return read_head(HeadRow.objects.create(pk=HEAD, text=Head().render()).text)
    return read_head(found[0])


def save_head(head: Head) -> None:
    """Replace the head."""
    HeadRow.objects.filter(pk=HEAD).update(text=head.render())
