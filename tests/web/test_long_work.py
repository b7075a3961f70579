"""Work that takes long: followed while it lasts, told when it fails, taken up again when killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evenhand.core import UsageProblem
from evenhand.datasets.durable import take
from evenhand.web.foundation.errors import NotThere
from evenhand.web.loads import jobs, queries
from evenhand.web.loads.carrying import load_confirmed
from evenhand.web.loads.jobs import JobKind, Teller, find_job, resume_job, start_job
from evenhand.web.loads.services import bring_files, confirm_load, withdraw_load

from .conftest import bring, put, tell_nobody

STOPS = Path(__file__).parents[1] / "contracts" / "stops" / "files" / "good"


@pytest.fixture
def file():
    path = next(STOPS.glob("*.csv"))
    return SimpleUploadedFile(path.name, path.read_bytes())


@pytest.fixture
def begun(settings):
    """Jobs that are ordered and begun by nobody: as they are the moment their process is killed."""
    settings.JOBS = "builtins.repr"


def _ask(client, job):
    return client.get(f"/loads/work/{job}/", headers={"Accept": "application/json"}).json()


def test_somebody_who_waits_sees_how_many_rows_were_read(begun, cast, signed_in):
    job = start_job(JobKind.CHECK, of="x", by="analyst")
    Teller(job)("reading", files=1, of=3, rows=12_345)
    held = take(jobs._folder(job) / "lock")
    try:
        client = signed_in("analyst")
        text = client.get(f"/loads/work/{job}/").content.decode()
        assert "12,345 rows, 1 of 3 files" in text
        assert _ask(client, job)["rows"] == 12_345
        assert _ask(client, job)["at_work"]
    finally:
        held.close()


def test_a_job_that_was_killed_is_said_to_be_and_can_be_taken_up_again(
    file, cast, analyst, signed_in, at, settings, django_capture_on_commit_callbacks
):
    ref = bring("stops", [file], by=analyst, at=at)
    confirm_load(brought=ref, by=analyst, at=at)
    settings.JOBS, here = "builtins.repr", settings.JOBS
    job = start_job(JobKind.LOAD, of=ref, by=analyst.username)
    client = signed_in("analyst")
    assert "was interrupted" in client.get(f"/loads/work/{job}/").content.decode()
    assert f"/loads/work/{job}/" in client.get(f"/loads/brought/{ref}/").content.decode()
    settings.JOBS = here
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"/loads/work/{job}/again/", follow=True)
    assert "rows are loaded" in answer.content.decode()
    assert queries.get_brought(ref).state == "loaded"


def test_what_a_killed_job_had_put_into_the_lake_is_recorded_and_not_loaded_twice(
    file, analyst, at, monkeypatch
):
    ref = bring("stops", [file], by=analyst, at=at)
    confirm_load(brought=ref, by=analyst, at=at)

    def die(**_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("evenhand.web.loads.carrying.record_load", die)
        with pytest.raises(KeyboardInterrupt):
            start_job(JobKind.LOAD, of=ref, by=analyst.username)
    job = jobs.find_latest(ref)
    assert job.interrupted
    resume_job(job.order.id)
    assert not find_job(job.order.id).failed
    load = queries.get_brought(ref).load
    assert load
    assert queries.list_unrecorded("stops", as_of=queries.AsOf.now(at)) == []


def test_a_load_that_was_withdrawn_is_brought_back_although_its_job_was_killed_on_the_way(
    file, analyst, at, monkeypatch, django_capture_on_commit_callbacks
):
    content = file.read()
    sent = [SimpleUploadedFile(file.name, content) for _ in range(2)]
    first = put(bring("stops", sent[:1], by=analyst, at=at), by=analyst, at=at)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_load(load=first.ref, reason="The wrong month.", by=analyst, at=at)
    ref = bring("stops", sent[1:], by=analyst, at=at)
    confirm_load(brought=ref, by=analyst, at=at)

    def die(**_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("evenhand.web.loads.carrying.record_load", die)
        with pytest.raises(KeyboardInterrupt):
            load_confirmed(ref, by=analyst, tell=tell_nobody, clock=lambda: at)
    later = at + timedelta(seconds=1)
    load = load_confirmed(ref, by=analyst, tell=tell_nobody, clock=lambda: later)
    assert load.ref == first.ref
    assert load.stands
    assert queries.get_brought(ref).state == "loaded"


def test_an_unforeseen_failure_is_told_without_its_words(file, analyst, at, monkeypatch, caplog):
    def fail(*_args, **_more):
        raise ValueError("Jane Example")

    ref = bring_files(dataset="stops", files=[file], by=analyst, at=at).ref
    monkeypatch.setattr("evenhand.web.loads.carrying.check_brought", fail)
    found = find_job(start_job(JobKind.CHECK, of=ref, by=analyst.username))
    assert found.failed
    assert "ValueError" in caplog.text
    assert "Jane" not in caplog.text + found.state.problem


@pytest.mark.parametrize("name", ["..", "nothing", "../../register.sqlite3", ""])
def test_a_job_that_there_is_not_is_not_found(name, cast):
    with pytest.raises(NotThere):
        find_job(name)


def test_files_of_another_format_are_told_with_what_to_do(cast, signed_in):
    sent = {"dataset": "strength", "chosen": SimpleUploadedFile("people.csv", b"a,b\n1,2\n")}
    text = signed_in("analyst").post("/loads/bring/", sent, follow=True).content.decode()
    assert "people.csv" in text
    assert "column" in text


def test_a_dataset_that_there_is_not_is_refused_before_a_file_is_kept(file, analyst, at, settings):
    with pytest.raises(UsageProblem, match="no such dataset"):
        bring_files(dataset="spies", files=[file], by=analyst, at=at)
    assert not (settings.HOME.folder / "brought").exists()


FOUND = """
import json, sys, time
from pathlib import Path
from evenhand.web.home import Home
from evenhand.web.starting import prepare
prepare(Home(Path(sys.argv[1])), demo=False, port=0)
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from evenhand.web.demo.cast import assemble
from evenhand.web.accounts.queries import get_account
assemble(password="correct-horse-battery", at=timezone.now())
from evenhand.web.loads.jobs import JobKind, find_job, start_job
from evenhand.web.loads.queries import get_brought
from evenhand.web.loads.services import bring_files
path = Path(sys.argv[2])
file = SimpleUploadedFile(path.name, path.read_bytes())
by = get_account("analyst")
ref = bring_files(dataset="stops", files=[file], by=by, at=timezone.now()).ref
job = start_job(JobKind.CHECK, of=ref, by="analyst")
seen = find_job(job).at_work
while find_job(job).at_work:
    time.sleep(0.05)
print(json.dumps({"seen": seen, "state": get_brought(ref).state, "failed": find_job(job).failed}))
"""


@pytest.mark.slow
@pytest.mark.usefixtures("own_database")
def test_a_job_runs_in_a_process_of_its_own(tmp_path):
    home = tmp_path / "elsewhere"
    environment = os.environ | {"EVENHAND_HOME": str(home)}
    command = [sys.executable, "-c", FOUND, str(home), str(next(STOPS.glob("*.csv")))]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == {"seen": True, "state": "waiting", "failed": False}
