"""The log of public status changes: what each release changed about one recommendation.

A log is a list of entries, oldest first. Each holds only what differs from the one before, and the
number of the release, whose public statement says why. Replaying it (:func:`fold_log`) therefore
gives the status that is public now: a reader can check the page against its own history.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Status = Mapping[str, str]
"""What is said of each aspect, in public words: ``{"work": "In progress", "due": "2008-03-31"}``;
an aspect of which nothing is said is not there."""

WITHDRAWN = "withdrawn"
RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Change:
    """One aspect that changed; an empty text where nothing was or is said."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What one release, known by its number, did to one recommendation on a day."""

    on: str
    release: int
    act: str
    changes: tuple[Change, ...] = ()


def list_changes(before: Status, after: Status) -> tuple[Change, ...]:
    """What differs between two statuses, in the order of the aspects of the later one.

    Examples
    --------
    >>> list_changes({"work": "In progress"}, {"work": "Claimed complete", "due": "2008-03-31"})
    (Change(what='work', before='In progress', after='Claimed complete'), \
Change(what='due', before='', after='2008-03-31'))

    The service claims to be done, and a date is public for the first time.
    """
    names = dict.fromkeys((*after, *before))
    return tuple(
        Change(name, before.get(name, ""), after.get(name, ""))
        for name in names
        if before.get(name, "") != after.get(name, "")
    )


def fold_log(entries: Iterable[Entry]) -> dict[str, str]:
    """The public status after these entries; nothing after a withdrawal."""
    status: dict[str, str] = {}
    for entry in entries:
        if entry.act == WITHDRAWN:
            status = {}
        for change in entry.changes:
            if change.after:
                status[change.what] = change.after
            else:
                status.pop(change.what, None)
    return status


def add_entry(
    entries: Sequence[Entry], status: Status, *, on: str, release: int, news: bool
) -> tuple[Entry, ...]:
    """The log with this release added, where it changed anything.

    Parameters
    ----------
    entries
        The log so far; the first release of a recommendation has none.
    status
        What is public from now on.
    on, release
        The day and the number of the release.
    news
        Whether anything else that is public is new (words approved for publication): an entry is
        then added although no aspect changed.
    """
    absent = not entries or entries[-1].act == WITHDRAWN
    changes = list_changes(fold_log(entries), status)
    if not (changes or absent or news):
        return tuple(entries)
    return (*entries, Entry(on, release, RELEASED, changes))
