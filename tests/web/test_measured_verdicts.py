"""A verdict on figures measured here: made again from the runs that stood when it was convened."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection

from evenhand.accountability.judgement import Comparison, Criterion, Target, TargetKind
from evenhand.core import LedgerBroken
from evenhand.web.judgement import queries, services
from evenhand.web.judgement.choices import MeasureKind
from evenhand.web.loads.models import Load
from evenhand.web.loads.services import withdraw_load
from evenhand.web.measures.models import Figure
from evenhand.web.measures.plans import RunPlan, hash_figures
from evenhand.web.measures.queries.runs import _as_plan
from evenhand.web.measures.services import move_run, record_run

from .conftest import load_two, record_one
from .judging import Case

AT_MOST_2 = Criterion(
    Target(TargetKind.AT_MOST, high=2.0), Comparison.INTERVAL, sustain_months=12, margin=1.1
)
SCOPE = {"characteristic": "sex", "group": "Female", "comparator": "Male"}


class Measured(Case):
    """An item judged by a comparison that is measured here."""

    def agreed(self) -> Measured:
        self.propose(
            AT_MOST_2, kind=MeasureKind.INDICATOR, indicator="stop-rate", source="", **SCOPE
        )
        services.agree_for_owner(criterion=self.criterion, **self.by("owner"))
        services.agree_for_secretariat(criterion=self.criterion, **self.by("secretariat"))
        return self

    def open(self) -> Measured:
        self.agreed().show().claims().seat().convene()
        return self

    def judged(self) -> Measured:
        self.open().vote("panel2").vote("panel3").vote("panel4").conclude()
        return self

    def check(self) -> list[str]:
        return [str(each) for each in queries.check_verdicts(as_of=self.view)]


@pytest.fixture
def plan(lamp, analyst, at) -> RunPlan:
    return record_one(analyst, at)


@pytest.fixture
def case(plan, cast, at) -> Measured:
    return Measured(cast, at)


def without_triggers(statement: str, arguments: list) -> None:
    """What somebody can do who may change the schema itself."""
    table = statement.split()[1]
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {table}_no_update{on}")
        cursor.execute(statement, arguments)


def test_a_verdict_on_a_figure_measured_here_is_made_again_from_the_runs(case, plan):
    case.judged()
    assert case.check() == []
    [sitting] = queries.list_sittings(as_of=case.view)
    assert sitting.bundle["figure"]["reference"].startswith(f"{plan.ref}/")
    assert sitting.bundle["figure"]["value"] == "1.5"


def test_a_stored_figure_that_was_changed_names_sitting_verdict_and_figure(case, plan):
    case.judged()
    without_triggers("UPDATE measures_figure SET estimate = %s WHERE unit = ''", [1.1])
    told = case.check()
    [first, *_] = [each for each in told if each.startswith(f"sitting:{case.sitting}")]
    assert "altered since: figure" in first
    assert f"the figure {plan.ref}/" in first
    assert "is 1.1 (1.2 to 1.9)" in first
    assert "was 1.5 (1.2 to 1.9)" in first
    assert any(each.startswith(f"verdict:{case.verdict}") for each in told)


def test_a_panel_does_not_vote_on_a_measured_figure_that_was_changed_under_it(case):
    case.open().vote("panel2")
    without_triggers("UPDATE measures_figure SET low = %s WHERE unit = ''", [1.4])
    with pytest.raises(LedgerBroken):
        case.vote("panel3")


def test_a_changed_number_that_the_panel_was_not_shown_is_evident_by_the_hash_of_its_run(
    case, plan
):
    case.judged()
    without_triggers('UPDATE measures_figure SET "of" = %s', [7])
    assert case.check() == [
        f"sitting:{case.sitting}: the figures of run:{plan.ref}, by which it judged, "
        "are not the ledger’s"
    ]


def test_a_changed_figure_with_a_new_hash_beside_it_is_still_not_the_ledgers(case, plan):
    case.judged()
    without_triggers("UPDATE measures_figure SET count = %s", [7])
    forged = hash_figures(_as_plan(row) for row in Figure.objects.order_by("pk"))
    without_triggers("UPDATE measures_run SET figures_sha256 = %s", [forged])
    assert any(f"run:{plan.ref}" in each for each in case.check())


def test_a_measurement_withdrawn_later_leaves_the_figure_what_it_was_and_the_page_says_so(
    case, plan, signed_in
):
    case.judged().wait(3)
    page = f"/judgement/verdicts/{case.verdict}/"
    assert "withdrawn since" not in signed_in("member").get(page).content.decode()
    move_run(run=plan.ref, verb="withdraw", reason="A month was missing.", **case.by("analyst"))
    assert case.check() == []
    for address in (page, f"/judgement/sittings/{case.sitting}/bundle/"):
        said = signed_in("member").get(address).content.decode()
        assert "was withdrawn since: A month was missing." in said
        assert "what it was when the panel judged" in said


def test_files_withdrawn_later_leave_the_figure_what_it_was_and_the_page_says_so(
    case, plan, signed_in
):
    ref = load_two(case.cast["analyst"], case.now)["load"]
    other = replace(plan, ref="stops-2025-12-bb", loads=(Load.objects.get(ref=ref).lake_id,))
    record_run(plan=other, **case.by("analyst"))
    case.judged().wait(3)
    withdraw_load(load=ref, reason="The wrong files.", **case.by("analyst"))
    assert case.check() == []
    said = signed_in("member").get(f"/judgement/verdicts/{case.verdict}/").content.decode()
    assert "was measured from were withdrawn since" in said.replace("“", "").replace("”", "")


def test_a_later_measurement_of_the_same_months_changes_nothing_that_was_judged(case, plan):
    case.judged().wait(3)
    figures = tuple(
        replace(each, numbers={**each.numbers, "estimate": 3.0, "low": 2.5, "high": 3.6})
        for each in plan.figures
    )
    record_run(plan=replace(plan, ref="stops-2025-12-cc", figures=figures), **case.by("analyst"))
    assert case.check() == []
    [measured] = queries.judge_items(as_of=case.view).values()
    assert measured.judged.latest.value == 3.0
