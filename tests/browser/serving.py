"""A small register in a folder, founded and served by processes of its own, at any later date."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

PASSWORD = "correct-horse-battery"
FOUND = f"""
import sys
from datetime import date
from pathlib import Path
from evenhand.web.home import Home
from evenhand.web.starting import prepare
home = Path(sys.argv[1])
prepare(Home(home), demo=False, port=8000)
from django.utils import timezone
from evenhand.accountability.scales import ACTIONED
from evenhand.web.demo.cast import assemble
from evenhand.web.register.plans import PublicationPlan, RecommendationPlan
from evenhand.web.register.services import accept_publication, open_inquiry
now = timezone.now()
users = assemble(password={PASSWORD!r}, at=now)
keeper = users["secretariat"]
open_inquiry(ref="lamp", title="Lamp Inquiry", by=keeper, at=now)
accept_publication(by=keeper, at=now, plan=PublicationPlan(
    ref="lamp-2020", inquiry="lamp", title="Lamp report", published_on=date(2020, 2, 3),
    scale=ACTIONED, recommendations=(
        RecommendationPlan("1", "Train every sergeant in fairness."),
        RecommendationPlan("2", "Publish searches monthly."),
    )))
"""
"""Founds the register of one report with two recommendations and the people of the demo."""

LATER = """
import runpy, sys
from datetime import timedelta
from django.utils import timezone
days, now = timedelta(int(sys.argv[1])), timezone.now
timezone.now = lambda: now() + days
sys.argv = sys.argv[2:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""
"""Runs a module as ``python -m`` does, some days from now: the register has one clock."""


class Register:
    """A register in its folder. It may be stopped, and started again on a later day."""

    def __init__(self, home: Path, found: str = FOUND) -> None:
        self.home = home
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        subprocess.run([sys.executable, "-c", found, str(home)], check=True, timeout=300)

    @property
    def address(self) -> str:
        """Where it is served."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, *, later: int = 0) -> None:
        """Serve it as ``evenhand run`` does, as if so many days had passed."""
        served = ["evenhand.web", "--port", str(self.port), "--no-demo"]
        self._server = subprocess.Popen(
            self._command(*served, later=later),
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{self.address}/accounts/sign-in/", timeout=5)
            except OSError:
                time.sleep(0.2)
            else:
                return
        self.stop()
        pytest.fail("the register did not start")

    def stop(self) -> None:
        """Stop serving."""
        self._server.terminate()
        self._server.wait(30)

    def run(self, *command: str, later: int = 0) -> str:
        """What a command of the register says, as if so many days had passed."""
        done = subprocess.run(
            self._command(*command, later=later),
            env=self._environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=120,
        )
        return done.stdout

    def _command(self, *command: str, later: int) -> list[str]:
        return [sys.executable, "-c", LATER, str(later), *command, "--home", str(self.home)]

    @property
    def _environment(self) -> dict[str, str]:
        return os.environ | {"EVENHAND_HOME": str(self.home)}


def verify_ledger(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """What ``evenhand ledger verify`` says of the files in a folder, as a page told to ask."""
    return subprocess.run(
        [Path(sys.executable).with_name("evenhand"), *command[1:]],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def type_before(days: int) -> str:
    """A day at least so long ago, as the keyboard gives it: alike whichever part comes first."""
    return _type(datetime.now(UTC).date() - timedelta(days), -1)


def type_after(days: int) -> str:
    """A day at least so long from now, as the keyboard gives it."""
    return _type(datetime.now(UTC).date() + timedelta(days), 1)


def _type(day: date, step: int) -> str:
    while day.day != day.month:
        day += timedelta(step)
    return f"{day:%d%m%Y}"
