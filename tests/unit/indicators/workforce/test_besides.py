"""What a run holds besides its findings: curves, conventions, years, disclosure, drivers."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tests.unit.indicators.workforce.conftest import WHO, strength, table

from evenhand.core import Month, UsageProblem
from evenhand.indicators.workforce import measure_workforce
from evenhand.indicators.workforce.completion import forecast
from evenhand.indicators.workforce.voices import Answers, analyse_drivers, find_outcome


def named(measured, name):
    return next(t for t in measured.tables if t.name == name)


def test_a_curve_starts_with_everybody_and_never_rises(measured):
    curve = named(measured, "curve-workforce-promotion-wait-sex")
    lines: dict[tuple[str, str], list[float]] = {}
    for row in curve.rows():
        lines.setdefault((row["step"], row["group"]), []).append(row["value"])
    assert lines
    for values in lines.values():
        assert values[0] <= 100
        assert values == sorted(values, reverse=True)


def test_the_months_of_leaving_add_up_to_the_year(measured):
    monthly = named(measured, "monthly-workforce-leaving-sex")
    year = named(measured, "groups-workforce-leaving-sex")
    for row in year.rows():
        if row["unit"]:
            continue
        where = {"step": row["step"], "group": row["group"]}
        months = [r for r in monthly.rows() if all(r[k] == v for k, v in where.items())]
        assert sum(r["count"] for r in months) == row["count"]
        assert sum(r["of"] for r in months) / 12 == pytest.approx(row["of"])


def test_impact_ratios_stand_beside_the_stages(measured):
    found = named(measured, "selection-workforce-process-stage-sex")
    for row in found.rows():
        if isinstance(row["impact_ratio"], float):
            ratio = (row["count"] / row["of"]) / (row["other_count"] / row["other_of"])
            assert row["impact_ratio"] == pytest.approx(ratio)
            assert row["below_four_fifths"] == ("yes" if ratio < 0.8 else "no")
            expected = row["of"] * row["other_count"] / row["other_of"] - row["count"]
            assert row["shortfall"] == pytest.approx(expected)


def test_explained_and_unexplained_add_up_to_the_gap(measured):
    for within in ("rank", "unit"):
        found = named(measured, f"explained-workforce-promotion-sex-{within}")
        for row in found.rows():
            assert row["explained"] + row["unexplained"] == pytest.approx(row["difference"])


def test_second_looks_are_counted_in_a_table_of_four(measured):
    found = named(measured, "agreement-workforce-vetting-sex").rows()[-1]
    four = [found[n] for n in ("cleared_twice", "then_refused", "then_cleared", "refused_twice")]
    assert sum(four) > 0
    assert found["observed"] == pytest.approx((four[0] + four[3]) / sum(four))


def test_those_asked_are_told_withheld_and_blank(measured):
    for row in named(measured, "disclosure-workforce").rows():
        asked = row["told"] + row["count"] + row["under_blank"]
        assert asked + row["under_not_asked"] == row["under_everybody"]
        if asked:
            assert row["withheld_share"] == pytest.approx(row["count"] / asked * 100)


def test_it_is_said_where_more_would_rather_not_say_than_belong_to_the_smaller_groups():
    people = [{"person": f"m{i}"} for i in range(40)]
    people += [{"person": f"g{i}", "sexual_orientation": "gay-or-lesbian"} for i in range(5)]
    people += [{"person": f"p{i}", "sexual_orientation": "prefer_not_to_say"} for i in range(11)]
    measured = measure_workforce(
        {"strength": strength(people, [date(2011, 3, 1)])},
        at=Month(2011, 3),
        rng=np.random.default_rng(1),
        crossed=(),
    )
    rows = named(measured, "disclosure-workforce").rows()
    (row,) = [r for r in rows if r["characteristic"] == "sexual_orientation" and r["unit"] == ""]
    assert (
        "11 of 56 people asked about sexual orientation (20%) prefer not to say" in row["sentence"]
    )
    assert (
        "More people would rather not say than belong to all groups but the largest"
        in (row["sentence"])
    )


def survey_of(*waves):
    rows = [
        {"wave": wave, "respondent": f"{wave}-{i}", "item": "I can speak up", "score": score}
        for wave, scores in waves
        for i, score in enumerate(scores)
    ]
    return table("survey", rows, **WHO, unit="Camden")


def test_a_fall_since_the_survey_before_is_called_worsening():
    survey = survey_of(
        (date(2010, 5, 1), [5] * 150 + [1] * 50), (date(2011, 5, 1), [5] * 80 + [1] * 120)
    )
    measured = measure_workforce(
        {"strength": strength([{"person": "A"}], [date(2011, 6, 1)]), "survey": survey},
        at=Month(2011, 6),
        rng=np.random.default_rng(1),
        crossed=(),
    )
    tables = measured.of("workforce-survey-change").findings
    (row,) = [r for t in tables for r in t.rows() if r["characteristic"] == "sex"]
    assert row["signal"] == "worsening"
    assert (
        "80 of 200 men (40%) were favourable, against 150 of 200 men in the survey before"
        in (row["sentence"])
    )


def test_the_item_that_drives_the_outcome_comes_first():
    rng = np.random.default_rng(2)
    fair, kit = rng.integers(1, 6, 500), rng.integers(1, 6, 500)
    stay = np.clip(fair + rng.integers(-1, 2, 500), 1, 5)
    answers = Answers(
        date(2011, 5, 1), ("I have the kit I need", "I intend to stay", "I am treated fairly"),
        np.column_stack([kit, stay, fair]).astype(float), np.ones(500),
    )  # fmt: skip
    outcome, items, found = analyse_drivers(answers)
    assert outcome == "I intend to stay"
    assert items[int(np.argmax(found.contribution))] == "I am treated fairly"


def test_an_outcome_the_survey_does_not_hold_is_refused():
    answers = Answers(date(2011, 5, 1), ("a", "b"), np.ones((3, 2)), np.ones(3))
    with pytest.raises(UsageProblem, match="Its items are"):
        analyse_drivers(answers, outcome="c")


def test_without_a_telling_item_the_last_is_the_outcome():
    assert find_outcome(("a", "b")) == "b"


AT = Month(2012, 6)


@pytest.mark.parametrize(
    ("attended", "required", "recent", "month", "late"),
    [
        (100, 100, 0, AT, False),
        (40, 100, 60, Month(2012, 12), False),
        (40, 100, 6, Month(2017, 6), True),
        (40, 100, 0, None, True),
        (0, 50_000, 1, None, True),
    ],
)
def test_when_a_course_is_done_at_this_pace(attended, required, recent, month, late):
    found = forecast("X", attended, required, recent=recent, at=AT, due=Month(2013, 3))
    assert found.month == month
    assert found.late is late
    assert f"{attended:,} of {required:,} people" in found.sentence
    if month and attended < required:
        assert found.sooner <= month
        assert found.later is None or month <= found.later
