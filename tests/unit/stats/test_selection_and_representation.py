"""The conventions of law and of establishment, at their edges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.stats import FOUR_FIFTHS, Proportion, Reason, proportion, representation, selection


def test_exactly_four_fifths_is_not_below() -> None:
    found = selection(Proportion([40, 39], 100), Proportion(50, 100))
    assert float(found.impact_ratio.value[0]) == pytest.approx(FOUR_FIFTHS)
    np.testing.assert_array_equal(found.below_four_fifths, [False, True])


def test_one_person_who_would_turn_the_verdict_is_pointed_out() -> None:
    found = selection(Proportion([3, 300], [10, 1000]), Proportion([4, 400], [10, 1000]))
    np.testing.assert_array_equal(found.below_four_fifths, [True, True])
    np.testing.assert_array_equal(found.turns_on_one, [True, False])


def test_nobody_selected_is_undefined_and_not_below() -> None:
    found = selection(Proportion([0, 0], [10, 0]), Proportion(0, 10))
    assert (found.impact_ratio.reason == [Reason.NO_EVENTS, Reason.NO_POPULATION]).all()
    assert not found.below_four_fifths.any()
    assert found.standard_deviations[0] == 0
    assert np.isnan(found.standard_deviations[1])


@given(st.integers(0, 40), st.integers(40, 80), st.integers(0, 40), st.integers(40, 80))
def test_standard_deviations_change_sign_with_the_groups(a: int, n: int, c: int, m: int) -> None:
    there = selection(Proportion(a, n), Proportion(c, m)).standard_deviations
    back = selection(Proportion(c, m), Proportion(a, n)).standard_deviations
    assert float(there) == pytest.approx(-float(back), abs=1e-12)
    assert np.sign(there) == np.sign(a * m - c * n)


def test_heads_and_ratio_say_the_same() -> None:
    share = Proportion([53, 0, 1000], 1000)
    found = representation(share, 0.1)
    np.testing.assert_allclose(found.ratio.value, [0.53, 0.0, 10.0])
    np.testing.assert_allclose(found.shortfall.value, [47, 100, -900])
    exact = proportion(share, method="clopper-pearson")
    np.testing.assert_allclose(found.shortfall.low, 100 - 1000 * exact.high)
    np.testing.assert_allclose(found.ratio.high, exact.high / 0.1)


def test_the_exact_test_of_a_share_is_the_binomial_one() -> None:
    # R stats::binom.test(682, 925, p = 0.75)$p.value is 0.3825, minimum likelihood, ties whole;
    # mid-p takes off half of the outcome seen and of what is exactly as likely.
    found = representation(Proportion(682, 925), 0.75).chance
    assert 0.35 < float(found.p) < 0.3825


def test_somebody_where_nobody_was_expected_has_no_ratio() -> None:
    found = representation(Proportion([1, 0, 0], [10, 10, 0]), 0.0)
    assert (
        found.ratio.reason == [Reason.NO_COMPARATOR_EVENTS, Reason.NO_EVENTS, Reason.NO_POPULATION]
    ).all()
    assert found.ratio.value[0] == np.inf
    np.testing.assert_allclose(found.shortfall.value[:2], [-1, 0])
    assert np.isnan(found.chance.p).all()


def test_a_benchmark_of_everyone_is_met_by_everyone() -> None:
    found = representation(Proportion(10, 10), 1.0)
    assert found.ratio.value == 1
    assert found.shortfall.value == 0
    assert found.chance.reason == Reason.NOT_ESTIMABLE
