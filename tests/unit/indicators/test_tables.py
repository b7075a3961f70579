"""Tables with roles: what they hold, what adds up, and where a marker stands for a number."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evenhand.core import Cell, Marker, Role, Table
from evenhand.datasets import Cube, Population
from evenhand.indicators import PLAIN, STOPS, Indicator, is_underlying
from evenhand.indicators.breakdown import OTHER, build_breakdown
from evenhand.indicators.characteristics import build_self_defined, build_sex
from evenhand.indicators.evaluate import evaluate_groups, evaluate_places
from evenhand.indicators.findings import build_findings
from evenhand.indicators.panel import Panel
from evenhand.indicators.places import build_places
from evenhand.indicators.tables import ALL, build_group_table

Make = Callable[..., Panel]
Residents = Callable[..., Population]
INDICATORS = {indicator.id: indicator for indicator in STOPS}
STOP, ARREST, TIMED = (INDICATORS[id_] for id_ in ("stop-rate", "arrest-rate", "time-recorded"))
ARRESTED = {"outcome": "arrest"}
BLACK = {"self_defined": "B1"}
KENT = {("kent", "Kent"): (12_000, 120, 240, 1200, 60)}


def rows(table: Table, **equals: Cell) -> list[dict[str, Cell]]:
    return table.where(**equals).rows()


def column(table: Table, name: str, **equals: Cell) -> dict[str, Cell]:
    """A column's cells by group."""
    return {str(row["group"]): row[name] for row in rows(table, **equals)}


def test_every_group_the_unknown_and_all_stand_in_the_group_table(
    panel_of: Make, residents: Residents
) -> None:
    panel = panel_of(
        {"times": 20}, {**BLACK, "times": 5}, {**BLACK, "repeat": 1}, {"self_defined": "NS"},
        {"self_defined": "NR", "times": 2}, population=residents(KENT),
    )  # fmt: skip
    table = build_group_table(STOP, panel, build_self_defined())
    assert column(table, "count") == {
        "White": 20, "Mixed": 0, "Asian": 0, "Black": 6, "Other": 0, "Not stated": 1,
        "Not recorded": 2, "All": 29,
    }  # fmt: skip
    assert column(table, "of")["Black"] == 100
    assert column(table, "of")["Not stated"] is Marker.NOT_APPLICABLE
    assert column(table, "of")["All"] == 1135
    assert column(table, "value")["Black"] == pytest.approx(60)
    assert column(table, "value")["Not stated"] is Marker.UNDEFINED
    assert column(table, "value")["All"] == pytest.approx(29 / 1135 * 1000)
    assert column(table, "repeated") == {**dict.fromkeys(column(table, "count"), 0), "Black": 1,
                                         "All": 1}  # fmt: skip


def test_a_share_is_in_per_cent_of_what_it_is_a_share_of(panel_of: Make) -> None:
    panel = panel_of({"times": 3}, {**ARRESTED}, {**BLACK, "outcome": "not-recorded"})
    table = build_group_table(ARREST, panel, build_self_defined())
    assert column(table, "of") == {
        "White": 4, "Mixed": 0, "Asian": 0, "Black": 0, "Other": 0, "Not stated": 0,
        "Not recorded": 0, "All": 4,
    }  # fmt: skip
    assert column(table, "value")["White"] == column(table, "value")["All"] == pytest.approx(25)
    assert column(table, "value")["Black"] is Marker.UNDEFINED


def test_without_residents_there_is_a_count_and_no_rate(panel_of: Make) -> None:
    table = build_group_table(STOP, panel_of({"times": 20}), build_self_defined())
    assert column(table, "count")["White"] == 20
    assert set(column(table, "of").values()) == {Marker.NOT_APPLICABLE}
    assert set(column(table, "value").values()) == {Marker.UNDEFINED}


def test_where_the_residents_are_not_the_people_searched_no_rate_is_printed(
    panel_of: Make, residents: Residents
) -> None:
    panel = panel_of({"times": 20}, {**BLACK, "times": 30}, population=residents(KENT))
    table = build_group_table(STOP, panel, build_self_defined())
    assert column(table, "count")["Black"] == 30
    for name in ("value", "low", "high"):
        assert set(column(table, name).values()) == {Marker.UNDEFINED}
    shares = build_group_table(ARREST, panel, build_self_defined())
    assert column(shares, "value")["Black"] == 0


@pytest.mark.parametrize("indicator", STOPS, ids=lambda indicator: indicator.id)
def test_rows_marked_as_totals_are_the_sums_of_the_others(
    panel_of: Make, residents: Residents, indicator: Indicator
) -> None:
    areas = {("kent", "North"): (9_000, 90, 90, 900, 90), ("essex", "Essex"): (9_000, 9, 9, 9, 9)}
    panel = panel_of(
        {"unit": "North", "times": 9}, {"unit": "North", **BLACK, **ARRESTED, "stripped": True},
        {"unit": "South", "self_defined": "NS", "linked": True, "times": 2},
        {"unit": "", "self_defined": "A1"}, {"service": "essex", "times": 4},
        population=residents(areas),
    )  # fmt: skip
    table = build_group_table(indicator, panel, build_self_defined())
    assert dict(table.sums) == {"unit": "", "service": "", "group": ALL}
    counts = {(r["service"], r["unit"], r["group"]): r["count"] for r in table.rows()}
    for (service, unit, group), count in counts.items():
        if group == ALL:
            parts = [n for (s, u, g), n in counts.items() if (s, u) == (service, unit) and g != ALL]
            assert count == sum(parts)
        if not service:
            parts = [n for (s, u, g), n in counts.items() if s and not u and g == group]
            assert count == sum(parts)
    for name in table.named(Role.COUNT):
        assert all(isinstance(cell, int) for cell in table.cells[name])


def test_a_finding_has_its_numbers_its_place_and_its_method(
    panel_of: Make, residents: Residents
) -> None:
    panel = panel_of(
        {"times": 20}, {**BLACK, "times": 8}, {"self_defined": "NS", "times": 12},
        population=residents(KENT),
    )  # fmt: skip
    table = build_findings(evaluate_groups(STOP, panel, build_self_defined()), panel)
    (found,) = rows(table, group="Black")
    assert found | {
        "service": "kent", "unit": "", "comparator": "White", "field": "self-defined",
        "indicator": "stop-rate", "period": "2020-01", "signal": "concern", "count": 8, "of": 100,
        "other_count": 20, "other_of": 1000, "comparisons": 4,
    } == found  # fmt: skip
    assert found["estimate"] == pytest.approx(4)
    assert found["value"] == pytest.approx(80)
    assert found["unknown_share"] == pytest.approx(12 / 40)
    assert found["low_bound"] == pytest.approx(2.5)
    assert found["high_bound"] == pytest.approx(10)
    assert str(found["method"]).startswith("conditional exact mid-p, 95%; Benjamini–Hochberg")
    assert "not known" in str(found["sentence"])
    assert "not known" not in str(found[PLAIN])


def test_the_counts_a_finding_leans_on_are_there_for_the_review(panel_of: Make) -> None:
    panel = panel_of(
        {**ARRESTED, "times": 20}, {**BLACK, "times": 8},
        {"self_defined": "NS", **ARRESTED, "times": 3}, {"self_defined": "NR", "times": 4},
    )  # fmt: skip
    table = build_findings(evaluate_groups(ARREST, panel, build_self_defined()), panel)
    (found,) = rows(table, group="Black")
    under = {c.name: found[c.name] for c in table.columns if is_underlying(c)}
    del under[PLAIN]
    assert under == {
        "under_label_0": "Not stated", "under_arrests_0": 3, "under_outcome_known_0": 3,
        "under_label_1": "Not recorded", "under_arrests_1": 0, "under_outcome_known_1": 4,
        "under_whole": ALL, "under_everybody": 35,
    }  # fmt: skip
    for name in ("unknown_share", "low_bound", "high_bound", "sentence"):
        assert table.column(name).uses == ()  # all counts, those underneath included
    for name in ("signal", "estimate", "low", "high", "p_adjusted", PLAIN):
        assert set(table.column(name).uses) == {"count", "of", "other_count", "other_of"}


def test_the_rest_of_a_place_is_no_count_of_its_own_for_it_gives_the_place_away(
    panel_of: Make,
) -> None:
    panel = panel_of({"unit": "North", "times": 3}, {"unit": "South", "times": 40})
    table = build_findings(evaluate_places(TIMED, panel), panel)
    assert table.column("other_count").role is table.column("other_of").role is Role.DERIVED
    (north,) = rows(table, unit="North")
    assert (north["count"], north["other_count"], north["comparator"]) == (
        3, 40, "rest of the service",
    )  # fmt: skip
    assert (north["under_unit"], north["under_timed"], north["under_searches"]) == ("", 43, 43)


def test_one_row_says_that_a_whole_place_cannot_be_measured(panel_of: Make) -> None:
    panel = panel_of({"sex": "not-recorded", "times": 9}, {"service": "essex", "times": 9})
    table = build_findings(evaluate_groups(ARREST, panel, build_sex()), panel)
    (kent,) = rows(table, service="kent")
    assert kent["signal"] == "cannot be measured"
    for name in ("value", "estimate", "low", "high", "p_adjusted", "detectable"):
        assert kent[name] is Marker.NOT_COLLECTED
    assert len(rows(table, service="essex")) == 2


def test_no_events_in_the_comparator_leaves_the_ratio_undefined_and_prints_the_bound(
    panel_of: Make, residents: Residents
) -> None:
    panel = panel_of({**BLACK, "times": 8}, population=residents(KENT))
    table = build_findings(evaluate_groups(STOP, panel, build_self_defined()), panel)
    (found,) = rows(table, group="Black")
    assert found["estimate"] is found["high"] is Marker.UNDEFINED
    assert isinstance(found["low"], float)


def broken_down(cube: Cube, dimension: str) -> Table:
    places = build_places(cube.cells("service", "unit", "month", "repeat"))
    return build_breakdown(cube, places, dimension, title="Searches")


def test_powers_used_in_under_one_search_in_a_hundred_stand_together(
    cube_of: Callable[..., Cube],
) -> None:
    table = broken_down(
        cube_of(
            {"times": 194}, {"legislation": "pace-s1", "times": 4}, {"legislation": "deer-s12"},
            {"legislation": "seals-s4", **BLACK},
        ),
        "legislation",
    )  # fmt: skip
    found = {(r["legislation"], r["group"]): r["count"] for r in table.rows()}
    powers = list(dict.fromkeys(power for power, _ in found))
    assert powers == [
        "Misuse of Drugs Act 1971 (section 23)",
        "Police and Criminal Evidence Act 1984 (section 1)", OTHER, ALL,
    ]  # fmt: skip
    assert (found[OTHER, "White"], found[OTHER, "Black"], found[OTHER, ALL]) == (1, 1, 2)
    assert found[ALL, ALL] == 200


def test_a_share_of_searches_is_of_the_groups_own(cube_of: Callable[..., Cube]) -> None:
    table = broken_down(
        cube_of({"times": 3}, {"object": "weapons"}, {**BLACK, "object": "weapons", "times": 2}),
        "object",
    )
    share = {(r["object"], r["group"]): r["share"] for r in table.rows()}
    assert share["Offensive weapons", "White"] == 25
    assert share["Offensive weapons", "Black"] == 100
    assert share["Offensive weapons", "Asian"] == 0


def test_nothing_is_pooled_where_nothing_is_rare(cube_of: Callable[..., Cube]) -> None:
    table = broken_down(cube_of({}, {"object": "weapons"}, {"subject": "vehicle"}), "object")
    assert set(table.cells["object"]) == {"Controlled drugs", "Offensive weapons", ALL}


def test_searches_are_broken_down_by_service_and_not_by_unit(cube_of: Callable[..., Cube]) -> None:
    table = broken_down(cube_of({"unit": "North"}, {"service": "essex"}), "object")
    assert set(zip(table.cells["service"], table.cells["unit"], strict=True)) == {
        ("essex", ""), ("kent", ""), ("", ""),
    }  # fmt: skip


@pytest.mark.parametrize("dimension", ["legislation", "object"])
def test_a_power_or_object_in_no_codelist_is_counted_under_other(
    cube_of: Callable[..., Cube], dimension: str
) -> None:
    table = broken_down(cube_of({"times": 3}, {dimension: "other", **BLACK, "times": 2}), dimension)
    found = {(r[dimension], r["group"]): r["count"] for r in table.rows()}
    assert found["Other, not in the codelist", "Black"] == 2
    assert found[ALL, ALL] == 5
