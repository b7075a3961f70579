"""Score intervals against slow searches written another way, and against what must hold of them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from math import inf, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.stats import (
    Proportion,
    Rate,
    odds_ratio,
    rate_difference,
    risk_difference,
    risk_ratio,
)
from evenhand.stats.columns import Reason

Z = 1.959963984540054

sizes = st.one_of(st.integers(1, 40), st.integers(1, 10**9))


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int]:
    n = draw(sizes)
    few = draw(st.integers(0, min(n, 5)))
    return draw(st.sampled_from([few, n - few, draw(st.integers(0, n))])), n


def halve(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a falling function crosses zero, by nothing cleverer than halving."""
    for _ in range(300):
        middle = (low + high) / 2
        if function(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def likeliest_share(ratio: float, x1: int, n1: int, x2: int, n2: int) -> float:
    """The comparator's likeliest share when the group's is ``ratio`` times as large."""
    most = min(1.0, 1 / ratio)

    def slope(log_p: float) -> float:
        p = most * np.exp(log_p)
        room1, room2 = max(1 - ratio * p, 1e-300), max(1 - p, 1e-300)
        return (x1 + x2) / p - ratio * (n1 - x1) / room1 - (n2 - x2) / room2

    return most * float(np.exp(halve(slope, -60.0, 0.0)))


def ratio_statistic(ratio: float, x1: int, n1: int, x2: int, n2: int) -> float:
    p2 = likeliest_share(ratio, x1, n1, x2, n2)
    p1 = ratio * p2
    parts = 0.0
    for x, n, p in ((x1, n1, p1), (x2, n2, p2)):
        gap = x - n * p
        if abs(gap) > 1e-9 * max(n * p, 1e-3):
            parts += gap * gap / max(n * p * (1 - p), 1e-300)
    return parts


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_koopmans_limits_are_where_his_statistic_is_the_quantile(
    n1: int, n2: int, data: st.DataObject
) -> None:
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    found = risk_ratio(Proportion(x1, n1), Proportion(x2, n2))
    for limit in (float(found.low), float(found.high)):
        if 0 < limit < inf:
            # At a limit where the likeliest share is 1 itself the statistic turns a corner.
            either = [ratio_statistic(limit * f, x1, n1, x2, n2) for f in (1 - 1e-7, 1 + 1e-7)]
            assert min(either) - 1e-3 <= Z * Z <= max(either) + 1e-3


@given(shares(), shares())
def test_the_ratio_turned_round_is_the_inverse(one: tuple[int, int], two: tuple[int, int]) -> None:
    for method in ("koopman", "miettinen-nurminen"):
        there = risk_ratio(Proportion(*one), Proportion(*two), method=method)
        back = risk_ratio(Proportion(*two), Proportion(*one), method=method)
        if there.reason == back.reason == 0:
            with np.errstate(divide="ignore"):
                np.testing.assert_allclose(there.low, 1 / back.high, rtol=1e-9)
                np.testing.assert_allclose(there.high, 1 / back.low, rtol=1e-9)


@given(shares(), shares())
def test_the_difference_turned_round_changes_its_sign(
    one: tuple[int, int], two: tuple[int, int]
) -> None:
    for method in ("newcombe", "miettinen-nurminen"):
        there = risk_difference(Proportion(*one), Proportion(*two), method=method)
        back = risk_difference(Proportion(*two), Proportion(*one), method=method)
        np.testing.assert_allclose(there.low, -back.high, rtol=1e-8, atol=1e-15)
        np.testing.assert_allclose(there.high, -back.low, rtol=1e-8, atol=1e-15)


@given(shares(), shares())
def test_every_interval_of_shares_holds_its_value_and_stays_in_bounds(
    one: tuple[int, int], two: tuple[int, int]
) -> None:
    group, comparator = Proportion(*one), Proportion(*two)
    for method in ("newcombe", "miettinen-nurminen"):
        found = risk_difference(group, comparator, method=method)
        assert -1 <= found.low <= found.value + 1e-15
        assert found.value - 1e-15 <= found.high <= 1
        assert found.low < found.high
    for ratio in (risk_ratio(group, comparator), odds_ratio(group, comparator, method="score")):
        if ratio.reason == 0:
            assert 0 <= ratio.low <= ratio.value * (1 + 1e-12)
            assert ratio.value * (1 - 1e-12) <= ratio.high < inf
            assert ratio.low < ratio.high


@settings(max_examples=60)
@given(st.integers(0, 60), st.integers(1, 60), st.integers(0, 60), st.integers(1, 60))
def test_one_more_event_in_the_group_raises_every_limit(x: int, n: int, y: int, m: int) -> None:
    x, y = min(x, n), min(y, m)
    counts = np.array([x, min(x + 1, n)])
    group, comparator = Proportion(counts, n), Proportion(y, m)
    intervals = [
        risk_ratio(group, comparator),
        risk_ratio(group, comparator, method="miettinen-nurminen"),
        risk_difference(group, comparator),
        risk_difference(group, comparator, method="miettinen-nurminen"),
        odds_ratio(group, comparator, method="score"),
        odds_ratio(group, comparator),
    ]
    for found in intervals:
        for limit in (found.low, found.high):
            if not np.isnan(limit).any():
                assert limit[0] <= limit[1] * (1 + np.sign(limit[1]) * 1e-9) + 1e-12


def difference_statistic(gap: float, x1: int, n1: int, x2: int, n2: int) -> float:
    """Miettinen and Nurminen's statistic, its constrained shares found by halving."""
    low, high = max(0.0, -gap), min(1.0, 1 - gap)

    def slope(p: float) -> float:
        total = 0.0
        parts = ((x1, p + gap, 1), (n1 - x1, 1 - p - gap, -1), (x2, p, 1), (n2 - x2, 1 - p, -1))
        for count, room, sign in parts:
            if count:
                total += sign * count / max(room, 1e-300)
        return total

    p2 = halve(slope, low, high)
    p1 = p2 + gap
    variance = (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) * (n1 + n2) / (n1 + n2 - 1)
    return (x1 / n1 - x2 / n2 - gap) / sqrt(max(variance, 1e-300))


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 80), st.integers(1, 2000), st.data())
def test_miettinen_and_nurminens_limits_are_where_the_statistic_is_the_quantile(
    n1: int, n2: int, data: st.DataObject
) -> None:
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    found = risk_difference(Proportion(x1, n1), Proportion(x2, n2), method="miettinen-nurminen")
    for limit, quantile in ((float(found.low), Z), (float(found.high), -Z)):
        if -1 < limit < 1:
            found_z = difference_statistic(limit, x1, n1, x2, n2)
            assert found_z == pytest.approx(quantile, abs=1e-6)


def rate_statistic(gap: float, x1: int, t1: float, x2: int, t2: float) -> float:
    low = max(0.0, -gap)

    def slope(rate: float) -> float:
        first = x1 / max(rate + gap, 1e-300) if x1 else 0.0
        return first + (x2 / max(rate, 1e-300) if x2 else 0.0) - t1 - t2

    second = halve(slope, low, low + (x1 + x2 + 1) / (t1 + t2) + abs(gap))
    variance = (second + gap) / t1 + second / t2
    return (x1 / t1 - x2 / t2 - gap) / sqrt(max(variance, 1e-300))


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 500), st.floats(0.1, 1e6), st.integers(0, 500), st.floats(0.1, 1e6))
def test_the_rate_differences_limits_are_where_the_statistic_is_the_quantile(
    x1: int, t1: float, x2: int, t2: float
) -> None:
    found = rate_difference(Rate(x1, t1), Rate(x2, t2))
    assert rate_statistic(float(found.low), x1, t1, x2, t2) == pytest.approx(Z, abs=1e-5)
    assert rate_statistic(float(found.high), x1, t1, x2, t2) == pytest.approx(-Z, abs=1e-5)


def odds_statistic(odds: float, x1: int, n1: int, x2: int, n2: int) -> float:
    events = x1 + x2

    def short(log_odds2: float) -> float:
        o2 = np.exp(log_odds2)
        return events - n2 * o2 / (1 + o2) - n1 * odds * o2 / (1 + odds * o2)

    o2 = float(np.exp(halve(short, -80.0, 80.0)))
    p2, p1 = o2 / (1 + o2), odds * o2 / (1 + odds * o2)
    inverse = 1 / (n1 * p1 * (1 - p1)) + 1 / (n2 * p2 * (1 - p2))
    return (x1 - n1 * p1) * sqrt(inverse * (n1 + n2 - 1) / (n1 + n2))


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 80), st.integers(1, 2000), st.data())
def test_the_odds_ratios_score_limits_are_where_the_statistic_is_the_quantile(
    n1: int, n2: int, data: st.DataObject
) -> None:
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    found = odds_ratio(Proportion(x1, n1), Proportion(x2, n2), method="score")
    for limit, quantile in ((float(found.low), Z), (float(found.high), -Z)):
        if 0 < limit < inf:
            assert odds_statistic(limit, x1, n1, x2, n2) == pytest.approx(quantile, abs=1e-6)


def odds_statistic_in_sixty_digits(odds: float, x1: int, n1: int, x2: int, n2: int) -> float:
    """By the table that has these margins and this odds ratio, the root of a quadratic."""
    with localcontext(prec=60):
        ratio, events = Decimal(odds), x1 + x2
        b = ratio * (n1 + events) + n2 - events
        a1 = 2 * ratio * n1 * events / (b + (b * b - 4 * (ratio - 1) * ratio * n1 * events).sqrt())
        cells = (a1, n1 - a1, events - a1, n2 - events + a1)
        everyone = Decimal(n1 + n2)
        inverse = sum(1 / cell for cell in cells) * (everyone - 1) / everyone
        return float((x1 - a1) * inverse.sqrt())


edges = st.one_of(st.sampled_from([0, 1, 2, 10**9 - 1, 10**9]), st.integers(0, 10**9))


@settings(max_examples=150, deadline=None)
@given(edges, edges, st.one_of(st.just(10**9), st.integers(1, 10**9)))
def test_the_odds_ratios_score_limits_solve_their_equation_from_none_to_a_thousand_million(
    x1: int, x2: int, n: int
) -> None:
    x1, n2 = min(x1, n), 10**9
    found = odds_ratio(Proportion(x1, n), Proportion(x2, n2), method="score")
    if found.reason not in (Reason.NO_EVENTS, Reason.ONLY_EVENTS):
        for limit, sign in ((float(found.low), 1), (float(found.high), -1)):
            if 0 < limit < inf:
                back = odds_statistic_in_sixty_digits(limit, x1, n, x2, n2)
                assert back == pytest.approx(sign * Z, rel=1e-10)
        assert (float(found.low) == 0) == (x1 == 0 or x2 == n2)
        assert (float(found.high) == inf) == (x1 == n or x2 == 0)


def test_rare_events_among_a_thousand_million_have_the_limits_of_rates() -> None:
    group, comparator = Proportion([1, 3, 0], 10**9), Proportion([3, 1, 5], 10**9)
    shares_ = risk_difference(group, comparator, method="miettinen-nurminen")
    rates = rate_difference(Rate([1, 3, 0], 1e9), Rate([3, 1, 5], 1e9))
    np.testing.assert_allclose(shares_.low, rates.low, rtol=1e-7)
    np.testing.assert_allclose(shares_.high, rates.high, rtol=1e-7)
