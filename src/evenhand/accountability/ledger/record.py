"""One event of the record: who did what, to what, when, and how things stood before and after."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from evenhand.accountability.ledger.canonical import (
    LARGEST_INTEGER,
    Json,
    canonical_bytes,
    frozen,
    read_canonical,
)
from evenhand.accountability.ledger.tree import leaf_hash
from evenhand.core import LedgerBroken, UsageProblem

# No space and no @: a name or an address cannot pass for a reference.
REFERENCE = re.compile(r"[a-z][a-z0-9_-]*:[A-Za-z0-9][A-Za-z0-9._~/()-]{0,199}", re.ASCII)
KIND = re.compile(r"[a-z][a-z0-9_-]*(?:\.[a-z][a-z0-9_-]*)+", re.ASCII)
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)

_FIELDS = ("actor", "after", "at", "before", "kind", "sequence", "subject", "version")
_RULE = "event-shape"


def render_moment(at: datetime) -> str:
    """The one spelling of a moment: UTC, to the microsecond; the text's order is time's order."""
    if at.tzinfo is None or at.utcoffset() is None:
        raise UsageProblem(
            "a moment without a time zone could be any of 24 hours.",
            remedy="Pass a datetime with tzinfo.",
            rule="moments-are-aware",
        )
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def read_moment(text: str) -> datetime:
    """The moment behind :func:`render_moment`'s text; any other spelling is refused."""
    if MOMENT.fullmatch(text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass  # a date that does not exist falls to the refusal below
    raise LedgerBroken("a moment is not a UTC date and time to the microsecond.", rule=_RULE)


@dataclass(frozen=True, eq=False)
class Event:
    """What happened, in the words that will be hashed and never change.

    Parameters
    ----------
    sequence
        The event's place in the record, from 0 without gaps: its leaf's index in the tree.
    kind
        ``noun.verb`` in lower case, as ``recommendation.judged``.
    actor, subject
        References such as ``person:9f2c`` and ``recommendation:2011/12(a)``. Never a name: who a
        reference stands for is kept outside the tree, where the law can have it erased.
    at
        When, with a time zone. Kept in UTC to the microsecond.
    before, after
        The facts as they stood and as they stand; see :func:`canonical_bytes` for what they may
        hold. A personal fact appears only as a commitment (:mod:`.sealed`).
    version
        Which edition of this kind's facts this is, from 1, so that old events stay readable.

    Raises
    ------
    UsageProblem
        When a part has not its shape, or the facts have no canonical form.

    Notes
    -----
    Free text in ``before`` and ``after`` cannot be searched for personal data here: what a service
    puts in is its own duty.

    Examples
    --------
    >>> event = Event(
    ...     sequence=0, kind="duty.assigned", actor="person:9f2c", subject="recommendation:12",
    ...     at=datetime(2026, 3, 2, 9, tzinfo=UTC), after={"owner": "team:training"},
    ... )
    >>> event.leaf.hex()[:16]
    '58798e19831bc16a'

    That is the start of the hash which everyone who holds these facts will compute.
    """

    sequence: int
    kind: str
    actor: str
    subject: str
    at: datetime
    before: Json = None
    after: Json = None
    version: int = 1
    body: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        moment = render_moment(self.at)
        facts = {name: getattr(self, name) for name in _FIELDS} | {"at": moment}
        problem = _check_shape(facts)
        if problem:
            raise UsageProblem(f"an event cannot be recorded: {problem}.", rule=_RULE)
        object.__setattr__(self, "body", canonical_bytes(facts))
        object.__setattr__(self, "at", read_moment(moment))
        object.__setattr__(self, "before", frozen(self.before))
        object.__setattr__(self, "after", frozen(self.after))

    @property
    def leaf(self) -> bytes:
        """The hash by which the tree holds this event."""
        return leaf_hash(self.body)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Event) and self.body == other.body

    def __hash__(self) -> int:
        return hash(self.body)


def read_event(body: bytes) -> Event:
    """Read an event back from its canonical bytes; :class:`LedgerBroken` when they are not that."""
    facts = read_facts(body)
    return Event(**(facts | {"at": read_moment(facts["at"])}))


def read_facts(body: bytes) -> dict[str, Any]:
    """The checked parts of an event's bytes as plain values: the quick way for a million of them.

    Raises
    ------
    LedgerBroken
        When the bytes are not canonical or not the shape of an event.
    """
    facts = read_canonical(body)
    if not isinstance(facts, dict) or tuple(facts) != _FIELDS:
        raise LedgerBroken("the record is not an event: its parts are others.", rule=_RULE)
    problem = _check_shape(facts)
    if problem:
        raise LedgerBroken(f"the record is not an event: {problem}.", rule=_RULE)
    read_moment(facts["at"])
    return facts


def _check_shape(facts: dict[str, Any]) -> str:
    """What is wrong with the parts other than the facts themselves; empty when nothing is."""
    for name, least in (("sequence", 0), ("version", 1)):
        number = facts[name]
        if type(number) is not int or not least <= number <= LARGEST_INTEGER:
            return f"{name} must be a whole number from {least}"
    for name, pattern in (("actor", REFERENCE), ("subject", REFERENCE), ("kind", KIND)):
        text = facts[name]
        if not isinstance(text, str) or not pattern.fullmatch(text):
            return f"{name} must look like {_EXAMPLES[name]}"
    return "" if isinstance(facts["at"], str) else "at must be a moment"


_EXAMPLES = {
    "actor": "person:9f2c (a reference, never a name)",
    "subject": "recommendation:12 (a reference, never a name)",
    "kind": "recommendation.judged",
}
