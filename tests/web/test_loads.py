"""Files brought in the browser: checked first, loaded when confirmed, withdrawn when wrong."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from pyarrow import csv

from evenhand.accountability.audiences import Audience
from evenhand.accountability.ledger import check_ledger
from evenhand.core import Refused, UsageProblem
from evenhand.datasets.synthetic import write_synthetic
from evenhand.datasets.synthetic.workforce import WorkforceShape, simulate_workforce
from evenhand.datasets.workforce import TABLES
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.ledger.export import render_export
from evenhand.web.ledger.queries import list_history
from evenhand.web.loads import queries
from evenhand.web.loads.datasets import DATASETS, open_lake
from evenhand.web.loads.files import folder_of
from evenhand.web.loads.measuring import measure_again
from evenhand.web.loads.services import adopt_load, bring_files, withdraw_load
from evenhand.web.measures import queries as measures

from .conftest import bring, put

THEN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def halves(tmp_path_factory):
    """The archive of a small service as two archives, of the first months and of the rest."""
    service = write_synthetic(tmp_path_factory.mktemp("service"), seed=3, months=6, boroughs=10)
    with zipfile.ZipFile(service.archive) as whole:
        names = sorted(whole.namelist())
        return [_pack(whole, names[:3]), _pack(whole, names[3:])]


def _pack(whole, names):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as part:
        for name in names:
            part.writestr(name, whole.read(name))
    return packed.getvalue()


def _sent(content, name="archive.zip"):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def now(at):
    return AsOf.now(at)


@pytest.fixture
def first(halves, analyst, at):
    """The first half, brought and loaded."""
    return put(bring("stops", [_sent(halves[0])], by=analyst, at=at), by=analyst, at=at)


def test_an_analyst_brings_files_sees_the_faults_confirms_and_finds_the_figures(
    halves, signed_in, cast, django_capture_on_commit_callbacks
):
    client = signed_in("analyst")
    with django_capture_on_commit_callbacks(execute=True):
        sent = {"dataset": "stops", "chosen": _sent(halves[0])}
        answer = client.post("/loads/bring/", sent, follow=True)
    found = answer.redirect_chain[-1][0]
    assert "Load the good rows and measure" in answer.content.decode()
    assert queries.list_loads(as_of=AsOf.now(THEN.replace(year=2027))) == []
    with django_capture_on_commit_callbacks(execute=True):
        loaded = client.post(f"{found}confirm/", follow=True)
    assert "Measured anew" in loaded.content.decode()
    assert client.get("/measures/", {"signal": "none"}).context["page"].total > 0
    assert not folder_of(found.strip("/").rpartition("/")[2]).exists()


def test_what_was_read_is_what_was_loaded_and_what_was_set_aside(first):
    assert first.rows_read == first.rows_loaded + first.rows_quarantined
    assert first.rows_loaded > 0


def test_the_same_rows_are_not_loaded_twice(first, halves, analyst, at):
    again = bring("stops", [_sent(halves[0])], by=analyst, at=at)
    with pytest.raises(Refused, match="loaded already"):
        put(again, by=analyst, at=at)
    assert queries.get_brought(again).state == "discarded"


def test_files_that_cannot_be_read_are_told_and_leave_nothing(
    cast, signed_in, settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = signed_in("analyst").post(
            "/loads/bring/",
            {"dataset": "stops", "chosen": _sent(b"PK\x03\x04 not a zip")},
            follow=True,
        )
    assert "This could not be done" in answer.content.decode()
    kept = settings.HOME.folder / "brought"
    assert not kept.exists() or not list(kept.iterdir())


def test_a_name_with_a_path_in_it_stays_inside_its_folder(halves, analyst, at, settings):
    sent = _sent(halves[0])
    sent.__dict__["_name"] = "../../../escape.zip"
    brought = bring("stops", [sent], by=analyst, at=at)
    inside = [path for path in folder_of(brought).rglob("*") if path.is_file()]
    assert [path.name for path in inside] == ["escape.zip"]


def test_no_name_of_a_file_is_in_the_ledger(halves, analyst, at):
    sent = _sent(halves[0], name="jane-example-list.zip")
    put(bring("stops", [sent], by=analyst, at=at), by=analyst, at=at)
    assert "jane" not in render_export()


def test_withdrawing_a_load_withdraws_what_was_made_from_it_and_measures_the_rest(
    first, halves, analyst, at, now, django_capture_on_commit_callbacks
):
    measure_again("stops", by=analyst, at=at, because="First.")
    second = put(bring("stops", [_sent(halves[1])], by=analyst, at=at), by=analyst, at=at)
    both = measure_again("stops", by=analyst, at=at, because="Second.")
    assert len(both.loads) == 2
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_load(load=second.ref, reason="Wrong service.", by=analyst, at=at)
    rest = measure_again("stops", by=analyst, at=at, because="Withdrawn.")
    assert rest.loads == (first.lake_id,)
    states = {run.ref: run.state for run in measures.list_runs(as_of=now)}
    assert states[both.ref] == "withdrawn"
    assert states[rest.ref] == "standing"
    assert queries.get_load(second.ref, as_of=now).reason == "Wrong service."


def test_when_the_last_load_is_withdrawn_nothing_is_measured(
    first, analyst, at, now, django_capture_on_commit_callbacks
):
    measure_again("stops", by=analyst, at=at, because="First.")
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_load(load=first.ref, reason="Wrong service.", by=analyst, at=at)
    assert measure_again("stops", by=analyst, at=at, because="Withdrawn.") is None
    assert measures.list_latest(as_of=now) == {}


def test_a_withdrawal_cut_short_is_finished_by_the_next_measuring(first, analyst, at, settings):
    withdraw_load(load=first.ref, reason="Wrong service.", by=analyst, at=at)
    lake = open_lake(settings.HOME.folder, "stops")
    assert lake.list_loads()
    measure_again("stops", by=analyst, at=at, because="Withdrawn.")
    assert not lake.list_loads()


def test_a_withdrawal_needs_a_reason_and_happens_once(first, analyst, at):
    with pytest.raises(UsageProblem, match="reason"):
        withdraw_load(load=first.ref, reason="", by=analyst, at=at)
    withdraw_load(load=first.ref, reason="Wrong.", by=analyst, at=at)
    with pytest.raises(Refused):
        withdraw_load(load=first.ref, reason="Again.", by=analyst, at=at)


@pytest.mark.parametrize("role", ["keeper", "member", "owner", "panel", "admin"])
def test_only_an_analyst_brings_files(role, halves, at, request):
    by = request.getfixturevalue(role)
    with pytest.raises(Refused):
        bring_files(dataset="stops", files=[_sent(halves[0])], by=by, at=at)


@pytest.fixture(scope="module")
def strength():
    """A year of monthly snapshots of a small service, as a CSV file."""
    return _as_csv("strength")


def _as_csv(name, *, months=12):
    shape = WorkforceShape(people=500, months=months)
    made = simulate_workforce(shape, rng=np.random.default_rng(5))
    out = io.BytesIO()
    csv.write_csv(TABLES[name].require(made.tables[name]), out)
    return out.getvalue()


def test_a_workforce_is_brought_loaded_and_measured_as_a_family_of_its_own(
    strength, analyst, signed_in, at, now
):
    sent = _sent(strength, name="strength.csv")
    load = put(bring("strength", [sent], by=analyst, at=at), by=analyst, at=at)
    assert load.rows_read == load.rows_loaded + load.rows_quarantined
    plan = measure_again("workforce", by=analyst, at=at, because="First.")
    assert plan.loads == (load.lake_id,)
    assert list(measures.list_latest(as_of=now)) == ["workforce"]
    text = signed_in("analyst").get("/measures/", {"signal": "none"}).content.decode()
    assert "people" in text
    assert measures.check_run(plan.ref, as_of=now)


def test_a_load_of_three_years_is_measured_up_to_the_end_of_each_and_they_fall_with_it(
    analyst, at, now, django_capture_on_commit_callbacks
):
    sent = _sent(_as_csv("strength", months=36), name="strength.csv")
    load = put(bring("strength", [sent], by=analyst, at=at), by=analyst, at=at)
    plan = measure_again("workforce", by=analyst, at=at, because="First.")
    runs = measures.list_runs(as_of=now, dataset="workforce")
    assert [str(run.ends) for run in runs] == ["2018-12-31", "2017-12-31", "2016-12-31"]
    assert measures.list_latest(as_of=now)["workforce"].ref == plan.ref
    key = plan.figures[0].key
    found = measures.get_comparison(key, as_of=now, audience=Audience.PUBLIC)
    assert len(found.series) == 3
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_load(load=load.ref, reason="Wrong.", by=analyst, at=at)
    assert measure_again("workforce", by=analyst, at=at, because="Wrong.") is None
    assert not any(run.stands for run in measures.list_runs(as_of=now, dataset="workforce"))


def test_every_dataset_says_what_it_accepts_and_has_a_lake_of_its_own(settings):
    own = [each.id for each in DATASETS.values() if not each.is_mapped]
    roots = {open_lake(settings.HOME.folder, each).root for each in own}
    assert len(roots) == len(own) > 10
    assert {each.into for each in DATASETS.values()} == set(own)
    assert all(each.accepts and each.help for each in DATASETS.values())


def test_a_load_made_from_the_command_line_can_be_put_on_the_record(first, analyst, at, now):
    adopted = adopt_load(dataset="stops", lake_id=first.lake_id, by=analyst, at=at)
    assert adopted.ref == first.ref
    kinds = [event.kind for event in list_history(f"load:{first.ref}", as_of=None)]
    assert kinds == ["load.recorded", "load.adopted"]
    assert check_ledger(render_export()).ok


def test_the_years_ahead_follow_the_levers_and_hold_to_a_target(strength, analyst, signed_in, at):
    for name, content in (("strength", strength), ("movements", _as_csv("movements"))):
        sent = _sent(content, name=f"{name}.csv")
        put(bring(name, [sent], by=analyst, at=at), by=analyst, at=at)
    client = signed_in("member")
    group = next(
        value
        for value, title in client.get("/measures/outlook/").context["form"].fields["group"].choices
        if "women" in title
    )
    asked = {"group": group, "target": "50", "recruits": "2000", "over": "3", "of_group": "100"}
    response = client.get("/measures/outlook/", asked)
    shares = [
        float(re.search(r"to ([\d.]+)% in", response.context[name])[1])
        for name in ("as_now", "moved")
    ]
    assert shares[1] > shares[0]
    assert "50% is reached in" in response.context["moved"]
    assert response.content.decode().count("<figure>") == 1
    rounded = re.findall(r"([\d.]+)%", response.context["as_now"])
    assert rounded
    assert all(float(share) == int(float(share)) for share in rounded)
    exact = signed_in("analyst").get("/measures/outlook/", asked).context["as_now"]
    assert any(float(share) != int(float(share)) for share in re.findall(r"([\d.]+)%", exact))


def test_where_nobody_is_loaded_the_years_ahead_say_what_to_do(cast, signed_in):
    assert "monthly snapshots" in signed_in("member").get("/measures/outlook/").content.decode()


@pytest.fixture(scope="module")
def census(tmp_path_factory):
    """Residents of the small service by borough, and which areas are its own."""
    made = write_synthetic(tmp_path_factory.mktemp("census"), seed=3, months=6, boroughs=10)
    return [path.read_bytes() for path in (made.population, made.areas)]


def _rates(plan):
    rows = (figure for figure in plan.figures if figure.indicator == "stop-rate")
    return [row for row in rows if row.numbers["value"] is not None]


def test_residents_are_brought_like_any_records_and_rates_stand_on_them_until_withdrawn(
    first, census, analyst, at, django_capture_on_commit_callbacks
):
    assert not _rates(measure_again("stops", by=analyst, at=at, because="First."))
    sent = [_sent(census[0], "people.csv"), _sent(census[1], "areas.csv")]
    residents = put(bring("residents", sent, by=analyst, at=at), by=analyst, at=at)
    over_residents = measure_again("stops", by=analyst, at=at, because="Residents.")
    assert _rates(over_residents)
    assert residents.lake_id in over_residents.loads
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_load(load=residents.ref, reason="The last census.", by=analyst, at=at)
    after = measure_again("stops", by=analyst, at=at, because="Again.")
    assert not _rates(after)
    assert after.loads == (first.lake_id,)


def test_two_tables_of_residents_at_once_are_refused_in_words(census, cast, signed_in):
    sent = {
        "dataset": "residents",
        "chosen": [_sent(census[0], "a.csv"), _sent(census[0], "b.csv")],
    }
    text = signed_in("analyst").post("/loads/bring/", sent, follow=True).content.decode()
    assert "2 tables of residents" in text
    assert "look-up" in text


PUBLISHED = (
    b"force_name,date,sex,rank_description,worker_type,total_headcount,total_fte\n"
    b"Kent,2020-03-31,Female,Sergeant,Police officer,102,98.5\n"
    b"Kent,2020-03-31,Male,Sergeant,Police officer,nobody,401.0\n"
)


def test_a_file_that_others_publish_is_brought_as_it_is_and_loaded_by_its_mapping(analyst, at, now):
    sent = _sent(PUBLISHED, "workforce.csv")
    ref = bring("home-office-workforce", [sent], by=analyst, at=at)
    assert queries.get_brought(ref).report["rows_quarantined"] == 1
    load = put(ref, by=analyst, at=at)
    assert (load.dataset, load.rows_loaded) == ("strength_published", 1)
    assert queries.get_load(load.ref, as_of=now).stands


def test_a_template_holds_the_columns_that_a_file_is_read_by(cast, signed_in):
    client = signed_in("owner")
    assert "strength/template.xlsx" in client.get("/loads/formats/").content.decode()
    page = client.get("/loads/formats/strength/").content.decode()
    header = client.get("/loads/formats/strength/template.csv").content.decode("utf-8-sig")
    assert all(f"<code>{column}</code>" in page for column in header.strip().split(","))
    book = client.get("/loads/formats/strength/template.xlsx")
    assert book["Content-Disposition"] == 'attachment; filename="strength.xlsx"'
    sheet = load_workbook(io.BytesIO(book.content)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == header.strip().split(",")


def test_there_is_no_template_of_a_dataset_that_is_published(cast, signed_in):
    assert signed_in("owner").get("/loads/formats/stops/").status_code == 404


def test_withdrawing_in_the_browser_measures_what_is_left_and_says_so(
    first, analyst, at, signed_in
):
    measure_again("stops", by=analyst, at=at, because="First.")
    sent = {"reason": "Wrong service."}
    answer = signed_in("analyst").post(f"/loads/{first.ref}/withdraw/", sent, follow=True)
    text = answer.content.decode()
    assert "The load is withdrawn." in text
    assert "No row is left to measure." in text
