"""Differences of ln Γ and its slopes, against sums of their definition in exact arithmetic."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import polygamma, psi

from evenhand.stats.rising import log_rising, slopes_rising

START = st.floats(1e-3, 1e9)


def column(value: float) -> np.ndarray:
    return np.array([[value]])


@given(START, st.integers(0, 300))
def test_the_slopes_are_the_sums_that_define_them(x: float, n: int) -> None:
    first, second = slopes_rising(column(x), column(float(n)))
    terms = [1 / (Fraction(x) + k) for k in range(n)]
    assert float(first[0, 0]) == pytest.approx(float(sum(terms)), rel=1e-11)
    assert float(second[0, 0]) == pytest.approx(-float(sum(t * t for t in terms)), rel=1e-9)


@given(st.floats(1e-3, 1e4), st.integers(1, 10**6))
def test_the_slopes_are_those_of_the_general_functions(x: float, n: int) -> None:
    first, second = slopes_rising(column(x), column(float(n)))
    assert float(first[0, 0]) == pytest.approx(float(psi(x + n) - psi(x)), rel=1e-7, abs=1e-12)
    general = float(polygamma(1, x + n) - polygamma(1, x))
    assert float(second[0, 0]) == pytest.approx(general, rel=1e-7, abs=1e-12)


@given(START, st.integers(1, 200))
def test_the_logarithm_rises_by_its_slope(x: float, n: int) -> None:
    step = log_rising(column(x), column(n + 1.0)) - log_rising(column(x), column(float(n)))
    of_gamma = 4 * np.finfo(float).eps * (x + n) * np.log(x + n + 1)
    assert float(step[0, 0]) == pytest.approx(np.log((x + n) / n), rel=1e-11, abs=of_gamma)


def test_nothing_rises_over_a_count_of_none() -> None:
    x = np.array([[1e-3], [0.5], [3.0], [1e12]])
    none = np.zeros((4, 2))
    assert not log_rising(x, none).any()
    assert not any(slope.any() for slope in slopes_rising(x, none))
