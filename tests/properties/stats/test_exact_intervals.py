"""Exact and mid-p intervals: put a limit back, add the outcomes up, and the tail is what it was."""

from __future__ import annotations

from fractions import Fraction
from math import comb, exp, fsum, inf, lgamma, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core import Confidence
from evenhand.stats import (
    Proportion,
    Rate,
    odds_ratio,
    proportion,
    rate,
    rate_ratio,
)


def binomial_tail(x: int, n: int, p: float, own: Fraction) -> Fraction:
    """P(X > x) and ``own`` times P(X = x), in fractions at the very float that was returned."""
    chance = Fraction(p)
    terms = [comb(n, k) * chance**k * (1 - chance) ** (n - k) for k in range(x, n + 1)]
    return sum(terms[1:], Fraction(0)) + own * terms[0]


@settings(max_examples=120, deadline=None)
@given(st.integers(1, 60), st.data(), st.sampled_from(["clopper-pearson", "mid-p"]))
def test_a_shares_exact_limits_leave_one_fortieth_on_either_side(
    n: int, data: st.DataObject, method: str
) -> None:
    x = data.draw(st.integers(0, n))
    found = proportion(Proportion(x, n), method=method)  # type: ignore[arg-type]
    own = Fraction(1) if method == "clopper-pearson" else Fraction(1, 2)
    if x > 0:
        assert float(binomial_tail(x, n, float(found.low), own)) == pytest.approx(0.025, rel=1e-9)
    else:
        assert found.low == 0
    if x < n:
        upper = binomial_tail(n - x, n, 1 - float(found.high), own)
        assert float(upper) == pytest.approx(0.025, rel=1e-9)
    else:
        assert found.high == 1


def poisson_at_most(x: int, mean: float, own: float) -> float:
    terms = [exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(x + 1)]
    return fsum(terms[:-1]) + own * terms[-1]


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 400), st.sampled_from(["garwood", "mid-p"]))
def test_a_rates_exact_limits_leave_one_fortieth_on_either_side(x: int, method: str) -> None:
    found = rate(Rate(x, 1), method=method)  # type: ignore[arg-type]
    own = 1.0 if method == "garwood" else 0.5
    assert poisson_at_most(x, float(found.high), own) == pytest.approx(0.025, rel=1e-8)
    if x > 0:
        below = poisson_at_most(x, float(found.low), 1 - own)
        assert 1 - below == pytest.approx(0.025, rel=1e-8)


@settings(max_examples=120, deadline=None)
@given(
    st.integers(0, 60),
    st.integers(0, 60),
    st.floats(1e-3, 1e9),
    st.floats(1e-3, 1e9),
    st.sampled_from(["exact", "mid-p"]),
)
def test_a_rate_ratios_limits_leave_one_fortieth_of_the_share_on_either_side(
    x1: int, x2: int, t1: float, t2: float, method: str
) -> None:
    if x1 + x2 == 0:
        return
    found = rate_ratio(Rate(x1, t1), Rate(x2, t2), method=method)  # type: ignore[arg-type]
    own = Fraction(1) if method == "exact" else Fraction(1, 2)
    n = x1 + x2
    ratio = Fraction(t1) / Fraction(t2)
    turned = 1 / float(found.high)
    for limit, x, times in ((float(found.low), x1, ratio), (turned, x2, 1 / ratio)):
        if x == 0:
            assert limit == 0
            continue
        odds = Fraction(limit) * times
        tail = binomial_tail(x, n, float(odds / (1 + odds)), own)
        assert float(tail) == pytest.approx(0.025, rel=1e-6)


def conditional_tail(
    x: int, cells: tuple[int, int, int], log_odds: float, own: float, *, up: bool
) -> float:
    """The chance of ``x`` or beyond among tables with these margins, every one of them added."""
    drawn, n1, n2 = cells
    low, high = max(0, drawn - n2), min(drawn, n1)
    logs = {k: log(comb(n1, k) * comb(n2, drawn - k)) + k * log_odds for k in range(low, high + 1)}
    top = max(logs.values())
    weights = {k: exp(value - top) for k, value in logs.items()}
    beyond = fsum(w for k, w in weights.items() if (k > x if up else k < x))
    return (beyond + own * weights[x]) / fsum(weights.values())


@settings(max_examples=120, deadline=None)
@given(st.integers(1, 60), st.integers(1, 300), st.data(), st.sampled_from(["exact", "mid-p"]))
def test_the_conditional_odds_ratio_solves_its_equations_by_enumeration(
    n1: int, n2: int, data: st.DataObject, method: str
) -> None:
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    found = odds_ratio(Proportion(x1, n1), Proportion(x2, n2), method=method)  # type: ignore[arg-type]
    own = 1.0 if method == "exact" else 0.5
    margins = (x1 + x2, n1, n2)
    if 0 < found.low < inf:
        tail = conditional_tail(x1, margins, log(found.low), own, up=True)
        assert tail == pytest.approx(0.025, rel=1e-8)
    if 0 < found.high < inf:
        tail = conditional_tail(x1, margins, log(found.high), own, up=False)
        assert tail == pytest.approx(0.025, rel=1e-8)
    if 0 < found.value < inf:
        assert mean_count(margins, log(found.value)) == pytest.approx(x1, rel=1e-9)


def mean_count(cells: tuple[int, int, int], log_odds: float) -> float:
    drawn, n1, n2 = cells
    low, high = max(0, drawn - n2), min(drawn, n1)
    logs = [log(comb(n1, k) * comb(n2, drawn - k)) + k * log_odds for k in range(low, high + 1)]
    weights = [exp(value - max(logs)) for value in logs]
    return fsum(k * w for k, w in zip(range(low, high + 1), weights, strict=True)) / fsum(weights)


@pytest.mark.parametrize("method", ["exact", "mid-p"])
def test_integrated_and_summed_odds_limits_agree_to_their_stated_bound(
    method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(19)
    n1, n2 = rng.integers(8_000, 20_000, 40), rng.integers(8_000, 90_000, 40)
    chance = rng.uniform(0.2, 0.8, 40)
    group = Proportion(rng.binomial(n1, chance), n1)
    comparator = Proportion(rng.binomial(n2, chance * rng.uniform(0.6, 1.2, 40)), n2)
    integrated = odds_ratio(group, comparator, method=method)  # type: ignore[arg-type]
    monkeypatch.setattr("evenhand.stats.conditional_odds.LARGE_SPREAD", inf)
    summed = odds_ratio(group, comparator, method=method)  # type: ignore[arg-type]
    for name in ("value", "low", "high"):
        np.testing.assert_allclose(
            getattr(integrated, name), getattr(summed, name), rtol=1e-7, err_msg=name
        )


def test_a_thousand_million_in_each_group_gives_the_normal_limits_of_the_odds() -> None:
    group, comparator = Proportion(3 * 10**8, 10**9), Proportion(2 * 10**8, 10**9)
    exact = odds_ratio(group, comparator)
    normal = odds_ratio(group, comparator, method="sample")
    for name in ("value", "low", "high"):
        assert float(getattr(exact, name)) == pytest.approx(float(getattr(normal, name)), rel=1e-8)


def test_rare_events_among_a_thousand_million_have_the_odds_limits_of_rates() -> None:
    odds = odds_ratio(Proportion([1, 7, 0], 10**9), Proportion([1, 2, 4], 10**9))
    rates = rate_ratio(Rate([1, 7, 0], 1e9), Rate([1, 2, 4], 1e9))
    np.testing.assert_allclose(odds.low, rates.low, rtol=1e-7)
    np.testing.assert_allclose(odds.high, rates.high, rtol=1e-7)


@given(st.integers(0, 50), st.integers(0, 50), st.floats(0.6, 0.9999))
def test_more_confidence_never_narrows_an_interval(x1: int, x2: int, level: float) -> None:
    wide, narrow = Confidence(0.5 + level / 2), Confidence(level)
    one = rate_ratio(Rate(x1, 10), Rate(x2, 20), confidence=wide)
    other = rate_ratio(Rate(x1, 10), Rate(x2, 20), confidence=narrow)
    if not np.isnan(one.low):
        assert one.low <= other.low * (1 + 1e-9)
        assert one.high >= other.high * (1 - 1e-9)


@given(
    st.one_of(st.integers(0, 50), st.integers(0, 10**9)),
    st.one_of(st.integers(0, 50), st.integers(0, 10**9)),
    st.sampled_from(["mid-p", "exact", "score", "log"]),
)
def test_the_rate_ratio_turned_round_is_the_inverse(x1: int, x2: int, method: str) -> None:
    one, two = Rate(x1, 12.5), Rate(x2, 1e6)
    there = rate_ratio(one, two, method=method)  # type: ignore[arg-type]
    back = rate_ratio(two, one, method=method)  # type: ignore[arg-type]
    if there.reason == back.reason == 0:
        np.testing.assert_allclose(there.low * back.high, 1, rtol=1e-9)
        np.testing.assert_allclose(there.high * back.low, 1, rtol=1e-9)
        np.testing.assert_allclose(there.value * back.value, 1, rtol=1e-12)
