"""None, one and all: the same answer at the edges from every comparison of two groups."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.stats import (
    Estimates,
    Proportion,
    PValues,
    Rate,
    Reason,
    conditional_rate_test,
    fisher,
    odds_ratio,
    proportion,
    rate,
    rate_difference,
    rate_ratio,
    risk_difference,
    risk_ratio,
    unconditional_test,
)

RATIOS_OF_SHARES = [
    (risk_ratio, ("koopman", "miettinen-nurminen", "log")),
    (odds_ratio, ("mid-p", "exact", "score", "sample")),
]
RATIOS_OF_RATES = [(rate_ratio, ("mid-p", "exact", "score", "log"))]
DIFFERENCES = [
    (risk_difference, ("newcombe", "miettinen-nurminen", "agresti-caffo", "wald")),
    (rate_difference, ("score", "mover", "wald")),
]


def each(table: list[tuple[Callable[..., Any], tuple[str, ...]]]) -> Any:
    cases = [(function, method) for function, methods in table for method in methods]
    return pytest.mark.parametrize(("function", "method"), cases)


def build(function: Callable[..., Any], count: Any, total: Any) -> Any:
    return (Rate if "rate" in function.__name__ else Proportion)(count, total)


@each(RATIOS_OF_SHARES + RATIOS_OF_RATES)
def test_no_events_in_either_group_is_undefined_and_never_one(function: Any, method: str) -> None:
    found = function(build(function, 0, 10), build(function, 0, 20), method=method)
    assert found.reason == Reason.NO_EVENTS
    assert np.isnan([found.value, found.low, found.high]).all()


@each(RATIOS_OF_SHARES + RATIOS_OF_RATES)
def test_no_events_in_the_comparator_is_a_lower_bound_or_nothing(
    function: Any, method: str
) -> None:
    found = function(build(function, 5, 10), build(function, 0, 20), method=method)
    if method in {"log", "sample"}:
        assert found.reason == Reason.NOT_ESTIMABLE
        assert np.isnan([found.value, found.low, found.high]).all()
    else:
        assert found.reason == Reason.NO_COMPARATOR_EVENTS
        assert found.value == found.high == np.inf
        assert 1 < found.low < np.inf


@each(RATIOS_OF_SHARES + RATIOS_OF_RATES)
def test_no_events_in_the_group_alone_is_zero_with_an_upper_limit(
    function: Any, method: str
) -> None:
    found = function(build(function, 0, 10), build(function, 5, 20), method=method)
    if method in {"log", "sample"}:
        assert found.reason == Reason.NOT_ESTIMABLE
    else:
        assert found.reason == Reason.DEFINED
        assert found.value == found.low == 0
        assert 0 < found.high < np.inf


@pytest.mark.parametrize("method", ["koopman", "miettinen-nurminen"])
def test_all_in_both_groups_is_one_with_an_interval_around_it(method: Any) -> None:
    found = risk_ratio(Proportion(10, 10), Proportion(20, 20), method=method)
    assert found.reason == Reason.DEFINED
    assert found.value == 1
    assert found.low < 0.8
    assert found.high > 1.15


def test_koopmans_limits_at_all_and_all_are_those_of_the_closed_form() -> None:
    # At the lower limit the comparator's likeliest share is 1, and n1 (1 - p1) / p1 = z squared.
    z2 = 1.959963984540054**2
    found = risk_ratio(Proportion(10, 10), Proportion(20, 20))
    assert float(found.low) == pytest.approx(10 / (10 + z2), rel=1e-12)
    assert float(found.high) == pytest.approx((20 + z2) / 20, rel=1e-12)


def test_a_logarithmic_interval_never_has_no_width() -> None:
    found = risk_ratio(Proportion(10, 10), Proportion(20, 20), method="log")
    assert found.reason == Reason.NOT_ESTIMABLE


@pytest.mark.parametrize("method", ["mid-p", "exact", "score", "sample"])
def test_odds_say_when_it_happened_to_everyone(method: Any) -> None:
    both = odds_ratio(Proportion(10, 10), Proportion(20, 20), method=method)
    assert both.reason == Reason.ONLY_EVENTS
    group = odds_ratio(Proportion(10, 10), Proportion(5, 20), method=method)
    if method == "sample":
        assert group.reason == Reason.NOT_ESTIMABLE
    else:
        assert group.reason == Reason.NO_GROUP_NON_EVENTS
        assert group.value == group.high == np.inf
        assert group.low > 1


@each(RATIOS_OF_SHARES + RATIOS_OF_RATES + DIFFERENCES)
def test_nobody_in_either_denominator_is_undefined(function: Any, method: str) -> None:
    for one, two in (((0, 0), (3, 20)), ((3, 20), (0, 0)), ((0, 0), (0, 0))):
        found = function(build(function, *one), build(function, *two), method=method)
        assert found.reason == Reason.NO_POPULATION
        assert np.isnan([found.value, found.low, found.high]).all()


@each(DIFFERENCES)
def test_no_events_in_either_group_is_a_difference_of_nought(function: Any, method: str) -> None:
    found = function(build(function, 0, 10), build(function, 0, 20), method=method)
    assert found.reason == Reason.DEFINED
    assert found.value == 0
    if method != "wald":
        assert found.low < 0 < found.high


def test_events_may_outnumber_a_population_as_a_number() -> None:
    found = rate_ratio(Rate(305, 200), Rate(841, 5896))
    assert found.reason == Reason.DEFINED
    assert float(found.value) == pytest.approx(305 / 200 / (841 / 5896))


@pytest.mark.parametrize("test", [fisher, unconditional_test])
def test_a_table_with_one_outcome_has_no_p(test: Any) -> None:
    nobody = test(Proportion(0, 0), Proportion(3, 20))
    assert nobody.reason == Reason.NO_POPULATION
    assert np.isnan(nobody.p)


def test_nothing_to_test_has_no_p_and_never_a_half() -> None:
    assert fisher(Proportion(0, 10), Proportion(0, 20)).reason == Reason.NO_EVENTS
    assert fisher(Proportion(10, 10), Proportion(20, 20)).reason == Reason.ONLY_EVENTS
    assert conditional_rate_test(Rate(0, 10), Rate(0, 20)).reason == Reason.NO_EVENTS
    assert conditional_rate_test(Rate(1, 0), Rate(2, 20)).reason == Reason.NO_POPULATION
    assert np.isnan(fisher(Proportion(0, 10), Proportion(0, 20)).p)


def test_one_group_alone_says_when_nobody_is_there() -> None:
    assert proportion(Proportion(0, 0)).reason == Reason.NO_POPULATION
    assert rate(Rate(3, 0)).reason == Reason.NO_POPULATION


@pytest.mark.parametrize("method", ["wilson", "clopper-pearson", "mid-p", "jeffreys"])
def test_a_share_of_none_or_all_reaches_the_end_and_no_further(method: Any) -> None:
    found = proportion(Proportion([0, 20], 20), method=method)
    assert found.low[0] == 0
    assert found.high[1] == 1
    assert 0 < found.high[0] < 0.2
    assert 0.8 < found.low[1] < 1


sizes = st.one_of(st.integers(0, 3), st.integers(0, 50), st.sampled_from([10**9]))


@given(sizes, sizes, st.data())
def test_no_number_is_missing_without_its_reason(n1: int, n2: int, data: st.DataObject) -> None:
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    shares = Proportion(x1, n1), Proportion(x2, n2)
    rates = Rate(x1, n1), Rate(x2, n2)
    table = RATIOS_OF_SHARES + RATIOS_OF_RATES + DIFFERENCES
    for function, methods in table:
        sides = rates if "rate" in function.__name__ else shares
        for method in methods:
            explained(function(*sides, method=method), method)  # type: ignore[operator]
    for tested in (fisher(*shares), conditional_rate_test(*rates)):
        assert isinstance(tested, PValues)
        assert np.isnan(tested.p) == (tested.reason != Reason.DEFINED)


def explained(found: Estimates, method: str) -> None:
    numbers = np.array([found.value, found.low, found.high])
    if found.reason == Reason.DEFINED:
        assert np.isfinite(numbers).all(), method
    elif found.reason in (Reason.NO_COMPARATOR_EVENTS, Reason.NO_GROUP_NON_EVENTS):
        assert np.isfinite(found.low), method
        assert np.isinf(numbers[[0, 2]]).all(), method
    else:
        assert np.isnan(numbers).all(), method


@each(RATIOS_OF_SHARES + RATIOS_OF_RATES + DIFFERENCES)
def test_whole_columns_give_what_single_cells_give(function: Any, method: str) -> None:
    counts, totals = np.array([0, 1, 7, 20, 3, 0, 5]), np.array([10, 10, 34, 20, 0, 0, 5])
    counts = np.minimum(counts, totals)
    group = build(function, counts, totals)
    comparator = build(function, [[2], [0]], [[30], [9]])
    column = function(group, comparator, method=method)
    assert column.value.shape == (2, 7)
    for row, (y, m) in enumerate(((2, 30), (0, 9))):
        for k, (x, n) in enumerate(zip(counts, totals, strict=True)):
            one = function(build(function, x, n), build(function, y, m), method=method)
            for name in ("value", "low", "high", "reason"):
                np.testing.assert_allclose(
                    getattr(column, name)[row, k], getattr(one, name), rtol=1e-12
                )


def test_an_empty_column_gives_an_empty_column() -> None:
    none = Proportion(np.array([], dtype=int), np.array([], dtype=int))
    for function, methods in RATIOS_OF_SHARES:
        for method in methods:
            assert len(function(none, none, method=method)) == 0  # type: ignore[operator]
    assert len(fisher(none, none)) == 0
    assert len(risk_difference(none, none, method="miettinen-nurminen")) == 0
