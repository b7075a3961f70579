"""Exact tests against enumeration in whole numbers, small and large."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import comb, exp, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.stats import Proportion, Rate, conditional_rate_test, fisher
from evenhand.stats.tails import LARGE_SPREAD, SMALLEST_P

TIE = Fraction(1, 10**7)


def two_sided(ways: list[int], seen: int, *, mid_p: bool) -> float:
    """Minimum likelihood by the book: every outcome compared with the one seen, in fractions."""
    here = ways[seen]
    tied = [w for w in ways if abs(Fraction(w, here) - 1) <= TIE]
    rarer = [w for w in ways if Fraction(w, here) < 1 - TIE]
    halves = 2 * sum(rarer) + sum(tied) * (1 if mid_p else 2)
    return float(Fraction(halves, 2 * sum(ways)))


def fisher_by_hand(a: int, n1: int, c: int, n2: int, *, mid_p: bool) -> float:
    events = a + c
    low, high = max(0, events - n2), min(events, n1)
    ways = [comb(n1, k) * comb(n2, events - k) for k in range(low, high + 1)]
    return two_sided(ways, a - low, mid_p=mid_p)


def rates_by_hand(a: int, t1: int, c: int, t2: int, *, mid_p: bool) -> float:
    n = a + c
    ways = [comb(n, k) * t1**k * t2 ** (n - k) for k in range(n + 1)]
    return two_sided(ways, a, mid_p=mid_p)


@st.composite
def tables(draw: st.DrawFn) -> tuple[int, int, int, int]:
    n1, n2 = draw(st.integers(1, 60)), draw(st.integers(1, 200))
    a, c = draw(st.integers(0, n1)), draw(st.integers(0, n2))
    return a, n1, c, n2


@settings(max_examples=200)
@given(tables(), st.booleans())
def test_fishers_p_is_that_of_enumeration_in_fractions(
    table: tuple[int, int, int, int], mid_p: bool
) -> None:
    a, n1, c, n2 = table
    found = fisher(Proportion(a, n1), Proportion(c, n2), mid_p=mid_p)
    if found.reason:
        assert np.isnan(found.p)
        assert a + c in (0, n1 + n2)
    else:
        assert float(found.p) == pytest.approx(fisher_by_hand(*table, mid_p=mid_p), rel=1e-11)


@settings(max_examples=150)
@given(
    st.integers(0, 40),
    st.integers(1, 10**9),
    st.integers(0, 40),
    st.integers(1, 10**9),
    st.booleans(),
)
def test_the_rate_tests_p_is_that_of_enumeration_in_fractions(
    a: int, t1: int, c: int, t2: int, mid_p: bool
) -> None:
    found = conditional_rate_test(Rate(a, t1), Rate(c, t2), mid_p=mid_p)
    if a + c == 0:
        assert np.isnan(found.p)
    else:
        expected = rates_by_hand(a, t1, c, t2, mid_p=mid_p)
        assert float(found.p) == pytest.approx(max(expected, SMALLEST_P), rel=1e-8)


@given(tables())
def test_the_order_of_the_groups_does_not_matter(table: tuple[int, int, int, int]) -> None:
    a, n1, c, n2 = table
    one, other = Proportion(a, n1), Proportion(c, n2)
    np.testing.assert_allclose(fisher(one, other).p, fisher(other, one).p, rtol=1e-11)
    first, second = Rate(a, n1), Rate(c, n2)
    np.testing.assert_allclose(
        conditional_rate_test(first, second).p, conditional_rate_test(second, first).p, rtol=1e-11
    )


@given(tables())
def test_counting_who_was_not_stopped_gives_the_same_p(table: tuple[int, int, int, int]) -> None:
    a, n1, c, n2 = table
    stopped = fisher(Proportion(a, n1), Proportion(c, n2)).p
    spared = fisher(Proportion(n1 - a, n1), Proportion(n2 - c, n2)).p
    np.testing.assert_allclose(stopped, spared, rtol=1e-11)


@given(tables())
def test_mid_p_lies_between_half_of_the_plain_p_and_all_of_it(
    table: tuple[int, int, int, int],
) -> None:
    a, n1, c, n2 = table
    plain = fisher(Proportion(a, n1), Proportion(c, n2), mid_p=False).p
    mid = fisher(Proportion(a, n1), Proportion(c, n2)).p
    if not np.isnan(plain):
        assert plain / 2 * (1 - 1e-12) <= mid < plain


@cache
def log_ways(total: int, count: int) -> float:
    return log(comb(total, count))


def large_by_hand(a: int, n1: int, c: int, n2: int) -> float:
    """Fisher's mid-p of a large table: whole-number steps outward, in high-precision integers."""
    events, scale = a + c, 10**60
    start = log_ways(n1, a) + log_ways(n2, c) - log_ways(n1 + n2, events)
    here = scale

    def walk(step: int) -> list[int]:
        weights, k, weight = [], a, here
        while weight:
            if step > 0:
                weight = weight * (events - k) * (n1 - k) // ((k + 1) * (n2 - events + k + 1))
            else:
                weight = weight * k * (n2 - events + k) // ((events - k + 1) * (n1 - k + 1))
            k += step
            weights.append(weight)
            if weight < scale and len(weights) > 1 and weight < weights[-2] and weight < 10**25:
                break
        return weights

    both = walk(1) + walk(-1)
    rarer = sum(w for w in both if w < scale * (1 - 1e-7))
    tied = scale + sum(w for w in both if scale * (1 - 1e-7) <= w <= scale * (1 + 1e-7))
    return exp(start) * float(Fraction(2 * rarer + tied, 2 * scale))


@pytest.mark.parametrize(
    "deviations",
    [
        -28.0,
        -9.0,
        -4.0,
        -2.51,
        -2.49,
        -1.96,
        -0.7,
        -0.01,
        0.0,
        0.01,
        0.4,
        1.3,
        1.96,
        2.49,
        2.51,
        3.0,
        6.0,
        12.0,
        20.0,
        28.0,
    ],
)
@pytest.mark.parametrize(
    ("n1", "n2", "events"),
    [
        (20_000, 40_000, 30_000),
        (9_000, 90_000, 50_000),
        (20_000, 20_000, 20_000),
        (5_000, 10_000, 7_000),
        (30_000, 4_000, 27_000),
        (9_000, 90_000, 8_000),
    ],
)
def test_sums_and_the_integral_for_large_counts_keep_their_stated_bound(
    n1: int, n2: int, events: int, deviations: float
) -> None:
    share = n1 / (n1 + n2)
    spread = (events * share * (1 - share) * (1 - events / (n1 + n2))) ** 0.5
    assert 0.35 * LARGE_SPREAD < spread < 2 * LARGE_SPREAD  # on either side of the switch
    a = round(events * share + deviations * spread)
    found = fisher(Proportion(a, n1), Proportion(events - a, n2)).p
    assert float(found) == pytest.approx(large_by_hand(a, n1, events - a, n2), rel=1e-8)


@pytest.mark.parametrize("z", [0.5, 1.0, 1.959964, 3.0, 5.0])
def test_at_a_thousand_million_the_p_is_that_of_the_normal_curve(z: float) -> None:
    from scipy.special import ndtr

    n, events = 10**9, 4 * 10**8
    spread = (events * 0.25 * (1 - events / (2 * n))) ** 0.5
    a = round(events / 2 + z * spread)
    exact_z = (a - events / 2) / spread
    found = fisher(Proportion(a, n), Proportion(events - a, n)).p
    assert float(found) == pytest.approx(2 * ndtr(-exact_z), rel=1e-5)
    rates = conditional_rate_test(Rate(a, 1.0), Rate(events - a, 1.0)).p
    rate_z = (a - events / 2) / (events / 4) ** 0.5
    assert float(rates) == pytest.approx(2 * ndtr(-rate_z), rel=1e-5)


@pytest.mark.parametrize(
    ("events", "share", "beside"), [(225_382_005, 0.636, 1), (51_839_781, 0.5, -2), (10**9, 0.3, 3)]
)
def test_a_count_next_to_the_likeliest_is_no_surprise(
    events: int, share: float, beside: int
) -> None:
    count = round(events * share) + beside
    rates = Rate(count, share), Rate(events - count, 1 - share)
    # Within three counts of the middle everything else is as unlikely, but for a few of thousands.
    assert float(conditional_rate_test(*rates).p) == pytest.approx(1, abs=1e-3)


def test_one_event_in_a_thousand_million_is_handled() -> None:
    found = fisher(Proportion([1, 0, 3], 10**9), Proportion([0, 1, 0], 10**9))
    np.testing.assert_allclose(found.p, [0.5, 0.5, 2 * 0.125 * 0.5], rtol=1e-7)


def test_nothing_smaller_than_the_smallest_p_is_returned() -> None:
    found = fisher(Proportion([10**6, 900], [10**6, 1000]), Proportion([0, 100], [10**6, 10**6]))
    assert (found.p == SMALLEST_P).all()
