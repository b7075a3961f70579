"""The ratio said to be detectable is detected as often as was said, by adding up outcomes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats as reference

from evenhand.stats import (
    Proportion,
    Rate,
    Reason,
    conditional_rate_test,
    detectable_rate_ratio,
    detectable_risk_ratio,
    fisher,
)


def power_of_rates(mean1: float, t1: float, mean2: float, t2: float) -> float:
    """The chance that the mid-p test finds at 5%: every pair of counts that could come up."""
    first, second = (
        np.arange(reference.poisson.ppf(1e-9, mean), reference.poisson.ppf(1 - 1e-9, mean) + 1)
        for mean in (mean1, mean2)
    )
    found = conditional_rate_test(Rate(first[:, None], t1), Rate(second, t2)).p <= 0.05
    chance = reference.poisson.pmf(first, mean1)[:, None] * reference.poisson.pmf(second, mean2)
    return float((chance * found).sum())


def power_of_shares(p1: float, n1: int, p2: float, n2: int) -> float:
    first, second = (
        np.arange(reference.binom.ppf(1e-9, n, p), reference.binom.ppf(1 - 1e-9, n, p) + 1)
        for n, p in ((n1, p1), (n2, p2))
    )
    found = fisher(Proportion(first[:, None], n1), Proportion(second, n2)).p <= 0.05
    chance = reference.binom.pmf(first, n1, p1)[:, None] * reference.binom.pmf(second, n2, p2)
    return float((chance * found).sum())


@pytest.mark.parametrize(
    ("time", "events", "comparator_time"),
    [
        (500, 400, 20_000),
        (50, 400, 20_000),
        (1000, 20, 2000),
        (20_000, 20, 20_000),
        (300, 1000, 1e5),
    ],
)
def test_a_rate_ratio_has_the_power_it_is_given_for(
    time: float, events: int, comparator_time: float
) -> None:
    found = detectable_rate_ratio(time, Rate(events, comparator_time))
    for ratio in (found.ratio_above, found.ratio_below):
        if np.isfinite(ratio):
            mean = float(ratio) * events / comparator_time * time
            power = power_of_rates(mean, time, events, comparator_time)
            assert power == pytest.approx(0.8, abs=0.05)


@pytest.mark.parametrize(
    ("size", "count", "total"),
    [(12, 300, 1000), (300, 300, 1000), (50, 30, 100), (30, 500, 1000), (10, 900, 1000)],
)
def test_a_risk_ratio_has_the_power_it_is_given_for(size: int, count: int, total: int) -> None:
    found = detectable_risk_ratio(size, Proportion(count, total))
    for ratio in (found.ratio_above, found.ratio_below):
        if np.isfinite(ratio):
            share = float(ratio) * count / total
            power = power_of_shares(share, size, count / total, total)
            assert power == pytest.approx(0.8, abs=0.05)


DRAWS = 20_000  # the share of findings among them has a standard error of 0.003


@pytest.mark.parametrize("time", [1000, 10_000, 1_000_000])
def test_the_closed_form_for_large_counts_of_events_keeps_the_power(time: int) -> None:
    rng = np.random.default_rng(20)
    found = detectable_rate_ratio(time, Rate(5000, 2000))
    others = rng.poisson(5000, DRAWS)
    for ratio in (float(found.ratio_above), float(found.ratio_below)):
        counts = rng.poisson(ratio * 2.5 * time, DRAWS)
        p = conditional_rate_test(Rate(counts, time), Rate(others, 2000)).p
        assert np.mean(p <= 0.05) == pytest.approx(0.8, abs=0.02)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.9])
def test_the_closed_form_for_large_counts_of_people_keeps_the_power(share: float) -> None:
    rng = np.random.default_rng(21)
    found = detectable_risk_ratio(30_000, Proportion(round(share * 80_000), 80_000))
    others = rng.binomial(80_000, share, DRAWS)
    for ratio in (float(found.ratio_above), float(found.ratio_below)):
        counts = rng.binomial(30_000, ratio * share, DRAWS)
        p = fisher(Proportion(counts, 30_000), Proportion(others, 80_000)).p
        assert np.mean(p <= 0.05) == pytest.approx(0.8, abs=0.02)


@pytest.mark.parametrize("ask", [detectable_rate_ratio, detectable_risk_ratio])
def test_a_larger_unit_could_show_a_smaller_gap(ask: Any) -> None:
    sizes = np.array([20, 50, 100, 300, 1000, 5000])
    comparator = (Rate if ask is detectable_rate_ratio else Proportion)(500, 2000)
    found = ask(sizes, comparator)
    assert (np.diff(found.ratio_above) < 0).all()
    below = found.ratio_below[np.isfinite(found.ratio_below)]
    assert (np.diff(below) > 0).all()
    assert (found.ratio_above > 1).all()
    assert (below < 1).all()


def test_too_small_a_unit_says_so_and_never_gives_a_number() -> None:
    found = detectable_rate_ratio([1, 0, 100], Rate([5, 5, 0], 100))
    reasons = [Reason.TOO_SMALL, Reason.NO_POPULATION, Reason.NO_COMPARATOR_EVENTS]
    assert (found.reason_below == reasons).all()
    assert np.isnan(found.ratio_below).all()
    assert np.isnan(found.difference_below).all()
    shares = detectable_risk_ratio(3, Proportion(90, 100))
    assert shares.reason_above == Reason.TOO_SMALL
    assert np.isnan(shares.ratio_above)


def test_asking_for_more_power_asks_for_a_larger_gap() -> None:
    modest = detectable_rate_ratio(400, Rate(500, 2000), power=0.6)
    strong = detectable_rate_ratio(400, Rate(500, 2000), power=0.95)
    assert modest.ratio_above < strong.ratio_above
    assert modest.ratio_below > strong.ratio_below


def test_a_thousand_million_people_could_show_next_to_nothing() -> None:
    found = detectable_rate_ratio(1e9, Rate(10**8, 1e9))
    expected = 1 + (1.959964 + 0.841621) * np.sqrt(2 / 1e8)
    assert float(found.ratio_above) == pytest.approx(expected, abs=2e-6)
