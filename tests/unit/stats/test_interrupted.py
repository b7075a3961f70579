"""What interrupted series do with gaps and edges, what they recover, and what they refuse."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from evenhand.core import UsageProblem
from evenhand.stats.columns import Proportion, Rate, Reason
from evenhand.stats.interrupted import Break, interrupted_series, interrupted_values


def test_a_missing_month_is_a_gap_and_its_count_is_not_looked_at() -> None:
    events = [50, 52, 49, 51, 50, 53, 40, 39, 41, 38, 40, 39]
    missing = [i in (2, 8) for i in range(12)]
    other = [0 if gap else event for event, gap in zip(events, missing, strict=True)]
    one = interrupted_series(Rate(events, 1000), Break(at=6), missing=missing)
    two = interrupted_series(Rate(other, 1000), Break(at=6), missing=missing)
    assert one.level.value == two.level.value
    assert one.used == 10
    assert np.isfinite(one.fitted).all()


def test_an_exact_jump_and_bend_come_back() -> None:
    t = np.arange(20)
    values = 3 + 0.1 * t + np.where(t >= 10, 2 + 0.5 * (t - 10), 0)
    found = interrupted_values(values, Break(at=10))
    assert found.level.value == pytest.approx(2)
    assert found.slope.value == pytest.approx(0.5)
    assert found.trend.value == pytest.approx(0.1)
    np.testing.assert_allclose(found.fitted, values, rtol=1e-9)
    np.testing.assert_allclose(found.without, 3 + 0.1 * t, rtol=1e-9)


def test_a_season_is_told_from_the_break_when_asked() -> None:
    t = np.arange(48)
    values = 10 + 3 * np.sin(2 * np.pi * t / 12) + np.where(t >= 27, 1.0, 0)
    assert interrupted_values(values, Break(at=27, harmonics=1)).level.value == pytest.approx(1)
    assert abs(interrupted_values(values, Break(at=27)).level.value - 1) > 0.5


def test_too_few_months_or_no_events_are_not_estimable() -> None:
    for at in (1, 5):
        found = interrupted_series(Rate([50, 52, 49, 51, 50, 53], 1000), Break(at=at))
        assert found.level.reason == Reason.NOT_ESTIMABLE
        assert np.isnan([found.level.value, found.slope.low, found.trend.high]).all()
        assert np.isnan(found.without).all()
    nothing = interrupted_series(Rate([9, 8, 9, 7, 8, 9, 0, 0, 0, 0, 0, 0], 100), Break(at=6))
    assert nothing.level.reason == Reason.NOT_ESTIMABLE
    none = interrupted_series(Proportion([0] * 12, 100), Break(at=6))
    assert none.level.reason == Reason.NO_EVENTS
    few = interrupted_values([1.0, 2, 3, 4], Break(at=2))
    assert few.level.reason == Reason.NOT_ESTIMABLE


def test_a_steady_series_is_no_surer_than_chance() -> None:
    found = interrupted_series(Rate([50] * 24, 1000), Break(at=12))
    assert found.level.value == pytest.approx(1)
    assert found.level.high > 1.2


def test_many_units_at_once_are_each_unit_by_itself() -> None:
    events = np.array([[50, 52, 49, 51, 40, 39, 41, 38], [9, 12, 8, 9, 0, 0, 0, 0]])
    missing = np.zeros((2, 8), dtype=bool)
    missing[0, 1] = True
    together = interrupted_series(Rate(events, 1000), Break(at=4), missing=missing)
    alone = interrupted_series(Rate(events[0], 1000), Break(at=4), missing=missing[0])
    assert together.level.low[0] == pytest.approx(float(alone.level.low))
    assert together.level.reason.tolist() == [0, Reason.NOT_ESTIMABLE]


def test_no_change_is_seldom_called_one() -> None:
    months = np.random.default_rng(9).poisson(60, (600, 36))
    found = interrupted_series(Rate(months, 1000), Break(at=18))
    assert np.mean((found.level.low <= 1) & (found.level.high >= 1)) > 0.93


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: interrupted_series(Rate([1, 2], 5), Break(at=2)), r"at is 2, past"),
        (lambda: interrupted_series(Rate(1, 5), Break(at=2)), r"at is 2, past the last of 0"),
        (
            lambda: interrupted_series(Rate([1, 2], 5), Break(at=1), missing=[0]),
            r"missing has shape \(1,\)",
        ),
        (lambda: interrupted_values([1.0, np.inf], Break(at=1)), r"values must be finite"),
        (lambda: Break(at=0), r"at .*0"),
        (lambda: Break(at=3, harmonics=-1), r"harmonics .*-1"),
        (lambda: Break(at=3, lags=-2), r"lags .*-2"),
        (
            lambda: interrupted_values([1.0] * 9, Break(at=3), confidence=95),  # type: ignore[arg-type]
            r"confidence .*95",
        ),
    ],
)
def test_bad_input_is_refused_by_name_and_value(call: Any, message: str) -> None:
    with pytest.raises(UsageProblem, match=message):
        call()
