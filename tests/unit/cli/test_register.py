"""``evenhand register import``: what is handed to the register, and what is refused first."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evenhand.cli import register as module

Call = Callable[..., Any]


@pytest.fixture
def handed_over(monkeypatch) -> list[list[str]]:
    calls: list[list[str]] = []
    monkeypatch.setattr(module.os, "execv", lambda _path, command: calls.append(command[1:]))
    return calls


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "-report.txt"
    path.write_text("Recommendation 1\nTrain every team.\n", encoding="utf-8")
    return path


def test_every_option_is_handed_over(evenhand: Call, handed_over, report):
    options = {
        "--by": "keeper", "--home": "there", "--inquiry": "lamp", "--new-inquiry": "Lamp",
        "--ref": "lamp-2020", "--title": "Lamp", "--date": "2020-02-03", "--scale": "actioned",
    }  # fmt: skip
    given = [part for pair in options.items() for part in pair]
    evenhand("register", "import", *given, "--makes-none", "--yes", "--json", report)
    assert handed_over == [
        ["-m", "evenhand.web.imports", *(f"{k}={v}" for k, v in options.items()),
         "--makes-none", "--yes", "--json", "--", str(report)],
    ]  # fmt: skip


def test_what_is_not_given_is_left_to_the_register(evenhand: Call, handed_over, report):
    evenhand("register", "import", "--by", "keeper", report)
    assert handed_over == [["-m", "evenhand.web.imports", "--by=keeper", "--", str(report)]]


def test_a_preview_starts_no_register(evenhand: Call, handed_over, report):
    said = evenhand("register", "import", "--preview", "--json", report).said
    assert len(said["recommendations"]) == 1
    assert handed_over == []


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ([], "commands-name-who-acts"),
        (["--by", "keeper", "--date", "3 February"], "dates-are-days"),
    ],
)
def test_what_cannot_be_right_is_refused_before_anything_starts(
    evenhand: Call, handed_over, report, given, rule
):
    ended = evenhand("register", "import", report, *given, "--json")
    assert (ended.code, ended.said["error"]["rule"]) == (2, rule)
    assert handed_over == []


def test_a_file_that_cannot_be_opened_is_named(evenhand: Call, handed_over, tmp_path):
    ended = evenhand("register", "import", tmp_path / "none.txt", "--by", "keeper", "--json")
    assert (ended.code, ended.said["error"]["rule"]) == (3, "file-opens")
    assert handed_over == []


def test_the_command_line_carries_no_django():
    code = "import evenhand.cli.register, sys; print('django' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
