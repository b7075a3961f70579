"""Tables of a few people, and what anybody can count in them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tests.unit.indicators.workforce.conftest import WHO, strength, table

from evenhand.core import Month
from evenhand.indicators.workforce import measure_workforce

MONTHS = [date(2020, month, 1) for month in range(1, 13)]


def person(key, **said):
    return {"person": key, **said}


def figures(measured, id_, characteristic):
    put = measured.of(id_)
    return next(t for t in put.figures if t.name == f"groups-{id_}-{characteristic}")


def cell(found, *, group, unit="", step="", column="count"):
    rows = [
        row for row in found.rows()
        if (row["group"], row["unit"], row["step"]) == (group, unit, step)
    ]  # fmt: skip
    assert len(rows) == 1
    return rows[0][column]


@pytest.fixture(scope="module")
def measured():
    people = [
        person("A", sex="female"),
        person("B", sex="female", unit="Brent"),
        person("C"),
        person("D", ethnicity="B1"),
        person("E", ethnicity="B2", grade="sergeant", grade_order=2),
        person("F", sex="prefer_not_to_say", ethnicity="blank"),
    ]
    everybody = strength(people, MONTHS[:6])
    stayed = strength([p for p in people if p["person"] != "A"], MONTHS[6:])
    import pyarrow as pa

    movements = table(
        "movements",
        [
            {"person": "A", "kind": "leave", "on": date(2020, 6, 20), "reason": "resigned"},
            {"person": "E", "kind": "promote", "on": date(2015, 3, 1), "from_grade": "constable",
             "to_grade": "sergeant"},
        ],
    )  # fmt: skip
    return measure_workforce(
        {"strength": pa.concat_tables([everybody, stayed]), "movements": movements},
        at=Month(2020, 12),
        rng=np.random.default_rng(1),
        crossed=(("sex", "ethnicity"),),
    )


def test_the_unknown_are_kept_apart_in_three_ways(measured):
    found = figures(measured, "workforce-representation", "ethnicity")
    assert cell(found, group="Blank") == 1
    assert cell(found, group="Prefer not to say") == 0
    assert cell(found, group="Not asked") == 0
    assert cell(found, group="All") == 5


def test_editions_of_ethnicity_are_brought_to_broad_groups(measured):
    found = figures(measured, "workforce-representation", "ethnicity")
    assert cell(found, group="Black") == 2
    assert cell(found, group="White") == 2


def test_a_share_is_of_those_whose_answer_is_known(measured):
    found = figures(measured, "workforce-representation", "ethnicity")
    assert cell(found, group="Black", column="value") == pytest.approx(50.0)


def test_time_at_risk_is_counted_in_months_and_printed_in_years(measured):
    found = figures(measured, "workforce-leaving", "sex")
    assert cell(found, group="Women", column="of") == pytest.approx((6 + 12) / 12)
    assert cell(found, group="Women") == 1
    assert cell(found, group="Men") == 0


def test_a_leaver_is_counted_where_last_seen(measured):
    found = figures(measured, "workforce-leaving", "sex")
    assert cell(found, group="Women", unit="Camden") == 1
    assert cell(found, group="Women", unit="Brent") == 0


def test_a_sergeant_is_on_the_grade_after_promotion(measured):
    found = figures(measured, "workforce-representation", "ethnicity")
    assert cell(found, group="Black", step="Sergeant") == 1
    assert cell(found, group="Black", step="Constable") == 1


def test_nobody_is_followed_at_a_grade_without_one_above(measured):
    put = measured.of("workforce-promotion-wait")
    steps = {row["step"] for t in put.findings for row in t.rows()}
    assert "Sergeant" not in steps


def test_so_few_are_too_few_for_any_concern(measured):
    signals = {row["signal"] for t in measured.findings for row in t.rows()}
    assert signals <= {"too small to tell", "none", "cannot be measured"}


def test_grounds_are_counted_of_all_decisions_on_vetting():
    decided = [{"decision": "cleared"}] * 6 + [{"decision": "refused", "grounds": "finances"}] * 2
    rows = [{"person": f"P{i}", "on": date(2020, 5, i + 1), **d} for i, d in enumerate(decided)]
    measured = measure_workforce(
        {"strength": strength([person("A")], MONTHS), "vetting": table("vetting", rows, **WHO)},
        at=Month(2020, 12),
        rng=np.random.default_rng(1),
        crossed=(),
    )
    found = figures(measured, "workforce-vetting-grounds", "sex")
    assert cell(found, group="Men", step="finances") == 2
    assert cell(found, group="Men", step="finances", column="of") == 8


def test_only_the_last_review_of_a_person_counts():
    rows = [
        {"person": "A", "period_end": date(2020, 3, 31), "rating": "below", "dissatisfied": True},
        {"person": "A", "period_end": date(2020, 9, 30), "rating": "meets", "dissatisfied": False},
    ]
    measured = measure_workforce(
        {
            "strength": strength([person("A")], MONTHS),
            "reviews": table("reviews", rows, **WHO, unit="Camden", grade="constable"),
        },
        at=Month(2020, 12),
        rng=np.random.default_rng(1),
        crossed=(),
    )
    found = figures(measured, "workforce-rated-below", "sex")
    assert (cell(found, group="Men"), cell(found, group="Men", column="of")) == (0, 1)
