"""Adjusted p-values against the definition, and what is and is not in the family."""

from __future__ import annotations

from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.stats import benjamini_hochberg, benjamini_yekutieli, family_size

ps = st.lists(st.one_of(st.floats(0, 1), st.just(nan)), max_size=40)
# Below 2e-308 a double has fewer digits; what it adds there is no p-value of anybody's.
NEAR = {"rtol": 1e-12, "atol": 1e-307}


def by_definition(p: list[float], size: int, factor: float) -> list[float]:
    """The smallest level at which the step-up rule would reject each, one by one."""
    known = sorted(value for value in p if not isnan(value))
    adjusted = []
    for value in p:
        if isnan(value):
            adjusted.append(nan)
            continue
        scaled = [factor * size * q / (k + 1) for k, q in enumerate(known) if q >= value]
        adjusted.append(min(1.0, *scaled))
    return adjusted


@given(ps, st.integers(0, 20))
def test_adjusting_agrees_with_the_definition(p: list[float], more: int) -> None:
    known = sum(not isnan(value) for value in p)
    size = known + more
    expected = by_definition(p, size, 1.0)
    np.testing.assert_allclose(benjamini_hochberg(p, family=size), expected, **NEAR)
    harmonic = sum(1 / k for k in range(1, size + 1))
    expected = by_definition(p, size, harmonic)
    np.testing.assert_allclose(benjamini_yekutieli(p, family=size), expected, **NEAR)


@given(ps)
def test_an_undefined_comparison_is_not_in_the_family(p: list[float]) -> None:
    known = [value for value in p if not isnan(value)]
    assert family_size(p) == len(known)
    found = benjamini_hochberg(p)
    np.testing.assert_array_equal(np.isnan(found), np.isnan(p) if p else found)
    np.testing.assert_array_equal(found[~np.isnan(found)], benjamini_hochberg(known))


@given(ps)
def test_adjusting_keeps_the_order_and_never_lowers_a_p(p: list[float]) -> None:
    raw = np.array([value for value in p if not isnan(value)])
    found = benjamini_hochberg(raw)
    assert (found >= raw).all()
    assert (found <= 1).all()
    order = np.argsort(raw)
    assert (np.diff(found[order]) >= 0).all()
    assert (benjamini_yekutieli(raw) >= found * (1 - 1e-12)).all()


def test_shape_is_kept() -> None:
    assert benjamini_hochberg([[0.1, 0.2], [0.3, nan]]).shape == (2, 2)


def test_a_family_larger_than_what_is_shown_is_more_cautious() -> None:
    assert benjamini_hochberg([0.01], family=32)[0] == pytest.approx(0.32)
