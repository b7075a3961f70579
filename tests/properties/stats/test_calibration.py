"""A short run of the calibration behind docs/methods/0002-calibration.md, with the seed fixed."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def coverage() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT)
        from benchmarks import coverage

        return coverage


@pytest.fixture(scope="module")
def error_rates() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT)
        from benchmarks import error_rates

        return error_rates


@pytest.mark.slow
def test_intervals_of_one_and_two_counts_hold_the_truth_often_enough(coverage) -> None:
    for row in coverage.exact_coverage(steps=5):
        assert row.mean >= 0.93, row
        if row.band != "1 to 2" and not row.method.startswith("rate: exact"):
            assert row.mean <= 0.97, row


@pytest.mark.slow
def test_stratified_and_survival_intervals_hold_the_truth_often_enough(coverage) -> None:
    for row in coverage.simulated_coverage(np.random.default_rng(5), draws=1500):
        assert row.mean >= 0.925, row  # 0.93 less a standard error of 0.6 points


def test_concern_is_measured_by_the_thresholds_the_pages_use(error_rates) -> None:
    path = ROOT / "src" / "evenhand" / "indicators" / "thresholds.py"
    thresholds = runpy.run_path(str(path))["THRESHOLDS"]
    assert thresholds.concern_p == error_rates.CONCERN_P
    assert thresholds.notable_ratio == error_rates.NOTABLE_RATIO


@pytest.mark.slow
def test_chance_is_called_a_finding_no_more_often_than_stated(error_rates) -> None:
    for row in error_rates.false_discovery(np.random.default_rng(6), families=1500):
        assert row.false_share <= 0.05 + 3 * (0.05 * 0.95 / row.families) ** 0.5, row
        assert row.false_concern <= 0.01, row
        if not np.isnan(row.found):
            assert row.found >= 0.95, row


@pytest.mark.slow
def test_the_smallest_detectable_difference_is_found_four_times_in_five(error_rates) -> None:
    found = [row.power for row in error_rates.planted_power()]
    assert len(found) >= 10
    assert min(found) >= 0.75
    assert np.mean(found) == pytest.approx(0.8, abs=0.02)


@pytest.mark.slow
def test_funnels_and_log_rank_tests_raise_no_more_false_alarms_than_promised(error_rates) -> None:
    for row in error_rates.false_alarms(np.random.default_rng(7), draws=3000):
        assert row.seen <= row.promised + 4 * (row.promised / 3000) ** 0.5, row
