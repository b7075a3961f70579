"""Where the record stands: the one small value an application keeps to add the next event."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from evenhand.accountability.ledger.canonical import canonical_bytes, read_canonical
from evenhand.accountability.ledger.record import Event, read_moment, render_moment
from evenhand.accountability.ledger.tree import Frontier, Node
from evenhand.core import LedgerBroken, UsageProblem

_RULE = "ledger-head"


@dataclass(frozen=True, slots=True)
class Head:
    """The tree's frontier and the last event's time; about a kilobyte at any length."""

    frontier: Frontier = field(default_factory=Frontier)
    at: datetime | None = None

    @property
    def size(self) -> int:
        """How many events there are, which is the next one's sequence number."""
        return self.frontier.size

    @property
    def root(self) -> bytes:
        """The root over all of them."""
        return self.frontier.root

    def not_before(self, at: datetime) -> datetime:
        """``at``, or the last event's time where a clock was set back: time never goes backwards.

        To the microsecond, as the record keeps it.
        """
        moment = read_moment(render_moment(at))
        return max(moment, self.at) if self.at else moment

    def render(self) -> str:
        """The head as one line of canonical JSON, for a column of text."""
        facts = {
            "at": render_moment(self.at) if self.at else None,
            "peaks": [peak.hex() for peak in self.frontier.peaks],
            "size": self.size,
        }
        return canonical_bytes(facts).decode()


@dataclass(frozen=True, slots=True)
class Appended:
    """What to write in one transaction: the new head, the event's leaf, the subtrees completed."""

    head: Head
    leaf: bytes
    nodes: tuple[Node, ...]


def append(head: Head, event: Event) -> Appended:
    """What must be stored so that this event is on the record from now on?

    Parameters
    ----------
    head
        The head as it was read, and locked, in the same transaction.
    event
        The next event: its sequence is ``head.size`` and its time is not before the last one's.

    Returns
    -------
    The new head (replace the old), the leaf hash, and the complete subtrees it closes (insert).

    Raises
    ------
    UsageProblem
        When the event is not the next one, or its time lies before the last event's.

    Examples
    --------
    >>> from datetime import UTC
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> event = Event(0, "inquiry.opened", "person:a", "inquiry:1", noon)
    >>> append(Head(), event).head.size
    1

    The record now holds one event, and its root is that event's leaf.
    """
    if event.sequence != head.size:
        raise UsageProblem(
            f"event {event.sequence:,} is not the next one: the record has {head.size:,} events.",
            remedy="Read the head again under its lock, and number the event by its size.",
            rule="events-in-sequence",
        )
    if head.at is not None and event.at < head.at:
        raise UsageProblem(
            "an event cannot be earlier than the one before it.",
            remedy="Take its time from Head.not_before.",
            rule="time-goes-forward",
        )
    leaf = event.leaf
    frontier, nodes = head.frontier.grown(leaf)
    return Appended(Head(frontier, event.at), leaf, nodes)


def read_head(text: str) -> Head:
    """Read :meth:`Head.render` back; :class:`LedgerBroken` when it is anything else."""
    facts = read_canonical(text.encode())
    try:
        peaks = tuple(bytes.fromhex(peak) for peak in facts["peaks"])
        at = read_moment(facts["at"]) if facts["at"] is not None else None
        head = Head(Frontier(int(facts["size"]), peaks), at)
    except (TypeError, KeyError, ValueError):  # UsageProblem is a ValueError
        head = None
    if head is None or head.render() != text:
        raise LedgerBroken(
            "the stored head of the record is not what was written.",
            remedy="Rebuild it from the events, and find out who changed it.",
            rule=_RULE,
        )
    return head
