"""Denominators as the measures ask for them."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from evenhand.codelists import get_codelist
from evenhand.core import CodelistRefused, ContractBroken, UsageProblem
from evenhand.datasets.population import load_population

BEDFORDSHIRE = {"E06000055": "Bedford", "E06000032": "Luton", "E06000056": "Central Bedfordshire"}


def table_of(edition: str, areas: dict[str, str], each: int = 10) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {"area code": code, "area name": name, "ethnic group": g.label, "residents": each}
            for code, name in areas.items()
            for g in get_codelist(edition).values
        ]
    )


def test_detail_of_2021_is_told_in_2011_and_in_broad_groups_without_losing_anybody() -> None:
    population = load_population(table_of("ethnicity-2021", BEDFORDSHIRE))
    assert population.edition == "ethnicity-2021"
    assert population.groups[:5] == ("W1", "W2", "W3", "W4", "W9")
    earlier = population.told_in("ethnicity-2011")
    assert "W4" not in earlier.groups
    assert earlier.residents(["bedfordshire"], ["W9"])[0, 0] == 60
    broad = population.in_broad_groups()
    assert broad.groups == ("white", "mixed", "asian", "black", "other")
    assert broad.residents(["bedfordshire"]).tolist() == [[150.0, 120.0, 150.0, 90.0, 60.0]]
    assert population.total == earlier.total == broad.total == 3 * 19 * 10
    assert set(broad.table["edition"].to_pylist()) == {"ethnicity-broad"}


def test_broad_groups_cannot_be_told_in_detail() -> None:
    population = load_population(table_of("ethnicity-broad", BEDFORDSHIRE))
    with pytest.raises(CodelistRefused):
        population.told_in("ethnicity-2011")


def test_units_are_services_or_areas_by_code_or_name_and_the_unknown_is_nan_not_zero() -> None:
    areas = BEDFORDSHIRE | {"E09000001": "City of London"}
    population = load_population(table_of("ethnicity-broad", areas))
    found = population.residents(
        ["bedfordshire", "Luton", "E06000055", "city-of-london", "nowhere"], ["black"]
    )
    assert found[:4, 0].tolist() == [30.0, 10.0, 10.0, 10.0]
    assert np.isnan(found[4, 0])


def test_a_group_of_another_edition_is_refused() -> None:
    population = load_population(table_of("ethnicity-broad", BEDFORDSHIRE))
    with pytest.raises(UsageProblem, match="'W4' is not a group of ethnicity-broad"):
        population.residents(["bedfordshire"], ["W4"])


def test_a_service_that_lacks_an_authority_has_no_denominator_and_is_named() -> None:
    without_luton = {code: name for code, name in BEDFORDSHIRE.items() if name != "Luton"}
    areas = without_luton | {"E09000001": "City of London"}
    population = load_population(table_of("ethnicity-broad", areas))
    (incomplete,) = population.incomplete
    assert incomplete.service == "bedfordshire"
    assert incomplete.missing == ("Luton (E06000032)",)
    assert population.services == ("city-of-london",)
    assert np.isnan(population.residents(["bedfordshire"], ["black"])[0, 0])
    assert population.residents(["Bedford"], ["black"])[0, 0] == 10


def test_an_area_of_another_frame_is_named_lest_it_be_counted_twice() -> None:
    somerset = {"E07000187": "Mendip", "E07000188": "Sedgemoor", "E07000189": "South Somerset"}
    population = load_population(
        table_of("ethnicity-broad", somerset | {"E06000066": "Somerset", "E07000246": "x"})
    )
    (stray,) = population.unmatched
    assert stray.name == "Somerset"
    assert stray.residents == 50
    assert "frame the rest of the table is in" in stray.reason


def test_unmatched_areas_are_named_with_the_people_in_them() -> None:
    areas = BEDFORDSHIRE | {"S12000036": "City of Edinburgh", "E12000006": "East of England"}
    population = load_population(table_of("ethnicity-broad", areas))
    (unmatched,) = population.unmatched
    assert (unmatched.name, unmatched.residents) == ("City of Edinburgh", 50)
    assert population.left_out == {"E12000006 East of England": 1}
    assert population.total == 150


def test_an_area_without_a_row_for_a_group_has_a_gap_there() -> None:
    table = table_of("ethnicity-broad", BEDFORDSHIRE)
    population = load_population(table.slice(1))
    (gap,) = population.gaps
    assert (gap.area_name, gap.group, gap.written, gap.line) == ("Bedford", "white", "no row", None)
    assert population.understated == {("bedfordshire", "white")}


def test_any_table_in_memory_will_do() -> None:
    table = table_of("ethnicity-broad", BEDFORDSHIRE)
    given = [
        table,
        pd.DataFrame(table.to_pydict()),
        pl.DataFrame(table.to_pydict()),
        duckdb.from_arrow(table),
    ]
    tables = [load_population(each).by_service().to_pylist() for each in given]
    assert all(each == tables[0] for each in tables)
    assert len(tables[0]) == 5


def test_an_empty_table_is_refused() -> None:
    empty = table_of("ethnicity-broad", BEDFORDSHIRE).slice(0, 0)
    with pytest.raises(ContractBroken, match="no rows"):
        load_population(empty)
