"""The command itself: its help, its laziness, and one JSON object from every sub-command."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evenhand.cli.app import COMMANDS
from evenhand.core import errors

Call = Callable[..., Any]
HEAVY = ("duckdb", "pyarrow", "scipy", "numpy", "django", "pandas", "polars", "sqlglot", "jinja2")


def test_the_help_lists_every_command_and_imports_none_of_them() -> None:
    probe = (
        "import sys, json\n"
        "from evenhand.cli import main\n"
        "sys.argv = ['evenhand', '--help']\n"
        "try:\n    main()\n"
        "except SystemExit as ended:\n"
        "    print('\\n' + json.dumps([ended.code, sorted(sys.modules)]))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True, timeout=60
    )
    text, _, last = ran.stdout.rstrip().rpartition("\n")
    code, modules = json.loads(last)
    assert code == 0
    for name, (_, summary) in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(summary)}$", text, re.M), name
    assert not {name.partition(".")[0] for name in modules} & set(HEAVY)
    theirs = {place.partition(":")[0] for place, _ in COMMANDS.values()}
    assert not theirs & set(modules)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_where_the_list_says(name: str) -> None:
    module, _, attribute = COMMANDS[name][0].partition(":")
    assert getattr(importlib.import_module(module), attribute)


def test_without_a_command_the_help_is_shown(evenhand: Call) -> None:
    ended = evenhand()
    assert ended.code == 2
    assert "Commands:" in ended.out + ended.err


def test_an_unknown_command_is_wrong_use(evenhand: Call) -> None:
    assert evenhand("frobnicate").code == 2
    assert evenhand("frobnicate", "--json").said["error"]["kind"] == "usage"


def test_every_class_of_error_has_an_exit_code_of_its_own() -> None:
    classes = errors.EvenhandError.__subclasses__()
    codes = [each.exit_code for each in classes]
    assert len(set(codes)) == len(codes)
    assert 0 not in codes
    assert all(code < 64 for code in codes)  # 64 and up have meanings of their own (sysexits.h)
    assert len({each.kind for each in classes}) == len(classes)


@pytest.fixture
def counts(tmp_path: Path) -> Path:
    path = tmp_path / "counts.csv"
    path.write_text("group,count,total\nWhite,10,100\nBlack,9,40\n", encoding="utf-8")
    return path


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(
        "RECOMMENDATIONS\n\n1. The service should publish its figures every month.\n\n"
        "2. The service should record why each person was searched.\n",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize(
    "command",
    [
        ["check", "{archive}"],
        ["measure", "{archive}", "--out", "{tmp}/site"],
        ["codelist"],
        ["codelist", "ethnicity-2011"],
        ["stats", "{counts}"],
        ["register", "import", "{report}", "--preview"],
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_every_command_prints_one_object_and_nothing_else_for_a_script(
    evenhand: Call, archive: Path, counts: Path, report: Path, tmp_path: Path, command: list[str]
) -> None:
    places = {"archive": archive, "counts": counts, "report": report, "tmp": tmp_path}
    ended = evenhand(*(part.format(**places) for part in command), "--json")
    assert ended.code == 0, ended.err
    assert ended.said


@pytest.mark.parametrize(
    "command",
    [
        ["check", "{none}"], ["measure", "{none}"], ["codelist", "{none}"], ["stats", "{none}"],
        ["register", "import", "{none}"], ["serve", "{none}"], ["ledger", "verify", "{none}"],
    ],
    ids=lambda command: command[0],
)  # fmt: skip
def test_every_command_tells_a_script_what_went_wrong_in_one_object(
    evenhand: Call, tmp_path: Path, command: list[str]
) -> None:
    none = str(tmp_path / "nowhere")
    ended = evenhand(*(part.format(none=none) for part in command), "--json")
    assert ended.code not in (0, 1)
    assert ended.said["error"]["exit_code"] == ended.code


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_and_how_to_get_json(evenhand: Call, name: str) -> None:
    ended = evenhand(name, "--help")
    assert ended.code == 0
    assert f"Usage: evenhand {name}" in ended.out
    assert "--json" in ended.out or "Commands:" in ended.out
