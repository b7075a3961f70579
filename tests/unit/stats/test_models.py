"""What regression, random effects, change and clustering do at their edges, and refuse."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from evenhand.core import UsageProblem
from evenhand.stats.clustering import proportion_design_effect, repeat_inflation, widen
from evenhand.stats.columns import Proportion, Rate, Reason
from evenhand.stats.difference_in_differences import difference_of_differences, ratio_of_ratios
from evenhand.stats.random_effects import random_effects
from evenhand.stats.rate import rate
from evenhand.stats.regression import logistic_regression, poisson_regression

TWO = [[1, 1], [1, 0]]


def test_a_characteristic_without_events_sets_no_bound_and_is_not_estimable() -> None:
    model = poisson_regression(Rate([0, 9], [1000, 1000]), TWO)
    assert (model.coefficients.reason == Reason.NOT_ESTIMABLE).all()
    assert np.isnan(model.ratios.value).all()
    assert np.isnan(model.deviance)
    odds = logistic_regression(Proportion([40, 9], [40, 50]), TWO)
    assert (odds.coefficients.reason == Reason.NOT_ESTIMABLE).all()


def test_a_runaway_among_large_cells_is_found_too() -> None:
    events, people = [0, 400_000, 500_000, 390_000], [5_000, 10**6, 10**6, 10**6]
    model = poisson_regression(Rate(events, people), [[1, 0, 1], [1, 0, 0], [1, 1, 0], [1, 0, 0]])
    assert (model.coefficients.reason == Reason.NOT_ESTIMABLE).all()


def test_no_events_only_events_and_nobody_are_told_apart() -> None:
    design = [[1.0], [1.0]]
    assert poisson_regression(Rate([0, 0], [5, 5]), design).coefficients.reason == Reason.NO_EVENTS
    everyone = logistic_regression(Proportion([5, 5], [5, 5]), design)
    assert everyone.coefficients.reason == Reason.ONLY_EVENTS
    nobody = poisson_regression(Rate([0, 0], [0, 0]), design)
    assert nobody.coefficients.reason == Reason.NO_POPULATION


def test_terms_that_repeat_each_other_are_not_estimable() -> None:
    design = [[1, 1, 0], [1, 0, 1], [1, 1, 0], [1, 0, 1]]
    model = poisson_regression(Rate([3, 4, 5, 6], 100), design)
    assert (model.coefficients.reason == Reason.NOT_ESTIMABLE).all()


def test_cells_with_nobody_change_nothing() -> None:
    design = [[1, 1], [1, 0], [1, 1]]
    with_it = poisson_regression(Rate([12, 9, 0], [100, 90, 0]), design)
    without = poisson_regression(Rate([12, 9], [100, 90]), TWO)
    np.testing.assert_allclose(with_it.ratios.high, without.ratios.high, rtol=1e-9)
    assert with_it.used.tolist() == [True, True, False]
    assert np.isnan(with_it.dispersion)


def test_as_few_clusters_as_terms_are_not_enough() -> None:
    events = Rate([12, 9, 14, 8], 100)
    design = [[1, 1], [1, 0], [1, 1], [1, 0]]
    few = poisson_regression(events, design, cluster=[1, 1, 2, 2])
    enough = poisson_regression(events, design, cluster=[1, 1, 2, 3])
    assert (few.coefficients.reason == Reason.NOT_ESTIMABLE).all()
    assert (enough.coefficients.reason == Reason.DEFINED).all()


def test_many_models_at_once_are_each_model_by_itself() -> None:
    events = np.array([[12, 9, 30], [0, 9, 30], [5, 50, 7]])
    design = [[1, 1, 0], [1, 0, 1], [1, 0, 0]]
    together = poisson_regression(Rate(events, 100), design)
    for i in (0, 2):
        alone = poisson_regression(Rate(events[i], 100), design)
        np.testing.assert_allclose(together.ratios.low[i], alone.ratios.low, rtol=1e-9)
    assert (together.coefficients.reason[1] == Reason.NOT_ESTIMABLE).all()


def test_change_is_undefined_without_events_and_bounded_where_a_divisor_is_nothing() -> None:
    none = ratio_of_ratios(Rate([0, 0], [10, 10]), Rate([0, 0], [10, 10]))
    assert none.reason == Reason.NO_EVENTS
    side = Rate([0, 8], [100, 100])
    ratio = ratio_of_ratios(side, Rate([9, 9], [100, 100]))
    assert ratio.reason == Reason.NO_COMPARATOR_EVENTS
    assert ratio.value == ratio.high == np.inf
    assert 1 < ratio.low < np.inf
    turned = ratio_of_ratios(Rate([8, 0], [100, 100]), Rate([9, 9], [100, 100]))
    assert turned.value == turned.low == 0
    assert 0 < turned.high < 1
    both = ratio_of_ratios(side, side)
    assert both.reason == Reason.NOT_ESTIMABLE
    nobody = ratio_of_ratios(Rate([1, 1], [0, 5]), Rate([9, 9], [100, 100]))
    assert nobody.reason == Reason.NO_POPULATION
    assert np.isnan(nobody.value)
    delta = ratio_of_ratios(side, Rate([9, 9], [100, 100]), method="delta")
    assert delta.reason == Reason.NOT_ESTIMABLE


def test_a_difference_of_nothing_everywhere_is_zero_with_an_interval() -> None:
    none = difference_of_differences(Rate([0, 0], [10, 10]), Rate([0, 0], [20, 20]))
    assert none.value == 0
    assert none.low < 0 < none.high
    everyone = difference_of_differences(Proportion([9, 9], 9), Proportion([5, 5], 5))
    assert everyone.value == 0
    assert everyone.low < -0.2
    nobody = difference_of_differences(Proportion([0, 9], [0, 9]), Proportion([5, 5], 5))
    assert nobody.reason == Reason.NO_POPULATION


def test_effects_that_are_missing_are_left_out_and_one_unit_is_its_own_average() -> None:
    some = random_effects([0.2, np.nan, 0.4], [0.1, 0.0, 0.2])
    assert some.average.value == random_effects([0.2, 0.4], [0.1, 0.2]).average.value
    assert some.units == 2
    one = random_effects([0.2], [0.04])
    assert (one.average.value, one.standard_error) == (pytest.approx(0.2), pytest.approx(0.2))
    none = random_effects([np.nan], [1.0])
    assert none.average.reason == Reason.NOT_ESTIMABLE
    assert np.isnan(none.average.low)


def test_identical_units_have_no_variance_between_them() -> None:
    found = random_effects([0.3] * 5, [0.1] * 5)
    assert (found.tau_squared, found.i_squared) == (0, 0)


def test_nobody_with_a_second_event_needs_no_widening() -> None:
    assert repeat_inflation([10, 0], [10, 0]).tolist() == [1, 1]
    plain = rate(Rate([10, 0], [100, 100]))
    wider = widen(plain, repeat_inflation([10, 0], [10, 0]))
    np.testing.assert_allclose(wider.low, plain.low)
    np.testing.assert_allclose(wider.high, plain.high)


def test_a_rate_of_nothing_is_widened_as_if_fewer_people_had_been_watched() -> None:
    wider = widen(rate(Rate(0, 100)), 2.5)
    assert (wider.value, wider.low) == (0, 0)
    assert wider.high == pytest.approx(2.5 * float(rate(Rate(0, 100)).high))


def test_a_design_effect_of_people_who_differ_no_more_than_chance_is_one() -> None:
    # A hundred people searched once each, 30 with a find.
    effect = proportion_design_effect(100, 100, 30, (30, 30, 100))
    assert effect == pytest.approx(100 / 99)
    assert proportion_design_effect(1, 5, 3, (9, 15, 25)) == 1
    assert proportion_design_effect(3, 5, 0, (0, 0, 11)) == 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: poisson_regression(Rate([1, 2], 5), [[1, 2, 3]]), r"design has shape \(1, 3\)"),
        (lambda: poisson_regression(Rate([1, 2], 5), [1, 2]), r"design has shape \(2,\)"),
        (lambda: poisson_regression(Rate([1, 2], 5), [[np.inf], [1]]), r"design .*inf"),
        (
            lambda: poisson_regression(Rate([1, 2], 5), [[1], [1]], cluster=[1.5, 2]),
            r"cluster .*float64",
        ),
        (
            lambda: logistic_regression(Proportion([1, 2], 5), [[1], [1]], cluster=[1]),
            r"cluster has shape \(1,\)",
        ),
        (
            lambda: logistic_regression(Proportion([1, 2], 5), [[1], [1]], confidence=95),  # type: ignore[arg-type]
            r"confidence .*95",
        ),
        (lambda: ratio_of_ratios(Rate([1], 5), Rate([1, 2], 5)), r"group has shape \(1,\)"),
        (
            lambda: ratio_of_ratios(Rate([1, 2], 5), Rate([1, 2], 5), method="x"),  # type: ignore[arg-type]
            r"'x'",
        ),
        (
            lambda: difference_of_differences(Rate([1, 2], 5), Proportion([1, 2], 5)),
            r"group is a Rate and comparator a Proportion",
        ),
        (lambda: random_effects(1.0, 1.0), r"effects has shape \(\)"),
        (lambda: random_effects([np.inf], [1.0]), r"effects has an infinite"),
        (lambda: random_effects([1.0], [0.0]), r"variances .*0\.0"),
        (lambda: random_effects([1.0], [-1.0]), r"variances .*-1\.0"),
        (lambda: repeat_inflation(5, 4), r"squares 4 is below events 5"),
        (lambda: repeat_inflation(-5, 4), r"events .*-5"),
        (lambda: widen(rate(Rate(1, 5)), -1), r"inflation .*-1"),
        (lambda: widen(rate(Rate(1, 5)), 2, scale="cube"), r"scale .*'cube'"),  # type: ignore[arg-type]
        (lambda: proportion_design_effect(1.5, 2, 1, (1, 1, 1)), r"people .*1\.5"),
    ],
)
def test_bad_input_is_refused_by_name_and_value(call: Any, message: str) -> None:
    with pytest.raises(UsageProblem, match=message):
        call()
