"""One group and two, against published tables and what other programs print."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evenhand import stats
from evenhand.core import Confidence
from evenhand.stats import Proportion, Rate

EXAMPLES: list[dict[str, Any]] = [
    example
    for name in ("two_group.json", "two_group_edges.json")
    for example in json.loads((Path(__file__).parent / name).read_text("utf-8"))["examples"]
]
SHARED = Path(__file__).parents[3] / "shared" / "data"
PUBLISHED = ("Black_stopped", "Black_population", "White_stopped", "White_population")
INTERVAL = {"value": "rr", "low": "rr_ci_low", "high": "rr_ci_upp"}
OF_RATE_TESTS = {"conditional_rate_test", "unconditional_rate_test"}
OF_RATES = {"rate", "rate_ratio", "rate_difference"} | OF_RATE_TESTS


def answer(example: dict[str, Any]) -> Any:
    """The library's own answer to the example's question."""
    build = Rate if example["function"] in OF_RATES else Proportion
    sides = [build(*example[side]) for side in ("group", "comparator") if side in example]
    options = dict(example.get("options", {}))
    if "confidence" in options:
        options["confidence"] = Confidence(options["confidence"])
    return getattr(stats, example["function"])(*sides, **options)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["id"])
def test_the_published_figure_comes_back(example: dict[str, Any]) -> None:
    found = answer(example)
    for name, expected in example["expected"].items():
        tolerance = {"rel": 0.0, "abs": 0.0} | example["tolerance"]
        assert float(getattr(found, name)) == pytest.approx(float(expected), **tolerance), name


def test_every_example_names_its_source() -> None:
    assert all(len(example["source"]) > 5 for example in EXAMPLES)
    assert len({example["id"] for example in EXAMPLES}) == len(EXAMPLES)


METHODS = {
    "risk_ratio": ("koopman", "miettinen-nurminen", "mover", "log"),
    "risk_difference": ("newcombe", "miettinen-nurminen", "agresti-caffo", "wald"),
    "odds_ratio": ("mid-p", "exact", "score", "sample"),
    "rate_ratio": ("mid-p", "exact", "score", "log"),
    "rate_difference": ("score", "mover", "wald"),
    "fisher": (None,),
    "unconditional_test": (None,),
    "conditional_rate_test": (None,),
    "unconditional_rate_test": (None,),
}
# Undefined at none and all alike, by their own formula: the unit tests hold that they say so.
NEEDS_SOME = {("risk_ratio", "log"), ("odds_ratio", "sample"), ("rate_ratio", "log")}


@pytest.mark.parametrize(
    ("function", "method"), [(f, m) for f, methods in METHODS.items() for m in methods]
)
def test_none_one_and_all_are_among_the_examples_of_every_method(
    function: str, method: str | None
) -> None:
    sides = [
        example[side]
        for example in EXAMPLES
        if example["function"] == function
        and (method is None or example.get("options", {}).get("method") == method)
        for side in ("group", "comparator")
    ]
    assert any(count == 1 for count, _ in sides)
    if (function, method) not in NEEDS_SOME:
        assert any(count == 0 for count, _ in sides)
    if function not in OF_RATES and (function, method) != ("odds_ratio", "sample"):
        assert any(count == total for count, total in sides)


@pytest.mark.parametrize(
    ("function", "method"), [(f, m) for f, methods in METHODS.items() for m in methods]
)
def test_a_group_of_nobody_has_no_figure_and_says_why(function: str, method: str | None) -> None:
    build = Rate if function in OF_RATES else Proportion
    options = {} if method is None else {"method": method}
    found = getattr(stats, function)(build(0, 0), build(3, 20), **options)
    assert found.reason == stats.Reason.NO_POPULATION


def test_adjusted_p_values_are_those_of_r() -> None:
    # fdr-bh: R 4.2.2 stats::p.adjust(p, "BH")
    p = [0.01, 0.04, 0.03, 0.005, 0.2, 0.5, 0.001, 0.07]
    expected = [0.0266666666666667, 0.064, 0.06, 0.02, 0.2285714285714286, 0.5, 0.008]
    expected.append(0.0933333333333333)
    assert stats.benjamini_hochberg(p) == pytest.approx(expected, abs=1e-12)


def test_four_of_benjamini_and_hochbergs_fifteen_stand() -> None:
    # Benjamini Y, Hochberg Y (1995), JRSS B 57:289-300, section 4.1 (Neuhaus et al. 1992).
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240]
    p += [0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    assert np.count_nonzero(stats.benjamini_hochberg(p) <= 0.05) == 4


def test_teal_is_below_four_fifths_and_far_beyond_chance() -> None:
    # Connecticut v. Teal, 457 U.S. 440 (1982): 26 of 48 black and 206 of 259 white candidates.
    found = stats.selection(Proportion(26, 48), Proportion(206, 259))
    assert found.below_four_fifths
    assert not found.turns_on_one
    assert found.standard_deviations < -3


def test_castaneda_is_twenty_nine_standard_deviations_short() -> None:
    # ai-castaneda: Castaneda v. Partida, 430 U.S. 482 (1977), footnote 17: 339 of 870 jurors,
    # 79.1% expected.
    found = stats.representation(Proportion(339, 870), 0.791)
    assert round(float(found.shortfall.value)) == 688 - 339
    assert float(found.standard_deviations) == pytest.approx(-29, abs=0.5)


def test_kappa_of_the_psychiatric_diagnoses_is_point_68() -> None:
    # Fleiss JL (1981), Statistical Methods for Rates and Proportions, table 13.1: n = 100, kappa
    # 0.68. statsmodels 0.15.0, inter_rater.cohens_kappa of the same table, for the other digits.
    found = stats.agreement([[75, 1, 4], [5, 4, 1], [0, 0, 10]]).kappa
    assert round(float(found.value), 2) == 0.68
    assert float(found.value) == pytest.approx(0.676470588235294, abs=1e-12)
    assert float(found.low) == pytest.approx(0.5045759580860855, abs=1e-12)
    assert float(found.high) == pytest.approx(0.8483652183845026, abs=1e-12)


@pytest.mark.shared
def test_the_ricci_exam_gives_its_published_impact_ratios() -> None:
    path = SHARED / "hr" / "Ricci.csv.gz"
    if not path.exists():
        pytest.skip("needs hr/Ricci.csv.gz from the shared data folder")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    passed: dict[str, list[bool]] = {race: [] for race in "WBH"}
    for row in rows:
        passed[row["Race"]].append(float(row["Combine"]) >= 70)
    white, black, hispanic = (Proportion(sum(p), len(p)) for p in passed.values())
    assert float(stats.selection(black, white).impact_ratio.value) == pytest.approx(0.553, abs=5e-4)
    ratio = stats.selection(hispanic, white).impact_ratio.value
    assert float(ratio) == pytest.approx(0.433, abs=5e-4)


@pytest.mark.shared
def test_every_published_london_risk_ratio_comes_back_to_four_decimals() -> None:
    found = sorted((SHARED / "oracles").glob("london_summarised_stats_by_year_la_*.csv.gz"))
    if not found:
        pytest.skip("needs oracles/london_summarised_stats_by_year_la_*.csv.gz")
    with gzip.open(found[0], "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    columns = {
        name: np.array([float(row[name]) for row in rows])
        for name in (*PUBLISHED, *INTERVAL.values())
    }
    black, white = (
        Proportion(columns[f"{group}_stopped"], columns[f"{group}_population"])
        for group in ("Black", "White")
    )
    ratio = stats.risk_ratio(black, white, method="log")
    assert len(rows) == 99
    for ours, theirs in INTERVAL.items():
        np.testing.assert_allclose(getattr(ratio, ours), columns[theirs], rtol=0, atol=5e-5)
