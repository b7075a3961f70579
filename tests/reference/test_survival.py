"""Curves, medians, restricted means, log-rank and Cox against figures printed by others."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evenhand.stats import (
    Spells,
    cox,
    kaplan_meier,
    log_rank,
    restricted_mean,
    stratified_log_rank,
    waiting_time,
)

HERE = Path(__file__).parent
REFERENCE = json.loads((HERE / "survival.json").read_text("utf-8"))
COHORTS = REFERENCE["cohorts"] | {
    "made_up": runpy.run_path(str(HERE / "survival_statsmodels.py"))["cohort"]()
}


def of(method: str) -> list[Any]:
    found = [example for example in REFERENCE["examples"] if example["method"] == method]
    assert found, method
    return [pytest.param(example, id=example["id"]) for example in found]


def columns(example: dict[str, Any]) -> dict[str, np.ndarray]:
    """The cohort's columns, times from joining unless the example asks for delayed entry."""
    cohort = {k: np.array(v) for k, v in COHORTS[example["cohort"]].items() if k != "source"}
    names = example["inputs"]
    if example["cohort"] == "made_up":
        delayed = names.get("delayed", False)
        cohort["time"] = cohort["leaving"] - (0 if delayed else cohort["entry"])
        cohort["entry"] = cohort["entry"] * int(delayed)
    else:
        cohort["time"] = cohort[names.get("time", "time")]
        cohort["event"] = cohort[names.get("event", "event")]
        cohort["entry"] = np.zeros_like(cohort["time"])
    return cohort


def tally(cohort: dict[str, np.ndarray], *keys: np.ndarray) -> Spells:
    """Counts by the given whole-number keys and by month."""
    shape = (*(int(key.max()) + 1 for key in keys), int(cohort["time"].max()) + 1)
    entries, events, censored = (np.zeros(shape, int) for _ in range(3))
    happened = cohort["event"] == 1
    np.add.at(entries, (*keys, cohort["entry"]), 1)
    np.add.at(events, (*(key[happened] for key in keys), cohort["time"][happened]), 1)
    np.add.at(censored, (*(key[~happened] for key in keys), cohort["time"][~happened]), 1)
    return Spells(events, censored, entries=entries)


def by_group(example: dict[str, Any]) -> Spells:
    cohort = columns(example)
    return tally(cohort, cohort[example["inputs"]["by"]])


def one_group(example: dict[str, Any]) -> Spells:
    spells, row = by_group(example), example["inputs"]["row"]
    return Spells(spells.events[row], spells.censored[row])


@pytest.mark.parametrize("example", of("survival"))
def test_the_curve_and_its_standard_error_are_those_printed(example: dict[str, Any]) -> None:
    curve = kaplan_meier(one_group(example))
    months, expected = example["inputs"]["months"], example["expected"]
    tolerance = {"rtol": 0, "atol": example["tolerance"]}
    np.testing.assert_allclose(curve.estimates.value[months], expected["survival"], **tolerance)
    np.testing.assert_allclose(np.sqrt(curve.variance[months]), expected["error"], **tolerance)


@pytest.mark.parametrize("example", of("interval"))
def test_the_limits_of_the_curve_are_those_printed(example: dict[str, Any]) -> None:
    curve = kaplan_meier(one_group(example), transform=example["inputs"]["transform"])
    months, expected = example["inputs"]["months"], example["expected"]
    tolerance = {"rtol": 0, "atol": example["tolerance"]}
    np.testing.assert_allclose(curve.estimates.low[months], expected["low"], **tolerance)
    np.testing.assert_allclose(curve.estimates.high[months], expected["high"], **tolerance)


@pytest.mark.parametrize("example", of("median"))
def test_the_median_and_its_interval_are_those_printed(example: dict[str, Any]) -> None:
    curve = kaplan_meier(by_group(example), transform=example["inputs"]["transform"])
    median = waiting_time(curve)
    for part in ("value", "low", "high"):
        expected = [np.nan if end is None else end for end in example["expected"][part]]
        np.testing.assert_array_equal(getattr(median, part), expected)


@pytest.mark.parametrize("example", of("restricted_mean"))
def test_the_restricted_mean_is_that_printed(example: dict[str, Any]) -> None:
    spells, until = one_group(example), example["inputs"]["until"]
    if spells.events.shape[-1] <= until:
        spells = Spells(*(np.pad(c, (0, until)) for c in (spells.events, spells.censored)))
    mean = restricted_mean(spells, until=until)
    error = (mean.high - mean.low) / 2 / 1.959964
    assert float(mean.value) == pytest.approx(
        example["expected"]["value"], abs=example["tolerance"]
    )
    assert float(error) == pytest.approx(example["expected"]["error"], abs=example["tolerance"])


@pytest.mark.parametrize("example", of("log_rank"))
def test_the_log_rank_test_gives_the_printed_figures(example: dict[str, Any]) -> None:
    test, expected = log_rank(by_group(example)), example["expected"]
    for part in expected:
        np.testing.assert_allclose(
            getattr(test, part), expected[part], rtol=0, atol=example["tolerance"]
        )


@pytest.mark.parametrize("example", of("stratified_log_rank"))
def test_the_stratified_log_rank_test_gives_the_printed_figures(example: dict[str, Any]) -> None:
    cohort, names = columns(example), example["inputs"]
    test = stratified_log_rank(tally(cohort, cohort[names["strata"]], cohort[names["by"]]))
    assert float(test.statistic) == pytest.approx(example["expected"]["statistic"])
    assert float(test.p) == pytest.approx(example["expected"]["p"])


@pytest.mark.parametrize("example", of("delayed_entry"))
def test_delayed_entry_gives_the_printed_curve(example: dict[str, Any]) -> None:
    cohort = {name: np.array(column) for name, column in COHORTS["made_up"].items()}
    spells = tally(cohort | {"time": cohort["leaving"]}, np.zeros(90, int))
    months, curve = example["expected"]["months"], kaplan_meier(spells)
    np.testing.assert_array_equal(spells.at_risk[0, months], example["expected"]["at_risk"])
    np.testing.assert_allclose(
        curve.estimates.value[0, months], example["expected"]["survival"], rtol=1e-12
    )


@pytest.mark.parametrize("example", of("cox"))
def test_cox_regression_gives_the_printed_figures(example: dict[str, Any]) -> None:
    cohort, names, expected = columns(example), example["inputs"], example["expected"]
    rows = np.column_stack([cohort[name] for name in names["covariates"]])
    patterns, pattern = np.unique(rows, axis=0, return_inverse=True)
    keys = [cohort[names["strata"]]] if "strata" in names else []
    fit = cox(tally(cohort, *keys, pattern.ravel()), patterns, ties=names["ties"])
    found = {
        "coefficient": fit.coefficient,
        "error": np.sqrt(np.diag(fit.covariance)),
        "log_likelihood": fit.log_likelihood,
        "fitted": fit.log_likelihood[1],
    }
    for part in expected:
        np.testing.assert_allclose(found[part], expected[part], rtol=0, atol=example["tolerance"])
