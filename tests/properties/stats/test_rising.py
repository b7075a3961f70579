"""Differences of ln Γ and its slopes, against sums of their definition in exact arithmetic."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import gammaln, polygamma, psi

from evenhand.stats.rising import Rising

START = st.floats(1e-3, 1e9)


def column(value: float) -> np.ndarray:
    return np.array([[value]])


@given(START, st.integers(0, 300))
def test_the_slopes_are_the_sums_that_define_them(x: float, n: int) -> None:
    first, second = Rising(column(x), column(float(n))).slopes()
    terms = [1 / (Fraction(x) + k) for k in range(n)]
    assert float(first[0, 0]) == pytest.approx(float(sum(terms)), rel=1e-11)
    assert float(second[0, 0]) == pytest.approx(-float(sum(t * t for t in terms)), rel=1e-9)


@given(st.floats(1e-3, 1e4), st.integers(1, 10**6))
def test_the_slopes_are_those_of_the_general_functions(x: float, n: int) -> None:
    first, second = Rising(column(x), column(float(n))).slopes()
    assert float(first[0, 0]) == pytest.approx(float(psi(x + n) - psi(x)), rel=1e-7, abs=1e-12)
    general = float(polygamma(1, x + n) - polygamma(1, x))
    assert float(second[0, 0]) == pytest.approx(general, rel=1e-7, abs=1e-12)


@given(START, st.integers(0, 300), st.floats(0.1, 10))
def test_the_logarithm_is_the_sum_that_defines_it(x: float, n: int, near: float) -> None:
    over = near * (x + n)
    found = Rising(column(x), column(float(n))).log(column(over))
    product = sum(np.log((x + k) / over) for k in range(n))
    assert float(found[0, 0]) == pytest.approx(product + n, rel=1e-11, abs=1e-9)


@given(st.floats(1e-9, 1e9), st.integers(0, 10**9))
def test_the_logarithm_is_that_of_the_general_function(x: float, n: int) -> None:
    found = Rising(column(x), column(float(n))).log(column(x + n))
    general = gammaln(x + n) - gammaln(x) - n * np.log(x + n) + n
    digits = 8 * np.finfo(float).eps * (x + n) * np.log(x + n + 2)
    assert float(found[0, 0]) == pytest.approx(float(general), rel=1e-10, abs=1e-9 + digits)


def test_nothing_rises_over_a_count_of_none() -> None:
    x = np.array([[1e-3], [0.5], [3.0], [1e12]])
    none = np.zeros((4, 2))
    assert not Rising(x, none).log(x).any()
    assert not any(slope.any() for slope in Rising(x, none).slopes())
