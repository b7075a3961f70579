"""Pooling over strata gives the published numbers, and the numbers other programs print."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evenhand.stats.cochran_mantel_haenszel import cochran_mantel_haenszel
from evenhand.stats.columns import Estimates, Proportion, Rate
from evenhand.stats.homogeneity import breslow_day
from evenhand.stats.mantel_haenszel import (
    mantel_haenszel_odds_ratio,
    mantel_haenszel_risk_difference,
    mantel_haenszel_risk_ratio,
)
from evenhand.stats.mantel_haenszel_rates import (
    mantel_haenszel_rate_difference,
    mantel_haenszel_rate_ratio,
)

_TABLE = Path(__file__).parent / "strata_units_time.json"
EXAMPLES: dict[str, dict[str, Any]] = {
    example["id"]: example for example in json.loads(_TABLE.read_text("utf-8"))["examples"]
}

# Bickel PJ, Hammel EA, O'Connell JW (1975), Science 187:398–404, as distributed with R
# (datasets::UCBAdmissions): applicants to the six largest departments at Berkeley, autumn 1973.
WOMEN = Proportion([89, 17, 202, 131, 94, 24], [108, 25, 593, 375, 393, 341])
MEN = Proportion([512, 353, 120, 138, 53, 22], [825, 560, 325, 417, 191, 373])


def limits(estimates: Estimates) -> list[float]:
    return [float(estimates.value), float(estimates.low), float(estimates.high)]


def tables(example: dict[str, Any]) -> tuple[Proportion, Proportion]:
    cells = np.array(example["inputs"]["tables"])
    return (
        Proportion(cells[:, 0, 0], cells[:, 0].sum(axis=1)),
        Proportion(cells[:, 1, 0], cells[:, 1].sum(axis=1)),
    )


def test_berkeley_reverses_when_departments_are_compared_with_themselves() -> None:
    crude = (WOMEN.count.sum() / WOMEN.total.sum()) / (MEN.count.sum() / MEN.total.sum())
    pooled = mantel_haenszel_risk_ratio(WOMEN, MEN).estimate
    assert crude == pytest.approx(EXAMPLES["mh-ucb"]["expected"]["crude_rr"])
    assert crude < 1 < pooled.value


@pytest.mark.parametrize(
    ("prefix", "method"),
    [
        ("mh_rr", mantel_haenszel_risk_ratio),
        ("mh_or", mantel_haenszel_odds_ratio),
        ("mh_rd", mantel_haenszel_risk_difference),
    ],
)
def test_berkeley_agrees_with_metafor(prefix: str, method: Any) -> None:
    expected = EXAMPLES["mh-ucb"]["expected"]
    want = [expected[prefix + end] for end in ("", "_lower", "_upper")]
    assert limits(method(WOMEN, MEN).estimate) == pytest.approx(want, abs=1e-8)


@pytest.mark.parametrize(
    ("key", "test"),
    [
        ("breslow_day", lambda g, c: breslow_day(g, c, tarone=False)),
        ("tarone", breslow_day),
        ("cmh_nocc", cochran_mantel_haenszel),
        ("cmh_cc", lambda g, c: cochran_mantel_haenszel(g, c, continuity=True)),
    ],
)
def test_berkeley_tests_agree_with_r(key: str, test: Any) -> None:
    expected, answer = EXAMPLES["mh-ucb"]["expected"], test(WOMEN, MEN)
    assert answer.statistic == pytest.approx(expected[key], abs=1e-8)
    assert answer.p == pytest.approx(expected[key + "_p"], abs=1e-8)


def test_sparse_strata_agree_with_r() -> None:
    example = EXAMPLES["mh-sm-2"]
    group, comparator = tables(example)
    want = example["expected"]
    assert limits(mantel_haenszel_odds_ratio(group, comparator).estimate) == pytest.approx(
        [want["or_"], want["lower"], want["upper"]], abs=1e-4
    )
    corrected = cochran_mantel_haenszel(group, comparator, continuity=True)
    plain, tarone = breslow_day(group, comparator, tarone=False), breslow_day(group, comparator)
    assert corrected.statistic == pytest.approx(want["cmh_cc"], abs=1e-4)
    assert corrected.p == pytest.approx(want["cmh_cc_p"], abs=1e-6)
    assert [plain.statistic, plain.p] == pytest.approx([want["bd"], want["bd_p"]], abs=1e-4)
    assert [tarone.statistic, tarone.p] == pytest.approx(
        [want["tarone"], want["tarone_p"]], abs=1e-4
    )
    assert tarone.degrees == 4


def test_strata_with_empty_sides_and_zero_cells_agree_with_r() -> None:
    example = EXAMPLES["mh-sm-1"]
    group, comparator = tables(example)
    want, pooled = example["expected"], mantel_haenszel_odds_ratio(group, comparator)
    assert limits(pooled.estimate) == pytest.approx(
        [want["or_"], want["lower"], want["upper"]], abs=1e-4
    )
    assert (pooled.strata_used, pooled.strata_left_out, pooled.events_left_out) == (3, 2, 8)
    corrected = cochran_mantel_haenszel(group, comparator, continuity=True)
    assert corrected.statistic == pytest.approx(want["cmh_cc"], abs=1e-4)
    assert corrected.p == pytest.approx(want["cmh_cc_p"], abs=1e-5)


def test_person_time_agrees_with_metafor() -> None:
    example = EXAMPLES["mh-irr"]
    given, want = example["inputs"], example["expected"]
    group, comparator = Rate(given["x1"], given["t1"]), Rate(given["x2"], given["t2"])
    for prefix, method in (
        ("irr", mantel_haenszel_rate_ratio),
        ("ird", mantel_haenszel_rate_difference),
    ):
        expected = [want[prefix + end] for end in ("", "_lower", "_upper")]
        assert limits(method(group, comparator).estimate) == pytest.approx(expected, abs=1e-9)


# University Group Diabetes Program, deaths by age: Rothman KJ (1986), Modern Epidemiology, 1st ed.,
# chapter 12. Under 55: 8 of 106 on tolbutamide, 5 of 120 on placebo; 55 and over: 22 of 98, 16 of
# 85. The expected values to all digits are statsmodels 0.15.0:
#   >>> t = [np.array([[8, 98], [5, 115]]), np.array([[22, 76], [16, 69]])]
#   >>> s = StratifiedTable(t); s.riskratio_pooled, s.oddsratio_pooled, s.oddsratio_pooled_confint()
#   (1.3255553241551052, 1.40314854342828, (0.7625151681155701, 2.582015305728974))
#   >>> s.test_null_odds(correction=True).statistic, s.test_equal_odds(adjust=True).statistic
#   (0.8796663488062662, 0.34894486632950417)
TOLBUTAMIDE, PLACEBO = Proportion([8, 22], [106, 98]), Proportion([5, 16], [120, 85])


def test_tolbutamide_deaths_pool_as_printed() -> None:
    ratio = mantel_haenszel_risk_ratio(TOLBUTAMIDE, PLACEBO).estimate
    odds = mantel_haenszel_odds_ratio(TOLBUTAMIDE, PLACEBO).estimate
    assert ratio.value == pytest.approx(1.3255553241551052, rel=1e-12)
    assert limits(odds) == pytest.approx(
        [1.40314854342828, 0.7625151681155701, 2.582015305728974], rel=1e-12
    )


def test_tolbutamide_tests_agree_with_statsmodels() -> None:
    corrected = cochran_mantel_haenszel(TOLBUTAMIDE, PLACEBO, continuity=True)
    assert corrected.statistic == pytest.approx(0.8796663488062662, rel=1e-12)
    assert corrected.p == pytest.approx(0.34829308005371273, rel=1e-12)
    assert breslow_day(TOLBUTAMIDE, PLACEBO).statistic == pytest.approx(
        0.34894486632950417, rel=1e-9
    )
