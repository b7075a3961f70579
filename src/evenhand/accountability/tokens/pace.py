"""How fast a token may be used: the generic cell rate algorithm, which keeps one moment a token.

The kept moment is when the next request would be due if all came evenly. A request may come early
by as much as a burst allows; one that comes earlier is refused and told how long to wait.
References: ITU-T Recommendation I.371 (2004), Annex A, virtual scheduling algorithm.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Pace:
    """``burst`` requests at once, then one every ``interval``."""

    burst: int
    interval: timedelta

    @property
    def early(self) -> timedelta:
        """How long before it is due a request may come."""
        return self.interval * (self.burst - 1)


PACE = Pace(burst=60, interval=timedelta(milliseconds=500))
"""Sixty at once, then two a second: a whole register page by page in minutes, and no more load on
two cores than a busy reader makes."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Whether a request may go on, when the next is due, and how many seconds to wait if not."""

    allowed: bool
    due: datetime
    wait_seconds: int = 0


def take_turn(due: datetime | None, *, at: datetime, pace: Pace = PACE) -> Turn:
    """May a request go on at this moment?

    Parameters
    ----------
    due
        The moment kept from the last request that was let on; None before the first.
    at
        The moment of this request.
    pace
        How fast is allowed.

    Returns
    -------
    A turn; its ``due`` is to be kept, and is unchanged where the request is refused. A refusal
    says after how many whole seconds the same request would be allowed.

    Examples
    --------
    >>> from datetime import UTC
    >>> noon = datetime(2007, 5, 24, 12, tzinfo=UTC)
    >>> slow = Pace(burst=1, interval=timedelta(seconds=10))
    >>> first = take_turn(None, at=noon, pace=slow)
    >>> take_turn(first.due, at=noon + timedelta(seconds=4), pace=slow).wait_seconds
    6

    The second request came six seconds too early.
    """
    now_due = at if due is None else max(due, at)
    early = now_due - at
    if early > pace.early:
        wait = (early - pace.early) / timedelta(seconds=1)
        return Turn(False, now_due if due is None else due, max(1, math.ceil(wait)))
    return Turn(True, now_due + pace.interval)
