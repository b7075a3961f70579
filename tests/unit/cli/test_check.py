"""``evenhand check`` as a person and as a script meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from evenhand.cli.check import check
from evenhand.core import UnreadableFile

FILES = Path(__file__).parents[2] / "contracts" / "stops" / "files"


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer()
    made.command()(check)
    return made


def invoke(app: typer.Typer, *arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, env={"COLUMNS": "200"})


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("good", 0),
        ("warned-latitude-outside-uk", 0),
        ("bad-unknown-outcome", 4),
        ("broken-missing-column", 4),
        ("unreadable-html", 3),
    ],
)
def test_the_exit_code_says_which_class_of_thing_was_found(
    app: typer.Typer, name: str, code: int
) -> None:
    assert invoke(app, str(FILES / name)).exit_code == code


def test_a_missing_file_is_an_error_of_its_class(app: typer.Typer) -> None:
    assert isinstance(invoke(app, "nowhere.csv").exception, UnreadableFile)


def test_a_person_sees_the_line_the_column_and_the_rule(app: typer.Typer) -> None:
    text = invoke(app, str(FILES / "bad-unknown-outcome")).stdout
    assert "6 rows read = 5 good + 1 to be set aside" in text
    for part in ("“Sent home”", "Outcome", "code-known", "7"):
        assert part in text


def test_a_clean_file_is_said_to_be_clean_and_its_gaps_are_named(app: typer.Typer) -> None:
    text = invoke(app, str(FILES / "good")).stdout
    assert "Every row can be loaded." in text
    assert "kent: July 2020 has only 5 rows." in text


def test_a_script_gets_one_object_on_stdout(app: typer.Typer) -> None:
    found = json.loads(invoke(app, "--json", str(FILES / "bad-date-2099")).stdout)
    assert (found["rows_read"], found["rows_loaded"], found["rows_quarantined"]) == (6, 5, 1)
    (fault,) = found["faults"]
    assert (fault["rule"], fault["column"], fault["lines"]) == ("date-not-future", "Date", [7])
    assert found["files"][0]["rows_quarantined"] == 1
    assert {gap["rule"] for gap in found["gaps"]} == {"few-rows"}


def test_the_page_stands_alone_and_escapes_what_files_say(app: typer.Typer, tmp_path: Path) -> None:
    good = next((FILES / "good").iterdir()).read_text()
    odd = tmp_path / "2020-07-kent-stop-and-search.csv"
    odd.write_text(good.replace("Male", "<script>x</script>", 1))
    page = tmp_path / "report.html"
    assert invoke(app, "--html", str(page), str(odd)).exit_code == 4
    text = page.read_text()
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert "http" not in text
    assert '<html lang="en-GB">' in text
    assert not list(tmp_path.glob(".*"))
