"""``evenhand load`` as a person and as a script meets it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
import typer
from click.testing import Result
from openpyxl import load_workbook
from typer.testing import CliRunner

from evenhand.cli.load import load
from evenhand.core import UnreadableFile, UsageProblem
from evenhand.datasets.workforce import DATASETS, WorkforceLake
from evenhand.datasets.workforce.templates import list_guide, list_header, render_guide

FILES = Path(__file__).parents[2] / "contracts" / "workforce" / "files"
GOOD = str(FILES / "strength" / "good.csv")


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer()
    made.command()(load)
    return made


def invoke(app: typer.Typer, *arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, env={"COLUMNS": "200"})


def test_good_files_are_loaded_and_the_load_can_be_taken_out(
    app: typer.Typer, tmp_path: Path
) -> None:
    place = str(tmp_path / "lake")
    result = invoke(app, "strength", GOOD, "--lake", place, "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["rows_loaded"], found["clean"]) == (0, 5, True)
    listed = json.loads(invoke(app, "--list", "--lake", place, "--json").stdout)
    assert [(one["load"], one["rows"]) for one in listed["loads"]] == [(found["load"], 5)]
    taken = invoke(
        app, "strength", "--lake", place, "--withdraw", found["load"], "--reason", "wrong month"
    )
    assert taken.exit_code == 0
    assert WorkforceLake(tmp_path / "lake").list_loads("strength") == []


def test_the_report_comes_first_and_says_how_to_undo(app: typer.Typer, tmp_path: Path) -> None:
    result = invoke(app, "strength", GOOD, "--lake", str(tmp_path))
    assert result.output.index("5 rows read") < result.output.index("Loaded 5 rows of strength")
    assert "--withdraw" in result.output
    again = invoke(app, "strength", GOOD, "--lake", str(tmp_path))
    assert again.exit_code == 0
    assert "Nothing new to load" in again.output


def test_bad_rows_are_named_and_the_good_ones_loaded(app: typer.Typer, tmp_path: Path) -> None:
    bad = FILES / "movements" / "bad-end-on-31-november.csv"
    result = invoke(app, "movements", str(bad), "--lake", str(tmp_path))
    assert result.exit_code == 4
    assert "bad-end-on-31-november.csv, line 4, column “Planned end”" in result.output
    assert WorkforceLake(tmp_path).read("movements").num_rows == 2


def test_checking_loads_nothing(app: typer.Typer, tmp_path: Path) -> None:
    result = invoke(app, "strength", GOOD, "--check", "--lake", str(tmp_path))
    assert result.exit_code == 0
    assert "Nothing was loaded" in result.output
    assert not list(tmp_path.rglob("*.parquet"))


def test_checking_a_file_that_lacks_a_column_exits_as_the_contract_says(app: typer.Typer) -> None:
    broken = FILES / "strength" / "broken-no-grade.csv"
    assert invoke(app, "strength", str(broken), "--check").exit_code == 4


def test_a_file_that_is_not_there_is_refused(app: typer.Typer, tmp_path: Path) -> None:
    result = invoke(app, "strength", str(tmp_path / "none.csv"), "--lake", str(tmp_path))
    assert isinstance(result.exception, UnreadableFile)


@pytest.mark.parametrize(
    ("arguments", "rule"),
    [
        ([], "load-what"),
        (["strength"], "load-what"),
        (["horses", GOOD, "--check"], "dataset-exists"),
        (["strength", GOOD], "load-where"),
        (["strength", GOOD, "--check", "--mapping", "horses"], "mapping-exists"),
        (["strength", GOOD, "--check", "--mapping", "people-survey"], "mapping-of-dataset"),
        (["strength", "--withdraw", "abc", "--lake", "lake"], "withdraw-why"),
        (["--template", "horses"], "dataset-exists"),
        (["--simulate", "600"], "load-where"),
        (["--simulate", "6", "--lake", "lake"], "synthetic-workforce"),
    ],
)
def test_what_is_missing_is_asked_for(app: typer.Typer, arguments: list[str], rule: str) -> None:
    result = invoke(app, *arguments)
    assert isinstance(result.exception, UsageProblem)
    assert result.exception.rule == rule


def test_a_published_file_is_loaded_through_its_mapping(app: typer.Typer, tmp_path: Path) -> None:
    header = "date,force_name,sex,rank_description,worker_type,total_headcount,total_fte"
    (tmp_path / "a.csv").write_text(f"{header}\n2021-03-01,Kent,Female,Sergeant,police officer,4,4")
    result = invoke(
        app, "strength_published", str(tmp_path / "a.csv"), "--mapping", "home-office-workforce",
        "--lake", str(tmp_path / "lake"),
    )  # fmt: skip
    assert result.exit_code == 0
    (row,) = WorkforceLake(tmp_path / "lake").read("strength_published").to_pylist()
    assert (row["area"], row["grp"], row["heads"]) == ("kent", "female", 4)


def test_the_datasets_and_mappings_are_listed(app: typer.Typer) -> None:
    result = invoke(app, "--list")
    assert all(name in result.output for name in (*DATASETS, "home-office-arrests"))


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_template_is_a_file_its_own_contract_accepts(
    app: typer.Typer, tmp_path: Path, dataset: str
) -> None:
    assert invoke(app, "--template", dataset, "--out", str(tmp_path)).exit_code == 0
    for ending in ("csv", "xlsx"):
        result = invoke(app, dataset, str(tmp_path / f"{dataset}.{ending}"), "--check", "--json")
        found = json.loads(result.stdout)
        assert (result.exit_code, found["rows_read"], found["faults"]) == (0, 0, [])
    header = next(csv.reader((tmp_path / f"{dataset}.csv").read_text("utf-8-sig").splitlines()))
    assert tuple(header) == list_header(DATASETS[dataset])
    guide = (tmp_path / f"{dataset}-guide.md").read_text()
    assert all(f"`{row.column}`" in guide for row in list_guide(DATASETS[dataset]))


def test_the_guide_stands_in_the_workbook_and_says_what_a_cell_may_hold(
    app: typer.Typer, tmp_path: Path
) -> None:
    invoke(app, "--template", "strength", "--out", str(tmp_path))
    guide = load_workbook(tmp_path / "strength.xlsx")["Guide"]
    rows = {row[0]: row[1:] for row in guide.iter_rows(min_row=4, values_only=True)}
    assert rows["grade"][0] == "column needed, every cell filled"
    assert str(rows["grade"][3]).startswith("Constable; Sergeant")
    assert str(rows["sex"][3]).endswith("Prefer not to say; Not asked; Blank")
    assert "never a name" in str(rows["person"][2])


def test_a_template_overwrites_nothing(app: typer.Typer, tmp_path: Path) -> None:
    (tmp_path / "strength.csv").write_text("mine")
    result = invoke(app, "--template", "strength", "--out", str(tmp_path))
    assert isinstance(result.exception, UsageProblem)
    assert [path.name for path in tmp_path.iterdir()] == ["strength.csv"]
    assert (tmp_path / "strength.csv").read_text() == "mine"


def test_the_guide_in_the_reference_is_the_one_the_contract_gives() -> None:
    page = Path(__file__).parents[3] / "docs" / "reference" / "workforce-files.md"
    text = page.read_text(encoding="utf-8")
    for dataset in DATASETS.values():
        guide = render_guide(dataset).replace("# ", "## ", 1).strip()
        assert guide in text, f"run python tools/write_workforce_guide.py ({dataset.id})"


def test_a_made_up_workforce_is_loaded_whole_and_says_what_was_planted(
    app: typer.Typer, tmp_path: Path
) -> None:
    result = invoke(app, "--simulate", "500", "--seed", "3", "--lake", str(tmp_path), "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert len(found["planted"]) == 3
    strength = WorkforceLake(tmp_path).read("strength")
    assert found["loaded"]["strength"] == f"{strength.num_rows:,} rows (made up)"
    assert len(strength["month"].unique()) == 60
    listed = json.loads(invoke(app, "--list", "--lake", str(tmp_path), "--json").stdout)
    assert {load["dataset"] for load in listed["loads"]} == set(found["loaded"])


def test_the_report_is_written_as_a_page_that_names_each_fault(
    app: typer.Typer, tmp_path: Path
) -> None:
    bad, page = FILES / "movements" / "bad-end-on-31-november.csv", tmp_path / "report.html"
    result = invoke(app, "movements", str(bad), "--check", "--html", str(page))
    assert str(page) in result.output
    text = page.read_text(encoding="utf-8")
    assert f"<h1>{DATASETS['movements'].table.title}: what was found in 1 file</h1>" in text
    assert "a date that is not in the calendar" in text


def test_where_datasets_contradict_one_another_is_said_and_whom_it_is_about_is_written(
    app: typer.Typer, tmp_path: Path
) -> None:
    lake, out = tmp_path / "lake", tmp_path / "people.csv"
    invoke(app, "strength", GOOD, "--lake", str(lake))
    movements = str(FILES / "movements" / "good.csv")
    invoke(app, "movements", movements, "--lake", str(lake))
    result = invoke(app, "--compare", str(out), "--lake", str(lake))
    assert "are in no snapshot" in result.output
    with out.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert "left, and are counted in a later month" in {row["question"] for row in rows}
    assert rows[0]["person"]
    assert rows[0]["person"] not in result.output
