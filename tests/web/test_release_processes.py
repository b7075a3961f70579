"""What only real processes show: a kill in the middle of a release leaves nothing of it public."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SET_UP = """
import json, os, sys, time
os.environ |= {"EVENHAND_HOME": sys.argv[1], "DJANGO_SETTINGS_MODULE": "evenhand.web.settings"}
import django
django.setup()
from django.utils import timezone
from evenhand.web.accounts.queries import get_account
from evenhand.web.ledger.queries import get_head
from evenhand.web.releases import services, writing
from evenhand.web.releases.services import publishing
from evenhand.web.releases.gathering import Asked
from evenhand.web.releases.models import FrozenRecord, FrozenRelease
from evenhand.web.releases.queries.proposals import list_proposals
now = timezone.now()
"""
FOUND = """
import random, sys
from datetime import timedelta
from pathlib import Path
from evenhand.web.home import Home
from evenhand.web.starting import prepare
prepare(Home(Path(sys.argv[1])), demo=False, port=8000)
from django.utils import timezone
from evenhand.web.demo.cast import assemble
from evenhand.web.demo.reports import REPORTS, build_plan
from evenhand.web.demo.wording import theme_kinds
from evenhand.web.ledger.batch import batched
from evenhand.web.register.services import *
from evenhand.web.releases.gathering import Asked
from evenhand.web.releases.services import propose_release
now = timezone.now()
keeper = assemble(password="correct-horse-battery", at=now - timedelta(9))["secretariat"]
plan, _ = build_plan(REPORTS[1], today=now.date(), draw=random.Random(1))
with batched():
    for ref, title, kind in theme_kinds():
        add_theme(ref=ref, title=title, kind=kind, by=keeper, at=now)
    open_inquiry(ref="inspection", title="I", by=keeper, at=now)
    accept_publication(plan=plan, by=keeper, at=now)
asked = Asked(publications=(plan.ref,))
said = {"title": "t", "statement": "s", "reasons": "r"}
propose_release(asked=asked, by=keeper, at=timezone.now(), **said)
"""
APPROVE = (
    SET_UP
    + """
if sys.argv[2] == "wait":
    def write(*arguments):
        row = writing.write_frozen(*arguments)
        print("midway", FrozenRecord.objects.count(), flush=True)
        time.sleep(60)
        return row
    publishing.write_frozen = write
services.approve_release(release=list_proposals()[0].ref, by=get_account("member"), at=now)
"""
)
COUNT = SET_UP + (
    "print(json.dumps([FrozenRelease.objects.count(), FrozenRecord.objects.count(),"
    " get_head().size, list_proposals()[0].state]))"
)


def _start(home: Path, code: str, *arguments: str) -> subprocess.Popen[str]:
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return subprocess.Popen(
        [sys.executable, "-c", code, str(home), *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )


def _run(home: Path, code: str, *arguments: str) -> str:
    process = _start(home, code, *arguments)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return out


def test_a_kill_in_the_middle_of_a_release_leaves_nothing_and_the_next_try_all(tmp_path):
    home = tmp_path / "home"
    _run(home, FOUND)
    before = json.loads(_run(home, COUNT))
    assert before[:2] == [0, 0]
    process = _start(home, APPROVE, "wait")
    assert process.stdout is not None
    assert process.stdout.readline().split() == ["midway", "169"]
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=10)
    process.stdout.close()
    assert json.loads(_run(home, COUNT)) == before
    _run(home, APPROVE, "go")
    assert json.loads(_run(home, COUNT)) == [1, 169, before[2] + 1, "released"]
