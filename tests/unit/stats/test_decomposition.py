"""What decompositions do at their edges, and what they refuse."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from evenhand.core import UsageProblem
from evenhand.stats.columns import Proportion, Rate, Reason
from evenhand.stats.decomposition import kitagawa
from evenhand.stats.oaxaca_blinder import LinearCells, oaxaca_blinder


def test_the_same_mix_leaves_everything_to_rates_and_the_same_rates_to_mix() -> None:
    same_mix = kitagawa(Proportion([10, 30], [50, 50]), Proportion([30, 60], [200, 200]))
    assert same_mix.composition.value == pytest.approx(0)
    assert same_mix.rates.value == pytest.approx(0.4 - 0.225)
    same_rates = kitagawa(Proportion([5, 40], [50, 100]), Proportion([20, 40], [200, 100]))
    assert same_rates.rates.value == pytest.approx(0)
    assert same_rates.composition.value == pytest.approx(0.3 - 0.2)


def test_a_stratum_only_one_side_has_counts_as_mix_and_is_said() -> None:
    parts = kitagawa(Proportion([10, 6], [50, 10]), Proportion([20, 0], [100, 0]))
    assert parts.rates.value == pytest.approx(0)
    assert parts.composition.value == pytest.approx(16 / 60 - 0.2)
    assert parts.strata_borrowed == 1


def test_an_empty_stratum_changes_nothing() -> None:
    with_it = kitagawa(Rate([5, 0, 9], [50, 0, 30]), Rate([8, 0, 7], [90, 0, 80]))
    without = kitagawa(Rate([5, 9], [50, 30]), Rate([8, 7], [90, 80]))
    assert with_it.rates.low == pytest.approx(float(without.rates.low))
    assert with_it.strata_borrowed == 0


def test_one_stratum_is_all_rates() -> None:
    parts = kitagawa(Proportion([5], [50]), Proportion([9], [60]))
    assert parts.composition.value == 0
    assert parts.rates.value == pytest.approx(parts.difference.value)


def test_no_events_is_a_gap_of_zero_that_is_not_certain() -> None:
    parts = kitagawa(Proportion([0, 0], [5, 6]), Proportion([0, 0], [7, 2]))
    assert parts.difference.value == parts.rates.value == 0
    assert parts.difference.low < -0.05
    assert parts.rates.high > 0.05


def test_a_side_with_nobody_is_undefined() -> None:
    parts = kitagawa(Proportion([0, 0], [0, 0]), Proportion([0, 1], [7, 2]))
    for estimate in (parts.difference, parts.composition, parts.rates, parts.interaction):
        assert estimate.reason == Reason.NO_POPULATION
        assert np.isnan([estimate.value, estimate.low]).all()
    assert np.isnan(parts.rates_by_stratum).all()


TERMS = [[1, 0], [1, 1]]


def side(people: Any, totals: Any, squares: Any) -> LinearCells:
    return LinearCells(TERMS, people, totals=totals, squares=squares)


def test_terms_that_cannot_be_told_apart_are_not_estimable() -> None:
    full = side([6, 4], [12.0, 4.0], [30.0, 6.0])
    nobody_with_the_term = side([6, 0], [12.0, 0.0], [30.0, 0.0])
    parts = oaxaca_blinder(full, nobody_with_the_term)
    for estimate in (parts.difference, parts.explained, parts.interaction):
        assert estimate.reason == Reason.NOT_ESTIMABLE
        assert np.isnan(estimate.value)
    assert np.isnan(parts.explained_by_term).all()


def test_identical_sides_have_no_gap() -> None:
    one = side([6, 4], [12.0, 4.0], [30.0, 6.0])
    parts = oaxaca_blinder(one, one)
    for estimate in (parts.difference, parts.explained, parts.unexplained, parts.interaction):
        assert estimate.value == pytest.approx(0)
        assert estimate.reason == Reason.DEFINED


def test_many_pairs_at_once_are_each_pair_by_itself() -> None:
    group = side([[6, 4], [9, 3]], [[12.0, 4.0], [5.0, 8.0]], [[30.0, 6.0], [9.0, 30.0]])
    comparator = side([[7, 7], [7, 7]], [[9.0, 9.0]] * 2, [[20.0, 20.0]] * 2)
    together = oaxaca_blinder(group, comparator)
    alone = oaxaca_blinder(
        side([9, 3], [5.0, 8.0], [9.0, 30.0]), side([7, 7], [9.0, 9.0], [20.0, 20.0])
    )
    assert together.unexplained.low[1] == pytest.approx(float(alone.unexplained.low))
    assert together.explained_by_term.shape == (2, 2)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: kitagawa(Proportion([1], [2]), Proportion([1, 1], 2)), r"group has 1 strata"),
        (lambda: kitagawa(Rate([1], [2]), Proportion([1], [2])), r"group is a Rate"),
        (
            lambda: kitagawa(Rate([1], [2]), Rate([1], [2]), ways="four"),  # type: ignore[arg-type]
            r"'four'",
        ),
        (lambda: side([1, 2, 3], [1, 2, 3], [1, 2, 3]), r"people \(3,\)"),
        (lambda: side([1, 2], [1, 2, 3], [1, 2]), r"totals .*\(3,\)"),
        (lambda: side([1, 2], [1, np.nan], [1, 2]), r"totals must be finite"),
        (lambda: side([1, 2], [1, 4], [1, 4]), r"squares are smaller"),
        (lambda: side([1, -2], [1, 2], [1, 2]), r"people .*-2"),
        (
            lambda: oaxaca_blinder(
                side([5, 5], [1, 2], [1, 2]), side([5, 5], [1, 2], [1, 2]), weight=2
            ),
            r"weight .*2",
        ),
        (
            lambda: oaxaca_blinder(
                side([5, 5], [1, 2], [1, 2]), LinearCells([[1]], [5], totals=[1], squares=[1])
            ),
            r"group has 2 terms and comparator 1",
        ),
    ],
)
def test_bad_input_is_refused_by_name_and_value(call: Any, message: str) -> None:
    with pytest.raises(UsageProblem, match=message):
        call()
