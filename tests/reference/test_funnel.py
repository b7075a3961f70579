"""Funnel limits and over-dispersion give the numbers of published programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from evenhand.core import NINETY_FIVE
from evenhand.stats.columns import Proportion, Rate
from evenhand.stats.funnel import NINETY_NINE_POINT_EIGHT, funnel
from evenhand.stats.funnel_limits import proportion_limits, rate_limits
from evenhand.stats.overdispersion import from_scale, overdispersion

_TABLE = Path(__file__).parent / "strata_units_time.json"
EXAMPLES: dict[str, dict[str, Any]] = {
    example["id"]: example for example in json.loads(_TABLE.read_text("utf-8"))["examples"]
}


def test_poisson_limits_agree_with_funnelplotr() -> None:
    example = EXAMPLES["funnel-poisson-limits"]
    sizes, want = example["inputs"]["expected"], example["expected"]
    for at, label in ((NINETY_FIVE, "95"), (NINETY_NINE_POINT_EIGHT, "998")):
        band = rate_limits(sizes, 1, confidence=at, how="continuous")
        np.testing.assert_allclose(band.low, want["ll" + label], atol=example["tolerance"], rtol=0)
        np.testing.assert_allclose(band.high, want["ul" + label], atol=example["tolerance"], rtol=0)


def test_root_scale_overdispersion_agrees_with_the_care_quality_commissions() -> None:
    example = EXAMPLES["funnel-od-sqrt"]
    given, want = example["inputs"], example["expected"]
    found = overdispersion(Rate(given["O"], given["Ex"]), 1.0)
    assert found.units == want["n"]
    assert found.phi == pytest.approx(want["phi"], abs=1e-10)
    assert found.tau_squared == pytest.approx(want["tau2"], abs=1e-10)
    plot = funnel(Rate(given["O"], given["Ex"]), target=1.0, spread="additive")
    # The source prints its limits on the square-root scale, with z = 1.959964; ours are ratios.
    reach = (1 - np.array(want["odll95"])) / 1.959964
    sizes = np.array(want["od_limits_at_E"])
    np.testing.assert_allclose(reach, np.sqrt(0.25 / sizes + found.tau_squared), rtol=1e-9)
    ours = 1.959963984540054 * np.sqrt(0.25 / plot.size + want["tau2"])
    np.testing.assert_allclose(np.sqrt(plot.inner.low), 1 - ours, rtol=1e-9)
    np.testing.assert_allclose(np.sqrt(plot.inner.high), 1 + ours, rtol=1e-9)


def test_log_scale_truncated_overdispersion_agrees_with_the_mortality_indicators() -> None:
    example = EXAMPLES["funnel-od-shmi"]
    given, want = example["inputs"], example["expected"]
    units = Rate(given["O"], given["Ex"])
    found = overdispersion(units, 1.0, scale="log", tails="truncate")
    assert found.units == want["n"]
    assert found.phi == pytest.approx(want["phi"], abs=1e-10)
    assert found.tau_squared == pytest.approx(want["tau2"], abs=1e-10)
    reach = 1.959964 * np.sqrt(1 / np.array(want["od_limits_at_E"]) + found.tau_squared)
    np.testing.assert_allclose(from_scale(-reach, units, "log"), want["odll95"], rtol=1e-9)
    np.testing.assert_allclose(from_scale(reach, units, "log"), want["odul95"], rtol=1e-9)


# scipy 1.17.1, the interpolation of Spiegelhalter (2005), appendix A.1.1, by its own formula:
#   >>> r = stats.binom.ppf(0.975, 100, 0.2); F = stats.binom.cdf
#   >>> (r - (F(r, 100, 0.2) - 0.975) / (F(r, 100, 0.2) - F(r - 1, 100, 0.2))) / 100
@pytest.mark.parametrize("size", [1, 7, 30, 100, 2500])
@pytest.mark.parametrize("target", [0.01, 0.2, 0.5, 0.97])
@pytest.mark.parametrize("p", [0.001, 0.025, 0.975, 0.999])
def test_interpolated_binomial_limits_are_spiegelhalters(
    size: int, target: float, p: float
) -> None:
    r = stats.binom.ppf(p, size, target)
    here, before = stats.binom.cdf([r, r - 1], size, target)
    want = max((r - (here - p) / (here - before)) / size, 0.0)
    at = NINETY_FIVE if p in (0.025, 0.975) else NINETY_NINE_POINT_EIGHT
    band = proportion_limits(size, target, confidence=at, how="interpolated")
    assert (band.low if p < 0.5 else band.high) == pytest.approx(want, rel=1e-6, abs=1e-9)


def test_mortality_after_cardiac_surgery_shows_the_one_hospital_that_stood_out() -> None:
    # Deaths in operations on infants at twelve hospitals: Spiegelhalter DJ et al (1996), BUGS 0.5
    # Examples volume 1, “Surgical: institutional ranking”. Hospital H is the one
    # ranked worst there.
    operations = [47, 148, 119, 810, 211, 196, 148, 215, 207, 97, 256, 360]
    deaths = [0, 18, 8, 46, 8, 13, 9, 31, 14, 8, 29, 24]
    plot = funnel(Proportion(deaths, operations))
    assert plot.target == pytest.approx(208 / 2814)
    assert np.flatnonzero(plot.standing == 2).tolist() == [7]
