"""Figures cited from books, papers and R, worked out again by scipy and statsmodels alone.

We do not hold every page we cite: such figures reached us second hand, and their ``source`` says
so. Here each is worked out by a program that is not ours, from the counts or the cohort it is of,
so that none rests on memory or on our own code. What the source rounds is rounded here too.
"""

from __future__ import annotations

import json
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import optimize, stats
from statsmodels.duration.hazard_regression import PHReg
from statsmodels.duration.survfunc import SurvfuncRight, survdiff
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

HERE = Path(__file__).parent
SECOND_HAND = "second hand"
COUNTS = json.loads((HERE / "two_group.json").read_text("utf-8"))["examples"]
TIMES = json.loads((HERE / "survival.json").read_text("utf-8"))
Z = stats.norm.ppf(0.975)


def second_hand(examples: list[dict[str, Any]]) -> list[Any]:
    found = [pytest.param(e, id=e["id"]) for e in examples if SECOND_HAND in e["source"]]
    assert found
    return found


def agrees(example: dict[str, Any], worked_out: dict[str, Any]) -> None:
    tolerance = example["tolerance"]
    by = tolerance if isinstance(tolerance, dict) else {"abs": tolerance}
    for name, printed in example["expected"].items():
        want = [np.nan if part is None else part for part in np.atleast_1d(printed)]
        np.testing.assert_allclose(
            np.atleast_1d(worked_out[name]),
            np.array(want, float),
            atol=by.get("abs", 0.0),
            rtol=by.get("rel", 0.0),
            err_msg=name,
        )


def one_proportion(x: int, n: int, options: dict[str, Any]) -> dict[str, Any]:
    method = options["method"]
    if method != "mid-p":
        name = {"wilson": "wilson", "clopper-pearson": "beta"}[method]
        low, high = proportion_confint(x, n, method=name)
        return {"low": low, "high": high}

    def above(p: float) -> float:
        return float(stats.binom.sf(x, n, p) + stats.binom.pmf(x, n, p) / 2)

    low = optimize.brentq(lambda p: above(p) - 0.025, 0, 1) if x else 0.0
    return {"low": low, "high": optimize.brentq(lambda p: above(p) - 0.975, 0, 1)}


def one_rate(x: int, size: float, _options: dict[str, Any]) -> dict[str, Any]:
    low = stats.chi2.ppf(0.025, 2 * x) / 2 if x else 0.0
    high = stats.chi2.ppf(0.975, 2 * x + 2) / 2
    return {"value": x / size, "low": low / size, "high": high / size}


def two_counts(example: dict[str, Any]) -> dict[str, Any]:
    """By the program's own function for the question the example asks."""
    (x1, n1), (x2, n2) = example["group"], example["comparator"]
    table = [[x1, n1 - x1], [x2, n2 - x2]]
    match example["function"]:
        case "risk_difference":
            found = confint_proportions_2indep(x1, n1, x2, n2, compare="diff", method="newcomb")
        case "risk_ratio":
            found = confint_proportions_2indep(
                x1, n1, x2, n2, compare="ratio", method="score", correction=False
            )
        case "fisher":
            return {"p": stats.fisher_exact(table).pvalue}
        case "odds_ratio":
            odds = stats.contingency.odds_ratio(table)
            low, high = odds.confidence_interval()
            return {"value": odds.statistic, "low": low, "high": high}
        case "rate_ratio":
            share = stats.binomtest(x1, x1 + x2).proportion_ci(method="exact")
            found = [s / (1 - s) * n2 / n1 for s in (share.low, share.high)]
        case "conditional_rate_test":
            return {"p": stats.binomtest(x1, x1 + x2, n1 / (n1 + n2)).pvalue}
        case "unconditional_rate_test":
            return {"p": stats.poisson_means_test(x1, n1, x2, n2).pvalue}
    return {"value": (x1 / n1) / (x2 / n2) if x2 else np.inf, "low": found[0], "high": found[1]}


@pytest.mark.parametrize("example", second_hand(COUNTS))
def test_a_figure_of_counts_is_the_programs_too(example: dict[str, Any]) -> None:
    alone = {"proportion": one_proportion, "rate": one_rate}.get(example["function"])
    if alone is None:
        agrees(example, two_counts(example))
    else:
        agrees(example, alone(*example["group"], example.get("options", {})))


def cohort(example: dict[str, Any]) -> dict[str, np.ndarray]:
    names = example["inputs"]
    columns = TIMES["cohorts"][example["cohort"]]
    found = {name: np.array(column) for name, column in columns.items() if name != "source"}
    found["time"] = found[names.get("time", "time")]
    found["event"] = found[names.get("event", "event")]
    return found


def curves(example: dict[str, Any]) -> list[SurvfuncRight]:
    """statsmodels' curve of each group, in order."""
    people, by = cohort(example), example["inputs"]["by"]
    return [
        SurvfuncRight(people["time"][people[by] == group], people["event"][people[by] == group])
        for group in np.unique(people[by])
    ]


def at(curve: SurvfuncRight, months: list[int]) -> np.ndarray:
    return np.searchsorted(curve.surv_times, months, side="right") - 1


def survival(example: dict[str, Any]) -> dict[str, Any]:
    curve = curves(example)[example["inputs"]["row"]]
    where = at(curve, example["inputs"]["months"])
    return {"survival": curve.surv_prob[where], "error": curve.surv_prob_se[where]}


def interval(example: dict[str, Any]) -> dict[str, Any]:
    found = survival(example)
    share, reach = found["survival"], Z * found["error"] / found["survival"]
    if example["inputs"]["transform"] == "log":
        return {"low": share * np.exp(-reach), "high": share * np.exp(reach)}
    theta = reach / np.log(share)
    return {"low": share ** np.exp(-theta), "high": share ** np.exp(theta)}


def median(example: dict[str, Any]) -> dict[str, Any]:
    found = curves(example)
    value = [curve.quantile(0.5) for curve in found]
    with np.errstate(divide="ignore", invalid="ignore"):  # a curve that comes down to nothing
        ends = [curve.quantile_ci(0.5, method="log") for curve in found]
    high = [end[1] if np.isfinite(end[1]) else np.nan for end in ends]
    return {"value": value, "low": [end[0] for end in ends], "high": high}


def restricted_mean(example: dict[str, Any]) -> dict[str, Any]:
    """The area under the curve, and Greenwood's variance of it, rectangle by rectangle."""
    curve, until = curves(example)[example["inputs"]["row"]], example["inputs"]["until"]
    times = np.r_[0.0, curve.surv_times[curve.surv_times < until], until]
    area = np.r_[1.0, curve.surv_prob[curve.surv_times < until]] * np.diff(times)
    left = np.cumsum(area[::-1])[::-1][1:]
    d, n = curve.n_events[: left.size], curve.n_risk[: left.size]
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(n > d, left**2 * d / (n * (n - d)), 0.0)
    return {"value": area.sum(), "error": np.sqrt(parts.sum())}


def log_rank(example: dict[str, Any]) -> dict[str, Any]:
    people = cohort(example)
    group = people[example["inputs"]["by"]]
    statistic, p = survdiff(people["time"], people["event"], group)
    groups = np.unique(group)
    observed = np.array([people["event"][group == g].sum() for g in groups])
    times = np.unique(people["time"][people["event"] == 1])
    expected = np.zeros(groups.size)
    for time in times:
        at_risk = np.array([((people["time"] >= time) & (group == g)).sum() for g in groups])
        events = ((people["time"] == time) & (people["event"] == 1)).sum()
        expected += events * at_risk / at_risk.sum()
    return {"statistic": statistic, "p": p, "observed": observed, "expected": expected}


def cox(example: dict[str, Any]) -> dict[str, Any]:
    people, names = cohort(example), example["inputs"]
    x = np.column_stack([people[name] for name in names["covariates"]]).astype(float)
    model = PHReg(people["time"].astype(float), x, status=people["event"], ties=names["ties"])
    fit = model.fit()
    none = model.loglike(np.zeros(x.shape[1]))
    return {
        "coefficient": fit.params,
        "error": fit.bse,
        "log_likelihood": [none, fit.llf],
        "fitted": fit.llf,
    }


OF_TIME: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "survival": survival,
    "interval": interval,
    "median": median,
    "restricted_mean": restricted_mean,
    "log_rank": log_rank,
    "cox": cox,
}


@pytest.mark.parametrize("example", second_hand(TIMES["examples"]))
def test_a_figure_of_time_is_the_programs_too(example: dict[str, Any]) -> None:
    agrees(example, OF_TIME[example["method"]](example))


def test_montgomerys_limits_are_those_of_his_formulas() -> None:
    given = runpy.run_path(str(HERE / "test_control_chart.py"))["CANS"]
    for kept, printed in (
        (np.array(given), (0.2313, 0.4102, 0.0524)),
        (np.delete(given, [14, 22]), (0.2150, 0.3893, 0.0407)),
    ):
        share = kept.mean() / 50
        reach = 3 * np.sqrt(share * (1 - share) / 50)
        assert np.round([share, share + reach, share - reach], 4) == pytest.approx(printed)


def test_the_fitted_gamma_distribution_is_that_of_a_general_optimiser() -> None:
    given = runpy.run_path(str(HERE / "test_shrinkage.py"))
    observed, expected = np.array(given["LIP_OBSERVED"]), np.array(given["LIP_EXPECTED"])

    def unlikelihood(logs: np.ndarray) -> float:
        a, b = np.exp(logs)
        return -float(stats.nbinom.logpmf(observed, a, b / (b + expected)).sum())

    found = optimize.minimize(unlikelihood, [0, 0], method="Nelder-Mead", options={"xatol": 1e-9})
    np.testing.assert_allclose(np.exp(found.x), [1.88, 1.32], atol=0.005)


def test_benjamini_and_hochbergs_fifteen_are_statsmodels_too() -> None:
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240]
    p += [0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    assert multipletests(p, 0.05, method="fdr_bh")[0].sum() == 4


def test_breslow_and_days_multipliers_are_chi_squareds() -> None:
    for observed, low, high in ((1, 0.0253, 5.57), (10, 0.480, 1.84), (100, 0.814, 1.22)):
        limits = stats.chi2.ppf([0.025, 0.975], [2 * observed, 2 * observed + 2]) / 2 / observed
        np.testing.assert_allclose(limits, [low, high], rtol=4e-3)
