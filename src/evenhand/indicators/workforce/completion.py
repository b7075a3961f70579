"""When will everybody who must be trained have been, if it goes on at this pace?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenhand.core import Month
from evenhand.indicators.workforce.facts import Window, training_sql
from evenhand.indicators.workforce.sources import Sources
from evenhand.stats import Rate, rate

PACE_MONTHS = 6
"""Months that the pace is taken from: long enough for a quiet month, short enough to be news."""


@dataclass(frozen=True, slots=True)
class Completion:
    """A course: who has been of who must, the recent pace, and the month in which it would be done.

    ``month`` is None where the pace is nought, and ``sooner`` and ``later`` are the months at the
    ends of the pace's interval (``later`` None where it may never be done). ``late`` is whether
    the last date by which it is required comes before ``month``.
    """

    course: str
    attended: int
    required: int
    a_month: float
    month: Month | None
    sooner: Month | None
    later: Month | None
    due: Month | None
    sentence: str

    @property
    def late(self) -> bool:
        """Whether at this pace the course is done after the date by which it is required."""
        if self.attended >= self.required or self.due is None:
            return False
        return self.month is None or self.month > self.due


def forecast_training(sources: Sources, window: Window) -> list[Completion]:
    """Every course that is required of somebody: how far it has come and when it would be done."""
    rows = sources.engine.execute(
        f"""
WITH each AS ({training_sql(window)})
SELECT step, count(*) FILTER (attended), count(*),
  count(*) FILTER (attended AND attended_on >= DATE '{window.since(PACE_MONTHS)}'),
  max(required_by)
FROM each WHERE is_required GROUP BY step ORDER BY step"""  # noqa: S608
    ).fetchall()
    return [
        forecast(
            str(course), int(attended), int(required), recent=int(recent), at=window.at,
            due=None if due is None else Month(due.year, due.month),
        )
        for course, attended, required, recent, due in rows
    ]  # fmt: skip


def forecast(
    course: str, attended: int, required: int, *, recent: int, at: Month, due: Month | None
) -> Completion:
    """One course: those left, divided by the pace of the last months; its interval is exact.

    A constant pace is the one assumption. Those hardest to reach are often left to the end, so
    the true date is rather later.
    """
    pace = rate(Rate([recent], [PACE_MONTHS]))
    left = required - attended
    middle, fast, slow = (
        _month(at, left, float(values[0])) for values in (pace.value, pace.high, pace.low)
    )
    sentence = _sentence(course, (attended, required), (middle, fast, slow), due)
    return Completion(
        course, attended, required, float(pace.value[0]), middle, fast, slow, due, sentence
    )


FURTHEST = 50 * 12
"""Months ahead beyond which no month is named: “never, at this pace”."""


def _month(at: Month, left: int, pace: float) -> Month | None:
    if left <= 0:
        return at
    if not np.isfinite(pace) or pace <= 0 or left / pace > FURTHEST:
        return None
    return Month.at(at.index + int(np.ceil(left / pace)))


def _sentence(
    course: str,
    people: tuple[int, int],
    months: tuple[Month | None, Month | None, Month | None],
    due: Month | None,
) -> str:
    attended, required = people
    words = f"{attended:,} of {required:,} people who must have attended {course}"
    if attended >= required:
        return f"{words}: it is done."
    middle, fast, slow = months
    if middle is None or fast is None:
        return f"{words}; at the pace of the last {PACE_MONTHS} months it is never done."
    latest = f"and {slow.words}" if slow else "and never"
    by = f", required by {due.words}" if due else ""
    return (
        f"{words}; at the pace of the last {PACE_MONTHS} months it is done in {middle.words} "
        f"(between {fast.words} {latest}){by}."
    )
