"""Escalation by rule: who else hears of a matter, by the whole weeks for which it has been late."""

from __future__ import annotations

from datetime import date
from enum import IntEnum

WEEK = 7  # days


class Level(IntEnum):
    """Who hears of a matter: whoever is to act, then who is over them, then the members."""

    OWNER = 0
    SUPERIOR = 1
    MEMBER = 2


LADDER: tuple[tuple[int, Level], ...] = (
    (0, Level.OWNER),
    (2, Level.SUPERIOR),
    (6, Level.MEMBER),
)
"""From so many whole weeks late on, this level hears of it too. Ours: a fortnight to put it right
before it is told on, and a month more before it is for a meeting."""


def find_level(late_since: date | None, *, on: date) -> Level:
    """How far up has a matter gone?

    Parameters
    ----------
    late_since
        The first day on which it was late; None while it is not.
    on
        The day of the question.

    Examples
    --------
    >>> find_level(date(2007, 5, 1), on=date(2007, 5, 14)).name
    'OWNER'
    >>> find_level(date(2007, 5, 1), on=date(2007, 5, 15)).name
    'SUPERIOR'

    After two whole weeks whoever is over the owner hears of it.
    """
    if late_since is None or on < late_since:
        return Level.OWNER
    weeks = (on - late_since).days // WEEK
    return max(level for least, level in LADDER if weeks >= least)
