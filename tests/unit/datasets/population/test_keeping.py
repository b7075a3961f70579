"""Tables of residents kept beside the records that are measured over them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from evenhand.core import UsageProblem
from evenhand.datasets import Lake
from evenhand.datasets.population import (
    check_residents,
    find_kept,
    keep_residents,
    load_population,
    read_residents,
)

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
GROUPS = ("White", "Mixed", "Asian", "Black", "Other")
LOOK_UP = "area_code,area_name,service\nX1,North,kent\nX2,South,kent\n"
CENSUS = Path(__file__).parents[5] / "shared" / "data" / "denominators"


def write(folder: Path, *, each: int = 10, areas: str = LOOK_UP, gap: str = "") -> list[Path]:
    rows = [
        f"{code},{name},{group},{gap if gap and (code, group) == ('X2', 'Other') else each}"
        for code, name in (("X1", "North"), ("X2", "South"), ("X3", "Elsewhere"))
        for group in GROUPS
    ]
    table, look_up = folder / "people.csv", folder / "which.csv"
    table.write_text("area code,area name,ethnic group,residents\n" + "\n".join(rows))
    look_up.write_text(areas)
    return [look_up, table]


def test_every_row_is_counted_or_named_with_what_to_do(tmp_path: Path) -> None:
    report = check_residents(write(tmp_path, gap="c"))
    assert report.rows_read == report.rows_loaded + report.rows_quarantined
    assert report.rows_loaded == 2 * len(GROUPS) - 1
    rules = {fault.rule: fault for fault in report.faults}
    assert "Elsewhere" in rules["areas-belong-to-services"].found
    assert "“c” for Other" in rules["every-group-has-a-number"].found
    assert all(fault.remedy for fault in report.faults)


def test_the_table_and_its_look_up_come_back_as_they_were_brought(tmp_path: Path) -> None:
    lake, paths = Lake(tmp_path / "lake"), write(tmp_path)
    assert read_residents(lake) is None
    made = keep_residents(paths, lake=lake, at=NOW)
    kept = read_residents(lake)
    assert kept is not None
    direct = load_population(paths[1], areas=paths[0])
    assert kept.table.equals(direct.table)
    assert keep_residents(paths, lake=lake, at=NOW).id == ""
    assert [load.id for load in lake.list_loads()] == [made.id]


def test_the_last_table_counts_and_when_it_is_withdrawn_the_one_before(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    keep_residents(write(tmp_path, each=10), lake=lake, at=NOW)
    later = keep_residents(write(tmp_path, each=30), lake=lake, at=NOW + dt.timedelta(1))
    found = read_residents(lake)
    assert found is not None
    assert found.total == 30 * 2 * len(GROUPS)
    lake.withdraw(later.id, at=NOW, reason="Wrong year.")
    found = read_residents(lake)
    assert found is not None
    assert found.total == 10 * 2 * len(GROUPS)
    assert find_kept(lake) is not None


def test_one_table_and_at_most_one_look_up_are_taken(tmp_path: Path) -> None:
    look_up, table = write(tmp_path)
    for paths in ([], [look_up], [table, table], [table, look_up, look_up]):
        with pytest.raises(UsageProblem, match="look-ups of areas"):
            check_residents(paths)


@pytest.mark.skipif(not CENSUS.is_dir(), reason="needs the census tables beside the project")
def test_the_census_of_2021_is_kept_whole_and_says_which_services_lack_an_area(
    tmp_path: Path,
) -> None:
    lake, path = Lake(tmp_path / "lake"), CENSUS / "census_2021_ts021_ltla.parquet"
    made = keep_residents([path], lake=lake, at=NOW)
    found = read_residents(lake)
    assert found is not None
    assert found.total == load_population(path).total > 50_000_000
    assert made.report.rows_loaded == found.table.num_rows
    assert len(found.services) == 43
