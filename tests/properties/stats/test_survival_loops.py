"""Survival methods against loops over one person or one month at a time."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.stats import (
    Reach,
    Reason,
    Spells,
    build_spells,
    cox,
    kaplan_meier,
    log_rank,
    restricted_mean,
    restricted_mean_difference,
    stratified_log_rank,
    waiting_time,
)

MONTHS = 8
# Someone is seen from a month (0, or later) for at least a month more; events are common.
person = st.tuples(
    st.integers(0, 2), st.integers(0, 3), st.integers(1, 4), st.booleans(), st.integers(0, 1)
)
cohorts = st.lists(person, min_size=1, max_size=25)


def tally(people: list[tuple[int, int, int, bool, int]]) -> Spells:
    """Strata × groups × months."""
    entries, events, censored = np.zeros((3, 2, 3, MONTHS), int)
    for group, start, length, happened, stratum in people:
        entries[stratum, group, start] += 1
        (events if happened else censored)[stratum, group, start + length] += 1
    return Spells(events, censored, entries=entries)


def at_risk(people: list[tuple[int, int, int, bool, int]], month: int) -> int:
    return sum(
        (start < month or start == month == 0) and start + length >= month
        for _, start, length, _, _ in people
    )


def events_at(people: list[tuple[int, int, int, bool, int]], month: int) -> int:
    return sum(happened and start + length == month for _, start, length, happened, _ in people)


@given(cohorts)
def test_the_curve_is_the_product_of_the_monthly_shares_who_stay(people) -> None:
    spells = tally(people)
    whole = Spells(
        *(c.sum(axis=(0, 1)) for c in (spells.events, spells.censored)),
        entries=spells.entries.sum(axis=(0, 1)),
    )
    curve, survival, started, stopped = kaplan_meier(whole), Fraction(1), False, False
    for month in range(MONTHS):
        waiting, happened = at_risk(people, month), events_at(people, month)
        assert curve.at_risk[month] == waiting
        started = started or waiting > 0
        stopped = stopped or (started and waiting == 0 and survival > 0)
        if waiting:
            survival *= 1 - Fraction(happened, waiting)
        if started and not stopped:
            assert curve.estimates.value[month] == pytest.approx(float(survival), abs=1e-12)
        else:
            assert math.isnan(curve.estimates.value[month])


@given(cohorts)
def test_every_undefined_month_has_its_reason_and_every_other_an_interval(people) -> None:
    estimates = kaplan_meier(tally(people)).estimates
    defined = estimates.reason == Reason.DEFINED
    for part in (estimates.value, estimates.low, estimates.high):
        assert np.isfinite(part[defined]).all()
        assert np.isnan(part[~defined]).all()
    assert (estimates.low[defined] <= estimates.value[defined] + 1e-12).all()
    assert (estimates.high[defined] >= estimates.value[defined] - 1e-12).all()
    assert (estimates.high[defined] > estimates.low[defined]).all()


@given(cohorts)
def test_the_median_is_the_first_month_at_or_below_one_half(people) -> None:
    curve = kaplan_meier(tally(people))
    median = waiting_time(curve)
    values = curve.estimates.value.reshape(-1, MONTHS)
    for row, value, reach in zip(values, median.value.ravel(), median.reach.ravel(), strict=True):
        below = [m for m in range(MONTHS) if row[m] <= 0.5 + 1e-12]
        if below:
            assert value == below[0]
        else:
            assert math.isnan(value)
            assert reach in (Reach.BEYOND_FOLLOW_UP, Reach.NEVER_FOLLOWED)


@given(cohorts, st.integers(1, MONTHS - 1))
def test_the_restricted_mean_is_the_area_of_unit_steps(people, until) -> None:
    mean = restricted_mean(tally(people), until=until)
    values = kaplan_meier(tally(people)).estimates.value.reshape(-1, MONTHS)
    low, high = mean.low.ravel(), mean.high.ravel()
    for i, row in enumerate(values):
        area = sum(row[m] for m in range(until)) + 0 * row[until]
        assert mean.value.ravel()[i] == pytest.approx(area, nan_ok=True)
        if not math.isnan(area):
            assert 0 <= low[i] <= area + 1e-9
            assert area - 1e-9 <= high[i] <= until
            assert low[i] < high[i]


@given(cohorts, st.integers(1, MONTHS - 1))
def test_swapping_the_groups_turns_the_difference_round(people, until) -> None:
    spells = tally(people)
    one, two = (
        Spells(spells.events[:, g], spells.censored[:, g], entries=spells.entries[:, g])
        for g in (0, 1)
    )
    there = restricted_mean_difference(one, two, until=until)
    back = restricted_mean_difference(two, one, until=until)
    np.testing.assert_allclose(there.value, -back.value)
    np.testing.assert_allclose(there.low, -back.high)
    np.testing.assert_array_equal(there.reason, back.reason)
    assert np.isfinite(there.value[there.reason == Reason.DEFINED]).all()


def naive_log_rank(strata: list[Spells]) -> tuple[list[Fraction], list[list[Fraction]]]:
    """Observed less expected, and the hypergeometric covariance, one month at a time."""
    groups = strata[0].events.shape[0]
    gap = [Fraction(0)] * groups
    covariance = [[Fraction(0)] * groups for _ in range(groups)]
    for spells in strata:
        for month in range(MONTHS):
            n = [int(v) for v in spells.at_risk[:, month]]
            d = [int(v) for v in spells.events[:, month]]
            total, died = sum(n), sum(d)
            if not total:
                continue
            scale = Fraction(died * (total - died), max(total - 1, 1))
            for i in range(groups):
                gap[i] += d[i] - Fraction(died * n[i], total)
                for j in range(groups):
                    covariance[i][j] += (
                        scale * Fraction(n[i], total) * ((i == j) - Fraction(n[j], total))
                    )
    return gap, covariance


@given(cohorts)
def test_log_rank_agrees_with_rational_arithmetic_month_by_month(people) -> None:
    spells = tally(people)
    strata = [
        Spells(spells.events[s], spells.censored[s], entries=spells.entries[s]) for s in (0, 1)
    ]
    for tests, found in (
        ([[strata[0]], [strata[1]]], log_rank(spells)),
        ([strata], stratified_log_rank(spells)),
    ):
        for i, test in enumerate(tests):
            gap, covariance = naive_log_rank(test)
            exact = np.array(covariance, float)
            rank = np.linalg.matrix_rank(exact, tol=1e-9)
            assert np.ravel(found.degrees_of_freedom)[i] == rank
            observed = found.observed.reshape(-1, 3)[i]
            np.testing.assert_allclose(
                observed - found.expected.reshape(-1, 3)[i], np.array(gap, float), atol=1e-9
            )
            statistic = np.ravel(found.statistic)[i]
            if rank:
                difference = np.array(gap, float)
                chi2 = difference @ np.linalg.pinv(exact, rcond=1e-9) @ difference
                assert statistic == pytest.approx(chi2, abs=1e-7)
                assert 0 <= np.ravel(found.p)[i] <= 1
            else:
                assert math.isnan(statistic)
                assert np.ravel(found.reason)[i] != Reason.DEFINED


def naive_likelihood(people, coefficient: float, ties: str) -> float:
    """Cox's log partial likelihood over people, with the ties of each month in turn."""
    total = 0.0
    for stratum in (0, 1):
        mine = [p for p in people if p[4] == stratum]
        for month in range(MONTHS):
            risk = [p for p in mine if at_risk([p], month)]
            died = [p for p in risk if p[3] and p[1] + p[2] == month]
            everyone = sum(math.exp(coefficient * p[0]) for p in risk)
            tied = sum(math.exp(coefficient * p[0]) for p in died)
            for turn, one in enumerate(died):
                out = turn / len(died) * tied if ties == "efron" else 0.0
                total += coefficient * one[0] - math.log(everyone - out)
    return total


@settings(deadline=None)
@given(cohorts, st.sampled_from(["efron", "breslow"]))
def test_cox_stands_at_the_top_of_the_likelihood_of_the_people(people, ties) -> None:
    fit = cox(tally(people), [[0.0], [1.0], [2.0]], ties=ties)
    assert fit.log_likelihood[0] == pytest.approx(naive_likelihood(people, 0.0, ties), abs=1e-8)
    if fit.hazard_ratio.reason[0] != Reason.DEFINED:
        assert math.isnan(fit.coefficient[0])
        return
    at = float(fit.coefficient[0])
    top = naive_likelihood(people, at, ties)
    assert fit.log_likelihood[1] == pytest.approx(top, abs=1e-7)
    for step in (0.01, -0.01):
        assert naive_likelihood(people, at + step, ties) <= top + 1e-7


@given(cohorts)
def test_counting_people_gives_the_same_spells_as_adding_them_up(people) -> None:
    everyone = [(g, 0, s + n, e, 0) for g, s, n, e, _ in people]
    built = build_spells(
        [p[0] for p in everyone],
        [p[2] for p in everyone],
        event=[int(p[3]) for p in everyone],
        groups=3,
    )
    added = tally(everyone)
    months = built.events.shape[-1]
    np.testing.assert_array_equal(built.events, added.events[0, :, :months])
    np.testing.assert_array_equal(built.at_risk, added.at_risk[0, :, :months])


@given(st.integers(1, 10**9), st.integers(0, 10**9))
def test_enormous_groups_stay_finite(events, censored) -> None:
    spells = Spells([[0, events, 0], [0, 1, 0]], [[0, 0, censored], [0, 0, 1]])
    curve, test = kaplan_meier(spells), log_rank(spells)
    assert np.isfinite(curve.estimates.low[:, :2]).all()
    assert np.isfinite(test.statistic)
