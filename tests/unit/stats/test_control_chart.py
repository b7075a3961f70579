"""What control charts do with gaps, phases and edges, and what they refuse."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from evenhand.core import UsageProblem
from evenhand.stats.columns import Proportion, Rate, Reason
from evenhand.stats.control_chart import Baseline, control_chart
from evenhand.stats.run_rules import MAKING_DATA_COUNT, NELSON, WESTERN_ELECTRIC, RunRules


def chart_of(events: list[int], **choices: Any) -> Any:
    return control_chart(Rate(events, 1000), **choices)


STEADY = [50, 52, 48, 51, 49, 50, 52, 48, 51, 49, 50, 51]


def test_a_missing_month_is_a_gap_and_never_a_zero() -> None:
    events = [*STEADY[:6], 0, *STEADY[6:]]
    missing = [i == 6 for i in range(13)]
    chart, without = chart_of(events, missing=missing), chart_of(STEADY)
    assert np.isnan([chart.value[6], chart.centre[6], chart.high[6]]).all()
    assert chart.missing.tolist() == missing
    assert chart.centre[0] == without.centre[0]
    assert not chart.signals.any.any()


def test_a_counted_zero_is_a_point() -> None:
    chart = chart_of([*STEADY[:6], 0, *STEADY[6:]])
    assert chart.value[6] == 0
    assert chart.signals.outside[6] == -1


def test_what_stands_in_a_missing_month_is_not_looked_at() -> None:
    one = chart_of([50, 3, 48, 51], missing=[0, 1, 0, 0])
    other = chart_of([50, 900, 48, 51], missing=[0, 1, 0, 0])
    np.testing.assert_array_equal(one.centre, other.centre)


def test_a_run_is_broken_by_a_gap() -> None:
    run = [40] * 8 + [60] * 8
    assert chart_of(run).signals.shift.tolist() == [-1] * 8 + [1] * 8
    missing = [i == 3 for i in range(16)]
    assert chart_of(run, missing=missing).signals.shift.tolist() == [0] * 8 + [1] * 8


def test_a_run_is_broken_by_a_point_on_the_line() -> None:
    events = [60] * 3 + [50] + [60] * 3 + [40] * 6
    assert not chart_of(events).signals.shift.any()


def test_the_centre_is_worked_out_anew_where_the_caller_says() -> None:
    events = [50] * 8 + [80] * 8
    together = chart_of(events, baseline=Baseline(points=8))
    anew = chart_of(events, baseline=Baseline(starts=(0, 8)))
    assert together.centre[-1] == pytest.approx(0.05)
    assert together.signals.shift.tolist() == [0] * 8 + [1] * 8
    assert anew.centre.tolist() == pytest.approx([0.05] * 8 + [0.08] * 8)
    assert not anew.signals.any.any()


def test_a_pattern_does_not_run_across_a_new_start() -> None:
    rising = [40, 44, 48, 52, 56, 60, 64, 68]
    assert chart_of(rising).signals.trend.tolist() == [1] * 8
    assert not chart_of(rising, baseline=Baseline(starts=(0, 4))).signals.trend.any()


def test_a_downward_trend_is_told_from_an_upward_one() -> None:
    assert chart_of([68, 64, 60, 56, 52, 48, 44, 40]).signals.trend.tolist() == [-1] * 8


def test_two_points_of_three_near_a_limit_are_a_signal() -> None:
    # The centre is about 50 per 1,000 and a standard deviation 7.1: 66 is beyond two of them.
    chart = chart_of([*STEADY, 66, 55, 66], baseline=Baseline(points=12))
    assert chart.signals.two_of_three.tolist() == [0] * 12 + [1, 0, 1]
    assert chart.signals.any[-1]


def test_named_sets_of_rules_differ_as_published() -> None:
    run = [60] * 7 + [40] * 7
    assert chart_of(run, rules=MAKING_DATA_COUNT).signals.shift.all()
    assert not chart_of(run, rules=WESTERN_ELECTRIC).signals.shift.any()
    rising = [40, 44, 48, 52, 56, 60, 45, 50]
    assert chart_of(rising, rules=NELSON).signals.trend.tolist() == [1] * 6 + [0, 0]
    assert not chart_of(rising, rules=MAKING_DATA_COUNT).signals.trend.any()


def test_rules_can_be_switched_off() -> None:
    only_runs = RunRules("runs alone", shift=7, trend=None, two_of_three=False, outside=False)
    signals = chart_of([*STEADY, 200], rules=only_runs, baseline=Baseline(points=12)).signals
    assert not signals.any.any()


def test_months_without_people_and_baselines_without_events_are_said() -> None:
    chart = control_chart(Rate([5, 0, 6], [100, 0, 100]))
    assert chart.reason.tolist() == [0, Reason.NO_POPULATION, 0]
    assert np.isnan(chart.value[1])
    none = control_chart(Rate([0, 0, 6], [100, 100, 100]), baseline=Baseline(points=2))
    assert (none.reason == Reason.NO_EVENTS).all()
    assert none.value.tolist() == [0, 0, 0.06]
    assert np.isnan(none.high).all()
    everyone = control_chart(Proportion([5, 7], [5, 7]))
    assert (everyone.reason == Reason.NOT_ESTIMABLE).all()
    missing = control_chart(Rate([5, 0], [100, 100]), missing=[True, True])
    assert (missing.reason == Reason.NOT_ESTIMABLE).all()


def test_one_month_is_a_chart_without_signals() -> None:
    chart = chart_of([50])
    assert chart.value[0] == chart.centre[0]
    assert not chart.signals.any.any()


def test_exact_limits_never_pass_below_nothing_and_lie_wider_above_for_small_counts() -> None:
    events = [1, 0, 2, 1, 0, 1, 3, 0, 1, 1]
    usual = control_chart(Rate(events, 100))
    exact = control_chart(Rate(events, 100), baseline=Baseline(limits="exact"))
    assert (exact.low >= 0).all()
    assert (exact.high > usual.high).all()


def test_many_units_at_once_are_each_unit_by_itself() -> None:
    events = np.array([STEADY, STEADY[::-1]])
    missing = np.zeros((2, 12), dtype=bool)
    missing[1, 3] = True
    together = control_chart(Rate(events, 1000), missing=missing)
    alone = control_chart(Rate(events[1], 1000), missing=missing[1])
    np.testing.assert_array_equal(together.high[1], alone.high)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: control_chart(Rate(1, 2)), r"months has shape \(\)"),
        (lambda: chart_of([1, 2], missing=[0, 0, 1]), r"missing has shape \(3,\)"),
        (lambda: chart_of([1, 2], baseline=Baseline(starts=(0, 2))), r"starts has 2, past"),
        (lambda: Baseline(starts=(1, 4)), r"starts .*\(1, 4\)"),
        (lambda: Baseline(starts=(0, 4, 4)), r"starts .*\(0, 4, 4\)"),
        (lambda: Baseline(points=0), r"points .*0"),
        (lambda: Baseline(limits="two-sigma"), r"'two-sigma'"),  # type: ignore[arg-type]
        (lambda: RunRules("mine", shift=2, trend=None), r"shift .*2"),
        (lambda: RunRules("mine", shift=7, trend=1), r"trend .*1"),
    ],
)
def test_bad_input_is_refused_by_name_and_value(call: Any, message: str) -> None:
    with pytest.raises(UsageProblem, match=message):
        call()


LANEY = Baseline(limits="laney")
UNEVEN = [50, 80, 45, 90, 40, 85, 50, 95, 45, 80, 42, 88]


def test_months_that_follow_deployment_are_not_all_out_of_the_ordinary_for_laney() -> None:
    assert chart_of(UNEVEN).signals.outside.any()
    assert not chart_of(UNEVEN, baseline=LANEY).signals.outside.any()


def test_laney_measures_no_range_across_a_gap_nor_across_a_new_start() -> None:
    events = [50, 52, 50, 0, 90, 92, 90, 92]
    with_gap = chart_of(events, missing=[i == 3 for i in range(8)], baseline=LANEY)
    z = (np.array(events) / 1000 - with_gap.centre[0]) / np.sqrt(with_gap.centre[0] / 1000)
    steps = np.abs(np.diff(z))[[0, 1, 4, 5, 6]]
    assert with_gap.dispersion[0] == pytest.approx(steps.mean() / 1.128)
    anew = chart_of([50, 52, 50, 52, 90, 92, 90, 92], baseline=Baseline((0, 4), limits="laney"))
    assert anew.high[0] < 0.06
    assert anew.low[4] > 0.08


def test_laney_looks_only_at_the_points_of_the_baseline() -> None:
    first = chart_of(UNEVEN[:6], baseline=LANEY)
    frozen = chart_of([*UNEVEN[:6], 500, 1, 500], baseline=Baseline(points=6, limits="laney"))
    np.testing.assert_allclose(frozen.dispersion, first.dispersion[0])
    assert frozen.signals.outside[-1] == 1


def test_laney_gives_no_limits_without_two_months_in_a_row() -> None:
    chart = chart_of([50, 0, 60, 0, 70], missing=[0, 1, 0, 1, 0], baseline=LANEY)
    assert np.isnan(chart.high).all()
    assert set(chart.reason) == {Reason.NOT_ESTIMABLE}
    assert not chart.signals.any.any()


def test_a_whole_column_of_charts_has_laneys_limits_of_each() -> None:
    both = control_chart(Rate([UNEVEN, STEADY], 1000), baseline=LANEY)
    for row, events in enumerate((UNEVEN, STEADY)):
        np.testing.assert_allclose(both.high[row], chart_of(events, baseline=LANEY).high)


def test_months_that_never_differ_stay_within_limits_of_no_width() -> None:
    chart = chart_of([50] * 12, baseline=LANEY)
    assert chart.dispersion[0] == 0
    assert not chart.signals.any.any()
