"""The published tables of residents, rolled up to the published totals."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from evenhand.codelists import get_codelist
from evenhand.core import ContractBroken
from evenhand.datasets.population import Population, load_population

pytestmark = pytest.mark.shared

# Usual residents of England and Wales: ONS, Census 2011 first release (56.1 million) and Census
# 2021, TS021. The 2021 figure here is the sum of the table's own cells.
RESIDENTS_2011 = 56_075_912
RESIDENTS_2021 = 59_597_578


@pytest.fixture
def load(shared_files: Path):
    def _load(name: str) -> Population:
        return load_population(shared_files / "denominators" / name)

    return _load


def test_the_census_of_2021_rolls_up_to_43_services_and_everybody_in_them(
    load, shared_files: Path
) -> None:
    population = load("census_2021_ts021_ltla.parquet")
    assert len(population.services) == 43
    assert population.unmatched == population.gaps == population.incomplete == ()
    assert population.left_out == {"Does not apply": 331}
    assert population.total == RESIDENTS_2021
    source = f"'{shared_files}/denominators/census_2021_ts021_ltla.parquet'"
    assert duckdb.sql(f"select sum(Observation) from {source}").fetchone() == (RESIDENTS_2021,)
    assert sum(population.by_service()["residents"].to_pylist()) == RESIDENTS_2021


def test_every_service_of_2021_agrees_with_a_join_on_the_published_look_up(
    load, shared_files: Path
) -> None:
    folder = shared_files / "denominators"
    rows = duckdb.sql(
        f"""select pfa21cd, sum(Observation)::bigint
        from '{folder}/census_2021_ts021_ltla.parquet' t
        join read_csv('{folder}/lad_pfa_lookup.csv.gz') l
          on t."Lower Tier Local Authorities Code" = l.lad21cd
        where "Ethnic group (20 categories)" = 'White: Roma' group by 1"""
    ).fetchall()
    population = load("census_2021_ts021_ltla.parquet")
    for pfa, people in rows:
        service = get_codelist("police-service").find(pfa)
        assert service is not None
        assert population.residents([service.code], ["W4"])[0, 0] == people


@pytest.mark.parametrize(
    "name", ["la-ethnic-groups.csv.gz", "local-authorities-demographics-with-police-force.csv.gz"]
)
def test_the_census_of_2011_rolls_up_though_its_authorities_are_gone(load, name: str) -> None:
    population = load(name)
    assert population.edition == "ethnicity-2011"
    assert len(population.services) == 43
    assert population.total == RESIDENTS_2011
    assert population.unmatched == population.gaps == population.incomplete == ()


def test_force_totals_of_2011_agree_with_the_home_office_table_of_the_same_census(load) -> None:
    ours = load("la-ethnic-groups.csv.gz").told_in("ethnicity-broad-chinese")
    theirs = load("police-defined-demographics.csv.gz")
    assert theirs.edition == "ethnicity-broad-chinese"
    assert ours.services == theirs.services
    one = ours.residents(ours.services, theirs.groups)
    other = theirs.residents(ours.services, theirs.groups)
    assert (one == other).all()


def test_a_collapsed_table_with_the_usual_headings_may_mean_other_groups_by_them(load) -> None:
    # Nothing in the file says so: its White lacks W3 and W4, which stand under Other, and its
    # Black holds M1 and M2. The total alone would not have told; hence the note on load.
    full = load("census_2021_ts021_ltla.parquet")
    collapsed = load("census_2021_pop_ests_collapsed.csv.gz")
    assert full.total == collapsed.total
    theirs = {
        "white": ["W1", "W2", "W9"],
        "mixed": ["M3", "M9"],
        "asian": ["A1", "A2", "A3", "A4", "A9"],
        "black": ["B1", "B2", "B9", "M1", "M2"],
        "other": ["O2", "O9", "W3", "W4"],
    }
    for group, codes in theirs.items():
        added = full.residents(full.services, codes).sum(axis=1)
        assert (collapsed.residents(full.services, [group])[:, 0] == added).all()


def test_the_detailed_table_adds_up_by_its_headings_to_within_its_perturbation(load) -> None:
    full = load("census_2021_ts021_ltla.parquet").in_broad_groups()
    detailed = load("TS022_census.csv.gz")
    assert detailed.services == ("city-of-london", "metropolitan")
    one = full.residents(["metropolitan"], full.groups)
    other = detailed.residents(["metropolitan"], full.groups)
    # Cell-key perturbation moves single cells by a few people (ONS, Census 2021 methods).
    assert abs(one - other).max() < 40


def test_a_dash_in_the_city_of_london_is_not_taken_for_nobody(load) -> None:
    with pytest.raises(ContractBroken, match=r"city-of-london: Gypsy or Irish Traveller \(W3\)"):
        load("ethnicity-composition-across-uk.csv.gz")


def test_a_table_that_joins_westminster_to_the_city_names_both_services(load) -> None:
    population = load("wildpigen_ethnic_pop_region.csv.gz")
    (joint,) = population.unmatched
    assert joint.name == "City of London and Westminster"
    assert joint.residents == 212_815
    assert [each.service for each in population.incomplete] == ["metropolitan"]
    assert "devon-and-cornwall" in population.services
    assert len(population.services) == 41
    assert population.left_out["E12000007 London"] == 1
