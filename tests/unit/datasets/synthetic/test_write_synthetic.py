"""The invented service: exactly as published, the same for the same seed, and true to its note."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import duckdb
import numpy as np
import pytest

from evenhand.codelists import find_edition, get_codelist
from evenhand.core import Month, UsageProblem
from evenhand.datasets.population import load_population
from evenhand.datasets.synthetic import SyntheticService, places, write_synthetic
from evenhand.datasets.synthetic.clock import draw_stamps

PUBLISHED = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,"
    "Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,"
    "Outcome linked to object of search,Removal of more than just outer clothing"
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> SyntheticService:
    return write_synthetic(tmp_path_factory.mktemp("made"), seed=2026)


@pytest.fixture(scope="module")
def rows(
    service: SyntheticService, tmp_path_factory: pytest.TempPathFactory
) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(service.archive) as packed:
        packed.extractall(folder)
    engine = duckdb.connect()
    engine.execute(
        f"""create table stops as
        select *, regexp_extract(filename, '([0-9-]+)-eldermarch', 1) as file_month,
          "Self-defined ethnicity" as self_defined, "Officer-defined ethnicity" as officer,
          timezone('Europe/London', Date::timestamptz) as local
        from read_csv('{folder}/*/*.csv', all_varchar=true, filename=true)"""
    )
    return engine


def number(rows: duckdb.DuckDBPyConnection, query: str) -> float:
    found = rows.execute(query).fetchone()
    assert found is not None
    return float(found[0])


def share(rows: duckdb.DuckDBPyConnection, condition: str, among: str = "true") -> float:
    return number(rows, f"select avg(({condition})::int) from stops where {among}")


def test_the_archive_is_laid_out_as_published_with_one_more_column(
    service: SyntheticService,
) -> None:
    with zipfile.ZipFile(service.archive) as packed:
        names = packed.namelist()
        assert len(names) == len(service.period) == 24
        assert names[0] == "2024-01/2024-01-eldermarch-stop-and-search.csv"
        for name in names:
            header = packed.read(name).partition(b"\n")[0].decode()
            assert header == f"{PUBLISHED},Borough"


def test_the_number_of_rows_is_the_number_written(
    service: SyntheticService, rows: duckdb.DuckDBPyConnection
) -> None:
    assert service.rows == number(rows, "select count(*) from stops")
    assert 150_000 < service.rows < 250_000


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    def digests(folder: str, seed: int) -> list[str]:
        made = write_synthetic(tmp_path / folder, seed=seed, months=6, boroughs=10)
        files = (made.archive, made.population, made.areas)
        return [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]

    assert digests("a", 1) == digests("b", 1)
    assert digests("a", 1) != digests("c", 2)


@pytest.mark.parametrize(
    ("column", "list_id"),
    [
        ("Type", "subject"),
        ("Gender", "sex"),
        ("Age range", "age-stops"),
        ("self_defined", "ethnicity-2011"),
        ("officer", "ethnicity-officer"),
        ("Legislation", "legislation"),
        ("Object of search", "object"),
        ("Outcome", "outcome-2017"),
    ],
)
def test_every_word_is_one_that_data_police_uk_publishes(
    rows: duckdb.DuckDBPyConnection, column: str, list_id: str
) -> None:
    labels = [r[0] for r in rows.execute(f'select distinct "{column}" from stops').fetchall()]
    assert get_codelist(list_id).list_unknown(labels) == ()
    assert len(labels) > 2


def test_its_ethnicities_speak_the_edition_of_2011(rows: duckdb.DuckDBPyConnection) -> None:
    labels = [r[0] for r in rows.execute("select distinct self_defined from stops").fetchall()]
    edition = find_edition(labels)
    assert edition is not None
    assert edition.id == "ethnicity-2011"


def test_residents_load_in_the_groups_of_2021_with_the_look_up_beside_them(
    service: SyntheticService,
) -> None:
    population = load_population(service.population, areas=service.areas)
    assert population.edition == "ethnicity-2021"
    assert population.services == (service.service,)
    assert population.unmatched == population.gaps == ()
    assert population.left_out == {"Does not apply": 32}
    assert not np.isnan(population.residents(service.boroughs)).any()
    black = population.in_broad_groups().residents([places.VISITED], ["black"])[0, 0]
    assert abs(black - 334) < 5


def test_no_borough_has_the_name_of_a_real_local_authority_or_a_real_code(
    service: SyntheticService,
) -> None:
    areas = get_codelist("local-authority")
    assert len(set(service.boroughs)) == 32
    assert not [name for name in service.boroughs if areas.find(name)]
    assert areas.find("X99000001") is None
    assert get_codelist("police-service").find(service.service) is None


def test_every_stop_lies_in_the_month_of_its_file_on_the_clock_in_london(
    rows: duckdb.DuckDBPyConnection,
) -> None:
    assert share(rows, "strftime(local, '%Y-%m') = file_month") == 1
    # In summer the first hour of a month carries the stamp of the month before.
    assert number(rows, "select count(*) from stops where Date[:7] <> file_month") > 100


def test_what_is_recorded_follows_the_published_frequencies(
    rows: duckdb.DuckDBPyConnection,
) -> None:
    person = "Type <> 'Vehicle search'"
    ordinary = f"{person} and Borough <> '{places.UNSTATED}'"
    assert share(rows, "Outcome = 'Arrest'") == pytest.approx(0.135, abs=0.015)
    assert share(rows, "Type = 'Vehicle search'") == pytest.approx(22_818 / 796_477, abs=0.003)
    assert share(rows, "self_defined like '%Not stated'", ordinary) == pytest.approx(
        0.131, abs=0.01
    )
    assert share(rows, "self_defined is null", ordinary) == pytest.approx(0.032, abs=0.005)
    assert share(rows, "officer is null", person) == pytest.approx(0.087, abs=0.01)
    assert share(rows, "officer is null") == pytest.approx(0.11, abs=0.01)


def test_stop_rates_are_of_the_published_order(
    service: SyntheticService, rows: duckdb.DuckDBPyConnection
) -> None:
    population = load_population(service.population, areas=service.areas).in_broad_groups()
    black, white = population.residents([service.service], ["black", "white"])[0]
    counted = "select count(*) from stops where Type <> 'Vehicle search' and self_defined like"
    rates = [
        number(rows, f"{counted} 'Black%'") / black * 1000 / 2,
        number(rows, f"{counted} 'White%'") / white * 1000 / 2,
    ]
    # Metropolitan Police 2017/18: 39.6 and 9.3 for each 1,000 residents in a year.
    assert rates[0] == pytest.approx(39.6, rel=0.35)
    assert rates[1] == pytest.approx(9.3, rel=0.35)
    assert 3 < rates[0] / rates[1] < 6


def test_a_folder_half_written_before_is_replaced_whole(tmp_path: Path) -> None:
    (tmp_path / "stops.zip").write_bytes(b"half")
    made = write_synthetic(tmp_path, seed=1, months=6, boroughs=10)
    assert zipfile.is_zipfile(made.archive)
    assert not list(tmp_path.glob("*.part"))


def test_the_note_says_that_it_is_invented_and_names_every_truth(
    service: SyntheticService,
) -> None:
    note = service.readme.read_text(encoding="utf-8")
    assert note.startswith("SYNTHETIC DATA")
    assert "do not exist" in " ".join(note.split())
    assert f"{service.rows:,} rows" in " ".join(note.split())
    for truth in service.truths:
        assert truth.unit in note


@pytest.mark.parametrize(
    ("asked", "words"),
    [({"months": 5}, "6 months"), ({"boroughs": 9}, "10 to 32"), ({"boroughs": 33}, "10 to 32")],
)
def test_a_service_too_small_or_too_large_is_refused(
    tmp_path: Path, asked: dict[str, int], words: str
) -> None:
    with pytest.raises(UsageProblem, match=words):
        write_synthetic(tmp_path, seed=1, **asked)
    assert not list(tmp_path.iterdir())


def test_stamps_in_both_hours_of_the_change_of_clocks_stay_in_their_month() -> None:
    rng = np.random.default_rng(5)
    month = np.repeat(np.arange(12), 20_000)
    stamps = draw_stamps(rng, month, np.zeros(len(month), dtype=np.bool_), first=Month(2024, 1))
    found = duckdb.sql(
        "select month(timezone('Europe/London', make_timestamptz(s))) as m, count(*)"
        " from (select unnest($stamps) as s) group by 1 order by 1",
        params={"stamps": stamps.tolist()},
    ).fetchall()
    assert found == [(number, 20_000) for number in range(1, 13)]
