"""Units against limits for their own size, and services among one another."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.core import Marker
from evenhand.disclosure import PUBLIC, review_together
from evenhand.indicators.standing import build_standings
from evenhand.indicators.stops import ARREST_RATE

USUAL = [200, 210, 190, 205, 195, 220]


def units(panel_of, arrests, searches=1000):
    rows = []
    for number, count in enumerate(arrests):
        unit = f"U{number}"
        rows += [
            {"unit": unit, "outcome": "arrest", "times": count},
            {"unit": unit, "times": searches - count},
        ]
    return panel_of(*rows)


def standing(panel):
    return build_standings(ARREST_RATE, panel, rng=np.random.default_rng(1))


def test_a_unit_far_from_its_like_stands_out_and_the_others_do_not(panel_of):
    table, _ = standing(units(panel_of, [*USUAL, 520]))
    words = dict(zip(table.cells["unit"], table.cells["standing"], strict=True))
    assert words["U6"] == "far above"
    assert set(words.values()) - {"far above"} == {"within chance"}


def test_the_target_is_the_value_of_all_together(panel_of):
    table, _ = standing(units(panel_of, USUAL))
    assert table.cells["target"][0] == pytest.approx(100 * sum(USUAL) / 6000)


def test_every_value_is_drawn_towards_the_others_and_keeps_between_them(panel_of):
    table, _ = standing(units(panel_of, [*USUAL, 300]))
    target = table.cells["target"][0]
    for raw, drawn in zip(table.cells["value"], table.cells["shrunken"], strict=True):
        assert min(raw, target) - 0.2 <= drawn <= max(raw, target) + 0.2


def test_the_same_start_gives_the_same_ranks(panel_of):
    panel = units(panel_of, USUAL)
    assert standing(panel) == standing(panel)


def test_four_places_are_too_few_for_a_funnel(panel_of):
    table, services = standing(units(panel_of, USUAL[:4]))
    assert len(table) == len(services) == 0


def test_what_is_pooled_over_units_is_hidden_whole_when_one_count_is(panel_of):
    table, _ = standing(units(panel_of, [*USUAL, 2]))
    released = review_together([table], PUBLIC)[0].table
    assert all(cell is Marker.SUPPRESSED for cell in released.cells["target"])
    assert all(cell is Marker.SUPPRESSED for cell in released.cells["shrunken"])
