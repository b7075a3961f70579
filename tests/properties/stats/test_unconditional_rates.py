"""The unconditional test of two rates against a loop in exact fractions."""

from __future__ import annotations

from fractions import Fraction
from math import exp, factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core import UsageProblem
from evenhand.stats import Rate, Reason, unconditional_rate_test

COUNT, TIME = st.integers(0, 6), st.integers(1, 8)


def squared(x1: int, t1: int, x2: int, t2: int) -> Fraction:
    if x1 + x2 == 0:
        return Fraction(0)
    gap = Fraction(x1, t1) - Fraction(x2, t2)
    return gap**2 / (Fraction(x1, t1**2) + Fraction(x2, t2**2))


def chance(count: int, mean: float) -> float:
    return exp(-mean) * mean**count / factorial(count)


@given(COUNT, TIME, COUNT, TIME)
@settings(max_examples=40)
def test_it_adds_up_every_pair_of_counts_as_far_apart(x1: int, t1: int, x2: int, t2: int) -> None:
    found = unconditional_rate_test(Rate(x1, t1), Rate(x2, t2))
    if x1 + x2 == 0:
        assert np.isnan(found.p)
        assert found.reason == Reason.NO_EVENTS
        return
    pooled, seen = (x1 + x2) / (t1 + t2), squared(x1, t1, x2, t2)
    total = sum(
        chance(y1, pooled * t1) * chance(y2, pooled * t2)
        for y1 in range(60)
        for y2 in range(60)
        if squared(y1, t1, y2, t2) >= seen
    )
    assert float(found.p) == pytest.approx(total, rel=1e-9, abs=1e-12)


@given(st.integers(0, 1000), st.integers(0, 1000), st.floats(1e-6, 1e6))
@settings(max_examples=40)
def test_changing_sides_or_the_unit_of_time_changes_nothing(x1: int, x2: int, unit: float) -> None:
    one = unconditional_rate_test(Rate(x1, 3.0), Rate(x2, 5.0)).p
    for other in (
        unconditional_rate_test(Rate(x2, 5.0), Rate(x1, 3.0)).p,
        unconditional_rate_test(Rate(x1, 3.0 * unit), Rate(x2, 5.0 * unit)).p,
    ):
        np.testing.assert_allclose(other, one, rtol=1e-6, atol=1e-12, equal_nan=True)


def test_a_column_is_each_pair_by_itself_with_its_reason() -> None:
    found = unconditional_rate_test(Rate([0, 4, 0, 4], [5, 5, 5, 0]), Rate([0, 9, 3, 9], 5))
    assert found.reason.tolist() == [
        Reason.NO_EVENTS,
        Reason.DEFINED,
        Reason.DEFINED,
        Reason.NO_POPULATION,
    ]
    assert found.p[1] == unconditional_rate_test(Rate(4, 5), Rate(9, 5)).p


def test_too_many_events_are_refused_with_where_to_go() -> None:
    with pytest.raises(UsageProblem, match="2600 events are above 2000") as refused:
        unconditional_rate_test(Rate(1300, 5), Rate(1300, 5))
    assert "conditional_rate_test" in str(refused.value)
