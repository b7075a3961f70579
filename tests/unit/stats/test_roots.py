"""The root finders find what there is to find, and say when there is nothing."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evenhand.stats.roots import find_bracketed, find_by_slope, find_roots


@given(st.lists(st.floats(-30, 30), min_size=1, max_size=50))
def test_every_element_finds_its_own_root(aims: list[float]) -> None:
    aim = np.array(aims)
    low, high = np.full(aim.shape, -40.0), np.full(aim.shape, 40.0)
    found = find_roots(lambda x, a: np.arctan(x - a) + 0.1 * (x - a) ** 3, low, high, aim)
    np.testing.assert_allclose(found, aim, rtol=1e-12, atol=1e-12)


@given(st.floats(-300, 300), st.floats(1e-9, 10))
def test_a_poor_guess_is_walked_away_from(aim: float, step: float) -> None:
    found = find_bracketed(
        lambda x, a: np.tanh((a - x) / 50), np.zeros(1), np.array([step]), np.array([aim])
    )
    np.testing.assert_allclose(found, aim, rtol=1e-9, atol=1e-9)


def test_no_change_of_sign_is_not_a_number() -> None:
    found = find_roots(lambda x: x * x + 1, np.array([-1.0]), np.array([2.0]))
    assert np.isnan(found).all()


def test_a_root_at_an_end_is_found() -> None:
    found = find_roots(lambda x: x - 2, np.array([2.0, 0.0]), np.array([5.0, 2.0]))
    np.testing.assert_array_equal(found, [2.0, 2.0])


def test_a_step_is_found_where_it_is() -> None:
    found = find_roots(lambda x: np.where(x < 1 / 3, 1.0, -1.0), np.zeros(3), np.ones(3))
    np.testing.assert_allclose(found, 1 / 3, atol=1e-12)


def steep_and_flat(x: np.ndarray, aim: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return np.tanh(x - aim) + 0.01 * (x - aim), 1.01 - np.tanh(x - aim) ** 2


@given(st.lists(st.floats(-300, 300), min_size=1, max_size=20), st.floats(1e-3, 10))
def test_by_its_slope_every_element_finds_its_own_root_from_anywhere(
    aims: list[float], step: float
) -> None:
    aim = np.array(aims)
    found = find_by_slope(steep_and_flat, np.zeros(aim.shape), np.full(aim.shape, step), aim)
    np.testing.assert_allclose(found, aim, rtol=1e-12, atol=1e-9 * step)


def test_a_slope_that_lies_costs_only_halvings() -> None:
    found = find_by_slope(
        lambda x: (x**3 - 2, np.full_like(x, 1e-9)), np.zeros(2), np.array([0.5, 8.0])
    )
    np.testing.assert_allclose(found, 2 ** (1 / 3), rtol=1e-7)


def test_where_nothing_is_zero_following_the_slope_gives_no_number() -> None:
    found = find_by_slope(lambda x: (np.exp(x) + 1, np.exp(x)), np.zeros(1), np.ones(1))
    assert np.isnan(found).all()


def test_nothing_to_solve_is_no_trouble() -> None:
    assert find_roots(lambda x: x, np.array([]), np.array([])).size == 0
    assert find_bracketed(lambda x: x, np.array([]), np.array([])).size == 0
    assert find_by_slope(lambda x: (x, x + 1), np.array([]), np.array([])).size == 0
