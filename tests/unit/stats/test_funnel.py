"""What a funnel says at its edges, and what it refuses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from evenhand.core import NINETY_FIVE, UsageProblem
from evenhand.stats.columns import Proportion, Rate, Reason
from evenhand.stats.funnel import NINETY_NINE_POINT_EIGHT, funnel
from evenhand.stats.funnel_limits import proportion_limits, rate_limits
from evenhand.stats.overdispersion import overdispersion


def test_a_unit_with_nobody_in_it_is_blank_with_its_reason_and_moves_no_other() -> None:
    plot = funnel(Proportion([3, 0, 9], [20, 0, 40]), spread="additive")
    without = funnel(Proportion([3, 9], [20, 40]), spread="additive")
    assert plot.reason.tolist() == [0, Reason.NO_POPULATION, 0]
    assert np.isnan([plot.value[1], plot.z[1], plot.p[1], plot.inner.low[1]]).all()
    assert plot.standing[1] == 0
    np.testing.assert_array_equal(plot.inner.high[[0, 2]], without.inner.high)


@pytest.mark.parametrize("spread", ["none", "multiplicative", "additive"])
def test_one_unit_cannot_stand_out_from_itself(spread: Any) -> None:
    plot = funnel(Rate([7], [20.5]), spread=spread)
    assert plot.standing.tolist() == [0]
    assert plot.z[0] == pytest.approx(0)
    assert plot.dispersion.tau_squared == 0


@pytest.mark.parametrize("spread", ["none", "multiplicative", "additive"])
def test_identical_units_keep_exact_limits_and_none_stands_out(spread: Any) -> None:
    plot = funnel(Proportion([5] * 9, [50] * 9), spread=spread)
    exact = proportion_limits([50] * 9, 0.1, confidence=NINETY_FIVE)
    np.testing.assert_allclose(plot.inner.low, exact.low)
    assert not plot.standing.any()


def test_no_events_anywhere_is_said_not_drawn() -> None:
    plot = funnel(Rate([0, 0], [10, 30]))
    assert (plot.reason == Reason.NO_EVENTS).all()
    assert np.isnan(plot.outer.high).all()
    assert plot.value.tolist() == [0, 0]


def test_everybody_everywhere_is_said_not_drawn() -> None:
    plot = funnel(Proportion([4, 30], [4, 30]))
    assert (plot.reason == Reason.NOT_ESTIMABLE).all()
    assert np.isnan(plot.z).all()


def test_all_units_empty_is_for_want_of_people() -> None:
    plot = funnel(Proportion([0, 0], [0, 0]), spread="additive")
    assert (plot.reason == Reason.NO_POPULATION).all()
    assert plot.dispersion.units == 0
    assert plot.dispersion.phi == 0


def test_several_families_of_units_are_each_judged_by_their_own_target() -> None:
    units = Rate([[5, 6, 40], [40, 41, 5]], [[10.0] * 3, [10.0] * 3])
    plot = funnel(units, target=[0.6, 4.0])
    assert plot.standing.tolist() == [[0, 0, 2], [0, 0, -2]]


def test_a_wider_funnel_holds_units_that_chance_alone_would_not() -> None:
    generator = np.random.default_rng(5)
    size = np.full(60, 400)
    units = Proportion(generator.binomial(size, generator.beta(8, 32, 60)), size)
    exact, wide = funnel(units), funnel(units, spread="additive")
    assert wide.dispersion.phi > 2
    assert np.abs(wide.standing).sum() < np.abs(exact.standing).sum()
    assert (wide.inner.high > exact.inner.high).all()


def test_limits_for_a_size_of_nothing_are_blank() -> None:
    assert np.isnan(rate_limits([0, 5], 1, confidence=NINETY_FIVE).low[0])
    assert np.isnan(proportion_limits([0, 5], 0.5, confidence=NINETY_FIVE).high[0])


def test_a_target_of_nobody_or_everybody_leaves_no_room() -> None:
    for how in ("mid-p", "interpolated", "continuous"):
        none = proportion_limits(20, 0.0, confidence=NINETY_NINE_POINT_EIGHT, how=how)  # type: ignore[arg-type]
        assert (none.low, none.high) == (0, 0)
        everyone = proportion_limits(20, 1.0, confidence=NINETY_NINE_POINT_EIGHT, how=how)  # type: ignore[arg-type]
        assert (everyone.low, everyone.high) == (1, 1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: funnel(Proportion(1, 2)), r"units has shape \(\)"),
        (lambda: funnel(Proportion([1], [2]), target=1.5), r"target .*1\.5.* above 1"),
        (lambda: funnel(Proportion([1], [2]), target=-0.5), r"target .*-0\.5"),
        (lambda: funnel(Rate([1], [2]), target=np.nan), r"target .*nan"),
        (lambda: funnel(Rate([1], [2]), spread="wide"), r"spread .*'wide'"),  # type: ignore[arg-type]
        (lambda: funnel(Rate([1], [2]), scale="cube"), r"scale .*'cube'"),  # type: ignore[arg-type]
        (lambda: overdispersion(Rate([1], [2]), 1, tails="x"), r"tails .*'x'"),  # type: ignore[arg-type]
        (lambda: rate_limits(-3, 1, confidence=NINETY_FIVE), r"size .*-3"),
        (lambda: rate_limits(3, 1, confidence=NINETY_FIVE, how="x"), r"how .*'x'"),  # type: ignore[arg-type]
        (lambda: proportion_limits(3, 95, confidence=NINETY_FIVE), r"target .*95.* above 1"),
    ],
)
def test_bad_input_is_refused_by_name_and_value(call: Any, message: str) -> None:
    with pytest.raises(UsageProblem, match=message):
        call()
