"""Answers about the whole record, kept until the record grows.

Every fact is written together with an event, so the head of the ledger (its size and root) names a
state of the record: as long as it stands, an answer stands too. What is kept lies in the memory of
one process, is dropped with the next event, and is never used by a command, which must see what it
writes itself.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import TypeVar, cast

from django.db import connection

from evenhand.web.ledger.batch import find_batch
from evenhand.web.ledger.models import HeadRow

T = TypeVar("T")
MOST = 24  # answers: each may be a thousand rows, a few megabytes


class _Shelf:
    """The answers under one head; the least recently asked goes first."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.head: Hashable = None
        self.answers: OrderedDict[Hashable, object] = OrderedDict()

    def find(self, head: Hashable, question: Hashable) -> tuple[bool, object]:
        """Whether an answer is kept, and it; another head empties the shelf."""
        with self.lock:
            if head != self.head:
                self.head, self.answers = head, OrderedDict()
            if question not in self.answers:
                return False, None
            self.answers.move_to_end(question)
            return True, self.answers[question]

    def put(self, head: Hashable, question: Hashable, answer: object) -> None:
        """Keep an answer, unless the record has grown while it was sought."""
        with self.lock:
            if head == self.head:
                self.answers[question] = answer
                while len(self.answers) > MOST:
                    self.answers.popitem(last=False)


_shelf = _Shelf()
_command = threading.local()


@contextmanager
def asking_afresh() -> Iterator[None]:
    """Within, nothing kept is used and nothing is kept: what a command wraps itself in."""
    before = getattr(_command, "running", False)
    _command.running = True
    try:
        yield
    finally:
        _command.running = before


def is_keeping() -> bool:
    """Whether answers may be kept here: on pages, and not in a command or a batch of them."""
    return not getattr(_command, "running", False) and find_batch() is None


def keep_answer(*question: Hashable, answer: Callable[[], T]) -> T:
    """The answer to a question about the record, sought once for every state of it.

    ``question`` names all that the answer depends on beside the record: which question, as of when,
    for whom. The answer is shared between requests, so it must not be changed: tuples, frozen rows.
    """
    if not is_keeping():
        return answer()
    head = (connection.settings_dict["NAME"], HeadRow.objects.values_list("text").first())
    kept, value = _shelf.find(head, question)
    if not kept:
        value = answer()
        _shelf.put(head, question, value)
    return cast(T, value)
