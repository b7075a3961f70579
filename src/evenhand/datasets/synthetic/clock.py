"""When each stop was: a time on the clock in London, stamped in UTC as data.police.uk does."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenhand.core import Month
from evenhand.datasets.london_time import DAY, HOUR, to_local
from evenhand.datasets.synthetic.chance import draw
from evenhand.datasets.synthetic.figures import HOURS, ROUND_MINUTES

MINUTE = HOUR // 60


def draw_stamps(
    rng: np.random.Generator,
    month: NDArray[np.int64],
    timeless: NDArray[np.bool_],
    *,
    first: Month,
) -> NDArray[np.int64]:
    """Microseconds since 1970 in UTC for stops in these months (0 is the first).

    The month is that of the clock in London, so that in summer the first hour of a month carries
    a stamp of the month before, as in the published files. ``timeless`` stops get local midnight.
    """
    starts = (np.arange(month.max(initial=0) + 2) + (first.index - 1970 * 12)).astype(
        "datetime64[M]"
    )
    days = starts.astype("datetime64[D]").astype(np.int64)
    day = days[month] + np.floor(rng.random(len(month)) * np.diff(days)[month]).astype(np.int64)
    hour = draw(rng, HOURS, len(month))
    minute = rng.integers(0, 60, len(month))
    minute = np.where(rng.random(len(month)) < ROUND_MINUTES, minute // 5 * 5, minute)
    time = np.where(timeless, 0, hour * HOUR + minute * MINUTE)
    local = day * DAY + time
    return local - (to_local(local) - local)


def write_stamps(utc: NDArray[np.int64]) -> NDArray[np.str_]:
    """``2024-07-31T23:10:00``; the published files add ``+00:00``."""
    return np.datetime_as_string(utc.astype("datetime64[us]"), unit="s")
