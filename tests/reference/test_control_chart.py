"""Control charts give the limits and signals of the textbook."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.stats.columns import Proportion, Rate
from evenhand.stats.control_chart import Baseline, control_chart

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


# JASP's quality-control module (jasp-stats/jaspQualityControl), its own test data SPC_P.csv and
# the p′-chart its test suite keeps of them (_snaps/attributesCharts/laney-p-chart.svg, 2022): what
# was wrong of what was looked at in 20 months, and the upper limits read off the drawing, whose
# hundredths of a point are 0.00001.
FOUND = [21, 16, 30, 31, 24, 33, 32, 29, 23, 17, 14, 31, 29, 25, 15, 43, 20, 26, 23, 28]
LOOKED_AT = [
    *(150, 153, 170, 226, 154, 130, 190, 165, 176, 144),
    *(132, 144, 156, 158, 142, 212, 155, 138, 141, 130),
]
DRAWN_HIGH = [
    *(175.99, 177.38, 184.56, 202.17, 177.84, 165.51, 191.74, 182.56, 186.84, 173.08),
    *(166.67, 173.08, 178.73, 179.61, 172.07, 198.43, 178.29, 169.98, 171.55, 165.51),
]
DRAWN_LOW = [
    *(458.49, 457.10, 449.92, 432.32, 456.65, 468.97, 442.75, 451.92, 447.64, 461.41),
    *(467.82, 461.41, 455.75, 454.87, 462.42, 436.06, 456.20, 464.51, 462.93, 468.97),
]
ZERO_AT, THIRTY_FIVE_AT = 487.89, 117.11


def _read(drawn: list[float]) -> np.ndarray:
    return (ZERO_AT - np.array(drawn)) / (ZERO_AT - THIRTY_FIVE_AT) * 0.35


@pytest.mark.parametrize("kind", [Proportion, Rate])
def test_laneys_limits_are_those_jasp_draws_on_its_p_prime_and_u_prime_charts(kind: type) -> None:
    # The limits of both are one: σ_z takes out whatever the standard deviation is scaled by.
    chart = control_chart(kind(FOUND, LOOKED_AT), baseline=Baseline(limits="laney"))
    assert chart.centre[0] == pytest.approx(0.1611, abs=5e-5)
    np.testing.assert_allclose(chart.high, _read(DRAWN_HIGH), atol=1e-4)
    np.testing.assert_allclose(chart.low, _read(DRAWN_LOW), atol=1e-4)
    assert not chart.signals.outside.any()


def test_laneys_limits_are_wider_than_the_usual_by_the_spread_of_the_months() -> None:
    usual = control_chart(Proportion(FOUND, LOOKED_AT))
    laney = control_chart(Proportion(FOUND, LOOKED_AT), baseline=Baseline(limits="laney"))
    assert laney.dispersion[0] == pytest.approx(1.4803, abs=1e-4)
    np.testing.assert_allclose(
        laney.high - laney.centre, (usual.high - usual.centre) * laney.dispersion
    )
