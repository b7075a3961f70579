"""Loading workforce files: what is kept, what is known already, what is taken out again."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from evenhand.core import ContractBroken, UnreadableFile, UnsafeArchive, UsageProblem
from evenhand.datasets.delimited import chunks
from evenhand.datasets.sources import limits
from evenhand.datasets.synthetic.workforce import WorkforceShape, simulate_workforce
from evenhand.datasets.workforce import (
    TABLES,
    WorkforceLake,
    WorkforceLoad,
    check_workforce,
    has_faults,
    load_workforce,
)

GOOD = Path(__file__).parent / "files" / "strength" / "good.csv"
NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
HEADER = "month,person,unit,role_type,grade"


@pytest.fixture
def lake(tmp_path: Path) -> WorkforceLake:
    return WorkforceLake(tmp_path / "lake")


def load(lake: WorkforceLake, *files: object, dataset: str = "strength") -> WorkforceLoad:
    return load_workforce(dataset, list(files), lake=lake, at=NOW)


def write(path: Path, *rows: str, header: str = HEADER) -> Path:
    path.write_text("\n".join([header, *rows]) + "\n")
    return path


def rules(made: WorkforceLoad) -> dict[str, int]:
    faults = [fault for fault in made.report.faults if fault.severity != "warning"]
    return {fault.rule: fault.count for fault in faults}


def test_what_was_loaded_is_read_back_in_codes_and_types(lake: WorkforceLake) -> None:
    load(lake, GOOD)
    table = lake.read("strength")
    assert table.schema == TABLES["strength"].arrow
    first, second, third, *_ = table.sort_by([("month", "ascending")]).to_pylist()
    assert first == {
        "month": dt.date(2026, 1, 1),
        "person": "P1",
        "unit": "Alder Vale",
        "role_type": "officer",
        "grade": "constable",
        "grade_order": 1,
        "specialism": "uniform",
        "part_time": False,
        "started_on": dt.date(2019, 3, 4),
        "sex": "female",
        "ethnicity": "B1",
        "disability": "not-disabled",
        "religion": "christian",
        "sexual_orientation": "heterosexual",
        "age_band": "26-40",
        "ethnicity_edition": "ethnicity-2011",
    }
    assert second["started_on"] == dt.date(2009, 11, 12)
    assert (second["grade"], second["grade_order"]) == ("sergeant", 2)
    assert (third["grade"], third["grade_order"], third["specialism"]) == ("band-e", 3, "")


def test_declined_not_asked_and_blank_are_three_things(lake: WorkforceLake, tmp_path: Path) -> None:
    load(lake, GOOD)
    rows = {row["person"]: row for row in lake.read("strength").to_pylist()}
    assert rows["P2"]["religion"] == "prefer_not_to_say"
    assert rows["P2"]["sexual_orientation"] == "blank"
    assert rows["P3"]["disability"] == "not_asked"
    bare = WorkforceLake(tmp_path / "bare")
    load(bare, write(tmp_path / "bare.csv", "2026-01,P1,A,officer,PC"))
    (row,) = bare.read("strength").to_pylist()
    assert {row["sex"], row["ethnicity"], row["age_band"]} == {"not_asked"}
    assert row["ethnicity_edition"] == ""


@pytest.mark.parametrize(
    ("cells", "edition", "codes"),
    [
        (["Black", "White", "Mixed"], "ethnicity-broad", ["black", "white", "mixed"]),
        (["BME", "White", "BME"], "ethnicity-binary", ["bme", "white", "bme"]),
        (["White British", "Roma", "Arab"], "ethnicity-2021", ["W1", "W4", "O2"]),
        (["Chinese/other", "White", "Black"], "ethnicity-broad-2001", None),
        (["B1", "W1", "A4"], "ethnicity-2011", ["B1", "W1", "A4"]),
    ],
)
def test_a_file_is_read_in_the_edition_it_speaks(
    lake: WorkforceLake, cells: list[str], edition: str, codes: list[str] | None
) -> None:
    table = pa.table(
        {
            "month": ["2026-01"] * 3,
            "person": ["P1", "P2", "P3"],
            "unit": ["A"] * 3,
            "role_type": ["officer"] * 3,
            "grade": ["PC"] * 3,
            "ethnicity": cells,
        }
    )
    load(lake, table)
    back = lake.read("strength").sort_by([("person", "ascending")])
    assert set(back["ethnicity_edition"].to_pylist()) == {edition}
    assert codes is None or back["ethnicity"].to_pylist() == codes


def test_loading_twice_changes_nothing_whatever_the_file(
    lake: WorkforceLake, tmp_path: Path
) -> None:
    first = load(lake, GOOD)
    before = lake.read("strength")
    turned = tmp_path / "turned.csv"
    header, *rows = GOOD.read_text().splitlines()
    turned.write_bytes("\r\n".join([header, *rows[::-1]]).encode("utf-8-sig"))
    second = load(lake, turned)
    assert (second.id, rules(second)) == ("", {"already-loaded": 5})
    assert not has_faults(second.report)
    assert lake.read("strength").equals(before)
    assert [one.id for one in lake.list_loads("strength")] == [first.id]


def test_of_a_longer_file_only_the_new_rows_are_loaded(lake: WorkforceLake, tmp_path: Path) -> None:
    load(lake, write(tmp_path / "a.csv", "2026-01,P1,A,officer,PC"))
    longer = write(tmp_path / "b.csv", "2026-01,P1,A,officer,PC", "2026-02,P1,A,officer,PC")
    made = load(lake, longer)
    assert (made.report.rows_loaded, rules(made)) == (1, {"already-loaded": 1})
    assert lake.read("strength").num_rows == 2


def test_a_row_that_contradicts_the_lake_is_set_aside_until_the_load_is_withdrawn(
    lake: WorkforceLake, tmp_path: Path
) -> None:
    wrong = load(lake, write(tmp_path / "a.csv", "2026-01,P1,A,officer,PC"))
    right = write(tmp_path / "b.csv", "2026-01,P1,A,officer,Sgt")
    assert rules(load(lake, right)) == {"known-otherwise": 1}
    kept = lake.withdraw("strength", wrong.id, at=NOW, reason="wrong grades")
    assert lake.read("strength").num_rows == 0
    assert json.loads((kept / "withdrawal.json").read_text())["reason"] == "wrong grades"
    assert load(lake, right).report.rows_loaded == 1
    assert lake.read("strength")["grade"].to_pylist() == ["sergeant"]


def test_a_load_withdrawn_can_be_loaded_and_withdrawn_again(lake: WorkforceLake) -> None:
    first = load(lake, GOOD)
    lake.withdraw("strength", first.id, at=NOW, reason="too early")
    again = load(lake, GOOD)
    assert again.id == first.id
    lake.withdraw("strength", again.id, at=NOW + dt.timedelta(days=1), reason="still too early")
    assert lake.list_loads("strength") == []


def test_a_load_that_is_not_there_cannot_be_withdrawn(lake: WorkforceLake) -> None:
    made = load(lake, GOOD)
    with pytest.raises(UsageProblem, match=rf"no load 'nothing'.*{made.id}"):
        lake.withdraw("strength", "nothing", at=NOW, reason="a slip")


def test_the_quarantine_names_every_row_set_aside_and_adds_up(
    lake: WorkforceLake, tmp_path: Path
) -> None:
    rows = ["2026-01,P1,A,officer,PC", "2026-01,P1,B,officer,PC", "2026-01,P3,A,officer,Brigadier"]
    made = load(
        lake, write(tmp_path / "a.csv", *rows, "2099-01,,A,officer,PC", "2026-01,P4,A,staff,F")
    )
    kept = pq.read_table(lake.root / "strength" / "loads" / made.id / "quarantine.parquet")
    assert pc.sum(kept["rows"]).as_py() == made.report.rows_quarantined == 4
    assert sorted(set(kept["line"].to_pylist())) == [2, 3, 4, 5]
    assert "P1" not in str(kept.to_pylist())


def test_two_files_of_one_load_are_judged_together(lake: WorkforceLake, tmp_path: Path) -> None:
    one = write(tmp_path / "a.csv", "2026-01,P1,A,officer,PC", "2026-01,P2,A,officer,PC")
    two = write(tmp_path / "b.csv", "2026-01,P1,B,officer,PC", "2026-01,P2,A,officer,PC")
    made = load(lake, one, two)
    told = {(fault.file, fault.rule): fault.lines for fault in made.report.faults[:3]}
    assert told == {
        ("a.csv", "key-once"): (2,),
        ("b.csv", "key-once"): (2,),
        ("b.csv", "row-repeated"): (3,),
    }
    assert [(f.name, f.rows_loaded) for f in made.report.files] == [("a.csv", 1), ("b.csv", 0)]


def test_a_file_in_many_pieces_is_judged_as_one(
    lake: WorkforceLake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "CHUNK_BYTES", 4_000)
    rows = [f"2026-01,P{number},A,officer,PC" for number in range(1_000)]
    made = load(lake, write(tmp_path / "a.csv", *rows, "2026-01,P3,B,officer,PC", rows[7]))
    assert (made.report.rows_loaded, rules(made)) == (999, {"key-once": 2, "row-repeated": 1})
    assert "P3" not in lake.read("strength")["person"].to_pylist()


def test_a_pseudonym_doubled_by_payroll_number_is_not_kept_with_it(
    lake: WorkforceLake, tmp_path: Path
) -> None:
    file = GOOD.with_name("bad-two-ids-for-one-person.csv")
    load(lake, file)
    everything = b"".join(path.read_bytes() for path in lake.root.rglob("*") if path.is_file())
    assert b"7001" not in everything


def make_workbook(path: Path) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    rows = [line.split(",") for line in GOOD.read_text().splitlines()]
    sheet.append([])
    sheet.append(rows[0])
    for row in rows[1:]:
        cells: list[object] = [*row]
        cells[0] = dt.datetime.fromisoformat(f"{row[0]}-01")
        sheet.append(cells)
        sheet.append([])
    book.create_sheet("Guide").append(["nothing to load"])
    book.save(path)
    return path


def test_every_kind_of_file_loads_the_same_rows(lake: WorkforceLake, tmp_path: Path) -> None:
    packed = tmp_path / "good.csv.gz"
    packed.write_bytes(gzip.compress(GOOD.read_bytes()))
    text = pa_csv.ConvertOptions(column_types=dict.fromkeys(["month", "started_on"], pa.string()))
    pq.write_table(pa_csv.read_csv(GOOD, convert_options=text), tmp_path / "good.parquet")
    workbook = make_workbook(tmp_path / "good.xlsx")
    load(lake, GOOD)
    for source in (packed, tmp_path / "good.parquet", workbook, lake.read("strength")):
        made = load(lake, source)
        assert rules(made) == {"already-loaded": 5}, source


def test_a_fault_in_a_sheet_is_told_by_the_number_beside_its_row(
    lake: WorkforceLake, tmp_path: Path
) -> None:
    book = Workbook()
    for row in (["Staff list"][:0], HEADER.split(","), ["2026-01", "P1", "A", "officer", "PC"],
                [], ["2026-01", "P2", "A", "officer", "Brigadier"]):  # fmt: skip
        book.worksheets[0].append(row)
    book.save(tmp_path / "a.xlsx")
    made = load(lake, tmp_path / "a.xlsx")
    (fault,) = [fault for fault in made.report.faults if fault.severity == "row"]
    assert (fault.lines, made.report.rows_read) == ((5,), 2)


def test_other_sheets_are_passed_over_and_named(tmp_path: Path) -> None:
    report = check_workforce("strength", [make_workbook(tmp_path / "good.xlsx")], at=NOW)
    assert [each.name for each in report.ignored] == ["good.xlsx, sheet “Guide”"]


def test_a_workbook_that_is_none_or_is_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK not a workbook")
    with pytest.raises(UnreadableFile, match="zip"):
        check_workforce("strength", [tmp_path / "a.xlsx"], at=NOW)
    Workbook().save(tmp_path / "b.xlsx")
    with pytest.raises(UnreadableFile, match="first sheet is empty"):
        check_workforce("strength", [tmp_path / "b.xlsx"], at=NOW)


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    for _ in range(4_000):
        book.worksheets[0].append(["0"] * 60)
    book.save(tmp_path / "a.xlsx")
    small = limits.Limits(ratio=5.0, ratio_from=1_000)
    with pytest.raises(UnsafeArchive, match="times its size"):
        check_workforce("strength", [tmp_path / "a.xlsx"], at=NOW, limits=small)


def test_a_file_that_lacks_a_column_leaves_the_lake_as_it_was(lake: WorkforceLake) -> None:
    with pytest.raises(ContractBroken, match="Rank or band"):
        load(lake, GOOD, GOOD.with_name("broken-no-grade.csv"))
    assert lake.list_loads("strength") == []


def test_checking_says_what_loading_would_and_loads_nothing(lake: WorkforceLake) -> None:
    bad = GOOD.with_name("bad-person-twice-in-a-month.csv")
    checked = check_workforce("strength", [bad], at=NOW, lake=lake)
    assert lake.list_loads("strength") == []
    assert load(lake, bad).report.as_dict() == checked.as_dict()


def test_there_is_no_such_dataset(lake: WorkforceLake) -> None:
    with pytest.raises(UsageProblem, match=r"no dataset 'horses'.*strength, movements"):
        load(lake, GOOD, dataset="horses")


@pytest.mark.parametrize("name", sorted(set(TABLES) - {"survey_published", "strength_published",
                                                       "arrests_published"}))  # fmt: skip
def test_a_simulated_table_written_as_csv_comes_back_as_it_was(
    name: str, tmp_path: Path, simulated: dict[str, pa.Table]
) -> None:
    table = TABLES[name].require(simulated[name])
    pa_csv.write_csv(table, tmp_path / "table.csv")
    lake = WorkforceLake(tmp_path / "lake")
    made = load(lake, tmp_path / "table.csv", dataset=name)
    assert rules(made) == {}
    order = [(column, "ascending") for column in table.column_names]
    assert lake.read(name).sort_by(order).equals(table.sort_by(order))


@pytest.fixture(scope="module")
def simulated() -> dict[str, pa.Table]:
    shape = WorkforceShape(people=600, months=14, waves=1)
    return simulate_workforce(shape, rng=np.random.default_rng(2)).tables


def test_a_month_without_a_snapshot_and_a_snapshot_cut_short_are_told(
    lake: WorkforceLake, tmp_path: Path
) -> None:
    sizes = {"2025-09": 200, "2025-10": 204, "2025-11": 90, "2026-02": 201, "2026-03": 206}
    rows = [
        f"{month},P{number},A,officer,PC" for month, size in sizes.items() for number in range(size)
    ]
    file = write(tmp_path / "a.csv", *rows)
    first = load(lake, file).report.gaps
    assert [(gap.rule, gap.months) for gap in first] == [
        ("month-missing", ("2025-12", "2026-01")),
        ("snapshot-odd", ("2025-11",)),
    ]
    assert first[1].sentence == "November 2025 has 90 people; the months around it have 202."
    assert load(lake, file).report.gaps == first


@pytest.mark.parametrize(
    "sizes",
    [
        {},
        {"2026-01": 5},
        {"2026-01": 200, "2026-02": 90},
        {"2026-01": 200, "2026-02": 229, "2026-03": 226, "2026-04": 231},
        {"2026-01": 20, "2026-02": 40, "2026-03": 20, "2026-04": 20},
    ],
)
def test_few_months_or_people_or_a_small_change_are_no_gap(
    lake: WorkforceLake, tmp_path: Path, sizes: dict[str, int]
) -> None:
    rows = [f"{m},P{number},A,officer,PC" for m, size in sizes.items() for number in range(size)]
    assert load(lake, write(tmp_path / "a.csv", *rows)).report.gaps == ()
