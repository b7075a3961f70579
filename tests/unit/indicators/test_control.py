"""Months within the limits of a place's own past: gaps, rules, and what has no limits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from evenhand.core import Marker, Month, Period, Table
from evenhand.disclosure import PUBLIC, review
from evenhand.indicators.characteristics import build_self_defined
from evenhand.indicators.control import RULES, build_control
from evenhand.indicators.panel import Panel
from evenhand.indicators.places import Place, Places
from evenhand.indicators.stops import ARREST_RATE, FIND_RATE, STOP_RATE
from evenhand.stats import Proportion, Rate, control_chart
from evenhand.stats.control_chart import Baseline

MEASURES = ("searches", "arrests", "outcome_known", "linked", "linked_known")
KENT = (Place("kent"),)


def panel_of_months(residents: float = 6000.0, **counts: list[int]) -> Panel:
    """One service; of every measure a count a month, all of White people; -1 is a gap."""
    characteristic = build_self_defined()
    months = len(next(iter(counts.values())))
    cells = np.zeros((1, months, len(characteristic.groups), 2, len(MEASURES)), dtype=np.int64)
    for name, column in counts.items():
        cells[0, :, 0, 0, MEASURES.index(name)] = np.maximum(column, 0)
    people = np.full((1, len(characteristic.groups)), np.nan)
    people[0, 0] = residents
    first = Month(2023, 1)
    return Panel(
        places=Places(KENT, KENT),
        period=Period(first, Month.at(first.index + months - 1)),
        measures=MEASURES,
        characteristics=(characteristic,),
        counts={characteristic.id: cells},
        present=np.array([[n >= 0 for n in next(iter(counts.values()))]]),
        residents={characteristic.id: people},
        visited={},
        vehicle_only=np.zeros(1, dtype=np.int64),
    )


def arrests(count: list[int], of: list[int]) -> Table:
    return build_control(ARREST_RATE, panel_of_months(outcome_known=of, arrests=count))


def column(table: Table, name: str) -> list[Any]:
    return list(table.cells[name])


UNEVEN = [60, 95, 50, 110, 48, 100, 62, 118, 55, 96, 50, 104]


def test_months_that_follow_deployment_are_in_the_ordinary_of_this_place() -> None:
    table = build_control(STOP_RATE, panel_of_months(searches=UNEVEN))
    assert column(table, "unusual") == [False] * 12
    usual = control_chart(Rate(UNEVEN, 500.0))
    assert usual.signals.outside.any()


def test_the_limits_are_laneys_annualised_and_per_thousand() -> None:
    table = build_control(STOP_RATE, panel_of_months(searches=UNEVEN))
    chart = control_chart(Rate(UNEVEN, 6000 / 12), baseline=Baseline(limits="laney"))
    for name, line in (("value", chart.value), ("high", chart.high), ("centre", chart.centre)):
        np.testing.assert_allclose(column(table, name), line * 1000)
    assert column(table, "of") == [500] * 12


def test_the_limits_of_a_share_are_of_its_own_base_each_month() -> None:
    found, of = [20, 30, 22, 33, 19, 30, 24, 31, 20, 30, 22, 31], [100, 200] * 6
    table = arrests(found, of)
    chart = control_chart(Proportion(found, of), baseline=Baseline(limits="laney"))
    np.testing.assert_allclose(column(table, "low"), chart.low * 100)
    np.testing.assert_allclose(column(table, "high"), chart.high * 100)


def test_a_month_without_records_is_a_gap_in_every_column() -> None:
    table = build_control(STOP_RATE, panel_of_months(searches=[*UNEVEN, -1, 60]))
    row = table.rows()[12]
    figures = [row[c.name] for c in table.columns if c.name not in ("service", "unit")]
    assert figures[:2] == ["All", "2024-01"]
    assert set(figures[2:]) == {Marker.NOT_COLLECTED}
    assert isinstance(table.rows()[13]["high"], float)


def test_a_counted_zero_is_no_gap() -> None:
    table = build_control(STOP_RATE, panel_of_months(searches=[*UNEVEN, 0]))
    assert (column(table, "count")[-1], column(table, "value")[-1]) == (0, 0.0)


@pytest.mark.parametrize(
    ("months", "rule"),
    [
        ([50, 52] * 6 + [90], "above the upper limit"),
        ([50, 52] * 6 + [10], "below the lower limit"),
        (
            [50, 60] * 4 + [40, 41, 38, 41, 40, 42, 39],
            "seven months in a row below the centre line",
        ),
        (
            [40, 42, 39, 41, 40, 42, 39] + [50, 60] * 4,
            "seven months in a row below the centre line",
        ),
        ([50, 54] * 4 + [45, 47, 49, 51, 53, 55, 57], "rising seven months in a row"),
    ],
)
def test_a_month_out_of_the_ordinary_says_by_which_rule(months: list[int], rule: str) -> None:
    table = build_control(STOP_RATE, panel_of_months(searches=[10 * n for n in months]))
    said = dict(zip(column(table, "rule"), column(table, "unusual"), strict=True))
    assert said[rule] is True
    assert rule in RULES


def test_an_ordinary_month_has_no_rule_and_an_unusual_one_always_has() -> None:
    table = build_control(STOP_RATE, panel_of_months(searches=[*UNEVEN, 400]))
    for row in table.rows():
        assert bool(row["rule"]) is row["unusual"]


def test_under_a_year_of_months_has_figures_and_no_limits() -> None:
    table = build_control(STOP_RATE, panel_of_months(searches=UNEVEN[:11]))
    assert all(isinstance(v, float) for v in column(table, "value"))
    for name in ("centre", "low", "high", "unusual", "rule"):
        assert set(column(table, name)) == {Marker.UNDEFINED}


def test_without_residents_a_rate_has_no_limits_and_its_counts_remain() -> None:
    table = build_control(STOP_RATE, panel_of_months(residents=np.nan, searches=UNEVEN))
    assert column(table, "count") == UNEVEN
    assert set(column(table, "of")) == {Marker.NOT_APPLICABLE}
    assert set(column(table, "high")) == {Marker.UNDEFINED}


def test_a_place_that_recorded_only_the_yeses_has_no_share() -> None:
    panel = panel_of_months(linked_known=UNEVEN, linked=UNEVEN)
    table = build_control(FIND_RATE, panel)
    assert set(column(table, "of")) == {0}
    assert set(column(table, "value")) == {Marker.UNDEFINED}


def test_limits_are_hidden_wherever_one_of_their_months_is() -> None:
    table = arrests([20, 30, 22, 33, 19, 30, 24, 31, 20, 30, 22, 3], [100, 200] * 6)
    shown = review(table, PUBLIC).table
    assert shown.cells["count"][-1] is Marker.SUPPRESSED
    for name in ("centre", "low", "high", "unusual", "rule"):
        assert set(shown.cells[name]) == {Marker.SUPPRESSED}
    assert isinstance(shown.cells["value"][0], float)


def test_two_years_of_months_say_which_of_them_they_belong_to() -> None:
    table = build_control(STOP_RATE, panel_of_months(searches=UNEVEN * 2 + [70]))
    spans = column(table, "span")
    assert spans == ["earlier months"] + ["12 months before"] * 12 + ["latest 12 months"] * 12
