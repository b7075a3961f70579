"""``evenhand stats``: what it prints, what it hands to a script, and what it refuses."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from evenhand.cli.stats import stats
from evenhand.core import EvenhandError, UsageProblem

BERKELEY = """stratum,group,count,total
A,men,512,825\nA,women,89,108
B,men,353,560\nB,women,17,25
C,men,120,325\nC,women,202,593
D,men,138,417\nD,women,131,375
E,men,53,191\nE,women,94,393
F,men,22,373\nF,women,24,341
"""
SEARCHES = """unit,group,events,population
North,White,40,10000\nNorth,Black,0,300.5
South,White,0,4000\nSouth,Black,5,"1,200"
East,White,0,400\nEast,Black,0,100
"""
Write = Callable[[str], Path]


@pytest.fixture
def app() -> typer.Typer:
    single = typer.Typer(rich_markup_mode=None)
    single.command()(stats)
    return single


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def save(text: str | bytes) -> Path:
        path = tmp_path / "counts.csv"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return save


def printed(app: typer.Typer, *arguments: object) -> str:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    assert result.exit_code == 0, result.exception
    return result.stdout


def as_object(app: typer.Typer, *arguments: object) -> dict[str, Any]:
    return json.loads(printed(app, *arguments, "--json"))


def test_the_berkeley_table_reverses_once_departments_are_compared(app, write) -> None:
    found = as_object(app, write(BERKELEY))
    women = next(row for row in found["rows"] if row["group"] == "women")
    assert found["comparator"] == "men"
    assert women["ratio"]["value"] == pytest.approx(0.6818, abs=1e-4)
    assert women["odds"]["high"] < 1
    pooled = found["like_for_like"][0]
    assert pooled["ratio"]["value"] == pytest.approx(1.0583, abs=1e-4)
    assert pooled["strata"] == 6
    assert pooled["p"] == pytest.approx(0.2169, abs=1e-4)


def test_what_a_person_sees_names_the_methods_and_the_intervals(app, write) -> None:
    shown = printed(app, write(BERKELEY))
    assert "0.682 (0.628 to 0.739)" in shown
    assert "1.06 (0.97 to 1.15)" in shown
    assert "Koopman" in shown


def test_json_holds_no_nan_and_a_reason_for_every_missing_number(app, write) -> None:
    text = printed(app, write(SEARCHES), "--comparator", "White", "--json")
    assert "NaN" not in text
    assert "Infinity" not in text

    def check(value: object) -> None:
        if isinstance(value, dict):
            if "low" in value and value["value"] is None:
                assert value["reason"]
            for part in value.values():
                check(part)
        elif isinstance(value, list):
            for part in value:
                check(part)

    check(json.loads(text))


def test_a_comparator_without_events_gives_a_bound_to_print(app, write) -> None:
    found = as_object(app, write(SEARCHES), "--comparator", "White")
    south = next(r for r in found["rows"] if r["unit"] == "South" and r["group"] == "Black")
    assert south["ratio"]["value"] is None
    assert south["ratio"]["low"] > 1
    assert "lower bound" in south["ratio"]["reason"]
    assert "above " in printed(app, write(SEARCHES), "--comparator", "White")


def test_units_are_also_added_up_and_compared_like_for_like(app, write) -> None:
    found = as_object(app, write(SEARCHES))
    units = {row["unit"] for row in found["rows"]}
    assert units == {"North", "South", "East", "All units"}
    assert [row["unit"] for row in found["like_for_like"]] == ["All units"]
    assert found["family"] == 3  # East had no events in either group


def test_rates_are_per_the_number_asked_for(app, write) -> None:
    thousand = as_object(app, write(SEARCHES))["rows"][0]["rate"]["value"]
    one = as_object(app, write(SEARCHES), "--per", "1")["rows"][0]["rate"]["value"]
    assert thousand == pytest.approx(1000 * one) == pytest.approx(4.0)


def test_wider_confidence_gives_wider_intervals(app, write) -> None:
    at95 = as_object(app, write(BERKELEY))["rows"][1]["ratio"]
    at99 = as_object(app, write(BERKELEY), "--confidence", "0.99")["rows"][1]["ratio"]
    assert at99["low"] < at95["low"]
    assert at95["high"] < at99["high"]


def test_more_events_than_people_is_said_aloud(app, write) -> None:
    found = as_object(app, write("group,events,population\nA,10,1000\nB,305,200\n"))
    assert any("may not describe who was there" in note for note in found["notes"])


def test_a_group_name_with_square_brackets_is_shown_as_it_is(app, write) -> None:
    assert "[bold]A[/bold]" in printed(
        app, write("group,count,total\n[bold]A[/bold],1,5\nB,2,50\n")
    )


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffgroup,count,total\nA,1,5\nB,2,6\n",
        "Group , COUNT,Total\r\nA, 1 ,5\r\n\r\nB,2,6\r\n",
        "note,total,count,group\nx,5,1,A\ny,6,2,B\n",
    ],
)
def test_a_mark_of_byte_order_spaces_case_and_other_columns_are_no_fault(app, write, text) -> None:
    assert [row["count"] for row in as_object(app, write(text))["rows"]] == [1, 2]


def test_a_file_saved_by_an_old_spreadsheet_keeps_its_letters(app, write) -> None:
    found = as_object(app, write("group,count,total\nRomá,1,5\nB,2,6\n".encode("cp1252")))
    assert found["rows"][0]["group"] == "Romá"


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "rule"),
    [
        ("", 3, None, None, "file-is-not-empty"),
        ("group,count,total\n", 8, None, None, None),
        ("group,count\nA,1\n", 4, 1, None, "columns-present"),
        ("name,count,total\nA,1,2\n", 4, 1, None, "columns-present"),
        ("group,count,total,events,population\nA,1,2,1,2\n", 4, 1, None, "columns-present"),
        ("group,group,count,total\nA,A,1,2\n", 4, 1, None, "columns-are-named-once"),
        ("group,count,total\nA,5,3\nB,1,2\n", 4, 2, "count", "count-within-total"),
        ("group,count,total\nA,1,3\nB,-1,2\n", 4, 3, "count", "counts-are-whole"),
        ("group,count,total\nA,1,3\nB,1.5,2\n", 4, 3, "count", "counts-are-whole"),
        ("group,count,total\nA,1,3\nB,1,lots\n", 4, 3, "total", "counts-are-whole"),
        ("group,count,total\nA,1,3\nB,1,2.5\n", 4, 3, "total", "counts-are-whole"),
        ("group,events,population\nA,1,3\nB,1,-2.5\n", 4, 3, "population", "counts-are-whole"),
        ("group,events,population\nA,1,3\nB,1,nan\n", 4, 3, "population", "counts-are-whole"),
        ("group,count,total\nA,1,3\nB," + "9" * 5000 + ",2\n", 4, 3, "count", "counts-are-whole"),
        ("group,count,total\nA,1,3\n,1,2\n", 4, 3, "group", "names-are-filled-in"),
        ("group,count,total\nA,1,3\n\x1b[2J,1,2\n", 4, 3, "group", "names-are-printable"),
        ("group,count,total\nA,1,3\nB,1\n", 4, 3, None, "rows-are-whole"),
        ("group,count,total\nA,1,3\nA,1,3\nB,1,2\n", 4, 3, "group", "rows-are-unique"),
        ("group,count,total\nA,1,3\n", 4, None, "group", "two-groups-or-more"),
        ("unit,group,count,total\nN,A,1,3\nN,B,1,3\nS,A,1,3\n", 4, None, "group",
         "every-cell-has-a-row"),
        ('group,count,total\nA,"1,3\n', 3, 2, None, "csv-is-well-formed"),
        ("group,count,total\nA,\0,3\n", 3, None, None, "file-is-text"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_by_line_column_and_rule(
    app, write, text, code, line, column, rule
) -> None:
    error = CliRunner().invoke(app, [str(write(text))]).exception
    assert isinstance(error, EvenhandError)
    named = error.as_dict()
    assert named["file"].endswith("counts.csv")
    assert (error.exit_code, named["line"], named["column"], named["rule"]) == (
        code, line, column, rule,
    )  # fmt: skip


def test_every_fault_of_a_file_is_told_up_to_a_screenful(app, write) -> None:
    rows = "".join(f"G{i},{i}.5,9\n" for i in range(8))
    error = CliRunner().invoke(app, [str(write("group,count,total\n" + rows))]).exception
    assert str(error).count("is not a whole number") == 5
    assert "And 3 more." in str(error)


def test_a_missing_stratum_is_named_with_what_to_write(app, write) -> None:
    text = "stratum,group,count,total\nPC,A,1,3\nPC,B,1,3\nSgt,A,1,3\n"
    error = CliRunner().invoke(app, [str(write(text))]).exception
    assert "no row for group 'B' in stratum 'Sgt'" in str(error)
    assert "write a total of 0" in str(error)


def test_a_file_that_is_not_there_is_unreadable(app, tmp_path) -> None:
    error = CliRunner().invoke(app, [str(tmp_path / "none.csv")]).exception
    assert isinstance(error, EvenhandError)
    assert error.exit_code == 3


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--confidence", "95", "proportion between 0.5 and 1, not 95.0"),
        ("--comparator", "nobody", "The groups are: men, women"),
        ("--per", "0", "must be above 0"),
        ("--per", "nan", "must be above 0"),
    ],
)
def test_options_that_mean_nothing_are_refused(app, write, option, value, words) -> None:
    error = CliRunner().invoke(app, [str(write(BERKELEY)), option, value]).exception
    assert isinstance(error, UsageProblem)
    assert words in str(error)


def test_a_group_with_nobody_in_it_has_no_rate_and_stops_nothing(app, write) -> None:
    found = as_object(app, write("group,count,total\nA,10,100\nB,0,0\nC,0,40\n"))
    empty = found["rows"][1]
    assert empty["rate"]["value"] is None
    assert empty["rate"]["reason"] == "there is nobody in the denominator"
    assert math.isfinite(found["rows"][2]["ratio"]["high"])
