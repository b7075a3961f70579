"""The quick quantile of a narrow beta distribution is the general one's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betainc, betaincinv

from evenhand.stats.beta_quantile import NARROW, beta_quantile

parameters = st.floats(0, 9).map(lambda power: 10.0**power)
tails = st.sampled_from([1e-6, 0.001, 0.025, 0.25, 0.5, 0.9, 0.975, 0.999, 1 - 1e-6])


@given(parameters, parameters, tails)
def test_it_has_the_chance_asked_for_below_it(a: float, b: float, p: float) -> None:
    found = beta_quantile(np.array([a]), np.array([b]), p)
    assert betainc(a, b, found) == pytest.approx(p, rel=1e-6)
    assert 0 <= found <= 1


@pytest.mark.parametrize("p", [1e-6, 0.001, 0.025, 0.25, 0.5, 0.9, 0.975, 0.999, 1 - 1e-6])
def test_from_the_switch_up_it_is_nearer_than_the_general_inverse(p: float) -> None:
    powers = np.linspace(np.log10(NARROW), 7, 25)
    a, b = (column.ravel() for column in 10 ** np.array(np.meshgrid(powers, powers)))
    ours, general = beta_quantile(a, b, p), betaincinv(a, b, p)
    left_over = np.abs(betainc(a, b, ours) - p) / min(p, 1 - p)
    assert left_over.max() < 1e-9
    # The general one leaves up to one part in ten thousand of the tail.
    spread = np.sqrt(a * b / (a + b + 1)) / (a + b)
    assert (np.abs(ours - general) / spread).max() < 1e-3
