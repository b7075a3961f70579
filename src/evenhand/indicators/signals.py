"""From the statistics of a comparison to how much attention it asks for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenhand.core import Signal
from evenhand.indicators.absence import Absence
from evenhand.indicators.compare import Floats
from evenhand.indicators.definition import Direction
from evenhand.indicators.estimate import Statistics
from evenhand.indicators.thresholds import Thresholds


def build_signals(
    statistics: Statistics,
    p_adjusted: Floats,
    absence: NDArray[np.uint8],
    *,
    worrying: Direction,
    thresholds: Thresholds,
) -> list[Signal]:
    """One signal per comparison.

    *Concern*: the adjusted p is at most ``concern_p``, the whole interval lies beyond the notable
    ratio in the worrying direction, and no way of placing the unknowns would undo the difference.
    *Watch*: adjusted p at most ``watch_p`` and the ratio itself notable. *Too small to tell*:
    neither, where the numbers could not have shown ``detectable_ratio`` and the interval leaves
    a notable ratio open. *Cannot be measured*: there is no ratio. Otherwise *none*.
    """
    ratio = statistics.ratio
    notable = thresholds.notable_ratio
    with np.errstate(invalid="ignore"):
        high = ratio.value > 1
        beyond = np.where(high, ratio.low >= notable, ratio.high <= 1 / notable)
        far = np.where(high, ratio.value >= notable, ratio.value <= 1 / notable)
        survives = np.where(high, statistics.low_bound > 1, statistics.high_bound < 1)
        open_ended = (ratio.high >= notable) | (ratio.low <= 1 / notable)
        blind = ~(statistics.detectable <= thresholds.detectable_ratio)
        bad = _is_worrying(worrying, ratio.value)
        concern = bad & beyond & survives & (p_adjusted <= thresholds.concern_p)
        watch = bad & far & (p_adjusted <= thresholds.watch_p)
    codes = np.select(
        [
            (absence != Absence.PRESENT) & (absence != Absence.NOTHING_COUNTED),
            concern,
            watch,
            (absence == Absence.NOTHING_COUNTED) | np.isnan(ratio.value) | (blind & open_ended),
        ],
        [0, 1, 2, 3],
        default=4,
    )
    order = (Signal.UNMEASURABLE, Signal.CONCERN, Signal.WATCH, Signal.TOO_SMALL, Signal.NONE)
    return [order[code] for code in codes]


def _is_worrying(direction: Direction, ratio: Floats) -> NDArray[np.bool_]:
    if direction is Direction.HIGHER:
        return ratio > 1
    if direction is Direction.LOWER:
        return ratio < 1
    return np.ones(ratio.shape, dtype=bool)
