"""Regression, random effects and change agree with other programs to their printed digits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evenhand.stats.columns import Proportion, Rate
from evenhand.stats.difference_in_differences import ratio_of_ratios
from evenhand.stats.random_effects import random_effects
from evenhand.stats.regression import logistic_regression, poisson_regression

_TABLE = Path(__file__).parent / "strata_units_time.json"
EXAMPLES: dict[str, dict[str, Any]] = {
    example["id"]: example for example in json.loads(_TABLE.read_text("utf-8"))["examples"]
}

PEOPLE = [
    *(2960, 3783, 3549, 2143, 3773, 3909, 3887, 507, 1923, 2507, 1275, 1630),
    *(2582, 3247, 2407, 863, 2768, 3512, 1034, 2266, 1485, 3628, 430, 2013),
]
EVENTS = [
    *(145, 263, 183, 159, 188, 283, 194, 50, 72, 152, 51, 105),
    *(95, 192, 112, 58, 209, 372, 66, 227, 115, 353, 21, 190),
]
BLOCK = np.repeat([0, 1, 2], 8)
DESIGN = np.column_stack([np.ones(24), np.arange(24) % 2, BLOCK == 1, BLOCK == 2]).astype(float)
CLUSTER = np.arange(24) // 2

# statsmodels 0.15.0, EVENTS over PEOPLE on DESIGN, clusters of two cells:
#   >>> model = sm.GLM(y, x, family=sm.families.Poisson(), offset=np.log(n))
#   >>> fit = model.fit(tol=1e-14); fit.params, fit.bse, fit.deviance, fit.llf
#   >>> fit.pearson_chi2 / fit.df_resid
#   >>> kwds = {"groups": cluster, "use_correction": False}
#   >>> model.fit(cov_type="cluster", cov_kwds=kwds, tol=1e-14).bse
# and the same with sm.GLM(np.column_stack([y, n - y]), x, family=sm.families.Binomial()).
POISSON = {
    "params": [-2.9908031121675127, 0.3709652762119844, -0.1897365653221912, 0.3279915762964065],
    "bse": [0.03143739333639516, 0.03401521182246309, 0.04341240083899637, 0.03724634320527623],
    "robust": [0.015546049968440058, 0.022902318793607764, 0.03471990148714896, 0.033123892678522],
    "deviance": 18.285116137826453,
    "llf": -89.78927008942154,
}
BINOMIAL = {
    "params": [-2.940477087530391, 0.3974284337073444, -0.20161562018182372, 0.35570565178268354],
    "bse": [0.03235947919687343, 0.03514951735453516, 0.04468843705673045, 0.0387436437494195],
    "robust": [0.01610856782338815, 0.02339431684475746, 0.037105068695241, 0.03572357060705049],
    "deviance": 19.327283425320207,
    "llf": -89.48466818438544,
}


@pytest.mark.parametrize(
    ("fit", "outcome", "want"),
    [
        (poisson_regression, Rate(EVENTS, PEOPLE), POISSON),
        (logistic_regression, Proportion(EVENTS, PEOPLE), BINOMIAL),
    ],
)
def test_regressions_agree_with_statsmodels(fit: Any, outcome: Any, want: dict[str, Any]) -> None:
    plain, robust = fit(outcome, DESIGN), fit(outcome, DESIGN, cluster=CLUSTER)
    np.testing.assert_allclose(plain.coefficients.value, want["params"], rtol=1e-10)
    np.testing.assert_allclose(np.sqrt(np.diag(plain.covariance)), want["bse"], rtol=1e-9)
    assert plain.deviance == pytest.approx(want["deviance"], rel=1e-10)
    assert plain.log_likelihood == pytest.approx(want["llf"], rel=1e-10)
    # Ours multiplies by G/(G − 1), here 12/11; the source was asked for no correction.
    spread = np.sqrt(np.diag(robust.covariance) * 11 / 12)
    np.testing.assert_allclose(spread, want["robust"], rtol=1e-9)


def test_poisson_dispersion_agrees_with_statsmodels() -> None:
    model = poisson_regression(Rate(EVENTS, PEOPLE), DESIGN)
    assert model.dispersion == pytest.approx(0.9239009670950027, rel=1e-10)


def test_bcg_trials_agree_with_metafor() -> None:
    example = EXAMPLES["re-dl-bcg"]
    cells = {name: np.array(cell) for name, cell in example["inputs"].items()}
    treated, control = cells["tpos"] + cells["tneg"], cells["cpos"] + cells["cneg"]
    effect = np.log(cells["tpos"] / treated) - np.log(cells["cpos"] / control)
    variance = 1 / cells["tpos"] - 1 / treated + 1 / cells["cpos"] - 1 / control
    found, want = random_effects(effect, variance), example["expected"]
    assert found.average.value == pytest.approx(want["mu"], abs=1e-9)
    assert found.standard_error == pytest.approx(want["se"], abs=1e-9)
    assert found.tau_squared == pytest.approx(want["tau2"], abs=1e-9)
    assert found.q == pytest.approx(want["Q"], abs=1e-9)
    assert 100 * found.i_squared == pytest.approx(want["I2"], abs=1e-9)


def test_the_ratio_of_ratios_is_the_interaction_of_a_poisson_model() -> None:
    # The delta interval and a saturated Poisson model are one and the same in algebra.
    group, comparator = Rate([120, 80], [1000, 1100]), Rate([300, 290], [5000, 4500])
    delta = ratio_of_ratios(group, comparator, method="delta")
    design = [[1, 1, 0, 0], [1, 1, 1, 1], [1, 0, 0, 0], [1, 0, 1, 0]]
    model = poisson_regression(Rate([120, 80, 300, 290], [1000, 1100, 5000, 4500]), design)
    ours = [delta.value, delta.low, delta.high]
    ratios = [model.ratios.value[3], model.ratios.low[3], model.ratios.high[3]]
    np.testing.assert_allclose(ours, ratios, rtol=1e-8)
