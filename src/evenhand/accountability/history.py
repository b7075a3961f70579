"""What stood at a past moment: the one rule by which every question can be asked as of a date.

Every fact of the register is a row written once. It carries when it was recorded and, once a later
fact takes its place, when it was superseded; nothing else about it ever changes. What stood at a
moment is then a filter, the same one in every query of the web application:

    recorded_at <= moment < superseded_at        (superseded_at empty: it still stands)

:func:`standing` is that filter on values. :func:`fold` reaches the same answer by replaying changes
in order, and is the independent second way against which tests hold the first.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Fact(Protocol):
    """Anything with the two times of a recorded fact."""

    @property
    def recorded_at(self) -> datetime:
        """When it was put on the record."""

    @property
    def superseded_at(self) -> datetime | None:
        """When another fact took its place; None while it stands."""


FactT = TypeVar("FactT", bound=Fact)


def standing(facts: Iterable[FactT], *, as_of: datetime | None = None) -> list[FactT]:
    """Which of these facts stood at this moment (None: stand now)?"""
    if as_of is None:
        return [fact for fact in facts if fact.superseded_at is None]
    return [
        fact
        for fact in facts
        if fact.recorded_at <= as_of and (fact.superseded_at is None or as_of < fact.superseded_at)
    ]


@dataclass(frozen=True, slots=True)
class Change(Generic[Key, Value]):
    """At this moment, what stands under ``key`` became ``value``; None: nothing stands there."""

    at: datetime
    key: Key
    value: Value | None


def fold(
    changes: Iterable[Change[Key, Value]], *, as_of: datetime | None = None
) -> Mapping[Key, Value]:
    """What stood under each key at this moment, by replaying the changes in their order?

    Examples
    --------
    >>> from datetime import UTC
    >>> spring, autumn = datetime(2004, 3, 1, tzinfo=UTC), datetime(2004, 9, 1, tzinfo=UTC)
    >>> moves = [Change(spring, "due", "2005-01-31"), Change(autumn, "due", "2006-01-31")]
    >>> fold(moves, as_of=datetime(2004, 6, 1, tzinfo=UTC))["due"]
    '2005-01-31'

    In June the page showed the original date, and asked as of June it must show it still.
    """
    found: dict[Key, Value] = {}
    for change in changes:
        if as_of is not None and change.at > as_of:
            break
        if change.value is None:
            found.pop(change.key, None)
        else:
            found[change.key] = change.value
    return found
