"""Pooling over strata against loops in exact fractions, and against what must not change it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.stats.cochran_mantel_haenszel import cochran_mantel_haenszel
from evenhand.stats.columns import Proportion, Rate
from evenhand.stats.homogeneity import breslow_day, rate_ratio_homogeneity
from evenhand.stats.mantel_haenszel import (
    mantel_haenszel_odds_ratio,
    mantel_haenszel_risk_difference,
    mantel_haenszel_risk_ratio,
)
from evenhand.stats.mantel_haenszel_rates import (
    mantel_haenszel_rate_difference,
    mantel_haenszel_rate_ratio,
)

sizes = st.one_of(st.integers(0, 30), st.integers(0, 10**9))


@st.composite
def sides(draw: Any) -> list[tuple[int, int, int, int]]:
    """Strata as (group events, group size, comparator events, comparator size)."""
    strata = []
    for _ in range(draw(st.integers(1, 6))):
        n1, n0 = draw(sizes), draw(sizes)
        strata.append((draw(st.integers(0, n1)), n1, draw(st.integers(0, n0)), n0))
    return strata


def as_proportions(strata: list[tuple[int, int, int, int]]) -> tuple[Proportion, Proportion]:
    a, n1, c, n0 = zip(*strata, strict=True)
    return Proportion(a, n1), Proportion(c, n0)


def as_rates(strata: list[tuple[int, int, int, int]]) -> tuple[Rate, Rate]:
    a, n1, c, n0 = zip(*strata, strict=True)
    return Rate(a, n1), Rate(c, n0)


def sums(strata: list[tuple[int, int, int, int]]) -> dict[str, Fraction]:
    """Every sum of the estimators, stratum by stratum, in exact fractions."""
    total = dict.fromkeys(("rr1", "rr0", "or1", "or0", "w", "gap", "v"), Fraction(0))
    for a, n1, c, n0 in strata:
        if n1 and n0:
            n, m = n1 + n0, a + c
            total["rr1"] += Fraction(a * n0, n)
            total["rr0"] += Fraction(c * n1, n)
            total["or1"] += Fraction(a * (n0 - c), n)
            total["or0"] += Fraction((n1 - a) * c, n)
            total["w"] += Fraction(n1 * n0, n)
            total["gap"] += a - Fraction(m * n1, n)
            total["v"] += Fraction(m * (n - m) * n1 * n0, n * n * max(n - 1, 1))
    return total


def quotient(top: Fraction, bottom: Fraction) -> float:
    if bottom:
        return float(top / bottom)
    return float("inf") if top else float("nan")


def same(ours: Any, exact: float) -> None:
    np.testing.assert_allclose(float(ours), exact, rtol=1e-9, atol=1e-9)


@given(sides())
def test_estimates_equal_exact_fractions(strata: list[tuple[int, int, int, int]]) -> None:
    group, comparator, total = *as_proportions(strata), sums(strata)
    same(
        mantel_haenszel_risk_ratio(group, comparator).estimate.value,
        quotient(total["rr1"], total["rr0"]),
    )
    same(
        mantel_haenszel_odds_ratio(group, comparator).estimate.value,
        quotient(total["or1"], total["or0"]),
    )
    if total["w"]:
        exact = float((total["rr1"] - total["rr0"]) / total["w"])
        same(mantel_haenszel_risk_difference(group, comparator).estimate.value, exact)
        rates = mantel_haenszel_rate_difference(*as_rates(strata)).estimate
        same(rates.value, exact)
    same(
        mantel_haenszel_rate_ratio(*as_rates(strata)).estimate.value,
        quotient(total["rr1"], total["rr0"]),
    )


@given(sides())
def test_the_test_equals_exact_fractions(strata: list[tuple[int, int, int, int]]) -> None:
    total, ours = sums(strata), cochran_mantel_haenszel(*as_proportions(strata))
    if total["v"]:
        exact = float(total["gap"] ** 2 / total["v"])
        np.testing.assert_allclose(ours.statistic, exact, rtol=1e-6, atol=1e-6)
    else:
        assert ours.reason != 0


METHODS = [
    (mantel_haenszel_risk_ratio, as_proportions),
    (mantel_haenszel_odds_ratio, as_proportions),
    (mantel_haenszel_risk_difference, as_proportions),
    (mantel_haenszel_rate_ratio, as_rates),
    (mantel_haenszel_rate_difference, as_rates),
]


@pytest.mark.parametrize(("method", "read"), METHODS)
@given(strata=sides())
def test_nothing_is_infinite_or_missing_without_its_reason_and_the_value_is_inside(
    method: Any, read: Any, strata: list[tuple[int, int, int, int]]
) -> None:
    e = method(*read(strata)).estimate
    numbers = np.array([e.value, e.low, e.high])
    assert np.isfinite(numbers).all() == (e.reason == 0)
    if not np.isnan(e.value):
        # With counts of 10⁹ an interval can be narrower than the last bits of the value.
        assert e.low <= e.value + 1e-9 * abs(e.value)
        assert e.value <= e.high + 1e-9 * abs(e.value)


@pytest.mark.parametrize(("method", "read"), METHODS)
@given(strata=sides(), order=st.randoms(use_true_random=False))
def test_the_order_of_the_strata_does_not_matter(
    method: Any, read: Any, strata: list[tuple[int, int, int, int]], order: Any
) -> None:
    shuffled = list(strata)
    order.shuffle(shuffled)
    one, other = method(*read(strata)).estimate, method(*read(shuffled)).estimate
    for part in ("value", "low", "high"):
        np.testing.assert_allclose(
            getattr(one, part), getattr(other, part), rtol=1e-6, atol=1e-9, equal_nan=True
        )


@given(sides())
def test_swapping_the_sides_inverts_the_ratios(strata: list[tuple[int, int, int, int]]) -> None:
    for method, read in (METHODS[0], METHODS[1], METHODS[3]):
        group, comparator = read(strata)
        one = method(group, comparator).estimate
        other = method(comparator, group).estimate
        if one.value > 0 and other.value > 0:
            with np.errstate(divide="ignore"):
                np.testing.assert_allclose(
                    [one.low, one.high], [1 / other.high, 1 / other.low], rtol=1e-6
                )


@given(sides(), st.integers(1, 50))
def test_person_time_in_other_units_changes_no_ratio(
    strata: list[tuple[int, int, int, int]], scale: int
) -> None:
    group, comparator = as_rates(strata)
    one = mantel_haenszel_rate_ratio(group, comparator).estimate
    other = mantel_haenszel_rate_ratio(
        Rate(group.events, group.population * scale),
        Rate(comparator.events, comparator.population * scale),
    ).estimate
    for part in ("value", "low", "high"):
        np.testing.assert_allclose(getattr(one, part), getattr(other, part), rtol=1e-9)


@given(
    st.tuples(st.integers(1, 99), st.integers(100, 200), st.integers(1, 99), st.integers(100, 200)),
    st.integers(2, 6),
)
def test_equal_strata_collapse_to_the_crude_ratio_and_are_homogeneous(
    stratum: tuple[int, int, int, int], copies: int
) -> None:
    a, n1, c, n0 = stratum
    group, comparator = as_proportions([stratum] * copies)
    ratio = mantel_haenszel_risk_ratio(group, comparator).estimate.value
    assert ratio == pytest.approx((a / n1) / (c / n0))
    assert breslow_day(group, comparator).statistic == pytest.approx(0, abs=1e-6)
    rates = as_rates([stratum] * copies)
    assert rate_ratio_homogeneity(*rates).statistic == pytest.approx(0, abs=1e-6)


@given(sides(), sides())
def test_a_column_of_units_is_each_unit_by_itself(
    one: list[tuple[int, int, int, int]], other: list[tuple[int, int, int, int]]
) -> None:
    length = max(len(one), len(other))
    units = [unit + [(0, 0, 0, 0)] * (length - len(unit)) for unit in (one, other)]
    cells = np.array(units)
    group = Proportion(cells[..., 0], cells[..., 1])
    comparator = Proportion(cells[..., 2], cells[..., 3])
    together = mantel_haenszel_risk_ratio(group, comparator).estimate
    for i, unit in enumerate(units):
        alone = mantel_haenszel_risk_ratio(*as_proportions(unit)).estimate
        for part in ("value", "low", "high", "reason"):
            np.testing.assert_allclose(
                getattr(together, part)[i], getattr(alone, part), rtol=1e-12, equal_nan=True
            )
