"""UTC to the time on the clock in the United Kingdom, for whole columns."""

from __future__ import annotations

import datetime as dt

import numpy as np
from numpy.typing import NDArray

Micros = NDArray[np.int64]
HOUR = 3_600_000_000
DAY = 24 * HOUR


def to_local(utc: Micros) -> Micros:
    """Microseconds since 1970 in UTC to the same count on the clock in Europe/London.

    Summer time is an hour ahead, from 01:00 UTC on the last Sunday of March to 01:00 UTC on the
    last Sunday of October (Summer Time Order 2002, SI 2002/262). From 1981 to 1995 it ended on the
    Sunday after the fourth Saturday of October (to 1989: the first from the 23rd; then the 22nd).
    Worked out by rule, so that no time zone database need be installed; not for years before 1981.
    """
    summer = np.searchsorted(_CHANGES, utc, side="right") % 2 == 1
    return utc + np.where(summer, HOUR, 0)


def _changes() -> Micros:
    moments: list[int] = []
    for year in range(1981, 2101):
        moments.append(_sunday_from(year, 3, 25))
        moments.append(_sunday_from(year, 10, 25 if year > 1995 else 22 if year > 1989 else 23))
    return np.asarray(moments, dtype=np.int64)


def _sunday_from(year: int, month: int, day: int) -> int:
    """01:00 UTC on the first Sunday from this day on."""
    start = dt.datetime(year, month, day, 1, tzinfo=dt.UTC)
    sunday = start + dt.timedelta(days=(6 - start.weekday()) % 7)
    return int(sunday.timestamp()) * 1_000_000


_CHANGES = _changes()
