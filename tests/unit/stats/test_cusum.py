"""What CUSUM charts do with gaps and alarms, and what they refuse."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from evenhand.core import UsageProblem
from evenhand.stats.columns import Proportion
from evenhand.stats.cusum import Watch, bernoulli_cusum, poisson_cusum, poisson_run_length

DOUBLE = Watch(ratio=2, limit=4)


def test_a_missing_month_adds_nothing_and_is_a_gap() -> None:
    events, gap = [9, 11, 0, 10, 3], [0, 0, 1, 0, 0]
    chart = poisson_cusum(events, [5.0] * 5, watch=DOUBLE, missing=gap)
    without = poisson_cusum([9, 11, 10, 3], [5.0] * 4, watch=DOUBLE)
    assert np.isnan(chart.score[2])
    assert not chart.alarm[2]
    np.testing.assert_array_equal(chart.score[[0, 1, 3, 4]], without.score)


def test_nothing_need_be_expected_in_a_missing_month() -> None:
    chart = poisson_cusum([5, 0, 5], [5.0, 0.0, 5.0], watch=DOUBLE, missing=[0, 1, 0])
    assert not chart.alarm.any()


def test_the_score_starts_again_from_nothing_after_an_alarm() -> None:
    chart = poisson_cusum([30, 5, 5], [5.0] * 3, watch=DOUBLE)
    assert chart.alarm.tolist() == [True, False, False]
    assert chart.score[1] == 0


def test_a_fall_is_watched_for_with_a_ratio_below_one() -> None:
    watch = Watch(ratio=0.5, limit=4)
    assert poisson_cusum([1, 0, 1, 0], [5.0] * 4, watch=watch).alarm.any()
    assert not poisson_cusum([9, 9, 9, 9], [5.0] * 4, watch=watch).alarm.any()


def test_many_units_at_once_are_each_unit_by_itself() -> None:
    events = np.array([[5, 4, 6, 9, 11], [30, 2, 0, 40, 5]])
    together = poisson_cusum(events, 5.0, watch=DOUBLE)
    alone = poisson_cusum(events[1], 5.0, watch=DOUBLE)
    np.testing.assert_array_equal(together.score[1], alone.score)


def test_a_period_with_nobody_adds_nothing() -> None:
    chart = bernoulli_cusum(Proportion([1, 0, 1], [1, 0, 1]), usual=0.2, watch=Watch(3, 2))
    assert chart.score[1] == chart.score[0]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Watch(1, 4), r"ratio .*1"),
        (lambda: Watch(-2, 4), r"ratio .*-2"),
        (lambda: Watch(2, 0), r"limit .*0"),
        (lambda: poisson_cusum([1, 2], [5.0, 0.0], watch=DOUBLE), r"expected must be above 0"),
        (lambda: poisson_cusum([1, 2.5], 5.0, watch=DOUBLE), r"events .*2\.5"),
        (lambda: poisson_cusum(1, 5.0, watch=DOUBLE), r"last axis must be the periods"),
        (
            lambda: poisson_cusum([1, 2], 5.0, watch=DOUBLE, missing=[1, 0, 0]),
            r"missing has shape \(3,\)",
        ),
        (
            lambda: bernoulli_cusum(Proportion([1], [1]), usual=1.0, watch=DOUBLE),
            r"usual .*1\.0",
        ),
        (lambda: poisson_run_length(0, DOUBLE), r"expected .*0"),
        (lambda: poisson_run_length(5, DOUBLE, truth=-1), r"truth .*-1"),
    ],
)
def test_bad_input_is_refused_by_name_and_value(call: Any, message: str) -> None:
    with pytest.raises(UsageProblem, match=message):
        call()
