"""Measured figures on the record: what is kept, who sees which of it, what reviewing changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from evenhand.accountability.audiences import Audience
from evenhand.core import Month, Period, Refused, UsageProblem
from evenhand.datasets import Lake, load_stops
from evenhand.datasets.population import keep_residents
from evenhand.datasets.synthetic import write_synthetic
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.errors import ChangedMeanwhile
from evenhand.web.measures import queries
from evenhand.web.measures.measuring import list_windows, measure_stops_run
from evenhand.web.measures.places import unit_slug
from evenhand.web.measures.queries import Filter
from evenhand.web.measures.reproducing import render_code
from evenhand.web.measures.services import (
    move_run,
    note_finding,
    record_run,
    review_finding,
)

WHOLE = Period(Month(2024, 1), Month(2025, 3))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("measured")


@pytest.fixture(scope="module")
def plans(folder):
    """Two years' windows of a small synthetic service, three months apart."""
    service = write_synthetic(folder / "service", seed=11, months=15, boroughs=10)
    lake = Lake(folder / "lake" / "stops")
    load_stops([service.archive], lake=lake, at=datetime(2026, 1, 1, tzinfo=UTC))
    residents = Lake(folder / "lake" / "residents")
    keep_residents(
        [service.areas, service.population], lake=residents, at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    return [
        _fewer(measure_stops_run(lake, residents, period=window, synthetic=True))
        for window in list_windows(WHOLE)
    ]


def _fewer(plan):
    """Two indicators are enough to ask about, and quicker to store for every test."""
    kept = ("stop-rate", "arrest-rate")
    return replace(plan, figures=tuple(f for f in plan.figures if f.indicator in kept))


@pytest.fixture
def recorded(plans, analyst, at):
    """Both runs on the record, one a day."""
    return [
        record_run(plan=plan, by=analyst, at=at - timedelta(2 - number))
        for number, plan in enumerate(plans)
    ]


@pytest.fixture
def now(at):
    return AsOf.now(at)


def _first(now, **narrow):
    return queries.list_figures(Filter(**narrow), as_of=now, audience=Audience.PUBLIC)[0]


def test_a_run_says_from_what_it_was_made_and_its_figures_are_checked_by_their_hash(
    recorded, plans, now
):
    run = queries.get_run(plans[1].ref, as_of=now)
    assert (run.starts, run.ends) == (date(2024, 4, 1), date(2025, 3, 31))
    assert run.loads == plans[1].loads
    assert run.definitions["stop-rate"] == 1
    assert queries.check_run(run.ref, as_of=now)


def test_the_database_refuses_to_alter_a_figure(recorded):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE measures_figure SET estimate = 1")


def test_an_altered_figure_is_evident_even_where_the_trigger_was_removed(recorded, plans, now):
    on = " ON measures_figure" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER measures_figure_no_update{on}")
        cursor.execute("UPDATE measures_figure SET estimate = estimate + 0.01")
    assert not queries.check_run(plans[1].ref, as_of=now)


def test_the_same_run_is_not_recorded_twice(recorded, plans, analyst, at):
    with pytest.raises(UsageProblem, match="already"):
        record_run(plan=plans[0], by=analyst, at=at)


@pytest.mark.parametrize("role", ["keeper", "member", "owner", "panel", "admin"])
def test_only_an_analyst_records_figures(role, plans, at, request):
    with pytest.raises(Refused):
        record_run(plan=plans[0], by=request.getfixturevalue(role), at=at)


def test_each_audience_is_shown_no_more_than_its_policy_allows(recorded, now):
    shown = {
        audience: queries.list_figures(Filter(), as_of=now, audience=audience)
        for audience in Audience
    }
    for audience, smallest in ((Audience.PUBLIC, 5), (Audience.STAFF, 10)):
        counts = [row.numbers["count"] for row in shown[audience]]
        assert all(count >= smallest for count in counts if count)
        assert any("estimate" in row.absent for row in shown[audience])
    cleared = {row.key: row.numbers["count"] for row in shown[Audience.CLEARED]}
    hidden = [
        cleared[row.key]
        for row in shown[Audience.PUBLIC]
        if row.absent.get("count") == "suppressed"
    ]
    assert hidden
    assert all(isinstance(count, float) for count in hidden)


def test_what_is_on_a_page_is_what_the_reader_is_cleared_for(recorded, signed_in, now):
    rows = queries.list_figures(Filter(), as_of=now, audience=Audience.PUBLIC)
    key = next(row.key for row in rows if row.absent.get("count") == "suppressed" and row.unit)
    hidden = signed_in("member").get(f"/measures/comparisons/{key}/").content.decode()
    shown = signed_in("analyst").get(f"/measures/comparisons/{key}/").content.decode()
    assert "[c]" in hidden
    assert "[c]" not in shown
    assert "You are cleared" in shown


def test_a_comparison_is_followed_through_every_run_that_stands(recorded, analyst, plans, at, now):
    row = _first(now, indicator="stop-rate", characteristic="ethnicity-self-defined")
    found = queries.get_comparison(row.key, as_of=now, audience=Audience.PUBLIC)
    assert [each.ends for each in found.series] == [date(2024, 12, 31), date(2025, 3, 31)]
    move_run(run=plans[0].ref, verb="withdraw", reason="Loaded twice.", by=analyst, at=at)
    found = queries.get_comparison(row.key, as_of=now, audience=Audience.PUBLIC)
    assert [each.ends for each in found.series] == [date(2025, 3, 31)]


def test_readings_for_a_criterion_are_what_the_public_may_see_and_fall_with_their_run(
    recorded, analyst, plans, at, now
):
    row = _first(now, indicator="stop-rate", characteristic="ethnicity-self-defined", group="Black")
    names = {
        name: getattr(row, name)
        for name in ("indicator", "unit", "characteristic", "group", "comparator")
    }
    readings = queries.list_readings(**names, as_of=now)
    assert [each.end for each in readings] == [date(2024, 12, 31), date(2025, 3, 31)]
    assert readings[-1].value == row.numbers["estimate"]
    assert readings[-1].low < readings[-1].value < readings[-1].high
    move_run(run=plans[1].ref, verb="withdraw", reason="A month is missing.", by=analyst, at=at)
    assert len(queries.list_readings(**names, as_of=now)) == 1
    before = AsOf.end_of(now.on - timedelta(1), at=at)
    assert len(queries.list_readings(**names, as_of=before)) == 2


def test_withdrawing_needs_a_reason_and_can_be_undone(recorded, analyst, plans, at, now):
    with pytest.raises(UsageProblem, match="reason"):
        move_run(run=plans[1].ref, verb="withdraw", reason=" ", by=analyst, at=at)
    move_run(run=plans[1].ref, verb="withdraw", reason="Doubt.", by=analyst, at=at)
    assert queries.list_latest(as_of=now)["stops"].ref == plans[0].ref
    move_run(run=plans[1].ref, verb="restore", reason="No doubt.", by=analyst, at=at)
    assert queries.list_latest(as_of=now)["stops"].ref == plans[1].ref


def test_a_dismissed_finding_stays_in_sight_of_members_with_its_reason(
    recorded, analyst, signed_in, at, now
):
    row = _first(now, signal="concern")
    review_finding(
        run=row.run, key=row.key, verb="dismiss", reason="Residents are not who is there.",
        by=analyst, at=at,
    )  # fmt: skip
    note_finding(run=row.run, key=row.key, text="A shopping centre opened.", by=analyst, at=at)
    text = signed_in("member").get(f"/measures/comparisons/{row.key}/").content.decode()
    assert "Residents are not who is there." in text
    assert "A shopping centre opened." in text
    listed = signed_in("member").get("/measures/", {"review": "dismissed"}).content.decode()
    assert row.key in listed


def test_dismissing_without_a_reason_is_refused_and_so_is_everyone_but_an_analyst(
    recorded, analyst, keeper, at, now
):
    row = _first(now, signal="concern")
    with pytest.raises(UsageProblem, match="reason"):
        review_finding(run=row.run, key=row.key, verb="dismiss", by=analyst, at=at)
    with pytest.raises(Refused):
        review_finding(run=row.run, key=row.key, verb="accept", by=keeper, at=at)


def test_the_second_of_two_reviewers_is_shown_what_the_first_did(
    recorded, analyst, signed_in, at, now
):
    row = _first(now, signal="concern")
    client = signed_in("analyst")
    page = client.get(f"/measures/comparisons/{row.key}/accept/")
    seen = page.context["version"]
    review_finding(run=row.run, key=row.key, verb="dismiss", reason="Doubtful.", by=analyst, at=at)
    with pytest.raises(ChangedMeanwhile):
        review_finding(
            run=row.run, key=row.key, verb="accept", reason="Sure.", by=analyst, at=at, seen=seen
        )
    answer = client.post(
        f"/measures/comparisons/{row.key}/accept/", {"reason": "Sure.", "seen": seen}
    )
    assert answer.status_code == 409


def test_the_first_view_leaves_out_what_raises_no_concern_and_says_so(recorded, signed_in):
    response = signed_in("member").get("/measures/")
    assert "those without concern are left out" in response.content.decode()
    assert {row.signal for row in response.context["page"].rows} <= {
        "concern", "worsening", "watch", "improving", "too small to tell",
    }  # fmt: skip
    quiet = signed_in("member").get("/measures/", {"signal": "none"})
    assert quiet.context["page"].total > 0


def test_where_nothing_was_measured_the_page_says_what_to_do(cast, signed_in):
    text = signed_in("member").get("/measures/").content.decode()
    assert "Nothing has been measured yet" in text


def test_the_pages_of_a_past_day_show_the_run_that_counted_then(recorded, plans, signed_in, at):
    day = (at - timedelta(2)).date().isoformat()
    response = signed_in("member").get("/measures/", {"as_of": day})
    assert response.context["latest"]["stops"].ref == plans[0].ref


def test_a_run_page_offers_withdrawal_to_an_analyst_only(recorded, plans, signed_in):
    address = f"/measures/runs/{plans[1].ref}/"
    assert "Withdraw this measurement" in signed_in("analyst").get(address).content.decode()
    assert "Withdraw this measurement" not in signed_in("member").get(address).content.decode()
    answer = signed_in("analyst").post(f"{address}withdraw/", {"reason": "Doubt.", "seen": "0"})
    assert answer.status_code in (302, 409)


def test_the_number_of_questions_does_not_grow_with_the_number_of_findings(
    recorded, signed_in, django_assert_max_num_queries
):
    client = signed_in("member")
    with django_assert_max_num_queries(30):
        client.get("/measures/")


def test_the_overview_counts_every_comparison_once(recorded, signed_in, now):
    context = signed_in("member").get("/measures/overview/").context
    rows = queries.list_figures(Filter(), as_of=now, audience=Audience.PUBLIC)
    assert sum(line.total for line in context["indicators"]) == len(rows)
    units = sum(sum(line.counts.values()) for line in context["units"])
    assert units == sum(bool(row.unit) for row in rows)


def test_a_unit_has_one_page_with_its_findings_beside_the_other_units(recorded, signed_in, now):
    row = next(row for row in _all(now) if row.unit and row.signal == "concern")
    response = signed_in("commander").get(f"/measures/units/{unit_slug(row.unit)}/")
    text = response.content.decode()
    assert row.unit in text
    assert response.context["audience"] is Audience.STAFF
    assert text.count("<figure>") == len(response.context["charts"]) > 0
    assert signed_in("member").get("/measures/units/no-such/").status_code == 404


def test_the_workbench_answers_a_question_with_chart_table_method_and_code(
    recorded, signed_in, now
):
    asked = {
        "dataset": "stops", "indicator": "stop-rate",
        "characteristic": "ethnicity-self-defined", "group": "Black",
    }  # fmt: skip
    response = signed_in("analyst").get("/measures/workbench/", asked)
    text = response.content.decode()
    assert {row.group for row in response.context["rows"]} == {"Black"}
    assert "The figures as a table" in text
    assert "measure_lake(" in text
    assert "Benjamini" in text


def test_the_code_of_the_workbench_gives_the_same_figures_again(recorded, folder, monkeypatch, now):
    narrow = Filter(indicator="stop-rate", characteristic="ethnicity-self-defined", group="Black")
    rows = queries.list_figures(narrow, as_of=now, audience=Audience.PUBLIC)
    monkeypatch.chdir(folder)
    ran: dict[str, object] = {}
    exec(render_code(narrow, rows, audience=Audience.PUBLIC, measured=[]), ran)
    again = {row["unit"]: row["estimate"] for row in ran["rows"].table.rows()}
    assert {row.unit: row.numbers["estimate"] for row in rows if row.numbers["estimate"]} == {
        unit: estimate for unit, estimate in again.items() if isinstance(estimate, float)
    }


def test_like_is_compared_with_like_beside_the_comparison_of_all_together(
    recorded, plans, signed_in, now
):
    ethnicity = "ethnicity-self-defined"
    found = _first(now, indicator="arrest-rate", characteristic=ethnicity, group="Black")
    text = signed_in("member").get(f"/measures/comparisons/{found.key}/").content.decode()
    assert "Like with like" in text
    assert "like for like" in text
    (public,) = (t for t in plans[-1].tables if t.policy == "public")
    cells = public.cells
    here = [
        cells["value"][row]
        for row in range(len(cells["value"]))
        if (cells["indicator"][row], cells["unit"][row], cells["group"][row])
        == ("arrest-rate", found.unit, "Black")
    ]
    assert len(here) == len({"all together", "like for like"})
    assert all(f"{value:.2f}" in text for value in here)


def test_the_workbench_compares_like_with_like_where_one_place_is_asked_about(recorded, signed_in):
    asked = {"indicator": "arrest-rate", "characteristic": "ethnicity-self-defined"}
    client = signed_in("member")
    everywhere = client.get("/measures/workbench/", asked)
    unit = next(row.unit for row in everywhere.context["rows"] if row.unit)
    assert everywhere.context["like"] is None
    assert client.get("/measures/workbench/", {**asked, "unit": unit}).context["like"]
    by_sex = {"indicator": "arrest-rate", "characteristic": "sex", "unit": unit}
    assert client.get("/measures/workbench/", by_sex).context["like"] is None


def test_each_choice_of_the_workbench_offers_what_is_there_given_those_before(recorded, signed_in):
    response = signed_in("member").get("/measures/workbench/", {"indicator": "arrest-rate"})
    offered = {
        choice.name: {value for value, _ in choice.options}
        for choice in response.context["choices"]
    }
    assert offered["indicator"] >= {"stop-rate", "arrest-rate"}
    assert offered["characteristic"] >= {"sex", "age"}


def test_an_analyst_names_a_question_and_a_member_asks_it_again(recorded, signed_in, now):
    asked = {"dataset": "stops", "indicator": "arrest-rate", "characteristic": "sex"}
    client = signed_in("analyst")
    client.post("/measures/workbench/save/", {**asked, "title": "Arrests of women and men"})
    saved = queries.list_saved(as_of=now)
    assert [each.title for each in saved] == ["Arrests of women and men"]
    assert saved[0].query == asked
    text = signed_in("member").get("/measures/workbench/").content.decode()
    assert "Arrests of women and men" in text
    again = client.post("/measures/workbench/save/", {**asked, "title": "Arrests of women and men"})
    assert again.status_code == 422


def _all(now):
    return queries.list_figures(Filter(), as_of=now, audience=Audience.PUBLIC)


def test_a_comparison_leads_to_a_criterion_that_is_filled_in_with_it(measured, lamp, signed_in):
    key = measured.figures[0].key
    client = signed_in("secretariat")
    sent = client.post(f"/measures/comparisons/{key}/criterion/", {"item": "lamp-2020/1"})
    assert sent.status_code == 302
    form = client.get(sent["Location"]).content.decode()
    assert '<option value="stop-rate" selected>' in form
    assert "selected>Female compared with Male</option>" in form
    assert 'value="1.25"' in form


def test_a_withdrawn_run_asked_for_by_name_gives_no_figure(recorded, analyst, plans, at, now):
    asked = Filter(run=plans[1].ref)
    assert queries.list_figures(asked, as_of=now, audience=Audience.PUBLIC)
    move_run(run=plans[1].ref, verb="withdraw", reason="Doubt.", by=analyst, at=at)
    assert queries.list_figures(asked, as_of=now, audience=Audience.PUBLIC) == []


def test_a_sign_in_a_table_of_many_comparisons_is_explained_beneath_it(recorded, signed_in, now):
    row = next(row for row in _all(now) if row.absent.get("count") == "suppressed" and row.unit)
    asked = {"indicator": row.indicator, "characteristic": row.characteristic, "unit": row.unit}
    text = signed_in("member").get("/measures/workbench/", asked).content.decode()
    assert "[c]" in text
    assert "hidden so that nobody can be identified" in text
