"""Shrinkage against scipy, and what must hold for any units."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from evenhand.stats.columns import Proportion, Rate
from evenhand.stats.prior_fit import (
    PriorFit,
    fit_beta,
    fit_gamma,
    log_beta_binomial,
    log_gamma_poisson,
)
from evenhand.stats.prior_strength import _beta_binomial
from evenhand.stats.ranks import rank_intervals
from evenhand.stats.shrinkage import shrink

counts = st.one_of(st.integers(0, 40), st.integers(0, 10**9))
units = st.lists(st.tuples(counts, counts), min_size=1, max_size=12)


@settings(deadline=None)
@given(units)
def test_every_estimate_lies_between_its_own_rate_and_the_mean(cells: Any) -> None:
    total = np.array([max(pair) for pair in cells])
    count = np.array([min(pair) for pair in cells])
    for family in (Proportion(count, total), Rate(count, total)):
        shrunken = shrink(family)
        e, fine = shrunken.estimate, shrunken.estimate.reason == 0
        for column in (e.value, e.low, e.high, shrunken.weight, shrunken.a, shrunken.b):
            np.testing.assert_array_equal(np.isfinite(column), fine)
        raw, mean = shrunken.raw[fine], np.full(fine.sum(), shrunken.mean)
        slack = 1e-9 * (raw + mean)
        assert (e.value[fine] >= np.minimum(raw, mean) - slack).all()
        assert (e.value[fine] <= np.maximum(raw, mean) + slack).all()
        assert (e.low[fine] <= e.value[fine]).all()
        assert (e.value[fine] <= e.high[fine]).all()
        assert ((shrunken.weight[fine] >= 0) & (shrunken.weight[fine] <= 1)).all()


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 12), st.integers(1, 30), st.floats(0.3, 20), st.floats(0.3, 20))
def test_the_likelihoods_equal_scipys_negative_and_beta_binomials(
    count: int, size: int, a: float, b: float
) -> None:
    count = min(count, size)

    def rising(k: int, x: float, y: float, other: Any, which: Any) -> float:
        """The difference of two log likelihoods, so that left-out constants cancel."""
        return float(which(*(np.array([[v]]) for v in (k, size, x, y)))[0, 0]) - other

    def by_scipy(x: float, y: float) -> tuple[float, float]:
        return (
            stats.nbinom.logpmf(count, x, y / (y + size)),
            stats.betabinom.logpmf(count, size, x, y),
        )

    ours = [
        rising(count, a, b, rising(count, 1.0, 1.0, 0.0, which), which)
        for which in (log_gamma_poisson, log_beta_binomial)
    ]
    exact = np.subtract(by_scipy(a, b), by_scipy(1.0, 1.0))
    np.testing.assert_allclose(ours, exact, rtol=1e-7, atol=1e-8)


def test_the_quick_beta_binomial_differs_from_the_other_by_a_constant() -> None:
    generator = np.random.default_rng(5)
    total = generator.integers(0, 10**6, 500).astype(float)
    total[:100] %= 40
    count = np.floor(total * generator.random(500))
    a, b = (10 ** generator.uniform(-4, 6, (2, 60)))[..., None]
    rows = (np.tile(count, (60, 1)), np.tile(total, (60, 1)), a, b)
    gap = _beta_binomial(*rows) - log_beta_binomial(*rows)
    np.testing.assert_allclose(gap, np.broadcast_to(gap[0], gap.shape), rtol=0, atol=4e-9)


def test_weights_over_the_grid_are_the_same_taken_one_point_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    generator = np.random.default_rng(6)
    total = generator.integers(1, 5_000, (7, 30))
    units = Proportion(generator.binomial(total, 0.3), total)
    together = shrink(units).estimate
    monkeypatch.setattr("evenhand.stats.prior_strength.CHUNK", 1)
    apart = shrink(units).estimate
    np.testing.assert_allclose(together.value, apart.value, rtol=1e-13)
    np.testing.assert_allclose(together.low, apart.low, rtol=1e-12)


def test_where_units_vary_less_than_chance_the_cautious_fit_is_still_a_peak() -> None:
    total = np.full((3, 40), [[50.0], [400.0], [9_000.0]])
    count = np.round(total * (0.2 + 0.002 * np.sin(np.arange(40))))
    prior = fit_beta(count, total)
    assert (prior.fit == PriorFit.CAUTIOUS).all()

    def height(a: Any, b: Any) -> Any:
        a, b = a[:, None], b[:, None]
        return (log_beta_binomial(count, total, a, b)).sum(-1) - np.log(a + b + 1)[:, 0] / 2

    best = height(prior.a, prior.b)
    for step_a, step_b in ((1.01, 1.0), (0.99, 1.0), (1.0, 1.01), (1.0, 0.99), (1.1, 1.1)):
        assert (height(prior.a * step_a, prior.b * step_b) < best).all()


def test_the_fit_is_where_the_likelihood_is_highest() -> None:
    generator = np.random.default_rng(3)
    size = generator.uniform(20, 400, (6, 40))
    events = generator.poisson(size * generator.gamma(8, 0.01, (6, 40))).astype(float)
    prior = fit_gamma(events, size)
    best = log_gamma_poisson(events, size, prior.a[:, None], prior.b[:, None]).sum(axis=-1)
    for step_a, step_b in ((1.01, 1.0), (0.99, 1.0), (1.0, 1.01), (1.0, 0.99), (1.01, 1.01)):
        a, b = prior.a[:, None] * step_a, prior.b[:, None] * step_b
        assert (log_gamma_poisson(events, size, a, b).sum(axis=-1) < best).all()


@given(st.permutations(range(6)))
@settings(deadline=None, max_examples=20)
def test_the_order_of_the_units_does_not_matter(order: list[int]) -> None:
    events, size = np.array([2, 9, 0, 31, 7, 4]), np.array([10, 33, 8, 90, 45, 21.5])
    one, other = shrink(Rate(events, size)), shrink(Rate(events[order], size[order]))
    np.testing.assert_allclose(one.estimate.low[order], other.estimate.low, rtol=1e-6)


@settings(deadline=None, max_examples=25)
@given(units)
def test_expected_places_add_up_and_more_events_mean_a_higher_place(cells: Any) -> None:
    total = np.array([max(pair) for pair in cells])
    count = np.array([min(pair) for pair in cells])
    shrunken = shrink(Proportion(count, total))
    places = rank_intervals(shrunken, rng=np.random.default_rng(1), draws=200)
    n = int((total > 0).sum())
    fine = total > 0
    assert places.estimate.value[fine].sum() == pytest.approx(n * (n + 1) / 2)
    assert places.highest[fine].sum() == pytest.approx(1 if n else 0)
    assert (places.estimate.low[fine] >= 1).all()
    assert (places.estimate.high[fine] <= n).all()
    assert (places.estimate.low[fine] <= places.estimate.high[fine]).all()


def test_places_agree_with_comparing_two_posteriors_directly() -> None:
    shrunken = shrink(Proportion([10, 16], [100, 90]))
    places = rank_intervals(shrunken, rng=np.random.default_rng(1), draws=40_000)
    a, b = shrunken.a, shrunken.b
    exact = integrate.quad(
        lambda p: stats.beta.pdf(p, a[1], b[1]) * stats.beta.cdf(p, a[0], b[0]), 0, 1
    )[0]
    assert places.highest[1] == pytest.approx(exact, abs=0.01)


@pytest.mark.parametrize("strength", [5, 100, 10**9])
@pytest.mark.parametrize("families", [12, 40])
def test_intervals_hold_the_true_rate_about_as_often_as_they_say(
    strength: int, families: int
) -> None:
    generator = np.random.default_rng(strength)
    size = generator.integers(20, 900, (150, families))
    true = generator.beta(strength, 9 * strength, size.shape)
    e = shrink(Proportion(generator.binomial(size, true), size)).estimate
    assert np.mean((e.low <= true) & (true <= e.high)) > 0.9
