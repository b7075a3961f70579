"""Over the whole domain no public function lets a warning of numpy's pass for an answer.

Warnings are errors in these tests (pyproject), so it is enough to ask each function a question.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand import stats
from evenhand.core import Confidence
from evenhand.stats import Proportion, Rate
from evenhand.stats.proportion import ProportionMethod
from evenhand.stats.rate import RateMethod

Side = tuple[int, int]

SIZE = st.one_of(
    st.sampled_from([0, 1, 2, 3, 10, 10**6, 10**9]), st.integers(0, 60), st.integers(0, 10**9)
)
CONFIDENCE = st.sampled_from([0.8, 0.95, 0.998])


@st.composite
def side(draw: Any) -> Side:
    """A count and its total: often none, one, all, or all but one."""
    total = draw(SIZE)
    count = draw(
        st.one_of(
            st.sampled_from([0, min(1, total), total, max(total - 1, 0)]), st.integers(0, total)
        )
    )
    return count, total


def columns(width: int) -> st.SearchStrategy[list[Side]]:
    return st.lists(side(), min_size=width, max_size=width)


def proportions(sides: list[Side]) -> Proportion:
    return Proportion(*np.array(sides).T)


def rates(sides: list[Side]) -> Rate:
    """Some events where nobody lives too, and person-time that is no whole number."""
    count, total = np.array(sides).T
    return Rate(count, total / 7)


def visitors(sides: list[Side]) -> Rate:
    """More events than people, as where many pass through."""
    count, total = np.array(sides).T
    return Rate(total, count / 7)


TWO_PROPORTIONS: list[Callable[..., Any]] = [
    *(
        partial(stats.risk_ratio, method=m)
        for m in ("koopman", "miettinen-nurminen", "log", "mover")
    ),
    *(
        partial(stats.risk_difference, method=m)
        for m in ("newcombe", "miettinen-nurminen", "agresti-caffo", "wald")
    ),
    *(partial(stats.odds_ratio, method=m) for m in ("mid-p", "exact", "score", "sample")),
    stats.selection,
]
TWO_RATES: list[Callable[..., Any]] = [
    *(partial(stats.rate_ratio, method=m) for m in ("mid-p", "exact", "score", "log")),
    *(partial(stats.rate_difference, method=m) for m in ("score", "mover", "wald")),
]
STRATA: list[Callable[..., Any]] = [
    stats.mantel_haenszel_risk_ratio,
    stats.mantel_haenszel_odds_ratio,
    stats.mantel_haenszel_risk_difference,
]
STRATA_OF_RATES: list[Callable[..., Any]] = [
    stats.mantel_haenszel_rate_ratio,
    stats.mantel_haenszel_rate_difference,
]


def name(function: Callable[..., Any]) -> str:
    if isinstance(function, partial):
        return f"{function.func.__name__}-{function.keywords['method']}"
    return function.__name__


@pytest.mark.parametrize("function", [*TWO_PROPORTIONS, *STRATA], ids=name)
@given(group=columns(8), comparator=columns(8), confidence=CONFIDENCE)
@settings(max_examples=25)
def test_pairs_and_strata_of_proportions_do_not_warn(
    function: Callable[..., Any], group: list[Side], comparator: list[Side], confidence: float
) -> None:
    function(proportions(group), proportions(comparator), confidence=Confidence(confidence))


@pytest.mark.parametrize("function", [*TWO_RATES, *STRATA_OF_RATES], ids=name)
@given(group=columns(8), comparator=columns(8), confidence=CONFIDENCE)
@settings(max_examples=25)
def test_pairs_and_strata_of_rates_do_not_warn(
    function: Callable[..., Any], group: list[Side], comparator: list[Side], confidence: float
) -> None:
    for read in (rates, visitors):
        function(read(group), read(comparator), confidence=Confidence(confidence))


@given(group=columns(3), comparator=columns(3))
def test_tests_of_chance_and_of_strata_do_not_warn(
    group: list[Side], comparator: list[Side]
) -> None:
    pair = proportions(group), proportions(comparator)
    for mid_p in (True, False):
        stats.fisher(*pair, mid_p=mid_p)
    for of_proportions in (stats.cochran_mantel_haenszel, stats.breslow_day):
        of_proportions(*pair)
    for read in (rates, visitors):
        both = read(group), read(comparator)
        stats.conditional_rate_test(*both)
        stats.cochran_mantel_haenszel(*both)
        stats.rate_ratio_homogeneity(*both)


@given(units=columns(4), confidence=CONFIDENCE)
def test_single_groups_do_not_warn(units: list[Side], confidence: float) -> None:
    at = Confidence(confidence)
    for method in get_args(ProportionMethod):
        stats.proportion(proportions(units), method=method, confidence=at)
    for read in (rates, visitors):
        for how in get_args(RateMethod):
            stats.rate(read(units), method=how, confidence=at)


@given(units=columns(5))
def test_units_do_not_warn(units: list[Side]) -> None:
    for read in (proportions, rates, visitors):
        stats.shrink(read(units))
        for spread in ("none", "multiplicative", "additive"):
            stats.funnel(read(units), spread=spread)


@given(cells=st.lists(columns(3), min_size=2, max_size=2))
def test_whole_tables_do_not_warn(cells: list[list[Side]]) -> None:
    count, total = np.moveaxis(np.array(cells), -1, 0)
    for table in (Proportion(count, total), Rate(count, total / 7), Rate(total, count / 7)):
        stats.compare_groups(table)
        stats.like_for_like(table)


@given(cells=columns(4), other=columns(4))
def test_models_do_not_warn(cells: list[Side], other: list[Side]) -> None:
    design = [[1, 0], [1, 0], [1, 1], [1, 1]]
    stats.logistic_regression(proportions(cells), design)
    stats.poisson_regression(rates(cells), design)
    stats.poisson_regression(visitors(other), design, cluster=[0, 1, 0, 1])


def test_nobody_against_everybody_of_ninety_million_has_an_odds_ratio_without_a_warning() -> None:
    everybody = Proportion(89_666_052, 89_666_052)
    found = stats.odds_ratio(Proportion(0, 1), everybody, method="score")
    assert found.value == found.low == 0
    assert 0 < found.high < 1e-5
