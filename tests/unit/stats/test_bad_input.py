"""What has no meaning is refused, with the parameter and the value named."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from evenhand.core import NINETY_FIVE, Confidence, UsageProblem
from evenhand.stats import (
    Proportion,
    Rate,
    Spells,
    agreement,
    agreement_table,
    benjamini_hochberg,
    conditional_rate_test,
    detectable_rate_ratio,
    detectable_risk_ratio,
    direct_rate,
    fisher,
    funnel,
    kitagawa,
    odds_ratio,
    overdispersion,
    proportion,
    proportion_design_effect,
    proportion_limits,
    random_effects,
    rate,
    rate_difference,
    rate_ratio,
    rate_ratio_unknowns,
    recording_effect,
    representation,
    restricted_mean_difference,
    risk_difference,
    risk_ratio,
    selection,
    unconditional_test,
    widen,
)

FEW, MORE = Proportion(3, 10), Proportion(5, 20)
SLOW, FAST = Rate(3, 10), Rate(5, 20)


@pytest.mark.parametrize(
    ("build", "named"),
    [
        (lambda: Proportion(-1, 10), ("count", "-1")),
        (lambda: Proportion([1, 2.5], 10), ("count", "2.5")),
        (lambda: Proportion(11, 10), ("count 11", "total 10")),
        (lambda: Proportion(1, -10), ("total", "-10")),
        (lambda: Proportion(1, float("nan")), ("total", "nan")),
        (lambda: Proportion("three", 10), ("count", "numbers")),
        (lambda: Proportion(1, 2**60), ("total", str(2**60))),
        (lambda: Proportion([1, 2, 3], [10, 20]), ("count and total", "(3,)", "(2,)")),
        (lambda: Rate(-3, 10), ("events", "-3")),
        (lambda: Rate(1.5, 10), ("events", "1.5")),
        (lambda: Rate(1, -0.5), ("population", "-0.5")),
        (lambda: Rate(1, float("inf")), ("population", "inf")),
        (lambda: Rate(1, "many"), ("population", "numbers")),
        (lambda: Rate([1, 2], [1.0, 2.0, 3.0]), ("events and population", "(2,)", "(3,)")),
        (lambda: rate(SLOW, per=0), ("per", "0")),
        (lambda: rate(SLOW, per=float("nan")), ("per", "nan")),
        (lambda: rate_difference(SLOW, FAST, per=-1), ("per", "-1")),
        (lambda: benjamini_hochberg([0.5, 1.5]), ("p must", "1.5")),
        (lambda: benjamini_hochberg([-0.5]), ("p must", "-0.5")),
        (lambda: benjamini_hochberg([0.5, 0.5], family=1), ("family is 1", "2")),
        (lambda: detectable_rate_ratio(-1, FAST), ("population", "-1")),
        (lambda: detectable_risk_ratio(2.5, MORE), ("total", "2.5")),
        (lambda: detectable_risk_ratio(25, MORE, power=80), ("power", "80")),
        (lambda: rate_ratio_unknowns(SLOW, FAST, -4), ("unknown", "-4")),
        (lambda: rate_ratio_unknowns(SLOW, FAST, 0.5), ("unknown", "0.5")),
        (lambda: representation(FEW, 12), ("benchmark", "12")),
        (lambda: agreement([[1, 2, 3], [4, 5, 6]]), ("table", "(2, 3)")),
        (lambda: agreement([[1, -2], [4, 5]]), ("table", "-2")),
        (lambda: agreement_table([0, 1], [0], categories=2), ("first has 2", "second 1")),
        (lambda: agreement_table([0, 5], [0, 1], categories=2), ("first", "category 5")),
        (lambda: recording_effect([[1, 2], [3, 4]], [10, 10], pair=(0, 2)), ("pair (0, 2)",)),
        (lambda: unconditional_test(Proportion(3, 900), Proportion(3, 900)), ("900",)),
    ],
)
def test_a_value_out_of_bounds_is_named(build: Any, named: tuple[str, ...]) -> None:
    with pytest.raises(UsageProblem) as refused:
        build()
    for part in named:
        assert part in str(refused.value)


@pytest.mark.parametrize("confidence", [95, 0.95, "95%", None])
@pytest.mark.parametrize(
    "ask",
    [
        lambda c: proportion(FEW, confidence=c),
        lambda c: rate(SLOW, confidence=c),
        lambda c: rate(SLOW, method="score", confidence=c),
        lambda c: risk_ratio(FEW, MORE, confidence=c),
        lambda c: risk_difference(FEW, MORE, confidence=c),
        lambda c: odds_ratio(FEW, MORE, confidence=c),
        lambda c: rate_ratio(SLOW, FAST, confidence=c),
        lambda c: rate_difference(SLOW, FAST, confidence=c),
        lambda c: selection(FEW, MORE, confidence=c),
        lambda c: representation(FEW, 0.2, confidence=c),
        lambda c: detectable_rate_ratio(10, FAST, confidence=c),
        lambda c: agreement([[1, 2], [3, 4]], confidence=c),
    ],
)
def test_a_bare_number_for_confidence_is_refused(ask: Any, confidence: Any) -> None:
    with pytest.raises(UsageProblem, match="confidence must be a Confidence") as refused:
        ask(confidence)
    assert repr(confidence) in str(refused.value)


def test_a_confidence_of_95_is_refused_by_its_own_type() -> None:
    with pytest.raises(UsageProblem, match="95"):
        Confidence(95)


@pytest.mark.parametrize(
    "compare", [risk_ratio, risk_difference, odds_ratio, fisher, selection, unconditional_test]
)
def test_shares_whose_shapes_do_not_line_up_are_refused(compare: Any) -> None:
    three, two = Proportion([1, 2, 3], 10), Proportion([1, 2], 10)
    with pytest.raises(UsageProblem, match=r"\(3,\) and \(2,\)"):
        compare(three, two)


TWO_MONTHS = [[1, 1]] * 2


@pytest.mark.parametrize(
    ("ask", "named"),
    [
        (lambda: proportion_limits([1, 2, 3], [0.1, 0.2], confidence=NINETY_FIVE), "size and"),
        (lambda: funnel(Proportion([1, 2, 3], 10), target=[0.1, 0.2]), "target has shape"),
        (lambda: overdispersion(Proportion([1, 2, 3], 10), -0.1), "target"),
        (lambda: proportion_design_effect([1, 2, 3], [1, 2], 1, (1, 1, 1)), "people, total"),
        (lambda: widen(proportion(Proportion([1, 2, 3], 10)), [1, 2]), "estimates and"),
        (
            lambda: restricted_mean_difference(
                Spells([*TWO_MONTHS, [1, 1]], [[1, 1]] * 3), Spells(TWO_MONTHS, TWO_MONTHS), until=1
            ),
            "group and comparator",
        ),
        (lambda: kitagawa(Proportion([1, 2, 3], 10), Proportion([1, 2], 10)), "2"),
        (lambda: conditional_rate_test(Rate([1, 2, 3], 10), Rate([1, 2], 10)), r"\(3,\) and"),
        (lambda: random_effects([1.0, 2.0, 3.0], [1.0, 2.0]), r"\(3,\)"),
        (lambda: direct_rate(Rate([1, 2, 3], 10), [1, 2]), r"3"),
    ],
)
def test_columns_that_do_not_line_up_are_named(ask: Any, named: str) -> None:
    with pytest.raises(UsageProblem, match=named):
        ask()


@pytest.mark.parametrize("compare", [rate_ratio, rate_difference])
def test_rates_whose_shapes_do_not_line_up_are_refused(compare: Any) -> None:
    with pytest.raises(UsageProblem, match=r"\(3,\) and \(2,\)"):
        compare(Rate([1, 2, 3], 10), Rate([1, 2], 10))


@pytest.mark.parametrize(
    "ask",
    [
        lambda m: proportion(FEW, method=m),
        lambda m: rate(SLOW, method=m),
        lambda m: risk_ratio(FEW, MORE, method=m),
        lambda m: risk_difference(FEW, MORE, method=m),
        lambda m: odds_ratio(FEW, MORE, method=m),
        lambda m: rate_ratio(SLOW, FAST, method=m),
        lambda m: rate_difference(SLOW, FAST, method=m),
        lambda m: unconditional_test(FEW, MORE, ordering=m),
    ],
)
def test_an_unknown_method_is_refused_with_those_that_are_known(ask: Any) -> None:
    with pytest.raises(UsageProblem, match=r"'bootstrap' is not known.*Choose one of: "):
        ask("bootstrap")


def test_whole_floats_are_counts() -> None:
    assert Proportion(np.array([3.0]), 10).count.dtype == np.int64
