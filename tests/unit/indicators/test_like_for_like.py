"""The same comparison within strata."""

from __future__ import annotations

import pytest

from evenhand.indicators.characteristics import build_self_defined
from evenhand.indicators.like_for_like import CRUDE, LIKE, build_like_for_like
from evenhand.indicators.panel import build_panel
from evenhand.indicators.stops import ARREST_RATE


def cell(table, group, compared):
    rows = [r for r in table.rows() if r["group"] == group and r["compared"] == compared]
    assert len(rows) == 1
    return rows[0]


def searches(group, item, arrests, total):
    base = {"self_defined": group, "object": item}
    return [
        {**base, "outcome": "arrest", "times": arrests},
        {**base, "times": total - arrests},
    ]


def test_a_difference_that_is_all_a_matter_of_objects_vanishes_within_them(cube_of):
    # Within drugs both are arrested in 10%, within weapons both in 50%; only the mix differs.
    rows = [
        *searches("W1", "drugs", 80, 800),
        *searches("W1", "weapons", 100, 200),
        *searches("B1", "drugs", 20, 200),
        *searches("B1", "weapons", 400, 800),
    ]
    cube = cube_of(*rows)
    panel = build_panel(cube, None, (build_self_defined(),))
    table = build_like_for_like(ARREST_RATE, panel, cube)
    assert cell(table, "Black", CRUDE)["value"] == pytest.approx((420 / 1000) / (180 / 1000))
    like = cell(table, "Black", LIKE)
    assert like["value"] == pytest.approx(1.0)
    assert like["low"] < 1 < like["high"]


def test_the_pooled_ratio_is_that_of_mantel_and_haenszel_by_hand(cube_of):
    rows = [
        *searches("W1", "drugs", 30, 300),
        *searches("W1", "weapons", 40, 100),
        *searches("B1", "drugs", 40, 200),
        *searches("B1", "weapons", 150, 300),
    ]
    cube = cube_of(*rows)
    panel = build_panel(cube, None, (build_self_defined(),))
    table = build_like_for_like(ARREST_RATE, panel, cube)
    above = 40 * 300 / 500 + 150 * 100 / 400
    below = 30 * 200 / 500 + 40 * 300 / 400
    assert cell(table, "Black", LIKE)["value"] == pytest.approx(above / below)


def test_with_one_object_only_there_is_nothing_to_compare_within(cube_of):
    cube = cube_of(*searches("W1", "drugs", 5, 50), *searches("B1", "drugs", 5, 50))
    panel = build_panel(cube, None, (build_self_defined(),))
    assert len(build_like_for_like(ARREST_RATE, panel, cube)) == 0
