"""The workforce's pages: ladder, selection, waiting, targets, and what is mine of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from evenhand.accountability.audiences import Audience
from evenhand.accountability.judgement import Comparison, Criterion, Target
from evenhand.accountability.roles import Role, Scope, ScopeKind
from evenhand.core import Marker, Month
from evenhand.datasets.synthetic.workforce import WorkforceShape, simulate_workforce
from evenhand.datasets.workforce import WorkforceLake, load_workforce
from evenhand.monitoring.drawn import DrawnKind
from evenhand.web.accounts.services import grant_role
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.judgement.choices import MeasureKind
from evenhand.web.judgement.drafts import CriterionDraft
from evenhand.web.judgement.services import (
    agree_for_owner,
    agree_for_secretariat,
    propose_criterion,
)
from evenhand.web.measures import queries
from evenhand.web.measures.measuring import measure_workforce_run
from evenhand.web.measures.models import RunTable
from evenhand.web.measures.services import move_run, record_run

LAST = Month(2025, 12)
CROSSED = (("sex", "ethnicity"),)
PAGES = ("ladder", "selection", "waiting")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("people")


@pytest.fixture(scope="module")
def plan(folder):
    """A made-up service of 2,000 over three years, measured."""
    shape = WorkforceShape(people=2000, months=36, first=Month(2023, 1))
    made = simulate_workforce(shape, rng=np.random.default_rng(5))
    lake = WorkforceLake(folder / "lake" / "workforce")
    for name, table in made.tables.items():
        if table.num_rows:
            load_workforce(name, [table], lake=lake, at=datetime(2026, 1, 1, tzinfo=UTC))
    return measure_workforce_run(lake, at=LAST, crossed=CROSSED, synthetic=True)


@pytest.fixture
def recorded(plan, analyst, at):
    return record_run(plan=plan, by=analyst, at=at - timedelta(1))


@pytest.fixture
def now(at):
    return AsOf.now(at)


def _page(client, question, **query):
    return client.get(reverse("measures:careers", args=[question]), query)


@pytest.mark.parametrize("question", PAGES)
def test_each_question_has_a_chart_with_words_a_table_and_its_method(recorded, signed_in, question):
    page = _page(signed_in("member"), question)
    text = page.content.decode()
    assert page.status_code == 200
    assert '<svg role="img"' in text or "<svg" in text
    assert "The figures as a table" in text
    assert "How it was worked out" in text
    assert "Prefer not to say" in text  # the unknown are in the table
    assert "95%" in text


@pytest.mark.parametrize("question", PAGES)
def test_where_nothing_was_measured_a_page_says_who_can_bring_it(cast, signed_in, question):
    text = _page(signed_in("member"), question).content.decode()
    assert "has not been measured" in text


def test_a_question_that_there_is_not_is_not_found(recorded, signed_in):
    assert _page(signed_in("member"), "martian").status_code == 404


def test_whoever_is_not_cleared_gets_no_count_below_the_threshold(recorded, now):
    for kind in set(DrawnKind) - {DrawnKind.LIKE}:
        public = queries.list_tables(kind, as_of=now, audience=Audience.PUBLIC)
        cleared = queries.list_tables(kind, as_of=now, audience=Audience.CLEARED)
        assert public.keys() == cleared.keys()
        for name, table in public.items():
            rows, every = table.table.rows(), cleared[name].table.rows()
            for row, whole in zip(rows, every, strict=True):
                count = row["count"]
                assert isinstance(count, Marker) or count == 0 or count >= 5
                if row.get("step") == "All officers":  # a sum of grades: told in rounded shares
                    assert isinstance(count, Marker)
                    assert isinstance(row["value"], Marker) or row["value"] == int(row["value"])
                elif count is Marker.SUPPRESSED and "value" in row:
                    assert row["value"] in (Marker.SUPPRESSED, Marker.UNDEFINED)
                if count is Marker.SUPPRESSED:
                    assert whole["count"] is not Marker.SUPPRESSED


def test_an_analyst_sees_the_counts_that_a_member_does_not(recorded, signed_in):
    name = {"characteristic": "religion"}
    member = _page(signed_in("member"), "ladder", **name).content.decode()
    analyst = _page(signed_in("analyst"), "ladder", **name).content.decode()
    assert "mk suppressed" in member
    assert "mk suppressed" not in analyst


@pytest.mark.parametrize("characteristic", ["ethnicity", "sex × ethnicity"])
def test_the_code_of_the_workbench_gives_the_workforce_figures_again(
    recorded, folder, monkeypatch, signed_in, characteristic
):
    asked = {"dataset": "workforce", "indicator": "workforce-leaving"}
    asked |= {"characteristic": characteristic}
    page = signed_in("member").get("/measures/workbench/", asked).context
    monkeypatch.chdir(folder)
    ran: dict[str, object] = {}
    exec(page["code"], ran)
    again = {
        (row["unit"], row["step"], row["group"]): (row["estimate"], row["p_adjusted"])
        for row in ran["rows"].table.rows()
    }
    measured = [row for row in page["rows"] if row.numbers["estimate"] is not None]
    assert measured
    for row in measured:
        both = again[row.unit, row.step, row.group]
        assert both == (row.numbers["estimate"], row.numbers["p_adjusted"])


def test_a_withdrawn_measurement_takes_its_pages_with_it(recorded, signed_in, analyst, plan, at):
    move_run(run=plan.ref, verb="withdraw", reason="A wrong month.", by=analyst, at=at)
    client = signed_in("member")
    for question in PAGES:
        assert "has not been measured" in _page(client, question).content.decode()
    assert "No target is measured" in client.get(reverse("measures:targets")).content.decode()


def test_a_past_day_shows_what_was_measured_then(recorded, signed_in, at):
    before = (at - timedelta(2)).date().isoformat()
    text = _page(signed_in("member"), "ladder", as_of=before).content.decode()
    assert "has not been measured" in text


def test_the_tables_of_a_run_are_in_its_hash_and_cannot_be_altered(recorded, plan, now):
    assert queries.check_run(plan.ref, as_of=now)
    with pytest.raises(DatabaseError, match="append"), transaction.atomic():
        RunTable.objects.filter(run__ref=plan.ref).update(title="Other")


def test_a_snapshot_is_of_its_month_and_a_count_of_events_of_its_years(recorded, now):
    asked = queries.Filter(dataset="workforce", characteristic="sex")
    rows = queries.list_figures(asked, as_of=now, audience=Audience.CLEARED)
    starts = {row.indicator: row.starts for row in rows}
    assert starts["workforce-ladder"] == date(2025, 12, 1)
    assert starts["workforce-process-stage"] == date(2023, 1, 1)
    assert {row.place for row in rows if not row.unit} == {"the whole service"}


def test_targets_say_who_owns_them_where_they_stand_and_what_would_move_them(recorded, signed_in):
    text = signed_in("member").get(reverse("measures:targets")).content.decode()
    assert "Owner: People and careers" in text
    assert "Past its date" in text
    assert "Try the levers" in text
    assert "of the officers, 25% are to be Black and minority ethnic people" in text


def test_the_levers_of_a_target_open_with_its_group_and_share(recorded, signed_in):
    text = signed_in("member").get(reverse("measures:targets")).content.decode()
    assert "outlook/?group=sex%7Cfemale&amp;target=35" in text


def test_a_commander_finds_their_unit_with_its_people_and_no_other(
    recorded, signed_in, cast, admin, at
):
    text = signed_in("commander").get(reverse("measures:mine")).content.decode()
    assert "Your unit" in text
    assert "Birch Cross" in text
    assert "Alder Vale" not in text
    assert "Who is here" in text


def test_an_owner_finds_the_targets_that_name_their_team(recorded, signed_in):
    text = signed_in("owner2").get(reverse("measures:mine")).content.decode()
    assert "Your targets" in text
    assert "Owner: People and careers" in text
    assert "Owner: Learning and development" not in text


@pytest.mark.parametrize("withdrawn", [False, True])
def test_an_owner_finds_the_figure_that_each_of_their_items_is_judged_by(
    lamp, measured, signed_in, cast, at, withdrawn
):
    draft = CriterionDraft(
        kind=MeasureKind.INDICATOR,
        title="Stops of women and men",
        criterion=Criterion(Target.parity(1.25), Comparison.INTERVAL, sustain_months=12, margin=1),
        indicator="stop-rate",
        characteristic="sex",
        group="Female",
        comparator="Male",
    )
    ref = propose_criterion(
        recommendation="lamp-2020/1", draft=draft, reason="As asked.", by=cast["analyst"], at=at
    )
    agree_for_owner(criterion=ref, by=cast["owner"], at=at)
    agree_for_secretariat(criterion=ref, by=cast["secretariat"], at=at)
    if withdrawn:
        move_run(run=measured.ref, verb="withdraw", reason="Wrong.", by=cast["analyst"], at=at)
    mine = signed_in("owner").get(reverse("measures:mine"))
    text = mine.content.decode()
    assert mine.status_code == 200
    assert "What your recommendations are judged by" in text
    assert reverse("work:item", args=["lamp-2020/1"]) in text
    assert ("A made-up finding." in text) is not withdrawn
    assert ("no measurement that counts holds this figure" in text) is withdrawn
    assert "judged by" not in signed_in("owner2").get(reverse("measures:mine")).content.decode()


def test_whoever_leads_and_owns_nothing_is_told_so(recorded, signed_in):
    text = signed_in("member").get(reverse("measures:mine")).content.decode()
    assert "Nothing that was measured is about a unit you command" in text


def test_a_unit_that_is_no_longer_commanded_is_no_longer_mine(recorded, signed_in, cast, admin, at):
    ended = {"starts": at.date() - timedelta(90), "ends": at.date() - timedelta(30)}
    grant_role(
        person=cast["panel"].party.subject, role=Role.UNIT_COMMANDER,
        scope=Scope(ScopeKind.UNIT, "unit:birch-cross"), by=admin, at=at, **ended,
    )  # fmt: skip
    text = signed_in("panel").get(reverse("measures:mine")).content.decode()
    assert "Your unit" not in text


def test_a_unit_page_sets_its_people_beside_the_service(recorded, signed_in):
    text = signed_in("member").get(reverse("measures:unit", args=["birch-cross"])).content.decode()
    assert "Who is here" in text
    assert "The whole service" in text
    assert reverse("measures:careers", args=["ladder"]) in text


def test_the_number_of_questions_to_the_record_does_not_grow_with_the_pages(
    recorded, signed_in, django_assert_max_num_queries
):
    client = signed_in("commander")
    for name in ("measures:mine", "measures:targets"):
        with django_assert_max_num_queries(40):
            client.get(reverse(name))
