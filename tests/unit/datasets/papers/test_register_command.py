"""``evenhand register import``: what it prints, and what it refuses."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from evenhand.cli.register import register
from evenhand.core import EvenhandError, UnreadableFile, UsageProblem

PAPER = """Fair Ground Review

Report: 7
Date: 4 May 2021

Recommendation 1
Train everyone. This means:

(a) new officers [first]

Progress so far

Two groups.

(b) managers

Action completed.
"""


@pytest.fixture
def run(tmp_path):
    def runner(*options, text=PAPER):
        file = tmp_path / "paper.txt"
        file.write_text(text, encoding="utf-8")
        return CliRunner().invoke(register, ["import", str(file), *options])

    return runner


def test_the_preview_as_json_has_the_promised_shape(run):
    result = run("--preview", "--json")
    assert result.exit_code == 0
    draft = json.loads(result.stdout)
    first, second = draft["recommendations"][0]["items"]
    assert {"label", "text", "completed", "progress", "challenges", "next_steps"} <= set(first)
    assert (first["label"], first["progress"], first["completed"]) == ("a", "Two groups.", False)
    assert second["completed"] is True
    assert draft["counts"]["items"] == 2
    assert {"rule", "where", "understood", "why", "check"} <= set(draft["doubts"][0])


def test_the_preview_for_a_person_shows_items_and_what_to_check(run):
    result = run("--preview")
    assert "1 recommendations, 2 sub-items" in result.stdout
    assert "(a) new officers [first]  [progress]" in result.stdout
    assert "(b) managers  [completed]" in result.stdout
    assert "To check" in result.stdout


def test_applying_without_saying_who_acts_is_refused_with_what_to_do_instead(run):
    result = run()
    assert isinstance(result.exception, UsageProblem)
    assert result.exception.rule == "commands-name-who-acts"
    assert "--by" in result.exception.remedy
    assert "--preview" in result.exception.remedy


def test_an_absent_file_and_an_empty_one_are_clear_errors(run, tmp_path):
    result = run("--preview", text="")
    assert isinstance(result.exception, EvenhandError)
    missing = CliRunner().invoke(register, ["import", str(tmp_path / "no.txt"), "--preview"])
    assert isinstance(missing.exception, UnreadableFile)
    assert missing.exception.rule == "file-opens"


def test_a_file_of_two_hundred_mebibytes_is_refused_before_it_is_read(tmp_path):
    file = tmp_path / "film.pdf"
    with file.open("wb") as out:
        out.truncate(200 * 1024 * 1024)  # sparse: takes no room
    result = CliRunner().invoke(register, ["import", str(file), "--preview"])
    assert isinstance(result.exception, UnreadableFile)
    assert result.exception.rule == "paper-size"
