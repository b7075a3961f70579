"""Standardised rates and ratios give the published numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evenhand.stats.columns import Rate
from evenhand.stats.indirect_standardisation import (
    expected_events,
    indirect_ratio,
    observed_over_expected,
)
from evenhand.stats.standardisation import direct_rate

_TABLE = Path(__file__).parent / "strata_units_time.json"
EXAMPLES: dict[str, dict[str, Any]] = {
    example["id"]: example for example in json.loads(_TABLE.read_text("utf-8"))["examples"]
}


def test_dobsons_interval_agrees_with_public_health_englands_workbook() -> None:
    example = EXAMPLES["dsr-dobson"]
    given, want = example["inputs"], example["expected"]
    rate = direct_rate(Rate(given["count"], given["pop"]), given["stdpop"], method="byar").estimate
    ours = [given["multiplier"] * float(part) for part in (rate.value, rate.low, rate.high)]
    assert ours == pytest.approx([want["value"], want["lower"], want["upper"]], abs=1e-9)


def test_byars_interval_agrees_with_public_health_englands_workbook() -> None:
    example = EXAMPLES["isr-byar"]
    given, want = example["inputs"], example["expected"]
    reference = Rate(given["refcount"], given["refpop"])
    expected, left_out = expected_events(given["pop"], reference)
    ratio = observed_over_expected(given["observed"], expected, method="byar")
    assert left_out == 0
    assert expected == pytest.approx(want["expected"], abs=1e-10)
    ours = [float(part) for part in (ratio.value, ratio.low, ratio.high)]
    assert ours == pytest.approx([want["ratio"], want["lower"], want["upper"]], abs=1e-10)


def test_selvins_comparison_of_1940_with_1960() -> None:
    example = EXAMPLES["smr-selvin"]
    given, want = example["inputs"], example["expected"]
    year_1960 = Rate(given["dth60"], given["pop60"])
    year_1940 = Rate(given["dth40"], given["pop40"])
    rate = direct_rate(year_1940, given["pop60"]).estimate.value
    assert 1e5 * rate == pytest.approx(want["dsr_per_1e5"], abs=1e-8)
    ratio = indirect_ratio(year_1940, year_1960)
    assert ratio.expected == pytest.approx(want["expected"], abs=1e-8)
    assert ratio.estimate.value == pytest.approx(want["sir"], abs=1e-8)


# Exact limits for an observed number of deaths taken over an expected one. Breslow NE, Day NE
# (1987), Statistical Methods in Cancer Research II, table 2.10: multipliers of the observed number
# at 95%: 1 observed 0.0253 and 5.57, 10 observed 0.480 and 1.84, 100 observed 0.814 and 1.22.
@pytest.mark.parametrize(
    ("observed", "low", "high"), [(1, 0.0253, 5.57), (10, 0.480, 1.84), (100, 0.814, 1.22)]
)
def test_exact_limits_are_breslow_and_days(observed: int, low: float, high: float) -> None:
    ratio = observed_over_expected(observed, float(observed), method="garwood")
    np.testing.assert_allclose([ratio.low, ratio.high], [low, high], rtol=4e-3)
