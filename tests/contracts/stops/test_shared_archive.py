"""The real archive of 2018 to 2020 and the known defects of published files."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from evenhand.datasets import STOPS_CUBE, Cube, Gap, Lake, Load, build_cube, check_files, load_stops

STOPS = Path(__file__).resolve().parents[4] / "shared" / "data" / "stops"
ARCHIVE = STOPS / "police-uk-archive-2018-2020.zip"
DEFECTS = STOPS / "defects"
AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.slow,
    pytest.mark.skipif(
        not ARCHIVE.exists(), reason="needs ../shared/data/stops beside the repository"
    ),
]


@dataclass(frozen=True)
class Archive:
    lake: Lake
    load: Load
    cube: Cube

    def gaps(self, rule: str, service: str) -> list[Gap]:
        return [g for g in self.load.report.gaps if (g.rule, g.service) == (rule, service)]

    def one(self, sql: str) -> tuple[object, ...]:
        with duckdb.connect() as engine:
            row = self.lake.relation(engine).query("stops", sql).fetchone()
            assert row is not None
            return row


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    lake = Lake(tmp_path_factory.mktemp("archive"))
    load = load_stops([ARCHIVE], lake=lake, at=AT)
    return Archive(lake, load, build_cube(lake, STOPS_CUBE))


def test_every_row_of_every_file_is_accounted_for(archive: Archive) -> None:
    report = archive.load.report
    assert len(report.files) == 1024
    assert report.rows_read == 796_477
    assert (report.rows_loaded, report.rows_quarantined) == (796_477, 0)
    with zipfile.ZipFile(ARCHIVE) as opened:
        for file in report.files:
            text = io.TextIOWrapper(opened.open(file.name), encoding="utf-8", newline="")
            assert file.rows_read == sum(1 for _ in csv.reader(text)) - 1
            assert file.rows_read == file.rows_loaded + file.rows_quarantined
    assert archive.one("SELECT count(*), count(DISTINCT file) FROM stops") == (796_477, 1024)


def test_loading_the_archive_again_changes_no_figure(archive: Archive) -> None:
    again = load_stops([ARCHIVE], lake=archive.lake, at=AT)
    assert (again.id, again.rows_loaded, again.rows_quarantined) == ("", 0, 796_477)
    assert build_cube(archive.lake, STOPS_CUBE).table.equals(archive.cube.table)


def test_the_cube_holds_every_row_once_in_every_set(archive: Archive) -> None:
    vehicles = archive.one("SELECT count(*) FROM stops WHERE subject = 'vehicle'")[0]
    assert vehicles == 22_818
    for group in STOPS_CUBE.sets:
        cells = archive.cube.cells(*group)
        assert sum(cells["vehicle_only"].to_pylist()) == vehicles
        assert sum(cells["searches"].to_pylist()) == 796_477 - 22_818


def test_the_cube_agrees_with_counting_the_rows_by_hand(archive: Archive) -> None:
    cells = archive.cube.cells("service", "unit", "repeat", "frame", "self_defined", "officer")
    found = {
        (c["service"], c["repeat"], c["self_defined"], c["officer"]): (
            c["searches"], c["arrests"], c["linked"], c["linked_known"], c["stripped"],
        )
        for c in cells.to_pylist()
    }  # fmt: skip
    with duckdb.connect() as engine:
        rows = (
            archive.lake.relation(engine)
            .query(
                "stops",
                """SELECT service, least(repeat, 1), self_defined, officer,
                count(*) FILTER (subject != 'vehicle'),
                count(*) FILTER (subject != 'vehicle' AND outcome = 'arrest'),
                count(*) FILTER (subject != 'vehicle' AND linked),
                count(linked) FILTER (subject != 'vehicle'),
                count(*) FILTER (subject != 'vehicle' AND stripped)
                FROM stops GROUP BY 1, 2, 3, 4""",
            )
            .fetchall()
        )
    assert found == {row[:4]: row[4:] for row in rows}


def test_repeats_are_those_of_comparing_the_raw_lines(archive: Archive) -> None:
    assert archive.load.rows_repeated == 38_474


@pytest.mark.parametrize(
    ("service", "month"),
    [
        ("merseyside", "2020-10"),
        ("city-of-london", "2020-07"),
        ("suffolk", "2019-10"),
        ("north-wales", "2019-05"),
        ("cambridgeshire", "2019-01"),
        ("cambridgeshire", "2020-07"),
        ("surrey", "2020-01"),
    ],
)
def test_months_published_twice_are_flagged(archive: Archive, service: str, month: str) -> None:
    assert (month,) in [gap.months for gap in archive.gaps("published-twice", service)]


def test_no_other_month_is_said_to_be_published_twice(archive: Archive) -> None:
    assert sum(gap.rule == "published-twice" for gap in archive.load.report.gaps) == 7


def test_both_readings_of_a_month_published_twice_are_there(archive: Archive) -> None:
    name = "2020-10/2020-10-merseyside-stop-and-search.csv"
    (file,) = [file for file in archive.load.report.files if file.name == name]
    assert (file.rows_read, file.rows_repeated) == (7_526, 3_764)
    sql = f"SELECT count(*), count(*) FILTER (repeat = 0) FROM stops WHERE file = '{name}'"
    assert archive.one(sql) == (7_526, 3_762)


def test_months_follow_london_and_not_utc(archive: Archive) -> None:
    # 1,545 stamps lie outside their file's month in UTC, nearly all in the first hour of summer
    # months in London.
    sql = "SELECT count(*) FILTER (month != file_month) FROM stops"
    (outside,) = archive.one(sql)
    assert outside == sum(
        gap.count for gap in archive.load.report.gaps if gap.rule == "outside-file-month"
    )
    assert isinstance(outside, int)
    assert 0 < outside < 60


def test_dyfed_powys_and_sussex_never_record_the_time(archive: Archive) -> None:
    for service, rows in (("dyfed-powys", 6_242), ("sussex", 16_557)):
        (gap,) = archive.gaps("midnight-only", service)
        assert (gap.count, gap.total, len(gap.months)) == (rows, rows, 24)
        sql = f"SELECT count(*) FILTER (time_known) FROM stops WHERE service = '{service}'"
        assert archive.one(sql) == (0,)
    assert archive.one("SELECT count(*) FILTER (time_known) > 700000 FROM stops") == (True,)


@pytest.mark.parametrize(
    ("service", "column"),
    [
        ("west-midlands", "Gender"),
        ("south-wales", "Age range"),
        ("south-yorkshire", "Latitude"),
        ("surrey", "Legislation"),
        ("metropolitan", "Outcome linked to object of search"),
    ],
)
def test_columns_a_service_never_fills_are_gaps_and_no_faults(
    archive: Archive, service: str, column: str
) -> None:
    empty = {gap.column for gap in archive.gaps("column-empty", service)}
    partly = {gap.column for gap in archive.gaps("column-empty-in-months", service)}
    assert column in empty | partly


def test_missing_months_are_gaps(archive: Archive) -> None:
    (gap,) = archive.gaps("stops-early", "greater-manchester")
    assert (gap.months[0], gap.months[-1]) == ("2019-07", "2020-12")
    (gap,) = archive.gaps("month-missing", "gwent")
    assert len(gap.months) == 1


def test_the_crlf_twin_is_set_aside(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    first = load_stops([DEFECTS / "2021-01-gwent-stop-and-search.csv.gz"], lake=lake, at=AT)
    assert first.rows_loaded == 603
    twin = DEFECTS / "crlf_twin" / "2021-01-gwent-stop-and-search.csv.gz"
    second = load_stops([twin], lake=lake, at=AT)
    assert (second.rows_read, second.rows_loaded, second.rows_quarantined) == (603, 0, 603)
    assert second.report.files[0].twin_of == "2021-01-gwent-stop-and-search.csv.gz"


def test_the_defects_are_told_without_loading() -> None:
    report = check_files([DEFECTS], at=AT)
    assert not report.errors
    assert report.rows_read == 20_934 + 603
    assert report.rows_quarantined == 603
    twice = {(g.service, g.months) for g in report.gaps if g.rule == "published-twice"}
    assert ("merseyside", ("2020-10",)) in twice
    assert ("city-of-london", ("2020-07",)) in twice
    assert ("surrey", ("2020-01",)) in twice
    few = {(g.service, g.count) for g in report.gaps if g.rule == "few-rows"}
    assert ("leicestershire", 12) in few
    unnamed = [fault.file for fault in report.faults if fault.rule == "column-named"]
    assert unnamed == ["15.csv.gz"]


def test_the_older_frame_is_read_in_its_own_edition(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    path = STOPS / "2016-06-metropolitan-stop-and-search.csv.gz"
    load = load_stops([path], lake=lake, at=AT)
    assert load.rows_read == load.rows_loaded
    cells = build_cube(lake, STOPS_CUBE).cells("frame", "self_defined").to_pylist()
    assert {cell["frame"] for cell in cells} == {"ethnicity-2001"}
    assert sum(cell["arrests"] for cell in cells) == 2_112 - _vehicle_arrests(lake)


def _vehicle_arrests(lake: Lake) -> int:
    with duckdb.connect() as engine:
        condition = "outcome = 'arrest' AND subject = 'vehicle'"
        return len(lake.relation(engine).filter(condition).fetchall())


def test_london_boroughs_load_from_parquet(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    path = STOPS / "london_stops_12_months_to_nov22.parquet"
    load = load_stops([path], lake=lake, at=AT)
    assert (load.rows_read, load.rows_loaded) == (150_152, 150_152)
    cells = build_cube(lake, STOPS_CUBE).cells("service", "unit", "repeat").to_pylist()
    assert {cell["service"] for cell in cells} == {"metropolitan", "city-of-london"}
    assert len({cell["unit"] for cell in cells}) == 33
    westminster = [c for c in cells if c["unit"] == "Westminster"]
    assert sum(c["searches"] + c["vehicle_only"] for c in westminster) == 14_193
