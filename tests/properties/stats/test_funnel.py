"""Funnels against a naive search over counts, and what must hold for any units."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core import NINETY_FIVE, Confidence
from evenhand.stats.columns import Proportion, Rate
from evenhand.stats.funnel import funnel
from evenhand.stats.funnel_limits import proportion_limits, rate_limits

counts = st.one_of(st.integers(0, 40), st.integers(0, 10**9))


def chance_of_each(size: int, target: float) -> list[float]:
    """Binomial probabilities, one by one."""
    return [math.comb(size, k) * target**k * (1 - target) ** (size - k) for k in range(size + 1)]


@settings(deadline=None)
@given(st.integers(1, 60), st.floats(0.02, 0.98), st.integers(0, 60))
def test_a_unit_stands_out_just_when_a_loop_over_counts_says_so(
    size: int, target: float, count: int
) -> None:
    count = min(count, size)
    chances = chance_of_each(size, target)
    below = sum(chances[:count]) + chances[count] / 2
    above = sum(chances[count + 1 :]) + chances[count] / 2
    plot = funnel(Proportion([count], [size]), target=target)
    assert plot.p[0] == pytest.approx(2 * min(below, above), rel=1e-6, abs=1e-12)
    for tail, step in ((0.025, 1), (0.001, 2)):
        if abs(below - tail) > 1e-9 and abs(above - tail) > 1e-9:
            assert (plot.standing[0] <= -step) == (below < tail)
            assert (plot.standing[0] >= step) == (above < tail)


@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=12), st.booleans())
def test_nothing_is_missing_without_its_reason(cells: Any, additive: bool) -> None:
    total = np.array([max(pair) for pair in cells])
    count = np.array([min(pair) for pair in cells])
    spread: Any = "additive" if additive else "multiplicative"
    for units in (Proportion(count, total), Rate(count, total)):
        plot = funnel(units, spread=spread)
        fine = plot.reason == 0
        for numbers in (plot.z, plot.p, plot.inner.low, plot.inner.high, plot.outer.high):
            np.testing.assert_array_equal(np.isfinite(numbers), fine)
        assert np.isfinite(plot.dispersion.phi)
        assert np.isfinite(plot.dispersion.tau_squared)
        assert (plot.inner.low[fine] >= plot.outer.low[fine] - 1e-12).all()
        assert (plot.inner.high[fine] <= plot.outer.high[fine] + 1e-12).all()


@given(st.integers(2, 10**6), st.floats(0.001, 0.999), st.sampled_from([0.8, 0.95, 0.998]))
def test_the_target_lies_between_its_limits_and_bigger_units_have_narrower_ones(
    size: int, target: float, level: float
) -> None:
    at = Confidence(level)
    for limits in (proportion_limits, rate_limits):
        band = limits([size, 16 * size], target, confidence=at)
        assert (band.low <= target + 1e-12).all()
        assert (band.high >= target * (1 - 1e-12)).all()
        width = band.high - band.low
        assert width[1] <= width[0] + 1e-9


@given(st.permutations(range(6)))
def test_the_order_of_the_units_does_not_matter(order: list[int]) -> None:
    events, size = np.array([2, 9, 0, 31, 7, 4]), np.array([10, 33, 8, 90, 45, 21.5])
    one, other = funnel(Rate(events, size)), funnel(Rate(events[order], size[order]))
    np.testing.assert_allclose(one.z[order], other.z)
    np.testing.assert_allclose(one.inner.low[order], other.inner.low)


def test_without_disparity_few_units_stand_out() -> None:
    generator = np.random.default_rng(11)
    size = generator.integers(20, 900, (200, 50))
    plot = funnel(Proportion(generator.binomial(size, 0.05), size), target=0.05)
    assert np.mean(plot.standing != 0) == pytest.approx(0.05, abs=0.008)
    assert np.mean(np.abs(plot.standing) == 2) < 0.004


def test_mid_p_limits_hold_the_stated_share_over_sizes() -> None:
    expected = np.linspace(1, 40, 79)
    band = rate_limits(expected, 1, confidence=NINETY_FIVE)
    draws = np.random.default_rng(3).poisson(expected, (20_000, 79)) / expected
    outside = ((draws < band.low) | (draws > band.high)).mean()
    assert outside == pytest.approx(0.05, abs=0.01)
