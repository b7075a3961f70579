"""The real published files through their mappings, every row accounted for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from evenhand.core import ContractBroken, UnreadableFile, UsageProblem
from evenhand.datasets.workforce import DATASETS, WorkforceLake, WorkforceLoad, load_workforce
from evenhand.datasets.workforce.mappings import Mapping, get_mapping, list_mappings

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def load(name: str, path: Path, lake: WorkforceLake) -> WorkforceLoad:
    if not path.exists():
        pytest.skip("needs the real files kept beside the repository, in ../shared")
    mapping = get_mapping(name)
    return load_workforce(mapping.dataset, [mapping.read(path)], lake=lake, at=NOW)


def faults(made: WorkforceLoad) -> dict[tuple[str, str], int]:
    return {
        (fault.rule, fault.found): fault.count
        for fault in made.report.faults
        if fault.severity != "warning"
    }


@pytest.mark.shared
def test_the_home_office_workforce_loads_but_for_volunteers(tmp_path: Path) -> None:
    lake = WorkforceLake(tmp_path)
    path = SHARED / "data" / "home_office" / "police-uplift-2022-data.csv.gz"
    made = load("home-office-workforce", path, lake)
    assert (made.report.rows_read, made.report.rows_loaded) == (25_198, 24_510)
    assert faults(made) == {("code-known", "“police support volunteer”"): 688}
    table = lake.read("strength_published")
    constables = table.filter(
        (pc.field("grade") == "constable")
        & (pc.field("area") == "metropolitan")
        & (pc.field("on") == dt.date(2022, 3, 1))
    )
    by_sex = {row["grp"]: row["heads"] for row in constables.to_pylist()}
    assert set(by_sex) == {"female", "male", "other", "prefer_not_to_say", "blank"}
    assert by_sex["female"] > 5_000


@pytest.mark.shared
def test_the_arrests_table_loads_whole_and_adds_up(tmp_path: Path) -> None:
    lake = WorkforceLake(tmp_path)
    path = SHARED / "data" / "home_office" / "police-arrests-data.csv.gz"
    made = load("home-office-arrests", path, lake)
    assert (made.report.rows_read, made.report.rows_loaded, faults(made)) == (286_500, 286_500, {})
    table = lake.read("arrests_published")
    source = get_mapping("home-office-arrests").open(path)["arrests"]
    published = source.filter(pc.not_equal(source, "NA")).cast(pa.int64())
    assert pc.sum(table["arrests"]).as_py() == pc.sum(published).as_py()
    assert table["arrests"].null_count == 600
    assert set(table["ethnicity_edition"].unique().to_pylist()) == {"", "ethnicity-broad-2001"}


@pytest.mark.shared
def test_the_people_survey_loads_but_for_counts_and_nameless_groups(tmp_path: Path) -> None:
    lake = WorkforceLake(tmp_path)
    path = SHARED / "data" / "surveys" / "04_03-raw_tbl_dem_data.parquet"
    made = load("people-survey", path, lake)
    assert (made.report.rows_read, made.report.rows_loaded) == (237_558, 235_905)
    # Numbers of people are no shares; one row is both such a number and of a nameless breakdown.
    assert faults(made) == {
        ("number-readable", "text that is no number"): 1_566,
        ("value-present", "nothing"): 88,
    }
    table = lake.read("survey_published")
    women = table.filter(
        (pc.field("grp") == "Female")
        & (pc.field("characteristic") == "Sex [J01]")
        & (pc.field("item") == "B01. I am interested in my work")
        & (pc.field("base") == 124_778)
    )
    assert women["favourable_share"].to_pylist()
    assert pc.max(table["favourable_share"]).as_py() <= 1


@pytest.mark.shared
def test_of_17_temporary_promotions_three_cannot_be_what_they_say(tmp_path: Path) -> None:
    lake = WorkforceLake(tmp_path)
    papers = sorted((SHARED / "seeds").glob("001*.txt"))
    made = load("temporary-promotions", papers[0] if papers else SHARED / "none", lake)
    assert (made.report.rows_read, made.report.rows_loaded) == (17, 14)
    told = {
        fault.lines: (fault.rule, fault.found)
        for fault in made.report.faults
        if fault.severity == "row"
    }
    assert told == {
        (1,): ("date-readable", "a remark that the date is to be confirmed"),
        (6,): ("ends-after-start", "an end before the start"),
        (14,): ("date-exists", "a date that is not in the calendar"),
    }
    grades = lake.read("movements")["to_grade"].value_counts().to_pylist()
    assert {each["values"]: each["counts"] for each in grades} == {
        "chief-superintendent": 2,
        "superintendent": 9,
        "chief-inspector": 3,
    }


TABLE = """Text before it.
T/Rank Business Group Start Date End Date Gender Ethnic Origin
DSupt SCD 04/01/2011 30/06/2011 Female White-British
a line that is cut short
CI CO 02/08/2004 31/11/2011 Male Asian-Indian

After it."""


def test_a_line_of_another_shape_is_set_aside_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text(TABLE)
    made = load("temporary-promotions", tmp_path / "paper.txt", WorkforceLake(tmp_path / "lake"))
    lines = {f.rule: f.lines for f in made.report.faults if f.severity == "row"}
    assert lines == {"value-present": (2,), "date-exists": (3,)}
    assert made.report.rows_loaded == 1


def test_a_text_without_the_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text("Nothing of the kind.")
    with pytest.raises(UnreadableFile, match="no table of temporary promotions"):
        get_mapping("temporary-promotions").read(tmp_path / "paper.txt")


def test_a_file_of_another_kind_is_refused_with_what_the_mapping_reads(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("date,force\n2020-01-01,Kent\n")
    with pytest.raises(ContractBroken, match=r"force_name.*Home Office, Police workforce"):
        get_mapping("home-office-workforce").read(tmp_path / "a.csv")


def test_a_not_stated_sex_beside_prefer_not_to_say_is_an_empty_box(tmp_path: Path) -> None:
    header = "date,force_name,sex,rank_description,worker_type,total_headcount,total_fte"
    rows = [
        f"2021-03-01,Kent,{sex},Constable,police officer,{n},"
        for n, sex in enumerate(("Not stated", "Prefer not to say", "Prefer to self-describe"), 4)
    ]
    (tmp_path / "a.csv").write_text("\n".join([header, *rows]))
    lake = WorkforceLake(tmp_path / "lake")
    load("home-office-workforce", tmp_path / "a.csv", lake)
    rows_back = lake.read("strength_published").to_pylist()
    assert {row["grp"]: row["heads"] for row in rows_back} == {
        "blank": 4,
        "prefer_not_to_say": 5,
        "other": 6,
    }


@pytest.mark.parametrize("mapping", list_mappings(), ids=lambda each: each.id)
def test_every_mapping_says_what_it_reads_makes_and_must_not_be_taken_for(mapping: Mapping) -> None:
    assert mapping.dataset in DATASETS
    assert len(mapping.source) > 40
    assert len(mapping.caution) > 40


def test_there_is_no_such_mapping() -> None:
    with pytest.raises(UsageProblem, match=r"no mapping 'x'.*home-office-workforce"):
        get_mapping("x")
