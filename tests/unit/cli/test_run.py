"""``evenhand run`` hands over to the web application without importing it."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from evenhand.cli import run as module
from evenhand.cli.run import run
from evenhand.core import UsageProblem


@pytest.fixture
def handed_over(monkeypatch) -> list[list[str]]:
    calls: list[list[str]] = []
    monkeypatch.setattr(module.os, "execv", lambda _path, command: calls.append(command))
    return calls


def test_every_option_is_handed_over(handed_over, unused_port):
    run(home=Path("there"), port=unused_port, demo=False, as_json=True)
    [command] = handed_over
    port = str(unused_port)
    expected = ["evenhand.web", "--port", port, "--home", "there", "--no-demo", "--json"]
    assert command[2:] == expected


def test_a_port_that_is_taken_is_said_before_anything_is_made(handed_over):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UsageProblem, match="already in use"):
            run(home=None, port=taken.getsockname()[1], demo=True, as_json=False)
    assert handed_over == []


def test_the_command_line_carries_no_django():
    code = "import evenhand.cli.run, sys; print('django' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
