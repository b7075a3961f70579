"""Targets as tables: what is theirs falls with the cell they lean on, and no sum gives it back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from evenhand.core import Marker
from evenhand.disclosure import get_policy
from evenhand.indicators.workforce.measure import measure_workforce
from evenhand.indicators.workforce.targets import Standing, Target, follow_targets
from evenhand.monitoring.workforce import build_workforce_release

from .conftest import AT, table

LATER = dt.date(AT.year + 3, 3, 31)
SMALL = {"grp": "female", "grade": "chief-inspector", "share": 0.5}


@pytest.fixture(scope="module")
def held(made):
    """A service with a target for all officers, one for a grade with few people, one for nobody."""
    usual = {"indicator": "representation", "characteristic": "sex", "by": LATER, "owner": "People"}
    rows = [{"grp": "female", "share": 0.4}, SMALL, {"grp": "martian", "heads": 3}]
    tables = {**made.tables, "targets": table("targets", rows, **usual)}
    return measure_workforce(tables, at=AT, rng=np.random.default_rng(1), crossed=())


@pytest.fixture(scope="module")
def public(held):
    return build_workforce_release(held, get_policy("public"))


def _row(release, name):
    (row,) = release.tables[name].table.rows()
    return row


def test_all_officers_are_the_sum_of_their_grades(held):
    tables = {each.name: each for each in (*held.tables, *held.officers)}
    grades = tables["groups-workforce-representation-sex"].where(unit="", group="Women").rows()
    ladder = ("Constable", "Sergeant", "Inspector", "Chief inspector", "Superintendent")
    summed = sum(row["count"] for row in grades if row["step"] in ladder)
    (whole,) = tables["officers-sex"].where(group="Women").rows()
    assert whole["count"] == summed > 0


def test_the_figures_of_a_target_for_few_people_are_hidden_and_its_goal_is_not(held, public):
    hidden, shown = _row(public, "targets-grades"), _row(public, "targets-officers")
    cleared = _row(build_workforce_release(held, get_policy("cleared")), "targets-grades")
    for name in ("count", "of", "value", "chance", "year", "standing", "sentence"):
        assert hidden[name] is Marker.SUPPRESSED
        assert cleared[name] is not Marker.SUPPRESSED
    assert hidden["goal"] == 50.0
    assert hidden["plain"].startswith("Target: of the chief inspectors, 50% are to be women")
    assert shown["count"] is Marker.SUPPRESSED  # the sum of the grades, one of them hidden
    assert shown["value"] == round(shown["value"])


def test_targets_hide_no_figure_that_was_shown_without_them(held, made, public):
    """The sum of the grades is told roughly, so that it costs none of them."""
    bare = {**made.tables, "targets": made.tables["targets"].slice(0, 0)}
    without = build_workforce_release(
        measure_workforce(bare, at=AT, rng=np.random.default_rng(1), crossed=()),
        get_policy("public"),
    )
    for name, released in without.tables.items():
        assert released.table.cells == public.tables[name].table.cells


@pytest.mark.parametrize("policy", ["public", "staff"])
def test_what_is_said_of_all_officers_bounds_no_hidden_grade_closely(held, policy):
    """A step of the rounding holds at least twice as many people as the threshold."""
    chosen = get_policy(policy)
    released = build_workforce_release(held, chosen)
    for row, exact in zip(
        released.tables["officers-sex"].table.rows(),
        next(t for t in held.officers if t.name == "officers-sex").rows(),
        strict=True,
    ):
        assert row["count"] is Marker.SUPPRESSED
        if isinstance(row["value"], float):
            value = row["value"]
            steps = [step for step in (1, 2, 5, 10) if value % step == 0]
            assert steps[-1] * exact["of"] / 100 >= 2 * chosen.count_below
            assert abs(value - exact["value"]) <= steps[-1] / 2


def test_the_years_ahead_of_a_hidden_target_are_hidden_with_it(public):
    ahead = public.tables["ahead-grades"].table
    assert set(ahead.cells["value"]) == {Marker.SUPPRESSED}
    assert Marker.SUPPRESSED not in public.tables["ahead-officers"].table.cells["value"]


def test_a_target_for_people_of_whom_there_are_none_keeps_its_owner(public):
    nobody = _row(public, "targets-nobody")
    assert (nobody["standing"], nobody["owner"], nobody["heads"]) == (
        Standing.UNMEASURABLE.value,
        "People",
        3,
    )


def test_so_few_people_are_too_few_to_tell_where_a_target_is_heading(held):
    target = Target("sex", "female", "chief-inspector", LATER, 0.99, None, "People")
    (found,) = follow_targets([target], held.tensors, held.window, rng=np.random.default_rng(1))
    assert found.count < 10
    assert found.standing is Standing.TOO_SMALL
    (late,) = follow_targets(
        [replace(target, by=dt.date(2017, 6, 30))],
        held.tensors, held.window, rng=np.random.default_rng(1),
    )  # fmt: skip
    assert late.standing is Standing.MISSED  # a fact, however small


def test_when_a_target_is_reached_is_a_year_after_today_or_not_at_all(held):
    rows = [row for t in held.officers if t.name.startswith("targets") for row in t.rows()]
    assert rows
    for row in rows:
        assert row["year"] is Marker.UNDEFINED or int(row["year"]) >= AT.year
