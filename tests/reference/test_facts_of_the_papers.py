"""What the board papers print of the workforce, entered as people and read back as printed.

Sources: the report to the Equal Opportunities and Diversity Board of 24 May 2007 on the Stephen
Lawrence Inquiry (paragraphs 38 and 41), and that on the race and faith inquiry of 2011 (paragraphs
16, 44, 61 and 71).
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tests.unit.indicators.workforce.conftest import strength, table

from evenhand.core import Month
from evenhand.indicators.sentences import percent
from evenhand.indicators.workforce import measure_workforce
from evenhand.indicators.workforce.pools import describe_pool, find_counts
from evenhand.indicators.workforce.voices import published_shares


def people(number, start, **said):
    return [{"person": f"{start}-{i}", **said} for i in range(number)]


def measured_of(tables, at):
    return measure_workforce(tables, at=at, rng=np.random.default_rng(1), crossed=())


def rows_of(measured, id_, name, **equals):
    put = measured.of(id_)
    tables = [t for t in (*put.findings, *put.figures, *measured.besides) if t.name == name]
    return [
        row
        for found in tables
        for row in found.rows()
        if all(row[key] == value for key, value in equals.items())
    ]


@pytest.fixture(scope="module")
def ladder():
    constable, sergeant = {}, {"grade": "sergeant", "grade_order": 2}
    everybody = [
        *people(220, "cw", sex="female", **constable),
        *people(780, "cm", **constable),
        *people(30, "sw", sex="female", **sergeant),
        *people(220, "sm", **sergeant),
    ]
    return measured_of({"strength": strength(everybody, [date(2007, 3, 1)])}, Month(2007, 3))


def test_women_are_a_fifth_of_officers_22_in_100_constables_and_12_in_100_sergeants(ladder):
    name = "groups-workforce-representation-sex"
    shares = {
        row["step"]: row["value"]
        for row in rows_of(ladder, "workforce-representation", name, group="Women", unit="")
    }
    assert percent(shares[""] / 100) == "20%"
    assert percent(shares["Constable"] / 100) == "22%"
    assert percent(shares["Sergeant"] / 100) == "12%"


def test_the_ladder_says_that_the_drop_is_at_sergeant(ladder):
    (row,) = rows_of(
        ladder, "workforce-ladder", "findings-workforce-ladder-sex", group="Women", step="Sergeant"
    )
    assert row["signal"] == "concern"
    assert "30 of 250 people whose answer is known are women (12%)" in row["sentence"]
    assert "220 of 1,000 (22%) among constables, the grade below" in row["sentence"]
    assert "would lie between" not in row["sentence"]


def test_six_years_of_black_and_minority_ethnic_strength_come_back_as_printed():
    kinds = {
        "officer": ("constable", 40, 77),
        "special": ("special-constable", 158, 290),
        "staff": ("police-staff", 156, 227),
    }
    then, now = [], []
    for role, (grade, before, after) in kinds.items():
        place = {"role_type": role, "grade": grade}
        for month, number in ((then, before), (now, after)):
            month += people(number, f"{role}-b", ethnicity="B1", **place)
            month += people(1000 - number, f"{role}-w", **place)
    import pyarrow as pa

    rows = pa.concat_tables(
        [strength(then, [date(1999, 12, 1)]), strength(now, [date(2005, 12, 1)])]
    )
    measured = measured_of({"strength": rows}, Month(2005, 12))
    printed = {
        "Constable": ("4.0%", "7.7%"),
        "Special constable (Special)": ("16%", "29%"),
        "Police staff, band not given (Staff)": ("16%", "23%"),
    }
    exact = {"Constable": (4.0, 7.7), "Special constable (Special)": (15.8, 29.0),
             "Police staff, band not given (Staff)": (15.6, 22.7)}  # fmt: skip
    group = "Black and minority ethnic"
    for step, (before, after) in printed.items():
        (old,) = rows_of(
            measured, "workforce-representation",
            "years-workforce-representation-ethnicity_together", group=group, step=step,
        )  # fmt: skip
        (new,) = rows_of(
            measured, "workforce-representation",
            "groups-workforce-representation-ethnicity_together", group=group, step=step, unit="",
        )  # fmt: skip
        assert (old["year"], round(old["value"], 1), round(new["value"], 1)) == (
            "1999",
            *exact[step],
        )
        assert (percent(old["value"] / 100), percent(new["value"] / 100)) == (before, after)


def test_one_inspector_in_67_who_resigned_is_too_small_to_tell():
    inspector = {"grade": "inspector", "grade_order": 3}
    minority = people(67, "b", ethnicity="B1", **inspector)
    white = people(1000, "w", **inspector)
    leavers = [minority[0], *white[:7]]
    movements = table(
        "movements",
        [{"person": each["person"], "kind": "leave", "on": date(2011, 3, 31), "reason": "resigned"}
         for each in leavers],
    )  # fmt: skip
    year = [date(2010 + (month > 12), (month - 1) % 12 + 1, 1) for month in range(4, 16)]
    measured = measured_of(
        {"strength": strength([*minority, *white], year), "movements": movements}, Month(2011, 3)
    )
    (row,) = rows_of(
        measured, "workforce-early-leaving",
        "findings-workforce-early-leaving-ethnicity_together", step="Inspector",
    )  # fmt: skip
    assert row["signal"] == "too small to tell"
    assert "1 of 67 Black and minority ethnic people" in row["sentence"]
    assert "1.5 in 100 a year" in row["sentence"]
    assert "0.7 in 100" in row["sentence"]
    assert "Too small to tell" in row["sentence"]


def test_209_assessors_are_counted_back_from_their_shares():
    women, men, minority_men = (find_counts(s, of=209) for s in (0.215, 0.785, 0.053))
    assert (women, men, minority_men) == ([45], [164], [11])
    found = describe_pool({"women": 45, "men": 164}, of=209, pool="assessors")
    assert [round(float(each.share.value[0]) * 100, 1) for each in found] == [21.5, 78.5]
    assert found[0].sentence.startswith("45 of 209 assessors are women (22%, 95% interval")


def test_a_printed_share_that_no_number_of_people_gives_is_found_out():
    """The paper prints 1.5% Black and minority ethnic women among 209 assessors: 3 are 1.4%."""
    assert find_counts(0.015, of=209) == []
    assert find_counts(0.014, of=209) == [3]


def test_twelve_of_seventeen_is_71_in_100_and_says_how_sure():
    (found,) = describe_pool({"placed": 12}, of=17, pool="members")
    assert found.sentence == "12 of 17 members are placed (71%, 95% interval 47% to 87%)."


def test_who_prefers_not_to_say_comes_back_with_its_interval():
    found = published_shares([0.20, 0.18, 0.16, 0.11, 0.08, 0.08], [1000] * 6)
    assert [percent(float(v)) for v in found.value] == ["20%", "18%", "16%", "11%", "8.0%", "8.0%"]
    assert (found.low < found.value).all()
    assert (found.value < found.high).all()
