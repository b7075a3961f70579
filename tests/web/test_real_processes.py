"""What only real processes show: a kill midway, two writers at once, the command that runs."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_database")]

PATIENCE = 300  # seconds: for a process that hangs, not for one that waits for a busy machine

SET_UP = """
import json, os, sys
os.environ |= {"EVENHAND_HOME": sys.argv[1], "DJANGO_SETTINGS_MODULE": "evenhand.web.settings"}
import django
django.setup()
from django.utils import timezone
from evenhand.web.accounts.queries import get_account
from evenhand.web.register.services import *
from evenhand.web.ledger.queries import get_head
from evenhand.web.ledger.models import Event
from evenhand.web.register.models import Recommendation
now = timezone.now()
"""
FOUND = """
import sys
from pathlib import Path
from evenhand.web.home import Home
from evenhand.web.starting import prepare
prepare(Home(Path(sys.argv[1])), demo=False, port=8000)
from django.utils import timezone
from evenhand.web.demo.cast import assemble
assemble(password="correct-horse-battery", at=timezone.now())
"""
IMPORT = (
    SET_UP
    + """
import random, time
from evenhand.web.demo.reports import REPORTS, build_plan
from evenhand.web.demo.wording import theme_kinds
from evenhand.web.ledger.batch import batched
from django.db import transaction
keeper = get_account("secretariat")
plan, _ = build_plan(REPORTS[1], today=now.date(), draw=random.Random(1))
with transaction.atomic():
    for ref, title, kind in theme_kinds():
        add_theme(ref=ref, title=title, kind=kind, by=keeper, at=now)
    open_inquiry(ref="inspection", title="I", by=keeper, at=now)
    accept_publication(plan=plan, by=keeper, at=now)
    print("midway", Recommendation.objects.count(), flush=True)
    if sys.argv[2] == "wait":
        time.sleep(60)
"""
)
COUNT = SET_UP + (
    "print(json.dumps([Recommendation.objects.count(), get_head().size, Event.objects.count()]))"
)
WRITE = (
    SET_UP
    + """
keeper = get_account("secretariat")
for n in range(25):
    retitle(recommendation=sys.argv[2], title=f"{sys.argv[3]} {n}", by=keeper, at=timezone.now())
"""
)


def _start(home: Path, code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, str(home), *arguments],
        stdout=subprocess.PIPE,
        text=True,
    )


def _run(home: Path, code: str, *arguments: str) -> str:
    with _start(home, code, *arguments) as process:
        out, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    return out


@pytest.fixture
def home(tmp_path: Path) -> Path:
    _run(tmp_path / "home", FOUND)
    return tmp_path / "home"


def test_a_kill_in_the_middle_of_an_import_leaves_nothing_of_it(home):
    before = json.loads(_run(home, COUNT))
    process = _start(home, IMPORT, "wait")
    assert process.stdout is not None
    assert process.stdout.readline().split() == ["midway", "169"]
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=10)
    process.stdout.close()
    assert json.loads(_run(home, COUNT)) == before
    assert "169" in _run(home, IMPORT, "go")
    recommendations, size, events = json.loads(_run(home, COUNT))
    assert recommendations == 169
    assert size == events > before[1]


def test_two_writers_at_once_lose_nothing_and_break_nothing(home):
    _run(home, IMPORT, "go")
    ref = _run(home, SET_UP + "print(Recommendation.objects.first().ref)").strip()
    before = json.loads(_run(home, COUNT))[1]
    writers = [_start(home, WRITE, ref, name) for name in ("one", "two")]
    for writer in writers:
        writer.communicate(timeout=PATIENCE)
        assert writer.returncode == 0
    _, size, events = json.loads(_run(home, COUNT))
    assert size == events == before + 50
    checked = SET_UP + (
        "from evenhand.web.ledger.export import render_export\n"
        "from evenhand.accountability.ledger import check_ledger\n"
        "print(check_ledger(render_export()).ok)"
    )
    assert _run(home, checked).strip() == "True"


def test_the_command_serves_and_says_how_to_sign_in(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = "from evenhand.cli.run import run; from pathlib import Path; import sys\n"
    call = f"run(home=Path(sys.argv[1]), port={port}, demo=False, as_json=True)"
    process = _start(tmp_path / "home", code + call)
    try:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        assert said["address"] == f"http://127.0.0.1:{port}/"
        assert said["sign_ins"] == {"admin": "Administrator"}
        assert said["password"]
        with urllib.request.urlopen(said["address"]) as page:
            assert page.status == 200
            assert "Sign in" in page.read().decode()
        with urllib.request.urlopen(f"{said['address']}static/register.css") as sheet:
            assert sheet.headers["Content-Type"].startswith("text/css")
    finally:
        process.terminate()
        process.communicate(timeout=20)
