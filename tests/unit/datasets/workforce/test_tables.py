"""The canonical tables: what every measure may rely on."""

from __future__ import annotations

import pyarrow as pa
import pytest

from evenhand.codelists import get_codelist
from evenhand.core import ContractBroken
from evenhand.datasets.workforce import ABSENT, CHARACTERISTICS, TABLES, Holds, TableSchema

ABOUT_PEOPLE = (
    "strength",
    "processes",
    "vetting",
    "conduct",
    "reviews",
    "training",
    "survey",
    "exits",
)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda each: each.id)
def test_every_code_of_a_table_comes_from_a_codelist_that_is_shipped(table: TableSchema) -> None:
    for column in table.columns:
        assert bool(column.codelists) == (column.holds is Holds.CODE)
        for codelist in column.codelists:
            assert len(get_codelist(codelist)) > 1


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda each: each.id)
def test_a_table_is_told_apart_by_columns_it_has(table: TableSchema) -> None:
    assert set(table.key) <= set(table.names)
    assert len(set(table.names)) == len(table.names)
    assert table.arrow.names == list(table.names)


@pytest.mark.parametrize("name", ABOUT_PEOPLE)
def test_every_table_about_people_carries_every_characteristic(name: str) -> None:
    assert set(CHARACTERISTICS) < set(TABLES[name].names)


def test_three_kinds_of_absence_are_kept_apart() -> None:
    assert [code.code for code in get_codelist("absence").codes] == list(ABSENT)


def test_a_table_that_lacks_a_column_is_refused_by_name() -> None:
    with pytest.raises(ContractBroken, match=r"strength lacks person, unit"):
        TABLES["strength"].require(pa.table({"month": pa.array([], pa.date32())}))


def test_a_table_is_given_the_columns_order_and_types_of_its_schema() -> None:
    schema = TABLES["benchmarks"]
    row = {"count": 5, "grp": "bme", "characteristic": "ethnicity", "edition": "ethnicity-binary"}
    table = pa.Table.from_pylist([row | {"year": 2021, "area": "Kent", "more": 1}])
    assert schema.require(table).schema == schema.arrow
