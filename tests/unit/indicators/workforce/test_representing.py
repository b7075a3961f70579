"""Who is there, beside the population and beside the grade below."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tests.unit.indicators.workforce.conftest import strength, table

from evenhand.core import Month
from evenhand.indicators.workforce import measure_workforce
from evenhand.indicators.workforce.representing import rungs

SERVICE = [
    *({"person": f"w{i}", "sex": "female", "ethnicity": "B1"} for i in range(30)),
    *({"person": f"m{i}"} for i in range(170)),
    *({"person": f"p{i}", "sex": "prefer_not_to_say", "ethnicity": "blank"} for i in range(10)),
]


def residents(year, women, *, area="Camden", black=100):
    rows = [("sex", "", "female", women), ("sex", "", "male", 1000 - women)]
    rows += [("ethnicity", "ethnicity-2021", "B1", black // 2),
             ("ethnicity", "ethnicity-2021", "B2", black - black // 2),
             ("ethnicity", "ethnicity-2021", "W1", 1000 - black)]  # fmt: skip
    return [
        {"area": area, "year": year, "edition": edition, "characteristic": what, "grp": code,
         "count": count}
        for what, edition, code, count in rows
    ]  # fmt: skip


def measure(rows, **more):
    return measure_workforce(
        {
            "strength": strength(SERVICE, [date(2012, 3, 1)]),
            "benchmarks": table("benchmarks", rows),
        },
        at=Month(2012, 3),
        rng=np.random.default_rng(1),
        crossed=(),
        **more,
    )


def finding(measured, characteristic, group):
    rows = [
        row
        for found in measured.of("workforce-representation").findings
        for row in found.rows()
        if (row["characteristic"], row["group"], row["unit"], row["step"])
        == (characteristic, group, "", "")
    ]
    assert len(rows) == 1
    return rows[0]


def test_a_share_of_those_known_is_set_against_the_population():
    row = finding(measure(residents(2011, 510)), "sex", "Women")
    assert row["estimate"] == pytest.approx((30 / 200) / 0.51)
    assert row["signal"] == "concern"
    assert "30 of 200 people whose answer is known are women (15%)" in row["sentence"]
    assert "against 51% of people of working age in Camden (2011)" in row["sentence"]
    assert "72 fewer than that share would be" in row["sentence"]


def test_every_edition_of_ethnicity_is_brought_to_the_same_groups():
    measured = measure(residents(2011, 510, black=100))
    assert finding(measured, "ethnicity", "Black")["estimate"] == pytest.approx((30 / 200) / 0.1)
    together = finding(measured, "ethnicity_together", "Black and minority ethnic")
    assert together["estimate"] == pytest.approx((30 / 200) / 0.1)


def test_the_population_is_that_of_the_latest_year_up_to_the_month():
    rows = residents(2001, 900) + residents(2011, 510) + residents(2021, 100)
    assert "(2011)" in finding(measure(rows), "sex", "Women")["sentence"]


def test_where_every_count_is_later_the_first_is_taken():
    rows = residents(2021, 510) + residents(2031, 100)
    assert "(2021)" in finding(measure(rows), "sex", "Women")["sentence"]


def test_the_area_can_be_chosen():
    rows = residents(2011, 510) + residents(2011, 400, area="Brent")
    assert "in Brent" in finding(measure(rows, area="Brent"), "sex", "Women")["sentence"]


def test_a_group_without_a_benchmark_cannot_be_measured_and_says_why():
    rows = [row for row in residents(2011, 510) if row["characteristic"] == "sex"]
    rows += [{"area": "Camden", "year": 2011, "characteristic": "ethnicity",
              "edition": "ethnicity-2021", "grp": "W1", "count": 1000}]  # fmt: skip
    row = finding(measure(rows), "ethnicity", "Black")
    assert row["signal"] == "cannot be measured"
    assert "No benchmark was supplied" in row["sentence"]


def test_without_any_population_there_is_no_comparison_but_every_figure():
    put = measure([]).of("workforce-representation")
    assert put.findings == ()
    assert put.figures


def test_a_rung_stands_on_the_one_below_it_on_its_own_ladder():
    steps = (
        "officer/01/constable", "officer/02/sergeant", "officer/04/chief-inspector",
        "special/01/special-constable", "staff/00/police-staff", "staff/01/band-g",
        "staff/02/band-f",
    )  # fmt: skip
    above, below = rungs(steps)
    assert [(steps[i], steps[j]) for i, j in zip(above, below, strict=True)] == [
        ("officer/02/sergeant", "officer/01/constable"),
        ("officer/04/chief-inspector", "officer/02/sergeant"),
        ("staff/02/band-f", "staff/01/band-g"),
    ]
