"""Control charts give the limits and signals of the textbook."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.stats.columns import Proportion, Rate
from evenhand.stats.control_chart import control_chart

# Montgomery DC (2009), Introduction to Statistical Quality Control, 6th ed., table 7.1: leaking
# orange-juice cans in 30 samples of 50.
CANS = [
    *(12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22),
    *(8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6),
]


def test_orange_juice_cans_have_montgomerys_limits_and_two_points_outside() -> None:
    chart = control_chart(Proportion(CANS, 50))
    assert chart.centre[0] == pytest.approx(0.2313, abs=5e-5)
    assert chart.high[0] == pytest.approx(0.4102, abs=5e-5)
    assert chart.low[0] == pytest.approx(0.0524, abs=5e-5)
    # Samples 15 and 23, counted from 1.
    assert np.flatnonzero(chart.signals.outside).tolist() == [14, 22]


def test_without_those_two_the_limits_are_montgomerys_revised_ones() -> None:
    missing = np.isin(np.arange(30), [14, 22])
    chart = control_chart(Proportion(CANS, 50), missing=missing)
    assert chart.centre[0] == pytest.approx(0.2150, abs=5e-5)
    assert chart.high[0] == pytest.approx(0.3893, abs=5e-5)
    assert chart.low[0] == pytest.approx(0.0407, abs=5e-5)
    assert np.flatnonzero(chart.signals.outside).tolist() == [20]


def test_shipping_errors_have_montgomerys_u_chart() -> None:
    # Ibid., example 7.4: errors in 20 weeks of 50 shipments each.
    errors = [2, 3, 8, 1, 1, 4, 1, 4, 5, 1, 8, 2, 4, 3, 4, 1, 8, 3, 7, 4]
    chart = control_chart(Rate(errors, 50))
    assert chart.centre[0] == pytest.approx(0.0740, abs=5e-5)
    assert chart.high[0] == pytest.approx(0.1894, abs=5e-5)
    assert chart.low[0] == 0
    assert not chart.signals.outside.any()
