"""Loading: twins, repeats, sources of every kind, the moment a process is killed."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from evenhand.core import NothingToMeasure, UnreadableFile
from evenhand.datasets import STOPS_CUBE, Lake, build_cube, check_files, load_stops
from evenhand.datasets.delimited import chunks
from evenhand.datasets.sources import limits

GOOD = Path(__file__).parent / "files" / "good" / "2020-07-kent-stop-and-search.csv"
AT = dt.datetime(2021, 1, 1, tzinfo=dt.UTC)
HEADER, *ROWS = GOOD.read_text().splitlines()


def write(path: Path, rows: list[str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([HEADER, *rows]) + "\n")
    return path


def stop(day: int, minute: int = 0, **change: str) -> str:
    cells = {
        "Type": "Person search",
        "Date": f"2020-07-{day:02d}T10:{minute:02d}:00+00:00",
        "Latitude": "51.100000",
        "Longitude": "0.500000",
        "Gender": "Male",
        "Age range": "18-24",
        "Self-defined ethnicity": "White - Irish",
        "Officer-defined ethnicity": "White",
        "Outcome": "Arrest",
    } | change
    return ",".join(cells.get(name, "") for name in HEADER.split(","))


def column(lake: Lake, sql: str) -> list[object]:
    with duckdb.connect() as engine:
        return [row[0] for row in lake.relation(engine).order("file, line").project(sql).fetchall()]


def test_repeats_are_kept_and_numbered(tmp_path: Path) -> None:
    row = stop(1)
    write(tmp_path / "in/2020-07-kent-stop-and-search.csv", [row, stop(2), row, row])
    lake = Lake(tmp_path / "lake")
    load = load_stops([tmp_path / "in"], lake=lake, at=AT)
    assert column(lake, "repeat") == [0, 0, 1, 2]
    assert (load.rows_loaded, load.rows_repeated) == (4, 2)
    cells = build_cube(lake, STOPS_CUBE).cells("service", "repeat").sort_by("repeat")
    assert cells["searches"].to_pylist() == [2, 2]


def test_rows_of_another_service_are_no_repeats(tmp_path: Path) -> None:
    write(tmp_path / "in/2020-07-kent-stop-and-search.csv", [stop(1), stop(2)])
    write(tmp_path / "in/2020-07-essex-stop-and-search.csv", [stop(1), stop(3)])
    lake = Lake(tmp_path / "lake")
    load_stops([tmp_path / "in"], lake=lake, at=AT)
    assert column(lake, "repeat") == [0, 0, 0, 0]


def test_a_later_load_ranks_its_repeats_after_what_is_there(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    name = "2020-07-kent-stop-and-search.csv"
    first = write(tmp_path / "a" / name, [stop(1), stop(2)])
    second = write(tmp_path / "b" / name, [stop(2), stop(3)])
    load_stops([first], lake=lake, at=AT)
    load = load_stops([second], lake=lake, at=AT)
    assert (load.rows_loaded, load.rows_repeated) == (2, 1)
    assert sorted(column(lake, "repeat")) == [0, 0, 0, 1]


def test_loading_twice_changes_no_figure(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    first = load_stops([GOOD], lake=lake, at=AT)
    cells = build_cube(lake, STOPS_CUBE).table.to_pylist()
    second = load_stops([GOOD, GOOD], lake=lake, at=AT)
    assert (second.rows_read, second.rows_loaded, second.rows_quarantined) == (10, 0, 10)
    assert build_cube(lake, STOPS_CUBE).table.to_pylist() == cells
    assert [load.id for load in lake.list_loads()] == [first.id]


def test_the_same_file_twice_in_one_run_is_loaded_once(tmp_path: Path) -> None:
    load = load_stops([GOOD, GOOD.parent], lake=Lake(tmp_path), at=AT)
    assert (load.rows_read, load.rows_loaded, load.rows_quarantined) == (10, 5, 5)
    (fault,) = load.report.faults
    assert (fault.rule, fault.count, fault.severity) == ("already-loaded", 5, "file")
    quarantine = pq.read_table(tmp_path / "loads" / load.id / "quarantine.parquet")
    assert quarantine["rows"].to_pylist() == [5]
    assert quarantine["line"].to_pylist() == [None]


def test_rows_in_another_order_are_the_same_rows(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    load_stops([GOOD], lake=lake, at=AT)
    turned = write(tmp_path / GOOD.name, ROWS[::-1])
    assert load_stops([turned], lake=lake, at=AT).rows_loaded == 0


def test_the_load_id_is_that_of_the_content(tmp_path: Path) -> None:
    one = load_stops([GOOD], lake=Lake(tmp_path / "one"), at=AT)
    turned = write(tmp_path / GOOD.name, ROWS[::-1])
    later = AT + dt.timedelta(days=9)
    assert load_stops([turned], lake=Lake(tmp_path / "two"), at=later).id == one.id


def sources(folder: Path) -> dict[str, Callable[[], object]]:
    def zipped() -> Path:
        with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(GOOD, f"deep/2020-07/{GOOD.name}")
        return folder / "a.zip"

    def gzipped() -> Path:
        (folder / f"{GOOD.name}.gz").write_bytes(gzip.compress(GOOD.read_bytes()))
        return folder / f"{GOOD.name}.gz"

    def parquet() -> Path:
        path = folder / "2020-07-kent-stop-and-search.parquet"
        pq.write_table(pa_csv.read_csv(GOOD), path)  # typed: timestamps, booleans, floats
        return path

    def relation() -> object:
        # Kept alive by the relation's own reference to its connection.
        return duckdb.connect().sql(f"SELECT 'Kent' AS force, * FROM read_csv('{GOOD}')")

    def forced(frame: object) -> object:
        return frame

    return {
        "zip": zipped,
        "folder": lambda: GOOD.parent,
        "csv": lambda: GOOD,
        "gzip": gzipped,
        "parquet": parquet,
        "pandas": lambda: forced(pd.read_csv(GOOD).assign(force="Kent Police")),
        "polars": lambda: pl.read_csv(GOOD).with_columns(pl.lit("kent").alias("Force")),
        "duckdb": relation,
    }


@pytest.mark.parametrize("kind", sorted(sources(Path())))
def test_every_kind_of_source_loads_the_same_rows(kind: str, tmp_path: Path) -> None:
    lake, other = Lake(tmp_path / "lake"), Lake(tmp_path / "other")
    load_stops([GOOD], lake=lake, at=AT)
    load_stops([sources(tmp_path)[kind]()], lake=other, at=AT)
    columns = 'service, month, "at", subject, self_defined, officer, outcome, linked, latitude'
    with duckdb.connect() as engine:
        rows = [
            sorted(one.relation(engine).project(columns).fetchall(), key=repr)
            for one in (lake, other)
        ]
    assert rows[0] == rows[1]


def test_a_file_in_pieces_loads_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [stop(1 + i % 28, i % 60, Gender='"Male"' if i % 7 else "Female") for i in range(3000)]
    path = write(tmp_path / GOOD.name, [*rows, stop(3, Outcome="Sent home")])
    whole, pieces = Lake(tmp_path / "whole"), Lake(tmp_path / "pieces")
    load_stops([path], lake=whole, at=AT)
    monkeypatch.setattr(chunks, "CHUNK_BYTES", 20_000)
    monkeypatch.setattr(limits, "CHUNK_BYTES", 20_000)
    load = load_stops([path], lake=pieces, at=AT)
    assert (load.rows_read, load.rows_loaded, load.rows_quarantined) == (3001, 3000, 1)
    assert load.report.faults[0].lines == (3002,)
    for expression in ("line", "repeat", "fingerprint", "sex", '"at"'):
        assert column(pieces, expression) == column(whole, expression)
    # The same file again, in pieces, is known for what it is only at its end.
    again = load_stops([path], lake=pieces, at=AT)
    assert (again.id, again.rows_loaded, again.rows_quarantined) == ("", 0, 3001)
    assert again.rows_repeated == 0


def test_times_are_unknown_where_a_file_puts_its_rows_at_midnight(tmp_path: Path) -> None:
    midnight = [stop(day, Date=f"2020-07-{day:02d}T23:00:00+00:00") for day in range(1, 7)]
    write(tmp_path / "in/2020-07-kent-stop-and-search.csv", [*midnight, stop(9), stop(10)])
    one = [stop(3, Date="2020-07-03T23:00:00+00:00"), *(stop(day) for day in range(4, 29))]
    write(tmp_path / "in/2020-07-essex-stop-and-search.csv", one)
    lake = Lake(tmp_path / "lake")
    load_stops([tmp_path / "in"], lake=lake, at=AT)
    assert column(lake, "time_known") == [True] * 26 + [False] * 6 + [True] * 2


@pytest.mark.parametrize(("at_midnight", "others", "known"), [(5, 45, False), (4, 10, True)])
def test_a_few_rows_at_midnight_prove_nothing(
    at_midnight: int, others: int, known: bool, tmp_path: Path
) -> None:
    rows = [stop(1 + i, Date=f"2020-07-{i + 1:02d}T23:00:00+00:00") for i in range(at_midnight)]
    rows += [stop(1 + i % 28, 1 + i % 59) for i in range(others)]
    path = write(tmp_path / GOOD.name, rows)
    load_stops([path], lake=Lake(tmp_path / "lake"), at=AT)
    found = column(Lake(tmp_path / "lake"), "time_known")
    assert found == [known] * at_midnight + [True] * others


def test_months_follow_the_clock_in_london(tmp_path: Path) -> None:
    rows = [
        stop(1, Date="2020-06-30T22:59:59+00:00"),
        stop(1, Date="2020-06-30T23:00:00+00:00"),
        stop(1, Date="2020-12-31T23:30:00+00:00"),
        stop(1, Date="2020-07-31T23:59:59.999999+01:00"),
        stop(1, Date="2020-07-31 23:59"),
    ]
    path = write(tmp_path / "2020-07-kent-stop-and-search.csv", rows)
    lake = Lake(tmp_path / "lake")
    load = load_stops([path], lake=lake, at=AT)
    assert column(lake, "month") == ["2020-06", "2020-07", "2020-12", "2020-07", "2020-07"]
    (gap,) = [gap for gap in load.report.gaps if gap.rule == "outside-file-month"]
    assert (gap.count, gap.months) == (2, ("2020-06", "2020-12"))


def test_boroughs_and_services_come_from_columns_that_name_them(tmp_path: Path) -> None:
    header = f"{HEADER},la_name,force"
    text = "\n".join(
        [header, f"{stop(1)},Ealing,Metropolitan Police", f"{stop(2)},,City of London"]
    )
    path = tmp_path / "stops.csv"
    path.write_text(text)
    lake = Lake(tmp_path / "lake")
    load_stops([path], lake=lake, at=AT)
    assert column(lake, "service") == ["metropolitan", "city-of-london"]
    assert column(lake, "unit") == ["Ealing", ""]


def test_a_file_that_names_no_service_is_loaded_under_its_own_name(tmp_path: Path) -> None:
    path = write(tmp_path / "My stops (2).csv", [stop(1)])
    lake = Lake(tmp_path / "lake")
    load = load_stops([path], lake=lake, at=AT)
    assert column(lake, "service") == ["my-stops-2"]
    assert [fault.rule for fault in load.report.faults] == ["service-named"]


def test_a_renamed_twin_is_still_a_twin(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    load_stops([GOOD], lake=lake, at=AT)
    copy = write(tmp_path / "copy of kent.csv", ROWS)
    assert load_stops([copy], lake=lake, at=AT).rows_loaded == 0


def test_nothing_loaded_is_nothing_to_measure(tmp_path: Path) -> None:
    path = write(tmp_path / GOOD.name, [stop(1, Gender="Robot")])
    lake = Lake(tmp_path / "lake")
    load = load_stops([path], lake=lake, at=AT)
    assert (load.id, load.rows_quarantined) == ("", 1)
    with pytest.raises(NothingToMeasure):
        build_cube(lake, STOPS_CUBE)


def test_a_faulty_value_is_never_printed_when_it_may_be_personal(tmp_path: Path) -> None:
    rows = [stop(1, Gender="born 01/02/1984"), stop(2, Latitude="12 High Street")]
    report = check_files([write(tmp_path / GOOD.name, rows)], at=AT)
    text = json.dumps(report.as_dict())
    assert "1984" not in text
    assert "High Street" not in text
    assert report.rows_quarantined == 2


def test_the_lake_is_plain_parquet(tmp_path: Path) -> None:
    load = load_stops([GOOD], lake=Lake(tmp_path), at=AT)
    for path in (tmp_path / "loads" / load.id).glob("*.parquet"):
        file = pq.ParquetFile(path)
        assert "ARROW:schema" not in (file.metadata.metadata or {})
        assert not any("dictionary" in str(field.type) for field in file.schema_arrow)


def test_a_damaged_manifest_is_named(tmp_path: Path) -> None:
    load = load_stops([GOOD], lake=Lake(tmp_path), at=AT)
    (tmp_path / "loads" / load.id / "manifest.json").write_text("{")
    with pytest.raises(UnreadableFile, match="manifest-readable"):
        Lake(tmp_path).list_loads()


def test_progress_is_told_of_files_and_rows(tmp_path: Path) -> None:
    told: list[tuple[str, int, int, int]] = []

    def progress(stage: str, *, files: int, of: int, rows: int) -> None:
        told.append((stage, files, of, rows))

    load_stops([GOOD], lake=Lake(tmp_path), at=AT, progress=progress)
    assert told[-1] == ("reading", 1, 1, 5)


KILLED = """
import datetime as dt, sys
from pathlib import Path
from evenhand.datasets import Lake, load_stops
print("ready", flush=True)
load_stops([Path(sys.argv[1])], lake=Lake(sys.argv[2]), at=dt.datetime(2021, 1, 1, tzinfo=dt.UTC))
print("done", flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("after", [0.0, 0.05, 0.15, 0.3, 0.6])
def test_a_killed_load_leaves_all_or_nothing(after: float, tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    load_stops([GOOD], lake=lake, at=AT)
    before = column(lake, "fingerprint")
    rows = [stop(1 + i % 28, i % 60, Latitude=f"51.{i:06d}") for i in range(150_000)]
    path = write(tmp_path / "2020-07-essex-stop-and-search.csv", rows)
    command = [sys.executable, "-c", KILLED, str(path), str(lake.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(after)
        os.kill(process.pid, signal.SIGKILL)
    found = column(lake, "fingerprint")
    assert len(found) in (len(before), len(before) + len(rows))
    # What was left lying about does not stand in the way of the next load.
    load = load_stops([path], lake=lake, at=AT)
    assert len(column(lake, "fingerprint")) == len(before) + len(rows)
    assert load.rows_read == len(rows)
    assert not list(lake.root.glob(".incoming/*"))


def test_two_processes_at_once_load_the_same_file_once(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    command = [sys.executable, "-c", KILLED, str(GOOD), str(lake.root)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    for process in processes:
        output, _ = process.communicate(timeout=120)
        assert output == b"ready\ndone\n"
    assert len(column(lake, "fingerprint")) == 5


def test_an_interrupted_load_leaves_nothing_behind(tmp_path: Path) -> None:
    def interrupt(stage: str, *, files: int, of: int, rows: int) -> None:
        raise KeyboardInterrupt

    lake = Lake(tmp_path / "lake")
    with pytest.raises(KeyboardInterrupt):
        load_stops([GOOD], lake=lake, at=AT, progress=interrupt)
    assert {path.name for path in lake.root.iterdir()} == {".lock"}
