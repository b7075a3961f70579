"""What shrinkage and ranks do at their edges, and what they refuse."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from evenhand.core import UsageProblem
from evenhand.stats.columns import Proportion, Rate, Reason
from evenhand.stats.prior_fit import PriorFit
from evenhand.stats.ranks import rank_intervals
from evenhand.stats.shrinkage import shrink


def rng() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.mark.parametrize("units", [Rate([7], [20]), Proportion([7], [20])])
def test_one_unit_keeps_its_own_rate_with_its_own_interval(units: Any) -> None:
    shrunken = shrink(units)
    e = shrunken.estimate
    assert e.value[0] == shrunken.raw[0] == pytest.approx(0.35)
    assert e.low[0] < 0.2 < 0.5 < e.high[0]
    assert shrunken.weight[0] == 1
    assert shrunken.fit == PriorFit.ALONE


@pytest.mark.parametrize("units", [Rate([0, 0], [20, 90]), Proportion([0, 0], [20, 90])])
def test_no_events_anywhere_leaves_zeros_with_upper_limits(units: Any) -> None:
    e = shrink(units).estimate
    assert e.value.tolist() == e.low.tolist() == [0, 0]
    assert (e.high > 0.02).all()
    assert e.high[0] > e.high[1]


def test_everybody_everywhere_leaves_ones_with_lower_limits() -> None:
    e = shrink(Proportion([20, 90], [20, 90])).estimate
    assert e.value.tolist() == e.high.tolist() == [1, 1]
    assert (e.low < 0.98).all()


def test_a_unit_with_nobody_has_no_estimate_and_no_place() -> None:
    shrunken = shrink(Rate([5, 0, 9], [50, 0, 60]))
    assert shrunken.estimate.reason.tolist() == [0, Reason.NO_POPULATION, 0]
    assert np.isnan([shrunken.estimate.value[1], shrunken.estimate.high[1], shrunken.a[1]]).all()
    places = rank_intervals(shrunken, rng=rng())
    assert np.isnan([places.estimate.value[1], places.highest[1], places.lowest[1]]).all()
    assert places.estimate.value[[0, 2]].sum() == pytest.approx(3)
    assert places.lowest[[0, 2]].sum() == pytest.approx(1)


@pytest.mark.parametrize("units", [Rate([5] * 9, [50] * 9), Proportion([5] * 9, [50] * 9)])
def test_identical_units_are_alike_but_not_claimed_to_be_the_same(units: Any) -> None:
    shrunken = shrink(units)
    assert shrunken.fit == PriorFit.CAUTIOUS
    np.testing.assert_allclose(shrunken.estimate.value, 0.1, rtol=0.01)
    assert (shrunken.estimate.high - shrunken.estimate.low > 0.03).all()
    places = rank_intervals(shrunken, rng=rng())
    assert places.estimate.low.tolist() == [1] * 9
    assert places.estimate.high.tolist() == [9] * 9


def test_each_family_of_units_is_fitted_by_itself() -> None:
    units = Rate([[5, 9, 30], [0, 0, 0]], [[50, 60, 70], [10, 20, 30]])
    together, alone = shrink(units), shrink(Rate([5, 9, 30], [50, 60, 70]))
    np.testing.assert_allclose(together.estimate.low[0], alone.estimate.low, rtol=1e-9)
    assert together.mean.shape == (2,)
    assert together.fit.tolist() == [alone.fit, PriorFit.ALONE]
    assert rank_intervals(together, rng=rng()).estimate.value.shape == (2, 3)


def test_everyone_at_nought_or_a_hundred_still_gives_intervals() -> None:
    e = shrink(Proportion([3, 0, 0, 0, 3], [3, 3, 3, 3, 3])).estimate
    assert np.isfinite([e.value, e.low, e.high]).all()
    assert (e.value > 0).all()
    assert (e.value < 1).all()


def test_the_same_generator_state_gives_the_same_places() -> None:
    shrunken = shrink(Proportion([10, 12, 30], [100, 100, 100]))
    one, other = (rank_intervals(shrunken, rng=rng()) for _ in range(2))
    np.testing.assert_array_equal(one.estimate.value, other.estimate.value)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: shrink(Rate(1, 2)), r"units has shape \(\)"),
        (lambda: shrink(Rate([1], [2]), confidence=0.95), r"confidence .*0\.95"),  # type: ignore[arg-type]
        (lambda: rank_intervals(shrink(Rate([1], [2])), rng=rng(), draws=10), r"draws .*10"),
        (
            lambda: rank_intervals(shrink(Rate([1], [2])), rng=rng(), confidence=95),  # type: ignore[arg-type]
            r"confidence .*95",
        ),
    ],
)
def test_bad_input_is_refused_by_name_and_value(call: Any, message: str) -> None:
    with pytest.raises(UsageProblem, match=message):
        call()
