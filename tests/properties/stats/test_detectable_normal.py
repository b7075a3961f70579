"""The closed form for whole tables stays near the exact answer where it says it does."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.stats import Proportion, Rate, detectable_rate_ratio, detectable_risk_ratio

EVENTS = np.array([20, 60, 400, 5_000])
SIZES = np.array([0.25, 1.0, 4.0])


def test_the_closed_form_for_rates_is_within_a_tenth_of_the_exact_ratio():
    people = 10_000.0
    grid = [(e, s) for e in EVENTS for s in SIZES if e * s >= 5]
    comparator = Rate([e for e, _ in grid], [people] * len(grid))
    own = np.array([people * s for _, s in grid])
    exact = detectable_rate_ratio(own, comparator)
    normal = detectable_rate_ratio(own, comparator, method="normal")
    assert normal.ratio_above == pytest.approx(exact.ratio_above, rel=0.1)


def test_the_closed_form_for_shares_is_within_a_tenth_of_the_exact_ratio():
    grid = [(e, s) for e in EVENTS for s in SIZES if e * s >= 5]
    comparator = Proportion([e for e, _ in grid], [8 * e for e, _ in grid])
    own = np.array([int(8 * e * s) for e, s in grid])
    exact = detectable_risk_ratio(own, comparator)
    normal = detectable_risk_ratio(own, comparator, method="normal")
    assert normal.ratio_above == pytest.approx(exact.ratio_above, rel=0.1)


def test_a_group_too_small_to_show_anything_has_no_ratio_and_says_why():
    found = detectable_risk_ratio([1], Proportion([90], [100]), method="normal")
    assert np.isnan(found.ratio_above).all()
    assert found.reason_above.all()
