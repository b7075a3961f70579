"""Many events in one transaction: the head is read once, and rows are written together at the end.

Only for imports and demo data, where thousands of commands run one after another. The commands are
the ordinary ones; rules are asked and events are chained exactly as otherwise.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import transaction

from evenhand.accountability.ledger import Head
from evenhand.web.ledger.models import Event, Node, OpeningRow, Touch

T = TypeVar("T")
ROWS_AT_ONCE = 500  # SQLite allows 32,766 values a statement; an event has six


@dataclass
class Batch:
    """What waits to be written, and what need not be asked twice."""

    head: Head
    events: list[Event] = field(default_factory=list)
    touches: list[Touch] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    openings: list[OpeningRow] = field(default_factory=list)
    known: dict[Hashable, object] = field(default_factory=dict)

    @contextmanager
    def undone_on_error(self) -> Iterator[None]:
        """Forget what a command added to the batch when the command fails, as its rows are."""
        head = self.head
        waiting: tuple[list[Any], ...] = (self.events, self.touches, self.nodes, self.openings)
        lengths = [len(each) for each in waiting]
        try:
            yield
        except BaseException:
            self.head = head
            for each, length in zip(waiting, lengths, strict=True):
                del each[length:]
            raise

    def write(self) -> None:
        """Put everything into the database, the head last."""
        from evenhand.web.ledger.recording import save_head

        Event.objects.bulk_create(self.events, batch_size=ROWS_AT_ONCE)
        Touch.objects.bulk_create(self.touches, batch_size=ROWS_AT_ONCE)
        Node.objects.bulk_create(self.nodes, batch_size=ROWS_AT_ONCE)
        OpeningRow.objects.bulk_create(self.openings, batch_size=ROWS_AT_ONCE)
        save_head(self.head)


_current = threading.local()


def find_batch() -> Batch | None:
    """The batch that this thread is in, if it is in one."""
    return getattr(_current, "batch", None)


def undone_on_error() -> AbstractContextManager[None]:
    """What a command wraps itself in: within a batch its events are undone with its rows."""
    batch = find_batch()
    return batch.undone_on_error() if batch else nullcontext()


def ask_once(key: Hashable, question: Callable[[], T]) -> T:
    """The answer to a question, asked once a batch; outside a batch it is asked every time."""
    batch = find_batch()
    if batch is None:
        return question()
    if key not in batch.known:
        batch.known[key] = question()
    return batch.known[key]  # type: ignore[return-value]


@contextmanager
def batched() -> Iterator[Batch]:
    """All commands within write together: either every one of them or none.

    Inside, a query does not see the batch's own ledger events until the end; it sees all else.
    """
    from evenhand.web.ledger.recording import lock_head

    if find_batch() is not None:
        raise RuntimeError("a batch cannot hold another")
    with transaction.atomic():
        batch = _current.batch = Batch(lock_head())
        try:
            yield batch
            batch.write()
        finally:
            _current.batch = None
