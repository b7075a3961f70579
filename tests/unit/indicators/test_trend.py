"""A rate month by month: gaps, annual scale, and what is undefined."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evenhand.core import Cell, Marker, Table
from evenhand.datasets import Population
from evenhand.indicators import STOPS
from evenhand.indicators.characteristics import build_self_defined
from evenhand.indicators.panel import Panel
from evenhand.indicators.trend import build_trend

Make = Callable[..., Panel]
Residents = Callable[..., Population]
STOP = STOPS[0]
BLACK = {"self_defined": "B1"}
KENT = {("kent", "Kent"): (12_000, 120, 240, 1200, 60)}


def by_month(table: Table, name: str, **equals: Cell) -> dict[str, Cell]:
    return {str(row["month"]): row[name] for row in table.where(**equals).rows()}


@pytest.fixture
def trend(panel_of: Make, residents: Residents) -> Table:
    panel = panel_of(
        {"month": "2020-01", "times": 20}, {"month": "2020-01", **BLACK, "times": 6},
        {"month": "2020-03", "times": 10}, population=residents(KENT),
    )  # fmt: skip
    return build_trend(STOP, panel, build_self_defined())


def test_a_month_without_records_is_a_gap_in_every_column(trend: Table) -> None:
    for name in ("count", "of", "value", "low", "high"):
        assert by_month(trend, name, group="White")["2020-02"] is Marker.NOT_COLLECTED
        assert by_month(trend, name, group="All")["2020-02"] is Marker.NOT_COLLECTED


def test_a_month_with_records_of_others_is_a_true_zero(trend: Table) -> None:
    black = by_month(trend, "count", group="Black")
    assert black == {"2020-01": 6, "2020-02": Marker.NOT_COLLECTED, "2020-03": 0}
    assert by_month(trend, "value", group="Black")["2020-03"] == 0


def test_a_months_rate_is_over_a_twelfth_of_the_residents_year(trend: Table) -> None:
    assert by_month(trend, "of", group="Black")["2020-01"] == 100
    assert by_month(trend, "value", group="Black")["2020-01"] == pytest.approx(60)
    low, high = (by_month(trend, name, group="Black")["2020-01"] for name in ("low", "high"))
    assert isinstance(low, float)
    assert isinstance(high, float)
    assert low < 60 < high


def test_the_unknown_are_counted_and_have_no_rate(trend: Table) -> None:
    assert by_month(trend, "count", group="Not stated")["2020-01"] == 0
    assert by_month(trend, "of", group="Not stated")["2020-01"] is Marker.NOT_APPLICABLE
    assert by_month(trend, "value", group="Not stated")["2020-01"] is Marker.UNDEFINED


def test_each_month_of_all_is_the_sum_of_its_groups(trend: Table) -> None:
    for month, total in by_month(trend, "count", group="All").items():
        parts = [row["count"] for row in trend.where(month=month).rows() if row["group"] != "All"]
        if total is Marker.NOT_COLLECTED:
            assert set(parts) == {Marker.NOT_COLLECTED}
        else:
            assert total == sum(part for part in parts if isinstance(part, int))


def test_units_and_services_have_months_and_the_whole_has_none(panel_of: Make) -> None:
    panel = panel_of({"unit": "North"}, {"service": "essex"})
    table = build_trend(STOP, panel, build_self_defined())
    assert set(zip(table.cells["service"], table.cells["unit"], strict=True)) == {
        ("kent", "North"), ("kent", ""), ("essex", ""),
    }  # fmt: skip


def test_without_residents_there_are_counts_and_no_rates(panel_of: Make) -> None:
    table = build_trend(STOP, panel_of({"times": 9}), build_self_defined())
    assert by_month(table, "count", group="White") == {"2020-01": 9}
    assert by_month(table, "value", group="White") == {"2020-01": Marker.UNDEFINED}


def test_where_the_residents_are_not_the_people_searched_no_month_has_a_rate(
    panel_of: Make, residents: Residents
) -> None:
    panel = panel_of({"times": 9}, {**BLACK, "times": 30}, population=residents(KENT))
    table = build_trend(STOP, panel, build_self_defined())
    assert by_month(table, "count", group="Black") == {"2020-01": 30}
    assert not any(isinstance(cell, float) for cell in table.cells["value"])
