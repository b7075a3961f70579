"""What was planted is there, and ordinary boroughs are ordinary: by plain counting."""

from __future__ import annotations

import zipfile

import duckdb
import numpy as np
import pytest

from evenhand.datasets.population import load_population
from evenhand.datasets.synthetic import SyntheticService, places, write_synthetic

SEEDS = (1, 2026)


@pytest.fixture(scope="module", params=SEEDS)
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[SyntheticService, duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("truths")
    service = write_synthetic(folder, seed=request.param)
    with zipfile.ZipFile(service.archive) as packed:
        packed.extractall(folder)
    engine = duckdb.connect()
    engine.execute(
        f"""create table stops as
        select *, regexp_extract(filename, '([0-9-]+)-eldermarch', 1) as month,
          split_part(split_part("Self-defined ethnicity", ' - ', 1), '/', 1) as broad
        from read_csv('{folder}/*/*.csv', all_varchar=true, filename=true)
        where Type <> 'Vehicle search'"""
    )
    return service, engine


def ratios(
    service: SyntheticService, engine: duckdb.DuckDBPyConnection, *, months: str = "true"
) -> dict[str, float]:
    """The crude Black/White rate ratio of each borough."""
    population = load_population(service.population, areas=service.areas).in_broad_groups()
    people = population.residents(service.boroughs, ["black", "white"])
    rows = engine.execute(
        f"""select Borough, count(*) filter (broad = 'Black'), count(*) filter (broad = 'White')
        from stops where {months} group by 1"""
    ).fetchall()
    counted = {name: (black, white) for name, black, white in rows}
    return {
        name: counted[name][0] / black / (counted[name][1] / white)
        for name, (black, white) in zip(service.boroughs, people, strict=True)
    }


def ordinary(of: dict[str, float]) -> np.ndarray:
    named = {*places.UNEVEN, places.IMPROVING, places.VISITED}
    return np.log([ratio for name, ratio in of.items() if name not in named])


def test_the_two_uneven_boroughs_stand_clear_of_every_ordinary_one(made) -> None:
    found = ratios(*made)
    rest = ordinary(found)
    for name in places.UNEVEN:
        assert np.log(found[name]) > rest.max()
        assert np.log(found[name]) > rest.mean() + 2.5 * rest.std()


def test_ordinary_boroughs_differ_by_more_than_chance(made) -> None:
    service, engine = made
    stops = engine.execute(
        "select count(*) filter (broad = 'Black') from stops group by Borough"
    ).fetchall()
    by_chance = np.sqrt(np.mean([1 / count for (count,) in stops]))
    assert ordinary(ratios(service, engine)).std() > 3 * by_chance


def test_searches_of_black_people_in_uneven_boroughs_end_in_arrest_less_often(made) -> None:
    _, engine = made
    (uneven, others) = (
        engine.execute(
            f"""select avg((Outcome = 'Arrest')::int) from stops
            where broad = 'Black' and (Borough in {places.UNEVEN}) = {wanted}"""
        ).fetchone()[0]
        for wanted in (True, False)
    )
    assert uneven / others == pytest.approx(places.UNEVEN_ARRESTS, abs=0.15)


def test_the_improving_borough_starts_uneven_and_ends_ordinary(made) -> None:
    service, engine = made
    start = ratios(service, engine, months="month < '2024-07'")[places.IMPROVING]
    end = ratios(service, engine, months="month >= '2025-07'")[places.IMPROVING]
    assert start / end > 1.4


def test_one_borough_seldom_asks(made) -> None:
    _, engine = made
    found = dict(
        engine.execute(
            """select Borough, avg(("Self-defined ethnicity" is null
              or "Self-defined ethnicity" like '%Not stated')::int) from stops group by 1"""
        ).fetchall()
    )
    assert found.pop(places.UNSTATED) == pytest.approx(0.53, abs=0.03)
    assert max(found.values()) < 0.22


def test_one_borough_has_a_gap_in_one_month_and_no_other_borough_has_any(made) -> None:
    _, engine = made
    months = dict(
        engine.execute("select Borough, count(distinct month) from stops group by 1").fetchall()
    )
    assert months.pop(places.SILENT) == 23
    assert set(months.values()) == {24}
    present = engine.execute(
        f"select distinct month from stops where Borough = '{places.SILENT}'"
    ).fetchall()
    assert ("2024-10",) not in present


def test_one_borough_knows_only_the_day(made) -> None:
    _, engine = made
    found = dict(
        engine.execute(
            """select Borough, avg((timezone('Europe/London', Date::timestamptz)::time
              = '00:00:00')::int) from stops group by 1"""
        ).fetchall()
    )
    assert found.pop(places.TIMELESS) == 1
    assert max(found.values()) < 0.02


def test_one_file_lists_every_row_twice_and_no_other_does(made) -> None:
    _, engine = made
    once = dict(
        engine.execute(
            "select month, count(*) from (select distinct * from stops) group by 1"
        ).fetchall()
    )
    listed = dict(engine.execute("select month, count(*) from stops group by 1").fetchall())
    found = {month: 1 - once[month] / listed[month] for month in listed}
    assert found.pop("2025-05") >= 0.5
    assert max(found.values()) < 0.01


def test_the_visited_borough_has_more_stops_of_black_people_than_black_residents(made) -> None:
    service, engine = made
    black = engine.execute(
        f"select count(*) from stops where broad = 'Black' and Borough = '{places.VISITED}'"
    ).fetchone()[0]
    population = load_population(service.population, areas=service.areas).in_broad_groups()
    assert black > population.residents([places.VISITED], ["black"])[0, 0]
    everybody = population.residents([places.VISITED]).sum()
    assert everybody == pytest.approx(8_600, abs=20)


def test_every_planted_truth_is_listed_with_its_borough(made) -> None:
    service, _ = made
    planted = {(truth.kind, truth.unit) for truth in service.truths}
    assert planted == {
        ("uneven", "Cinder Quay"),
        ("uneven", "Larch Basin"),
        ("improving", "Rowan Steps"),
        ("unstated", "Pebble Common"),
        ("gap", "Heron Fields"),
        ("midnight", "Otter Sluice"),
        ("visitors", "Old Exchange"),
        ("doubled", ""),
    }
