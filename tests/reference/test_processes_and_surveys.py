"""Staged processes and driver analysis against court records, published tables and R's output."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.stats import driver_analysis, stage_funnel


def test_connecticut_v_teal_reverses_between_the_test_and_the_bottom_line() -> None:
    # Connecticut v. Teal, 457 U.S. 440 (1982), at 443-444 and notes 4 and 6: candidates, passed
    # the written test, promoted. Pass rates 54.17% and 79.54%, "approximately 68 percent";
    # promoted 22.9% and 13.5%, "approximately 170 percent".
    funnel = stage_funnel([48, 26, 11], [259, 206, 35])
    assert funnel.rate.value[0] == pytest.approx(0.5417, abs=5e-5)
    assert funnel.comparator_rate.value[0] == pytest.approx(0.7954, abs=5e-5)
    assert funnel.ratio.value[0] == pytest.approx(0.681, abs=5e-4)
    assert funnel.overall.value == pytest.approx(1.70, abs=5e-3)
    assert funnel.narrowest == 0


@pytest.mark.parametrize(
    ("stages", "searched", "found"),
    [
        # Stanford Open Policing, data for figure 4b of Pierson et al. (2020), Nat Hum Behav
        # 4:736-745, summed over locations: stops, searches, hits for Black, Hispanic, White.
        pytest.param(
            [[35980, 1841, 811], [33903, 1692, 664], [159808, 3759, 1828]],
            [0.051167315175, 0.049907087868, 0.023521976372],
            [0.440521455731, 0.39243498818, 0.486299547752],
            id="outcome-RI",
        ),
        pytest.param(
            [[37460, 1218, 346], [31154, 966, 282], [242314, 3108, 1179]],
            [0.032514682328, 0.031007254285, 0.012826332775],
            [0.284072249589, 0.291925465839, 0.379343629344],
            id="outcome-CT",
        ),
    ],
)
def test_search_and_hit_rates_are_those_published(stages, searched, found) -> None:
    rates = stage_funnel(stages, stages[-1]).rate.value
    np.testing.assert_allclose(rates, np.column_stack([searched, found]), rtol=0, atol=1e-11)


def test_driver_analysis_gives_r_s_regression_of_the_stack_loss_plant() -> None:
    # Brownlee KA (1965), Statistical Theory and Methodology, 2nd ed., section 13.12; R 4.2
    # summary(lm(stack.loss ~ ., stackloss)) prints the coefficients and standard errors below.
    air = [80, 80, 75, 62, 62, 62, 62, 62, 58, 58, 58, 58, 58, 58, 50, 50, 50, 50, 50, 56, 70]
    water = [27, 27, 25, 24, 22, 23, 24, 24, 23, 18, 18, 17, 18, 19, 18, 18, 19, 19, 20, 20, 20]
    acid = [89, 88, 90, 87, 87, 87, 93, 93, 87, 80, 89, 88, 82, 93, 89, 86, 72, 79, 80, 82, 91]
    loss = [42, 37, 37, 28, 18, 18, 19, 20, 15, 14, 14, 13, 11, 12, 8, 7, 8, 8, 9, 15, 15]
    items = np.column_stack([air, water, acid])
    found = driver_analysis(items, loss)
    unit = np.std(loss) / items.std(axis=0)
    half = (found.standardised.high - found.standardised.low) / 2
    t = 2.109815577833181  # qt(0.975, 17)
    np.testing.assert_allclose(
        found.standardised.value * unit, [0.7156, 1.2953, -0.1521], rtol=0, atol=5e-5
    )
    np.testing.assert_allclose(half / t * unit, [0.1349, 0.3680, 0.1563], rtol=0, atol=5e-5)
    assert found.explained == pytest.approx(0.9136, abs=5e-5)
