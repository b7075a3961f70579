"""The command for a timer: it lets verdicts lapse by rule, and says what no longer holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from evenhand.core import LedgerBroken, UsageProblem
from evenhand.web.home import Home
from evenhand.web.judgement import __main__ as command
from evenhand.web.judgement.queries import get_verdict

from .judging import Case


@pytest.fixture
def case(lamp, cast, at, monkeypatch, settings) -> Case:
    """A verdict on the record; the folder and tables are those of the test."""
    monkeypatch.setattr(command, "prepare", lambda *_, **__: None)
    settings.HOME.database.touch()
    return Case(cast, at).decided()


def test_it_lapses_at_a_past_day_what_the_rule_says_and_nothing_twice(case, settings):
    case.wait(60).record(70.0, low=66.0, high=74.0)
    [told] = command.run(settings.HOME, "lapse", on=case.on)["lapsed"]
    assert told["verdict"] == f"verdict:{case.verdict}"
    assert "Not met: 70" in told["why"]
    assert command.run(settings.HOME, "lapse", on=case.on) == {"lapsed": []}
    later = case.wait(2).view
    assert (get_verdict(case.verdict, as_of=later).state, later.past) == ("lapsed", False)


def test_a_day_that_has_not_come_and_a_folder_without_a_register_are_refused(
    case, settings, tmp_path
):
    with pytest.raises(UsageProblem, match="has not come"):
        command.run(settings.HOME, "lapse", on=case.on + timedelta(4000))
    with pytest.raises(UsageProblem, match="no register"):
        command.run(Home(tmp_path / "none"), "check", on=None)


def test_it_says_what_was_altered(case, settings):
    assert command.run(settings.HOME, "check", on=None) == {"lapsed": []}
    if connection.vendor != "sqlite":
        pytest.skip("drops triggers in the way of SQLite")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for [name] in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("UPDATE register_recommendation SET text = 'Other.'")
    with pytest.raises(LedgerBroken, match="altered since: text"):
        command.run(settings.HOME, "check", on=None)
