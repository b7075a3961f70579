"""The one switch between the exact limits and Byar's, and how far apart they are at it."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.stats import BYAR_FROM, Rate, rate
from evenhand.stats.rate import count_limits


def test_the_switch_is_at_ten_events() -> None:
    assert BYAR_FROM == 10
    counts = Rate([9, 10], 1)
    default, exact = rate(counts), rate(counts, method="garwood")
    byar = rate(counts, method="byar")
    assert default.low[0] == exact.low[0] != byar.low[0]
    assert default.high[1] == byar.high[1] != exact.high[1]


def test_byar_is_within_a_fifth_of_a_percent_of_exact_from_the_switch_on() -> None:
    counts = np.unique(np.geomspace(BYAR_FROM, 1e9, 4000).astype(int)).astype(float)
    for byar, exact in zip(
        count_limits(counts, "byar"), count_limits(counts, "garwood"), strict=True
    ):
        apart = np.abs(byar / exact - 1)
        assert apart.max() < 0.002
        assert (np.diff(np.maximum.accumulate(apart[::-1])) >= 0).all()


def test_a_rate_per_thousand_is_a_thousand_times_the_rate_per_head() -> None:
    one, thousand = rate(Rate([3, 30], 700)), rate(Rate([3, 30], 700), per=1000)
    for name in ("value", "low", "high"):
        np.testing.assert_allclose(getattr(one, name) * 1000, getattr(thousand, name))


def test_the_name_of_the_method_says_where_it_switches() -> None:
    assert rate(Rate(3, 10)).method == "exact Poisson below 10 events, Byar from 10"


@pytest.mark.parametrize(
    "method", ["exact-or-byar", "garwood", "byar", "mid-p", "jeffreys", "score"]
)
def test_every_interval_holds_its_rate_at_every_size(method: str) -> None:
    counts = np.array([0, 1, 2, 9, 10, 11, 1000, 10**9])
    found = rate(Rate(counts, 1), method=method)  # type: ignore[arg-type]
    assert (found.low <= found.value).all()
    assert (found.value < found.high).all()
    assert (np.diff(found.low) > 0).all()
    assert (np.diff(found.high) > 0).all()
