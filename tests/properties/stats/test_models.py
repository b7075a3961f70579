"""Models of several units against general optimisers, simulation and what must not change them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from evenhand.stats.clustering import proportion_design_effect, repeat_inflation, widen
from evenhand.stats.columns import Proportion, Rate
from evenhand.stats.difference_in_differences import difference_of_differences, ratio_of_ratios
from evenhand.stats.random_effects import random_effects
from evenhand.stats.rate import rate
from evenhand.stats.rate_ratio import rate_ratio
from evenhand.stats.regression import logistic_regression, poisson_regression

counts = st.lists(st.integers(0, 60), min_size=6, max_size=6)
DESIGN = np.array([[1, 0, 0.0], [1, 1, 0], [1, 0, 1], [1, 1, 1], [1, 0, 2], [1, 1, 2]])


@settings(deadline=None, max_examples=40)
@given(counts)
def test_the_coefficients_are_where_a_general_optimiser_puts_them(events: list[int]) -> None:
    y, n = np.array(events), np.array([100, 150, 80, 90, 200, 120])
    for model, loss in (
        (
            poisson_regression(Rate(y, n), DESIGN),
            lambda b: (n * np.exp(DESIGN @ b) - y * (DESIGN @ b)).sum(),
        ),
        (
            logistic_regression(Proportion(y, n), DESIGN),
            lambda b: (n * np.logaddexp(0, DESIGN @ b) - y * (DESIGN @ b)).sum(),
        ),
    ):
        if (model.coefficients.reason == 0).all():
            best = optimize.minimize(loss, model.coefficients.value, method="Nelder-Mead")
            assert loss(model.coefficients.value) <= best.fun + 1e-7
            assert np.isfinite(model.ratios.high).all()
        else:
            assert np.isnan(model.coefficients.value).all()


@settings(deadline=None, max_examples=40)
@given(counts, st.permutations(range(6)))
def test_the_order_of_cells_and_splitting_them_change_nothing(events: Any, order: Any) -> None:
    y, n = np.array(events), np.array([100, 150, 80, 90, 200, 120])
    cluster = np.array([0, 0, 1, 2, 3, 4])
    one = poisson_regression(Rate(y, n), DESIGN, cluster=cluster)
    other = poisson_regression(Rate(y[order], n[order]), DESIGN[order], cluster=cluster[order])
    # Each cell in two halves of the same cluster: the aggregated and the finer table must agree.
    halves = np.concatenate([y // 2, y - y // 2]), np.concatenate([n / 2, n / 2])
    split = poisson_regression(
        Rate(*halves), np.concatenate([DESIGN, DESIGN]), cluster=np.tile(cluster, 2)
    )
    for again in (other, split):
        np.testing.assert_allclose(
            one.coefficients.low, again.coefficients.low, rtol=1e-5, atol=1e-6, equal_nan=True
        )


four = st.tuples(*[st.one_of(st.integers(0, 30), st.integers(0, 10**9))] * 4)


few = st.tuples(*[st.integers(0, 2000)] * 4)


@settings(deadline=None)
@given(
    st.one_of(
        st.tuples(four, st.sampled_from(["score", "delta"])), st.tuples(few, st.just("mid-p"))
    )
)
def test_change_has_no_number_without_a_reason_and_turns_with_its_sides(
    case: tuple[tuple[int, int, int, int], Any],
) -> None:
    cells, method = case
    group, comparator = Rate(cells[:2], [900, 1100]), Rate(cells[2:], [5000, 4000])
    one = ratio_of_ratios(group, comparator, method=method)
    numbers = np.array([one.value, one.low, one.high])
    assert np.isfinite(numbers).all() == (one.reason == 0)
    if one.reason == 0:
        assert one.low <= one.value * (1 + 1e-9)
        assert one.value <= one.high * (1 + 1e-9)
    other = ratio_of_ratios(comparator, group, method=method)
    if one.reason == other.reason == 0 and one.low > 0 and np.isfinite(other.high):
        assert one.value == pytest.approx(1 / other.value)
        assert one.low == pytest.approx(1 / other.high, rel=1e-4)


@settings(deadline=None)
@given(four)
def test_a_difference_of_differences_is_the_plain_sum_and_turns_with_its_sides(
    cells: tuple[int, int, int, int],
) -> None:
    group, comparator = Rate(cells[:2], [900, 1100]), Rate(cells[2:], [5000, 4000])
    one = difference_of_differences(group, comparator)
    plain = cells[1] / 1100 - cells[0] / 900 - cells[3] / 4000 + cells[2] / 5000
    assert one.value == pytest.approx(plain, rel=1e-9, abs=1e-9)
    other = difference_of_differences(comparator, group)
    assert one.low == pytest.approx(-other.high, rel=1e-6, abs=1e-9)
    assert one.low <= one.value <= one.high


def test_an_unchanged_comparator_of_millions_leaves_the_groups_own_ratio() -> None:
    change = ratio_of_ratios(Rate([50, 80], [1000, 1000]), Rate([10**8, 10**8], [10**9, 10**9]))
    own = rate_ratio(Rate(80, 1000), Rate(50, 1000))
    assert change.value == pytest.approx(float(own.value))
    assert change.low == pytest.approx(float(own.low), rel=0.02)


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=9), st.floats(0.5, 20))
def test_random_effects_move_and_stretch_with_the_effects(effects: list[float], by: float) -> None:
    variances = np.linspace(0.1, 0.4, len(effects))
    one = random_effects(effects, variances)
    other = random_effects(np.array(effects) * by + 1, variances * by**2)
    assert other.average.value == pytest.approx(one.average.value * by + 1, abs=1e-6)
    assert other.tau_squared == pytest.approx(one.tau_squared * by**2, abs=1e-6)
    assert min(effects) - 1e-9 <= one.average.value <= max(effects) + 1e-9


def test_inflation_is_the_variance_of_counts_that_come_in_bunches() -> None:
    generator = np.random.default_rng(5)
    people = generator.poisson(200, 20_000)
    bunches = generator.choice([1, 2, 5], p=[0.7, 0.2, 0.1], size=people.sum())
    cell = np.repeat(np.arange(people.size), people)
    events, squares = np.bincount(cell, bunches), np.bincount(cell, bunches**2)
    inflation = repeat_inflation(events.astype(int), squares.astype(int))
    assert np.mean(inflation) == pytest.approx(events.var() / events.mean(), rel=0.03)
    plain = rate(Rate(events.astype(int), 1))
    wider = widen(plain, inflation)
    truth = 200 * 1.6
    assert np.mean((plain.low <= truth) & (truth <= plain.high)) < 0.9
    assert np.mean((wider.low <= truth) & (truth <= wider.high)) == pytest.approx(0.95, abs=0.01)


def test_the_design_effect_is_the_variance_of_a_proportion_of_repeat_searches() -> None:
    generator = np.random.default_rng(6)
    sizes = generator.integers(1, 6, (4000, 150))
    finds = generator.binomial(sizes, generator.beta(1, 2, sizes.shape))
    n, x = sizes.sum(axis=1), finds.sum(axis=1)
    sums = ((finds**2).sum(axis=1), (finds * sizes).sum(axis=1), (sizes**2).sum(axis=1))
    effect = proportion_design_effect(np.full(4000, 150), n, x, sums)
    share = x / n
    seen = share.var() / np.mean(share * (1 - share) / n)
    assert np.mean(effect) == pytest.approx(seen, rel=0.06)
