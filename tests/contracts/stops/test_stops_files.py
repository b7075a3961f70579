"""Good and bad files of stops: each folder of ``files`` is named for what is the matter with it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pytest

from evenhand.core import ContractBroken, UnreadableFile
from evenhand.datasets import Lake, QualityReport, check_files, load_stops

FILES = Path(__file__).parent / "files"
AT = dt.datetime(2021, 1, 1, tzinfo=dt.UTC)
GOOD_ROWS = 5


def names(prefix: str) -> list[str]:
    return sorted(folder.name for folder in FILES.iterdir() if folder.name.startswith(prefix))


def check(name: str) -> QualityReport:
    return check_files([FILES / name], at=AT)


def rows_of(lake: Lake) -> list[tuple[object, ...]]:
    with duckdb.connect() as engine:
        columns = "* EXCLUDE (file, file_month, line, fingerprint)"
        return sorted(lake.relation(engine).project(columns).fetchall(), key=repr)


def test_every_file_is_used_by_a_test_of_its_kind() -> None:
    kinds = [n for k in ("good", "bad-", "warned-", "broken-", "unreadable-") for n in names(k)]
    assert sorted(kinds) == sorted(folder.name for folder in FILES.iterdir())


@pytest.mark.parametrize("name", names("good"))
def test_a_good_file_loses_no_row_and_breaks_no_rule(name: str) -> None:
    report = check(name)
    assert report.is_clean
    assert report.rows_read == report.rows_loaded
    assert {fault.rule for fault in report.faults} <= {"column-named"}


@pytest.mark.parametrize(
    "name",
    [n for n in names("good-") if n not in ("good-older-frame", "good-header-only")],
)
def test_the_same_rows_under_other_bytes_load_the_same(name: str, tmp_path: Path) -> None:
    plain, other = Lake(tmp_path / "plain"), Lake(tmp_path / "other")
    load_stops([FILES / "good"], lake=plain, at=AT)
    load_stops([FILES / name], lake=other, at=AT)
    assert rows_of(plain) == rows_of(other)
    assert len(rows_of(plain)) == GOOD_ROWS


@pytest.mark.parametrize(
    "name",
    [n for n in names("good-") if n not in ("good-older-frame", "good-header-only")],
)
def test_the_same_rows_under_other_bytes_are_set_aside(name: str, tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    load_stops([FILES / "good"], lake=lake, at=AT)
    before = rows_of(lake)
    load = load_stops([FILES / name], lake=lake, at=AT)
    assert (load.id, load.rows_loaded, load.rows_quarantined) == ("", 0, GOOD_ROWS)
    assert load.report.files[0].twin_of == "2020-07-kent-stop-and-search.csv"
    assert rows_of(lake) == before


# rule, column, lines, what was found
BAD = {
    "bad-unknown-outcome": ("code-known", "Outcome", (7,), "“Sent home”"),
    "bad-unknown-ethnicity": ("code-known", "Self-defined ethnicity", (7,), "“Martian (X9)”"),
    "bad-unknown-type": ("code-known", "Type", (7,), "“Drone search”"),
    "bad-flag": ("flag-known", "Outcome linked to object of search", (7,), "“maybe”"),
    "bad-date-2099": ("date-not-future", "Date", (7,), "a date in 2099"),
    "bad-date-before-power": ("date-not-before-power", "Date", (7,), "a date in 1970"),
    "bad-date-day-first": ("date-readable", "Date", (7,), "a date with the day or month first"),
    "bad-date-blank": ("date-present", "Date", (7,), "blank"),
    "bad-date-does-not-exist": (
        "date-readable", "Date", (7,), "a date or time that does not exist",
    ),
    "bad-latitude-is-text": ("number-readable", "Latitude", (7,), "text that is no number"),
    "bad-field-count": ("field-count", "", (7, 8), "more or fewer cells than the header"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_row_is_set_aside_by_line_column_and_rule(name: str) -> None:
    rule, column, lines, found = BAD[name]
    report = check(name)
    (fault,) = report.faults
    assert (fault.rule, fault.column, fault.lines, fault.found) == (rule, column, lines, found)
    assert fault.count == len(lines)
    assert report.rows_quarantined == len(lines)
    assert report.rows_read == report.rows_loaded + report.rows_quarantined
    assert not report.is_clean


def test_every_bad_file_has_its_expectation() -> None:
    assert set(names("bad-")) == set(BAD) | {"bad-two-faults-in-a-row"}


def test_a_row_with_two_faults_is_counted_once_and_both_are_named(tmp_path: Path) -> None:
    report = check("bad-two-faults-in-a-row")
    assert {fault.rule for fault in report.faults} == {"date-not-future", "code-known"}
    assert (report.rows_read, report.rows_quarantined) == (6, 1)
    load = load_stops([FILES / "bad-two-faults-in-a-row"], lake=Lake(tmp_path), at=AT)
    with duckdb.connect() as engine:
        path = str(tmp_path / "loads" / load.id / "quarantine.parquet")
        rows = engine.read_parquet(path).order("rule").fetchall()
    file = "2020-07-kent-stop-and-search.csv"
    assert rows == [
        (file, 7, "Gender", "code-known", "“Robot”", 0),
        (file, 7, "Date", "date-not-future", "a date in 2099", 1),
    ]


WARNED = {
    "warned-latitude-outside-uk": ("place-in-uk", 6),
    "warned-cp1252": ("encoding", 5),
    "warned-unknown-legislation": ("word-known", 6),
    "warned-unknown-column": ("column-known", 5),
    "warned-quote-never-closed": ("quotes-closed", 5),
}


@pytest.mark.parametrize("name", names("warned-"))
def test_a_warning_keeps_every_row(name: str) -> None:
    rule, rows = WARNED[name]
    report = check(name)
    assert rule in {fault.rule for fault in report.faults}
    assert {fault.severity for fault in report.faults} == {"warning"}
    assert (report.rows_loaded, report.rows_quarantined) == (rows, 0)
    assert report.is_clean


def test_an_unknown_power_is_counted_as_other(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    load_stops([FILES / "warned-unknown-legislation"], lake=lake, at=AT)
    with duckdb.connect() as engine:
        found = lake.relation(engine).filter("legislation = 'other'").fetchall()
    assert len(found) == 1


@pytest.mark.parametrize(
    ("name", "column", "rule"),
    [
        ("broken-missing-column", "Outcome", "column-required"),
        ("broken-column-twice", "Gender", "column-once"),
    ],
)
def test_a_broken_contract_names_the_column(
    name: str, column: str, rule: str, tmp_path: Path
) -> None:
    with pytest.raises(ContractBroken) as caught:
        load_stops([FILES / name], lake=Lake(tmp_path), at=AT)
    assert (caught.value.column, caught.value.rule) == (column, rule)
    assert caught.value.file == "2020-07-kent-stop-and-search.csv"
    assert not Lake(tmp_path).list_loads()
    (error,) = check(name).errors
    assert str(error) == str(caught.value)


@pytest.mark.parametrize("name", names("unreadable-"))
def test_what_is_no_csv_is_refused_by_name(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        load_stops([FILES / name], lake=Lake(tmp_path), at=AT)
    assert caught.value.file == "2020-07-kent-stop-and-search.csv"
    assert caught.value.rule in {"not-empty", "utf-8", "is-csv"}
    assert not Lake(tmp_path).list_loads()


def test_blank_and_not_stated_stay_two_codes(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    load_stops([FILES / "good-older-frame"], lake=lake, at=AT)
    with duckdb.connect() as engine:
        found = (
            lake.relation(engine).order('"at"').project("self_defined, frame, outcome").fetchall()
        )
    assert found == [
        ("W1", "ethnicity-2001", "arrest"),
        ("NS", "ethnicity-2001", "no-further-action"),
        ("NR", "ethnicity-2001", "arrest"),
    ]
