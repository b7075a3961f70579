"""Survey shares and drivers: what is refused, and what happens at the edges."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.core import UsageProblem
from evenhand.stats import (
    Proportion,
    Reason,
    disclosure_rate,
    driver_analysis,
    favourable_share,
    proportion,
)


def test_without_a_population_it_is_wilsons_interval() -> None:
    answers = Proportion([0, 3, 10, 0], [10, 10, 10, 0])
    ours, wilson = favourable_share(answers), proportion(answers)
    np.testing.assert_allclose(ours.low, wilson.low, atol=1e-15)
    np.testing.assert_allclose(ours.high, wilson.high, atol=1e-15)
    assert ours.reason.tolist() == [0, 0, 0, Reason.NO_POPULATION]


def test_when_everybody_answered_nothing_is_left_to_estimate() -> None:
    found = favourable_share(Proportion([7, 10], [10, 10]), population=10)
    assert found.low.tolist() == found.high.tolist() == [0.7, 1.0]


def test_a_unit_of_one_who_answered_is_known() -> None:
    found = favourable_share(Proportion(1, 1), population=1)
    assert (found.low, found.high) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("population", "words"),
    [
        (9, "population is 9 but 10 people answered"),
        ([20, 20, 20], "does not line up"),
        (10.5, "population must be whole"),
    ],
)
def test_populations_that_cannot_be_are_refused(population, words) -> None:
    with pytest.raises(UsageProblem, match=words):
        favourable_share(Proportion([3, 7], [10, 10]), population=population)


def test_a_blank_is_not_a_preference_not_to_say() -> None:
    found = disclosure_rate([80, 0], [20, 0], blank=[100, 0])
    assert (found.told.value[0], found.withheld.value[0], found.blank.value[0]) == (0.4, 0.1, 0.5)
    assert found.told.reason.tolist() == [Reason.DEFINED, Reason.NO_POPULATION]


def test_counts_of_disclosure_must_line_up() -> None:
    with pytest.raises(UsageProblem, match="told, withheld and blank have shapes"):
        disclosure_rate([1, 2], [1, 2, 3])


ITEMS = [[1, 5], [2, 3], [3, 4], [4, 1], [5, 2], [3, 3]]
OUTCOME = [1, 2, 3, 4, 5, 4]


@pytest.mark.parametrize(
    ("items", "outcome", "counts", "words"),
    [
        (ITEMS, OUTCOME[:-1], None, "have shapes"),
        (ITEMS, OUTCOME, [1, 1], "have shapes"),
        (ITEMS, [*OUTCOME[:-1], np.nan], None, "must be finite"),
        (ITEMS, OUTCOME, [1, 1, 1, 1, 1, -1], "counts must be whole and not negative"),
    ],
)
def test_answers_that_cannot_be_are_refused(items, outcome, counts, words) -> None:
    with pytest.raises(UsageProblem, match=words):
        driver_analysis(items, outcome, counts=counts)


def test_two_items_that_say_the_same_have_no_coefficient_of_their_own() -> None:
    items = np.array(ITEMS)
    found = driver_analysis(np.column_stack([items[:, 0], items[:, 0] * 2, items[:, 1]]), OUTCOME)
    assert found.standardised.reason.tolist() == [
        Reason.NOT_ESTIMABLE,
        Reason.NOT_ESTIMABLE,
        Reason.DEFINED,
    ]
    alone = driver_analysis(items, OUTCOME)
    assert found.standardised.value[2] == pytest.approx(alone.standardised.value[1])
    assert found.standardised.low[2] == pytest.approx(alone.standardised.low[1])


@pytest.mark.parametrize(
    ("items", "outcome"),
    [(ITEMS[:3], OUTCOME[:3]), (ITEMS, [2] * 6), ([[1], [1], [1]], [1, 2, 3])],
)
def test_too_few_answers_or_none_that_vary_are_not_estimable(items, outcome) -> None:
    found = driver_analysis(items, outcome)
    assert (found.standardised.reason == Reason.NOT_ESTIMABLE).all()
    assert np.isnan(found.standardised.low).all()
