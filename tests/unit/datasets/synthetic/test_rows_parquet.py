"""Loaded stops in any number, for benchmarks: the lake's own columns, plain, in order."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from evenhand.codelists import get_codelist
from evenhand.core import UsageProblem
from evenhand.datasets.stops.schema import CODED, SCHEMA
from evenhand.datasets.synthetic import lake, synthetic_rows_parquet


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synthetic_rows_parquet(tmp_path_factory.mktemp("rows") / "stops.parquet", 60_000, 1)


def test_the_columns_are_those_of_the_lake_without_dictionary_types(written: Path) -> None:
    assert pq.read_schema(written).equals(SCHEMA)
    assert pq.read_metadata(written).num_rows == 60_000


def test_every_code_is_one_the_lake_could_hold(written: Path) -> None:
    lists = {
        "subject": "subject",
        "officer": "ethnicity-officer",
        "sex": "sex",
        "age": "age-stops",
        "legislation": "legislation",
        "object": "object",
        "outcome": "outcome",
        "self_defined": "ethnicity-2011",
    }
    assert set(CODED) < set(lists)
    for column, list_id in lists.items():
        codes = duckdb.sql(f"select distinct {column} from '{written}'").fetchall()
        known = {code.code for code in get_codelist(list_id).codes}
        assert {code for (code,) in codes} <= known
        assert len(codes) > 2


def test_every_row_stands_in_the_month_of_its_time(written: Path) -> None:
    stray = duckdb.sql(
        f"select count(*) from '{written}' where month <> file_month"
        " or \"at\" not between '2023-12-31 23:00' and '2026-01-01'"
    ).fetchone()
    assert stray == (0,)


def test_rows_come_in_chunks_and_the_last_one_is_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lake, "CHUNK", 1000)
    file = synthetic_rows_parquet(tmp_path / "stops.parquet", 2500, 1)
    metadata = pq.read_metadata(file)
    groups = [metadata.row_group(i).num_rows for i in range(metadata.num_row_groups)]
    assert groups == [1000, 1000, 500]
    lines = duckdb.sql(f"select count(distinct line), min(line) from '{file}'").fetchone()
    assert lines == (2500, 2)


def test_the_same_seed_gives_the_same_rows(tmp_path: Path) -> None:
    one = synthetic_rows_parquet(tmp_path / "one.parquet", 5000, 7)
    two = synthetic_rows_parquet(tmp_path / "two.parquet", 5000, 7)
    other = synthetic_rows_parquet(tmp_path / "other.parquet", 5000, 8)
    assert pq.read_table(one).equals(pq.read_table(two))
    assert not pq.read_table(one).equals(pq.read_table(other))


def test_no_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="at least one row"):
        synthetic_rows_parquet(tmp_path / "none.parquet", 0, 1)
