"""The truth table from a comparison's statistics to the attention it asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from evenhand.core import Signal
from evenhand.indicators import THRESHOLDS, Direction
from evenhand.indicators.absence import Absence
from evenhand.indicators.estimate import Statistics
from evenhand.indicators.signals import build_signals
from evenhand.stats import Estimates

NAN, INF = float("nan"), float("inf")


@dataclass(frozen=True)
class Case:
    """One comparison; the defaults are a large and certain excess."""

    ratio: float = 3.0
    low: float = 2.0
    high: float = 4.0
    p: float = 0.001
    low_bound: float = 1.5
    high_bound: float = 5.0
    detectable: float = 1.2
    absence: Absence = Absence.PRESENT
    worrying: Direction = Direction.HIGHER


SURE = Case()
DEFICIT = Case(0.3, 0.2, 0.5, low_bound=0.2, high_bound=0.6, worrying=Direction.LOWER)
EVEN = Case(1.0, 0.95, 1.05, p=0.9, low_bound=0.9, high_bound=1.1)


def signal(case: Case) -> Signal:
    def column(value: float) -> np.ndarray:
        return np.array([value])

    reason = np.zeros(1, dtype=np.uint8)
    ratio = Estimates(column(case.ratio), column(case.low), column(case.high), reason, "test")
    statistics = Statistics(
        own=ratio, other=ratio, ratio=ratio, first_ratio=column(case.ratio), p=column(case.p),
        low_bound=column(case.low_bound), high_bound=column(case.high_bound),
        detectable=column(case.detectable),
    )  # fmt: skip
    (found,) = build_signals(
        statistics, column(case.p), np.array([case.absence], np.uint8),
        worrying=case.worrying, thresholds=THRESHOLDS,
    )  # fmt: skip
    return found


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (SURE, Signal.CONCERN),
        (DEFICIT, Signal.CONCERN),
        (replace(SURE, worrying=Direction.EITHER), Signal.CONCERN),
        (replace(DEFICIT, worrying=Direction.EITHER), Signal.CONCERN),
        # exactly on the lines
        (replace(SURE, p=THRESHOLDS.concern_p, low=THRESHOLDS.notable_ratio), Signal.CONCERN),
        (replace(DEFICIT, high=1 / THRESHOLDS.notable_ratio), Signal.CONCERN),
        (replace(SURE, p=THRESHOLDS.watch_p), Signal.WATCH),
        # one condition short of a concern
        (replace(SURE, p=0.0101), Signal.WATCH),
        (replace(SURE, low=1.24), Signal.WATCH),
        (replace(DEFICIT, high=0.81), Signal.WATCH),
        (replace(SURE, low_bound=1.0), Signal.WATCH),
        (replace(DEFICIT, high_bound=1.0), Signal.WATCH),
        # the other direction does not worry
        (replace(SURE, worrying=Direction.LOWER), Signal.NONE),
        (replace(DEFICIT, worrying=Direction.HIGHER), Signal.NONE),
        # certain, but too small a difference to act on
        (Case(1.1, 1.05, 1.15, p=1e-9, low_bound=1.01, high_bound=1.3), Signal.NONE),
        # not certain
        (replace(SURE, p=0.051, low=0.9), Signal.NONE),
        (EVEN, Signal.NONE),
        # blind: nothing shown, and nothing could have been
        (replace(EVEN, low=0.2, high=5.0, detectable=2.1), Signal.TOO_SMALL),
        (replace(EVEN, low=0.2, high=5.0, detectable=INF), Signal.TOO_SMALL),
        (replace(EVEN, low=0.2, high=5.0, detectable=NAN), Signal.TOO_SMALL),
        (replace(EVEN, low=0.2, high=5.0, detectable=2.0), Signal.NONE),
        # blind by the plan, but the interval leaves nothing notable open
        (replace(EVEN, detectable=2.1), Signal.NONE),
        # small numbers can still show a large difference
        (replace(SURE, detectable=9.0), Signal.CONCERN),
        # no ratio
        (replace(SURE, ratio=NAN, low=NAN, high=NAN, p=NAN), Signal.TOO_SMALL),
        (replace(SURE, ratio=INF, high=INF), Signal.CONCERN),
        (replace(SURE, ratio=INF, low=0.5, high=INF, p=0.3, detectable=9.0), Signal.TOO_SMALL),
        # no comparison
        (replace(SURE, absence=Absence.NO_RESIDENTS), Signal.UNMEASURABLE),
        (replace(SURE, absence=Absence.VISITORS), Signal.UNMEASURABLE),
        (replace(SURE, absence=Absence.NOT_SUPPLIED), Signal.UNMEASURABLE),
        (replace(EVEN, absence=Absence.NOTHING_COUNTED), Signal.TOO_SMALL),
    ],
)  # fmt: skip
def test_each_combination_gives_its_signal(case: Case, expected: Signal) -> None:
    assert signal(case) is expected


def test_the_thresholds_are_those_the_method_page_prints() -> None:
    assert (THRESHOLDS.version, THRESHOLDS.notable_ratio) == (1, 1.25)
    assert (THRESHOLDS.concern_p, THRESHOLDS.watch_p) == (0.01, 0.05)
    assert (THRESHOLDS.detectable_ratio, THRESHOLDS.visits_per_resident) == (2.0, 0.2)
