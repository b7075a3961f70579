"""A whole table at once against each pair on its own, over the whole domain of counts."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core import UsageProblem
from evenhand.stats import (
    Proportion,
    Rate,
    Reason,
    benjamini_hochberg,
    compare_groups,
    conditional_rate_test,
    fisher,
    like_for_like,
    mantel_haenszel_risk_ratio,
    odds_ratio,
    rate_ratio,
    risk_ratio,
)
from evenhand.stats.disparity import LARGE_CELL, odds
from evenhand.stats.risk_difference import risk_difference

cell = st.integers(0, 300).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))
tables = st.lists(cell, min_size=2, max_size=5)


@settings(deadline=None, max_examples=50)
@given(tables, st.data())
def test_a_table_holds_what_each_pair_gives_alone(table, data) -> None:
    comparator = data.draw(st.integers(0, len(table) - 1))
    found = compare_groups(Proportion(*np.transpose(table)), comparator=comparator)
    against, p = Proportion(*table[comparator]), []
    for column, group in enumerate(found.groups):
        ours = Proportion(*table[group])
        for whole, single in (
            (found.ratio, risk_ratio(ours, against)),
            (found.difference, risk_difference(ours, against)),
        ):
            assert whole.reason[column] == single.reason
            for part in ("value", "low", "high"):
                assert getattr(whole, part)[column] == pytest.approx(
                    float(getattr(single, part)), nan_ok=True, rel=1e-7, abs=1e-12
                )
        p.append(float(fisher(ours, against).p))
    np.testing.assert_allclose(found.test.p, p)
    np.testing.assert_allclose(found.adjusted, benjamini_hochberg(p))
    assert found.family == sum(not math.isnan(each) for each in p)


@settings(deadline=None, max_examples=50)
@given(tables)
def test_rates_take_the_methods_for_rates(table) -> None:
    events, people = np.transpose(table)
    found = compare_groups(Rate(events, people / 2))
    ours, against = Rate(events[1:], people[1:] / 2), Rate(events[:1], people[:1] / 2)
    with np.errstate(invalid="ignore"):
        alone = rate_ratio(ours, against)
    np.testing.assert_allclose(found.ratio.low, alone.low)
    np.testing.assert_allclose(found.test.p, conditional_rate_test(ours, against).p)
    assert found.odds is None
    defined = found.difference.reason == Reason.DEFINED
    assert np.isfinite(found.difference.low[defined]).all()


@settings(deadline=None, max_examples=50)
@given(st.lists(tables.map(lambda t: (t * 2)[:2]), min_size=2, max_size=4))
def test_like_for_like_pools_each_group_over_its_strata(strata) -> None:
    counts, totals = np.moveaxis(np.array(strata), -1, 0)
    found = like_for_like(Proportion(counts, totals))
    alone = mantel_haenszel_risk_ratio(
        Proportion(counts[:, 1], totals[:, 1]), Proportion(counts[:, 0], totals[:, 0])
    ).estimate
    assert found.ratio.value[0] == pytest.approx(float(alone.value), nan_ok=True)
    assert found.ratio.reason[0] == alone.reason


large = st.tuples(st.integers(LARGE_CELL, 3000), st.integers(LARGE_CELL, 3000))


@settings(deadline=None, max_examples=60)
@given(large, large)
def test_from_ten_in_every_cell_the_score_limits_of_the_odds_are_within_seven_per_cent(
    ours, theirs
) -> None:
    pair = [Proportion(yes, yes + no) for yes, no in (ours, theirs)]
    score, exact = odds(*pair), odds_ratio(*pair)
    assert score.low == pytest.approx(float(exact.low), rel=0.07)
    assert score.high == pytest.approx(float(exact.high), rel=0.07)


@given(tables)
def test_small_cells_keep_the_conditional_interval(table) -> None:
    small = [(min(count, LARGE_CELL - 1), total) for count, total in table]
    pair = Proportion(*np.transpose(small[1:])), Proportion(*small[0])
    together, apart = odds(*pair), odds_ratio(*pair)
    np.testing.assert_array_equal(together.reason, apart.reason)
    np.testing.assert_allclose(together.low, apart.low, rtol=1e-7)


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: compare_groups(Proportion(1, 2)), r"cells has shape \(\)"),
        (lambda: compare_groups(Proportion([1], [2])), "two groups or more"),
        (lambda: compare_groups(Proportion([1, 1], 2), comparator=2), "outside 0 to 1"),
        (lambda: compare_groups(Proportion([1, 1], 2), comparator=-1), "outside 0 to 1"),
        (lambda: like_for_like(Proportion([1, 1], 2)), r"must be \(…, strata, groups\)"),
    ],
)
def test_tables_that_cannot_be_compared_are_refused(ask, words) -> None:
    with pytest.raises(UsageProblem, match=words):
        ask()
