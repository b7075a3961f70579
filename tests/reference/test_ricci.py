"""Ricci v. DeStefano, 557 U.S. 557 (2009): the promotion exams of the New Haven fire department."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from evenhand.stats import Proportion, compare_groups, selection

FILE = Path(__file__).parents[3] / "shared" / "data" / "hr" / "Ricci.csv.gz"
PASS = 70.0  # of the combined score; the dataset's own documentation

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FILE.exists(), reason="needs ../shared/data/hr/Ricci.csv.gz"),
]


def passed(position: str | None = None) -> dict[str, tuple[int, int]]:
    """By race: how many passed, of how many who sat."""
    sat, through = Counter[str](), Counter[str]()
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if position in (None, row["Position"]):
                sat[row["Race"]] += 1
                through[row["Race"]] += float(row["Combine"]) >= PASS
    return {race: (through[race], sat[race]) for race in sat}


def test_the_impact_ratios_against_white_are_those_published() -> None:
    found = passed()
    ours = selection(Proportion(*zip(found["B"], found["H"], strict=True)), Proportion(*found["W"]))
    np.testing.assert_allclose(ours.impact_ratio.value, [0.553, 0.433], rtol=0, atol=5e-4)
    assert ours.below_four_fifths.all()
    # Both gaps are larger than the two to three standard deviations courts have taken notice of
    # (Castaneda v. Partida, 430 U.S. 482, 1977, note 17).
    assert (ours.standard_deviations < -2).all()


@pytest.mark.parametrize(
    ("position", "rates"),
    [
        # The opinion, 557 U.S. at 587 (Part II-B-1): pass rates of 64, 37.5 and 37.5 per cent for
        # captain and 58.1, 31.6 and 20 per cent for lieutenant (White, Black, Hispanic).
        ("Captain", [0.64, 0.375, 0.375]),
        ("Lieutenant", [0.581, 0.316, 0.20]),
    ],
)
def test_the_pass_rates_are_those_the_court_printed(position, rates) -> None:
    found = passed(position)
    table = compare_groups(Proportion(*zip(*(found[r] for r in "WBH"), strict=True)))
    np.testing.assert_allclose(table.rate.value, rates, rtol=0, atol=5e-4)
