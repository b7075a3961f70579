"""What pooling over strata does at its edges, and what it refuses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from evenhand.core import UsageProblem
from evenhand.stats.cochran_mantel_haenszel import cochran_mantel_haenszel
from evenhand.stats.columns import Proportion, Rate, Reason
from evenhand.stats.homogeneity import breslow_day, rate_ratio_homogeneity
from evenhand.stats.mantel_haenszel import (
    mantel_haenszel_odds_ratio,
    mantel_haenszel_risk_difference,
    mantel_haenszel_risk_ratio,
)
from evenhand.stats.mantel_haenszel_rates import (
    mantel_haenszel_rate_difference,
    mantel_haenszel_rate_ratio,
)

RATIOS = [mantel_haenszel_risk_ratio, mantel_haenszel_odds_ratio]


def test_no_events_on_either_side_is_undefined_never_one() -> None:
    none = Proportion([0, 0], [10, 5])
    for method in RATIOS:
        estimate = method(none, none).estimate
        assert np.isnan([estimate.value, estimate.low, estimate.high]).all()
        assert estimate.reason == Reason.NO_EVENTS
    rates = mantel_haenszel_rate_ratio(Rate([0], [10]), Rate([0], [20])).estimate
    assert np.isnan(rates.value)
    assert rates.reason == Reason.NO_EVENTS


def test_no_events_for_the_comparator_gives_a_lower_bound_above_zero() -> None:
    for estimate in (
        mantel_haenszel_risk_ratio(Proportion([5, 2], [10, 9]), Proportion([0, 0], [20, 8])),
        mantel_haenszel_odds_ratio(Proportion([5, 2], [10, 9]), Proportion([0, 0], [20, 8])),
        mantel_haenszel_rate_ratio(Rate([5, 2], [10, 9]), Rate([0, 0], [20, 8])),
    ):
        e = estimate.estimate
        assert e.value == e.high == np.inf
        assert 1 < e.low < np.inf
        assert e.reason == Reason.NO_COMPARATOR_EVENTS


def test_no_events_for_the_group_gives_zero_with_an_upper_bound() -> None:
    for estimate in (
        mantel_haenszel_risk_ratio(Proportion([0, 0], [20, 8]), Proportion([5, 2], [10, 9])),
        mantel_haenszel_odds_ratio(Proportion([0, 0], [20, 8]), Proportion([5, 2], [10, 9])),
        mantel_haenszel_rate_ratio(Rate([0, 0], [20, 8]), Rate([5, 2], [10, 9])),
    ):
        e = estimate.estimate
        assert e.value == e.low == 0
        assert 0 < e.high < 1
        assert e.reason == Reason.DEFINED


def test_everybody_on_both_sides_is_a_ratio_of_one_with_an_honest_interval() -> None:
    e = mantel_haenszel_risk_ratio(Proportion([10], [10]), Proportion([20], [20])).estimate
    assert e.value == 1
    assert e.low < 0.8
    assert e.high > 1.1


def test_everybody_on_both_sides_says_nothing_about_odds() -> None:
    e = mantel_haenszel_odds_ratio(Proportion([10], [10]), Proportion([20], [20])).estimate
    assert e.reason == Reason.ONLY_EVENTS
    assert np.isnan(e.value)


def test_a_group_where_everybody_has_the_outcome_has_odds_with_a_lower_bound_only() -> None:
    e = mantel_haenszel_odds_ratio(Proportion([9, 4], [9, 4]), Proportion([3, 2], [9, 4])).estimate
    assert e.reason == Reason.NO_GROUP_NON_EVENTS
    assert 1 < e.low < e.high == np.inf


def test_a_bare_number_is_no_confidence() -> None:
    side = Proportion([5], [10])
    with pytest.raises(UsageProblem, match=r"confidence .*95"):
        mantel_haenszel_risk_ratio(side, side, confidence=95)  # type: ignore[arg-type]


def test_a_difference_of_nothing_and_nothing_is_zero_with_an_interval() -> None:
    risk = mantel_haenszel_risk_difference(Proportion([0], [10]), Proportion([0], [20])).estimate
    rate = mantel_haenszel_rate_difference(Rate([0], [10]), Rate([0], [20])).estimate
    for e in (risk, rate):
        assert e.value == 0
        assert e.low < 0 < e.high
        assert e.reason == Reason.DEFINED


def test_an_empty_stratum_changes_nothing_and_is_counted() -> None:
    group, comparator = Proportion([3, 9, 4], [10, 20, 4]), Proportion([5, 6, 0], [30, 40, 0])
    for method in (*RATIOS, mantel_haenszel_risk_difference):
        with_it = method(group, comparator)
        without = method(Proportion([3, 9], [10, 20]), Proportion([5, 6], [30, 40]))
        assert with_it.estimate.value == without.estimate.value
        assert with_it.estimate.high == without.estimate.high
        assert (with_it.strata_used, with_it.strata_left_out) == (2, 1)
        assert with_it.events_left_out == 4


def test_no_stratum_in_common_is_undefined_for_want_of_population() -> None:
    group, comparator = Proportion([3, 0], [10, 0]), Proportion([0, 6], [0, 40])
    rates = Rate([3, 0], [10, 0]), Rate([0, 6], [0, 40])
    answers = [m(group, comparator) for m in (*RATIOS, mantel_haenszel_risk_difference)]
    answers += [m(*rates) for m in (mantel_haenszel_rate_ratio, mantel_haenszel_rate_difference)]
    for pooled in answers:
        assert pooled.estimate.reason == Reason.NO_POPULATION
        assert np.isnan(pooled.estimate.value)
        assert pooled.strata_left_out == 2


def test_tests_say_why_they_have_no_answer() -> None:
    none, some = Proportion([0, 0], [10, 5]), Proportion([1, 2], [10, 5])
    everyone = Proportion([10, 5], [10, 5])
    assert cochran_mantel_haenszel(none, none).reason == Reason.NO_EVENTS
    assert cochran_mantel_haenszel(everyone, everyone).reason == Reason.NOT_ESTIMABLE
    assert breslow_day(some, none).reason == Reason.NOT_ESTIMABLE
    one = Proportion([3], [10])
    assert breslow_day(one, one).reason == Reason.NOT_ESTIMABLE
    assert np.isnan(breslow_day(one, one).p)
    assert rate_ratio_homogeneity(Rate([1], [2]), Rate([1], [2])).reason == Reason.NOT_ESTIMABLE


def test_a_missing_stratum_is_refused_by_name() -> None:
    with pytest.raises(UsageProblem, match=r"group has 3 strata and comparator has 2.*missing"):
        mantel_haenszel_risk_ratio(Proportion([1, 2, 3], 9), Proportion([1, 2], 9))
    with pytest.raises(UsageProblem, match=r"group has 3 strata and comparator has 1"):
        mantel_haenszel_rate_ratio(Rate([1, 2, 3], 9), Rate([1], 9))


@pytest.mark.parametrize("method", [*RATIOS, mantel_haenszel_risk_difference, breslow_day])
def test_counts_without_a_stratum_axis_are_refused(method: Any) -> None:
    with pytest.raises(UsageProblem, match=r"group has shape \(\)"):
        method(Proportion(1, 2), Proportion(1, 2))


def test_a_rate_is_not_compared_with_a_proportion() -> None:
    with pytest.raises(UsageProblem, match=r"group is a Rate and comparator a Proportion"):
        cochran_mantel_haenszel(Rate([1], [2]), Proportion([1], [2]))


def test_units_that_do_not_line_up_are_refused() -> None:
    with pytest.raises(UsageProblem, match=r"\(3, 2\) and \(4, 2\)"):
        mantel_haenszel_risk_ratio(Proportion(np.ones((3, 2)), 9), Proportion(np.ones((4, 2)), 9))
