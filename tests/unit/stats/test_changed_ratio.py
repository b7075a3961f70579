"""The test of a ratio of ratios agrees with its interval, and says when there is none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.core import UsageProblem
from evenhand.stats import Rate, Reason, ratio_of_ratios, ratio_of_ratios_test

COUNTS = st.lists(st.integers(1, 400), min_size=4, max_size=4)
PEOPLE = st.lists(st.floats(0.1, 1e6), min_size=4, max_size=4)


@given(COUNTS, PEOPLE)
def test_p_is_small_exactly_where_the_interval_leaves_out_one(x: list[int], n: list[float]) -> None:
    group, comparator = Rate(x[:2], n[:2]), Rate(x[2:], n[2:])
    ratio = ratio_of_ratios(group, comparator)
    p = float(ratio_of_ratios_test(group, comparator).p)
    if abs(p - 0.05) > 1e-6:
        assert (p < 0.05) == bool(ratio.low > 1 or ratio.high < 1)


@given(COUNTS, PEOPLE)
def test_it_does_not_matter_which_side_or_which_time_comes_first(
    x: list[int], n: list[float]
) -> None:
    p = ratio_of_ratios_test(Rate(x[:2], n[:2]), Rate(x[2:], n[2:])).p
    swapped = ratio_of_ratios_test(Rate(x[2:], n[2:]), Rate(x[:2], n[:2])).p
    back = ratio_of_ratios_test(Rate(x[1::-1], n[1::-1]), Rate(x[:1:-1], n[:1:-1])).p
    np.testing.assert_allclose([swapped, back], p, rtol=1e-6, atol=1e-12)


def test_with_one_factor_for_both_it_finds_a_change_one_time_in_twenty() -> None:
    rng = np.random.default_rng(20)
    group = rng.poisson([15, 19.5], (20_000, 2))
    comparator = rng.poisson([40, 52], (20_000, 2))
    p = ratio_of_ratios_test(Rate(group, 1.0), Rate(comparator, 1.0)).p
    # Four standard errors of a share of 0.05 in 20,000 are 0.006.
    assert np.mean(p < 0.05) == pytest.approx(0.05, abs=0.006)


def test_nothing_to_test_has_its_reason_instead_of_a_number() -> None:
    group = Rate([[0, 0], [3, 4], [3, 4]], [[9, 9], [9, 9], [0, 9]])
    comparator = Rate([[5, 5], [0, 0], [5, 5]], 9.0)
    found = ratio_of_ratios_test(group, comparator)
    assert np.isnan(found.p).all()
    assert found.reason.tolist() == [Reason.NO_EVENTS, Reason.NO_EVENTS, Reason.NO_POPULATION]


def test_one_zero_still_has_a_p() -> None:
    found = ratio_of_ratios_test(Rate([0, 12], 100.0), Rate([30, 30], 100.0))
    assert 0 < found.p < 0.01


def test_an_axis_that_is_not_before_and_after_is_refused() -> None:
    with pytest.raises(UsageProblem, match="before and after"):
        ratio_of_ratios_test(Rate([1, 2, 3], 9.0), Rate([1, 2, 3], 9.0))
