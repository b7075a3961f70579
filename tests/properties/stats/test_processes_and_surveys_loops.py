"""Stage funnels, composites, surveys and projections against loops over one cell at a time."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evenhand.stats import (
    Flows,
    Proportion,
    Reason,
    composite,
    disclosure_rate,
    driver_analysis,
    favourable_share,
    project,
    projected_share,
    rank_uncertainty,
    stage_funnel,
    target_year,
    weight_sensitivity,
)

stages = st.lists(st.integers(0, 10**9), min_size=4, max_size=4).map(
    lambda counts: sorted(counts, reverse=True)
)
scores = st.floats(-100, 100).map(lambda x: round(x, 3))


@given(stages, stages)
def test_each_step_is_divided_by_the_stage_that_feeds_it(group, comparator) -> None:
    funnel = stage_funnel(group, comparator)
    for k in range(3):
        if not group[k]:
            assert math.isnan(funnel.rate.value[k])
            assert funnel.rate.reason[k] == Reason.NO_POPULATION
            continue
        assert funnel.rate.value[k] == pytest.approx(group[k + 1] / group[k])
        if comparator[k]:
            usual = Fraction(comparator[k + 1], comparator[k])
            heads = group[k] * usual - group[k + 1]
            assert funnel.shortfall[k] == pytest.approx(float(heads), abs=1e-6, rel=1e-9)


@given(stages, stages)
def test_the_step_ratios_multiply_up_to_the_overall_ratio(group, comparator) -> None:
    assume(min(group) > 0 and min(comparator) > 0)
    funnel = stage_funnel(group, comparator)
    assert math.prod(funnel.ratio.value) == pytest.approx(float(funnel.overall.value))


@given(stages)
def test_a_group_compared_with_itself_falls_behind_nowhere(group) -> None:
    funnel = stage_funnel(group, group)
    assert np.nanmax(np.append(funnel.shortfall, 0)) == pytest.approx(0, abs=1e-6)
    defined = funnel.ratio.reason == Reason.DEFINED
    np.testing.assert_allclose(funnel.ratio.value[defined], 1.0)


columns = st.integers(2, 6).flatmap(
    lambda units: st.lists(st.lists(scores, min_size=3, max_size=3), min_size=units, max_size=units)
)
weights = st.lists(st.integers(0, 5), min_size=3, max_size=3).filter(any)


@given(columns, weights)
def test_a_composite_is_the_weighted_mean_of_the_z_scores(parts, shares) -> None:
    found = composite(parts, shares)
    for i in range(len(parts)):
        total = 0.0
        for j, share in enumerate(shares):
            column = [row[j] for row in parts]
            mean = math.fsum(column) / len(column)
            spread = math.sqrt(math.fsum((x - mean) ** 2 for x in column) / len(column))
            z = (parts[i][j] - mean) / spread if spread > 1e-9 else 0.0
            total += share / sum(shares) * z
        assert found.score[i] == pytest.approx(total, abs=1e-6)


@given(columns, weights)
def test_ranks_count_how_many_stand_higher(parts, shares) -> None:
    found = composite(parts, shares)
    for i, rank in enumerate(found.rank):
        higher = sum(s > found.score[i] + 1e-9 for s in found.score)
        level = sum(abs(s - found.score[i]) <= 1e-9 for s in found.score)
        assert higher + 1 - 1e-9 <= rank <= higher + level + 1e-9
    assert found.rank.sum() == pytest.approx(len(parts) * (len(parts) + 1) / 2)


@given(columns, st.floats(0.1, 50), st.floats(-20, 20))
def test_a_part_measured_in_another_unit_changes_no_score(parts, factor, shift) -> None:
    wide = np.ptp(np.array(parts), axis=0)
    assume(np.all((wide > 0.01) | (wide == 0)))
    there = composite(np.array(parts), [1, 1, 1])
    back = composite(np.array(parts) * factor + shift, [1, 1, 1])
    np.testing.assert_allclose(there.score, back.score, atol=1e-6)


@settings(deadline=None)
@given(columns, weights, st.integers(0, 2**31))
def test_simulated_ranks_stay_in_range_and_one_unit_is_highest(parts, shares, seed) -> None:
    found = composite(parts, shares)
    rng = np.random.default_rng(seed)
    errors = np.full((len(parts), 3), 0.5)
    for spread in (
        weight_sensitivity(found, rng=rng, draws=50),
        rank_uncertainty(parts, shares, errors=errors, rng=rng, draws=50),
    ):
        assert (spread.low >= 1).all()
        assert (spread.low <= spread.median).all()
        assert (spread.median <= spread.high).all()
        assert (spread.high <= len(parts)).all()
        assert spread.highest.sum() == pytest.approx(1.0)


@given(columns, weights)
def test_without_error_the_rank_is_certain(parts, shares) -> None:
    spread = rank_uncertainty(
        parts, shares, errors=np.zeros((len(parts), 3)), rng=np.random.default_rng(1), draws=5
    )
    rank = composite(parts, shares).rank
    np.testing.assert_array_equal(spread.low, rank)
    np.testing.assert_array_equal(spread.high, rank)


answers = st.integers(0, 10**9).flatmap(
    lambda total: st.tuples(st.integers(0, total), st.just(total), st.integers(0, 10**9))
)


@given(answers)
def test_the_corrected_wilson_limits_solve_their_quadratic(case) -> None:
    count, total, more = case
    found = favourable_share(Proportion(count, total), population=total + more)
    if not total:
        assert found.reason == Reason.NO_POPULATION
        assert math.isnan(found.low)
        return
    share, z = count / total, 1.959963984540054
    factor = more / max(total + more - 1, 1)
    for limit in (float(found.low), float(found.high)):
        # Wilson (1927): the limits are the shares whose own standard error puts them z away.
        gap, reach = (share - limit) ** 2, z**2 * factor * limit * (1 - limit) / total
        assert gap == pytest.approx(reach, abs=1e-9, rel=1e-4)
    assert 0 <= found.low <= share <= found.high <= 1


@given(answers)
def test_the_interval_narrows_as_more_of_the_unit_answered(case) -> None:
    count, total, more = case
    assume(total > 0)
    wide = favourable_share(Proportion(count, total))
    narrow = favourable_share(Proportion(count, total), population=total + more)
    assert narrow.low >= wide.low - 1e-12
    assert narrow.high <= wide.high + 1e-12


@given(*[st.integers(0, 10**9)] * 3)
def test_the_shares_of_everybody_asked_add_up_to_one(told, withheld, blank) -> None:
    found = disclosure_rate(told, withheld, blank=blank)
    if told + withheld + blank:
        total = found.told.value + found.withheld.value + found.blank.value
        assert float(total) == pytest.approx(1.0)
    else:
        assert found.told.reason == Reason.NO_POPULATION


answer_rows = st.lists(
    st.tuples(*[st.integers(1, 5)] * 3, st.integers(0, 3)), min_size=4, max_size=15
)


@given(answer_rows)
def test_counted_patterns_give_what_the_respondents_give(rows) -> None:
    table = np.array(rows)
    counted = driver_analysis(table[:, :2], table[:, 2], counts=table[:, 3])
    each = np.repeat(table, table[:, 3], axis=0)
    single = driver_analysis(each[:, :2].reshape(-1, 2), each[:, 2])
    for part in ("value", "low", "high"):
        np.testing.assert_allclose(
            getattr(counted.standardised, part), getattr(single.standardised, part), atol=1e-6
        )
    assert counted.respondents == len(each)


@given(answer_rows)
def test_standardised_coefficients_solve_the_normal_equations(rows) -> None:
    table = np.array(rows, float)
    found = driver_analysis(table[:, :2], table[:, 2])
    if found.standardised.reason.any():
        return
    z = (table[:, :3] - table[:, :3].mean(axis=0)) / table[:, :3].std(axis=0)
    residual = z[:, 2] - z[:, :2] @ found.standardised.value
    np.testing.assert_allclose(z[:, :2].T @ residual, 0.0, atol=1e-6)
    assert found.explained == pytest.approx(1 - residual @ residual / len(z), abs=1e-8)
    assert found.contribution.sum() == pytest.approx(found.explained, abs=1e-8)


cell = st.tuples(st.integers(0, 60), st.floats(0, 8), st.floats(0, 1), st.floats(0, 1))
services = st.lists(st.tuples(cell, cell), min_size=2, max_size=3)


@settings(deadline=None, max_examples=30)
@given(services, st.integers(1, 4), st.integers(0, 2**31))
def test_nobody_appears_or_vanishes_and_the_simulation_centres_on_the_expectation(
    service, years, seed
) -> None:
    stock, joiners, leaving, promotion = np.moveaxis(np.array(service), -1, 0)
    promotion[:, -1] = 0
    flows = Flows(joiners, leaving, promotion=promotion)
    future = project(
        stock.astype(int), flows, years=years, rng=np.random.default_rng(seed), draws=400
    )
    people = stock.copy()
    for year in range(1, years + 1):
        after = np.zeros_like(people)
        for g in range(len(service)):
            for r in (0, 1):
                stay = people[g, r] * (1 - leaving[g, r])
                up = stay * promotion[g, r]
                after[g, r] += stay - up + joiners[g, r]
                if r == 0:
                    after[g, 1] += up
        people = after
        np.testing.assert_allclose(future.expected[year], people)
        mean, spread = (f(future.simulated[:, year], axis=0) for f in (np.mean, np.std))
        assert (np.abs(mean - people) <= 6 * (spread + 0.5) / math.sqrt(400)).all()
    assert (future.simulated >= 0).all()


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 50), st.floats(0.05, 0.95))
def test_the_year_a_target_is_reached_is_the_first_year_of_a_future_that_meets_it(
    start, target
) -> None:
    flows = Flows([[6.0], [6.0]], [[0.2], [0.2]], promotion=[[0.0], [0.0]])
    future = project([[start], [50]], flows, years=6, rng=np.random.default_rng(3), draws=60)
    found, first = target_year(future, 0, target=target), []
    for draw in future.simulated[..., 0]:
        years = [y for y, (ours, theirs) in enumerate(draw) if ours >= target * (ours + theirs)]
        first.append(years[0] if years else math.inf)
    assert found.reached == pytest.approx(np.mean(np.isfinite(first)))
    middle = sorted(first)[29]
    assert (found.year == middle) or (math.isnan(found.year) and math.isinf(middle))
    share = projected_share(future, 0)
    assert (share.low <= share.value).all()
    assert (share.value <= share.high).all()
