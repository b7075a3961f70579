"""``evenhand codelist`` as a person and as a script meets it."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from evenhand.cli.codelist import codelist
from evenhand.core import CodelistRefused, UsageProblem


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer()
    made.command()(codelist)
    return made


def printed(app: typer.Typer, *arguments: str) -> str:
    result = CliRunner().invoke(app, arguments, env={"COLUMNS": "200"})
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


def test_with_no_argument_every_codelist_is_listed(app: typer.Typer) -> None:
    text = printed(app)
    for list_id in ("ethnicity-2001", "ethnicity-2021", "local-authority", "characteristic"):
        assert list_id in text


def test_one_codelist_is_shown_with_its_codes_and_source(app: typer.Typer) -> None:
    text = printed(app, "ethnicity-2011")
    assert "Gypsy or Irish Traveller" in text
    assert "Census 2011" in text
    assert "Maps to: ethnicity-2001" in text


def test_a_mapping_is_shown_with_what_it_loses(app: typer.Typer) -> None:
    text = printed(app, "ethnicity-2021", "--to", "ethnicity-2011")
    assert "Roma and Any other White background can no longer be told apart" in text


def test_a_mapping_without_loss_says_so(app: typer.Typer) -> None:
    assert "Nothing is lost." in printed(app, "outcome-2017", "--to", "outcome")


def test_an_impossible_mapping_is_refused_with_exit_code_6(app: typer.Typer) -> None:
    with pytest.raises(CodelistRefused) as refused:
        printed(app, "ethnicity-2001", "--to", "ethnicity-2011")
    assert refused.value.exit_code == 6


def test_a_target_without_a_start_is_a_mistake_of_use(app: typer.Typer) -> None:
    with pytest.raises(UsageProblem, match="--to needs"):
        printed(app, "--to", "ethnicity-2011")


def test_json_is_one_object_on_stdout_for_each_of_the_three_uses(app: typer.Typer) -> None:
    catalogue = json.loads(printed(app, "--json"))
    assert {"id", "title", "source", "size"} <= catalogue["codelists"][0].keys()
    assert {"from": "ethnicity-2021", "to": "ethnicity-2011"} in catalogue["mappings"]
    shown = json.loads(printed(app, "ethnicity-2001", "--json"))
    assert shown["codes"][0] == {
        "code": "W1",
        "label": "White British",
        "broad": "white",
        "kind": "value",
    }
    assert shown["spellings"]["Not Stated (NS)"] == "NS"
    mapped = json.loads(printed(app, "ethnicity-2011", "--to", "ethnicity-2001", "--json"))
    assert {"from": "W3", "to": "W9"} in mapped["pairs"]
    assert mapped["losses"]
