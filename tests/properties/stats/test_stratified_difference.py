"""Score limits of a common difference, against a loop in plain Python and the two-group methods."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evenhand.core import NINETY_FIVE
from evenhand.stats import (
    Proportion,
    Rate,
    mantel_haenszel_rate_difference,
    mantel_haenszel_risk_difference,
    rate_difference,
    risk_difference,
)
from evenhand.stats.columns import critical_value
from evenhand.stats.stratified_difference import FEW

Z = critical_value(NINETY_FIVE)
Stratum = tuple[int, int, int, int]


@st.composite
def few(draw: Any, largest: int = 60) -> list[Stratum]:
    """Strata of both sides with people in them, and few events on the group's side."""
    strata = []
    for _ in range(draw(st.integers(1, 4))):
        n1, n0 = draw(st.integers(1, largest)), draw(st.integers(1, largest))
        strata.append((draw(st.integers(0, min(n1, 2))), n1, draw(st.integers(0, n0)), n0))
    return strata


def columns(strata: list[Stratum], kind: type) -> tuple[Any, Any]:
    a, n1, c, n0 = zip(*strata, strict=True)
    return kind(a, n1), kind(c, n0)


def likeliest(x1: int, n1: int, x0: int, n0: int, gap: float) -> tuple[float, float]:
    """The likeliest two proportions that differ by ``gap``, by halving the likelihood's slope."""
    low, high = max(0.0, -gap), min(1.0, 1 - gap)
    for _ in range(80):
        p0 = (low + high) / 2
        p1 = p0 + gap
        slope = 0.0
        for x, n, p in ((x1, n1, p1), (x0, n0, p0)):
            slope += x / p if x else 0.0
            slope -= (n - x) / (1 - p) if n > x else 0.0
        low, high = (p0, high) if slope > 0 else (low, p0)
    return p0 + gap, p0


def statistic(strata: list[Stratum], gap: float) -> float:
    """The Mantel–Haenszel-weighted score statistic of a common difference, one by one."""
    distance = variance = 0.0
    for x1, n1, x0, n0 in strata:
        p1, p0 = likeliest(x1, n1, x0, n0, gap)
        n = n1 + n0
        weight = n1 * n0 / n
        distance += weight * (x1 / n1 - x0 / n0 - gap)
        spread = p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0
        variance += weight**2 * spread * n / (n - 1)
    return distance / sqrt(variance)


@given(few())
def test_risk_limits_are_where_the_statistic_is_the_quantile(strata: list[Stratum]) -> None:
    found = mantel_haenszel_risk_difference(*columns(strata, Proportion)).estimate
    for limit, quantile in ((float(found.low), Z), (float(found.high), -Z)):
        if abs(limit) < 1 - 1e-9:
            assert statistic(strata, limit) == pytest.approx(quantile, rel=1e-6)


def rate_statistic(strata: list[Stratum], gap: float) -> float:
    distance = variance = 0.0
    for x1, t1, x0, t0 in strata:
        t = t1 + t0
        b = t * gap - x1 - x0
        r0 = (sqrt(b * b + 4 * t * x0 * gap) - b) / (2 * t) if gap >= 0 else None
        if r0 is None:  # the same quadratic with the sides changed over keeps its digits
            b = -t * gap - x1 - x0
            r0 = (sqrt(b * b - 4 * t * x1 * gap) - b) / (2 * t) - gap
        weight = t1 * t0 / t
        distance += weight * (x1 / t1 - x0 / t0 - gap)
        variance += weight**2 * ((r0 + gap) / t1 + r0 / t0)
    return distance / sqrt(variance)


@given(few())
def test_rate_limits_are_where_the_statistic_is_the_quantile(strata: list[Stratum]) -> None:
    found = mantel_haenszel_rate_difference(*columns(strata, Rate)).estimate
    for limit, quantile in ((float(found.low), Z), (float(found.high), -Z)):
        assert rate_statistic(strata, limit) == pytest.approx(quantile, rel=1e-6)


@given(few(largest=10**9))
def test_one_stratum_is_the_two_group_score_interval(strata: list[Stratum]) -> None:
    x1, n1, x0, n0 = strata[0]
    risks = columns([strata[0]], Proportion)
    one = mantel_haenszel_risk_difference(*risks).estimate
    two = risk_difference(Proportion(x1, n1), Proportion(x0, n0), method="miettinen-nurminen")
    times = columns([strata[0]], Rate)
    three = mantel_haenszel_rate_difference(*times).estimate
    four = rate_difference(Rate(x1, n1), Rate(x0, n0))
    for ours, theirs in ((one, two), (three, four)):
        width = float(theirs.high - theirs.low)
        for part in ("value", "low", "high"):
            np.testing.assert_allclose(
                getattr(ours, part), getattr(theirs, part), rtol=1e-7, atol=1e-9 * width
            )


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        (mantel_haenszel_risk_difference, Proportion),
        (mantel_haenszel_rate_difference, Rate),
    ],
)
@given(strata=few())
def test_changing_the_sides_over_changes_the_sign(
    method: Any, kind: type, strata: list[Stratum]
) -> None:
    group, comparator = columns(strata, kind)
    one, other = method(group, comparator).estimate, method(comparator, group).estimate
    np.testing.assert_allclose(
        [one.low, one.high], [-other.high, -other.low], rtol=1e-9, atol=1e-12
    )


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        (mantel_haenszel_risk_difference, Proportion),
        (mantel_haenszel_rate_difference, Rate),
    ],
)
def test_the_interval_changes_over_at_ten_events_of_the_smaller_side(
    method: Any, kind: type
) -> None:
    assert FEW == 10
    at, below = (
        method(kind([events - 4, 4], [300, 200]), kind([30, 20], [400, 300])).estimate
        for events in (FEW, FEW - 1)
    )
    middle = [float(e.value - (e.low + e.high) / 2) for e in (at, below)]
    assert middle[0] == pytest.approx(0, abs=1e-12)  # the usual interval is symmetrical
    assert abs(middle[1]) > 1e-4
    width = [float(e.high - e.low) for e in (at, below)]
    assert width[0] == pytest.approx(width[1], rel=0.1)


def test_few_people_without_the_outcome_count_as_few_too() -> None:
    group, comparator = Proportion([145, 146], [150, 150]), Proportion([200, 150], [300, 200])
    found = mantel_haenszel_risk_difference(group, comparator).estimate
    mirrored = mantel_haenszel_risk_difference(
        Proportion([5, 4], [150, 150]), Proportion([100, 50], [300, 200])
    ).estimate
    assert found.low == pytest.approx(-mirrored.high, rel=1e-9)
    assert found.high == pytest.approx(-mirrored.low, rel=1e-9)


@given(few())
def test_the_value_is_inside_and_nothing_is_beyond_one(strata: list[Stratum]) -> None:
    found = mantel_haenszel_risk_difference(*columns(strata, Proportion)).estimate
    assume(found.reason == 0)
    assert -1 <= found.low <= found.value <= found.high <= 1
