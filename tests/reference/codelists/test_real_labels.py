"""Every label in the real files is known, or deliberately left out with a reason."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import duckdb
import pytest

from evenhand.codelists import find_edition, get_codelist

pytestmark = pytest.mark.shared

STOPS = {
    "Type": ["subject"],
    "Gender": ["sex"],
    "Age range": ["age-stops"],
    "Officer-defined ethnicity": ["ethnicity-officer"],
    "Legislation": ["legislation"],
    "Object of search": ["object"],
}


def distinct(query: str) -> list[str]:
    return [row[0] or "" for row in duckdb.sql(query).fetchall()]


def unexplained(labels: list[str], list_id: str) -> list[str]:
    shown = get_codelist(list_id)
    return [each for each in shown.list_unknown(labels) if not shown.find_reason_left_out(each)]


@pytest.fixture
def archive(shared_files: Path, tmp_path: Path) -> str:
    """The archive as a table read once: reading a thousand files again for each column is slow."""
    with ZipFile(shared_files / "stops" / "police-uk-archive-2018-2020.zip") as packed:
        packed.extractall(tmp_path)
    files = f"read_csv('{tmp_path}/*/*.csv', all_varchar=true, filename=true)"
    duckdb.sql(f"CREATE OR REPLACE TABLE archive AS SELECT * FROM {files}")
    return "archive"


@pytest.mark.slow
def test_every_label_of_the_archive_is_known(archive: str) -> None:
    vocabularies = STOPS | {
        "Self-defined ethnicity": ["ethnicity-2011"],
        "Outcome": ["outcome", "outcome-2017"],
    }
    for column, lists in vocabularies.items():
        labels = distinct(f'select distinct "{column}" from {archive}')
        for list_id in lists:
            assert unexplained(labels, list_id) == [], column
    slugs = distinct(
        "select distinct regexp_extract(filename, '[0-9]{4}-[0-9]{2}-(.*)-stop-and-search', 1)"
        f" from {archive}"
    )
    assert len(slugs) == 44
    assert set(slugs) <= {code.code for code in get_codelist("police-service").codes}


def test_every_label_of_the_2016_file_is_known_and_tells_its_edition(shared_files: Path) -> None:
    source = f"read_csv('{shared_files}/stops/2016-06-*.csv.gz', all_varchar=true)"
    vocabularies = STOPS | {
        "Self-defined ethnicity": ["ethnicity-2001"],
        "Outcome": ["outcome", "outcome-2014"],
    }
    for column, lists in vocabularies.items():
        labels = distinct(f'select distinct "{column}" from {source}')
        for list_id in lists:
            assert unexplained(labels, list_id) == [], column
    labels = distinct(f'select distinct "Self-defined ethnicity" from {source}')
    edition = find_edition(labels)
    assert edition is not None
    assert edition.id == "ethnicity-2001"


def test_every_label_of_the_london_extract_is_known(shared_files: Path) -> None:
    source = f"'{shared_files}/stops/london_stops_12_months_to_nov22.parquet'"
    for column, list_id in {
        "type": "subject",
        "gender": "sex",
        "age_range": "age-stops",
        "self_defined_ethnicity": "ethnicity-2011",
        "officer_defined_ethnicity": "ethnicity-officer",
        "legislation": "legislation",
        "object_of_search": "object",
        "outcome": "outcome",
        "force": "police-service",
        "la_name": "local-authority",
        "la_code": "local-authority",
    }.items():
        labels = distinct(f"select distinct {column} from {source}")
        assert unexplained(labels, list_id) == [], column


def test_every_label_of_the_published_rates_is_known(shared_files: Path) -> None:
    source = f"read_csv('{shared_files}/oracles/eff-stop-and-search.csv.gz', all_varchar=true)"
    for kind, list_id in {
        "ONS 2001 16+1": "ethnicity-2001",
        "ONS 2001 5+1": "ethnicity-broad-2001",
    }.items():
        labels = distinct(f"select distinct Ethnicity from {source} where Ethnicity_type='{kind}'")
        assert unexplained(labels, list_id) == []
    assert unexplained(distinct(f"select distinct Geography from {source}"), "police-service") == []


@pytest.mark.parametrize(
    ("file", "column", "list_id"),
    [
        ("police-arrests-data", "force_name", "police-service"),
        ("police-arrests-data", "ethnic_group", "ethnicity-broad-2001"),
        ("police-arrests-data", "age_group", "age-arrests"),
        ("police-arrests-data", "sex", "sex"),
        ("police-uplift-2022-data", "force_name", "police-service"),
        ("police-uplift-2022-data", "geo_code", "police-service"),
        ("police-uplift-2022-data", "sex", "sex"),
        ("police-uplift-2022-data", "rank_description", "rank-workforce"),
        ("police-uplift-2022-data", "worker_type", "worker-type"),
        ("by-ethnicity-force_april2018-march2019", "Police Force", "police-service"),
        ("by-ethnicity-force_april2019-march2020", "Police Force", "police-service"),
    ],
)
def test_every_label_of_the_home_office_tables_is_known(
    shared_files: Path, file: str, column: str, list_id: str
) -> None:
    source = f"read_csv('{shared_files}/home_office/{file}.csv.gz', all_varchar=true)"
    labels = distinct(f'select distinct "{column}" from {source}')
    assert unexplained(labels, list_id) == []


def test_every_group_of_the_use_of_force_headings_is_known(shared_files: Path) -> None:
    file = f"{shared_files}/home_office/by-ethnicity-force_april2018-march2019.csv.gz"
    headings = duckdb.sql(f"from read_csv('{file}', all_varchar=true)").columns
    assert unexplained(headings[3:], "ethnicity-officer-force") == []


def test_every_census_group_and_area_of_2021_is_known(shared_files: Path) -> None:
    source = f"'{shared_files}/denominators/census_2021_ts021_ltla.parquet'"
    labels = distinct(f'select distinct "Ethnic group (20 categories)" from {source}')
    assert unexplained(labels, "ethnicity-2021") == []
    assert find_edition(labels) == get_codelist("ethnicity-2021")
    codes = distinct(f'select distinct "Lower Tier Local Authorities Code" from {source}')
    assert len(codes) == 331
    assert unexplained(codes, "local-authority") == []


def test_every_heading_of_the_detailed_census_table_is_a_broad_group(shared_files: Path) -> None:
    source = f"read_csv('{shared_files}/denominators/TS022_census.csv.gz')"
    label = '"Ethnic Group (detailed) (288 categories)"'
    headings = distinct(f"select distinct split_part({label}, ':', 1) from {source}")
    assert unexplained(headings, "ethnicity-broad") == []


def test_every_look_up_row_agrees_with_ours(shared_files: Path) -> None:
    areas, services = get_codelist("local-authority"), get_codelist("police-service")
    folder = shared_files / "denominators"
    rows = duckdb.sql(
        f"select lad21cd, pfa21nm from read_csv('{folder}/lad_pfa_lookup.csv.gz')"
        f" union select LAD22CD, PFA22NM from '{folder}/lad_csp_pfa_lookup_2022.parquet'"
    ).fetchall()
    assert len({code for code, _ in rows}) == 331
    for code, force in rows:
        service = services.find(force)
        assert service is not None
        assert areas.get(code).broad == service.code
