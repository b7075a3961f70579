"""The cube's definition, its statement in several dialects, and its cells."""

from __future__ import annotations

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import sqlglot

from evenhand.core import UsageProblem
from evenhand.datasets import STOPS_CUBE, CubeSpec, Dimension, Measure, build_cube
from evenhand.datasets.cube import build_statement

ROWS = pa.table(
    {
        "unit": ["a", "a", "a", "b", "b"],
        "month": ["1", "1", "2", "1", "1"],
        "sex": ["f", "m", "f", "f", None],
        "days": [1.0, 2.0, None, 4.0, 5.0],
        "ok": [True, False, True, None, True],
    }
)
SPEC = CubeSpec(
    "test",
    (Dimension("unit"), Dimension("month"), Dimension("sex", "coalesce(sex, 'x')")),
    (Measure("n", when="true"), Measure("ok", when="ok"), Measure("days", of="days", squares=True)),
    (("unit", "month"), ("unit", "sex"), ()),
    (("unit", "month"), ("unit", "sex")),
)


def as_dicts(table: pa.Table) -> list[dict[str, object]]:
    return table.to_pylist()


def test_each_set_holds_its_counts_sums_and_squares() -> None:
    cube = build_cube(ROWS, SPEC)
    assert as_dicts(cube.cells("unit", "month")) == [
        {"unit": "a", "month": "1", "n": 2, "ok": 1, "days": 3.0, "days_squares": 5.0},
        {"unit": "a", "month": "2", "n": 1, "ok": 1, "days": 0.0, "days_squares": 0.0},
        {"unit": "b", "month": "1", "n": 2, "ok": 1, "days": 9.0, "days_squares": 41.0},
    ]
    assert [(c["unit"], c["sex"], c["n"]) for c in as_dicts(cube.cells("unit", "sex"))] == [
        ("a", "f", 2), ("a", "m", 1), ("b", "f", 1), ("b", "x", 1),
    ]  # fmt: skip
    assert as_dicts(cube.cells()) == [{"n": 5, "ok": 3, "days": 12.0, "days_squares": 46.0}]


def test_a_coarser_set_is_added_up_from_the_smallest_that_holds_it() -> None:
    cells = build_cube(ROWS, SPEC).cells("month").sort_by("month")
    assert cells["n"].to_pylist() == [4, 1]
    assert cells.column_names == ["month", "n", "ok", "days", "days_squares"]


def test_a_set_that_was_not_asked_for_is_refused() -> None:
    with pytest.raises(UsageProblem, match="month, sex together"):
        build_cube(ROWS, SPEC).cells("month", "sex")


@pytest.mark.parametrize("kind", ["pandas", "polars", "relation"])
def test_any_table_of_an_analyst_gives_the_same_cube(kind: str) -> None:
    with duckdb.connect() as engine:
        rows = {
            "pandas": lambda: pd.DataFrame(ROWS.to_pydict()),
            "polars": lambda: pl.DataFrame(ROWS.to_pydict()),
            "relation": lambda: engine.from_arrow(ROWS),
        }[kind]()
        assert build_cube(rows, SPEC).table.to_pylist() == build_cube(ROWS, SPEC).table.to_pylist()


@pytest.mark.parametrize("dialect", ["duckdb", "spark", "postgres", "trino"])
@pytest.mark.parametrize("spec", [SPEC, STOPS_CUBE], ids=lambda spec: spec.id)
def test_the_statement_is_one_statement_in_every_dialect(spec: CubeSpec, dialect: str) -> None:
    sql = build_statement(spec, dialect=dialect)
    (parsed,) = sqlglot.parse(sql, dialect=dialect)
    assert parsed is not None
    found = list(parsed.find_all(sqlglot.exp.GroupingSets))
    assert len(found) == len(spec.grains)
    assert [s.alias_or_name for s in parsed.selects][: len(spec.names)] == list(spec.names)


def test_names_that_are_no_identifiers_are_quoted_and_not_run() -> None:
    name = 'x"; DROP TABLE evenhand_rows; --'
    spec = CubeSpec("odd", (Dimension(name),), (Measure("n", when="true"),), ((name,),))
    (parsed,) = sqlglot.parse(build_statement(spec), dialect="duckdb")
    assert not list(parsed.find_all(sqlglot.exp.Drop))
    cells = build_cube(pa.table({name: ["a", "a"]}), spec).cells(name)
    assert cells.to_pylist() == [{name: "a", "n": 2}]


def test_an_expression_that_is_no_sql_is_refused() -> None:
    spec = CubeSpec("bad", (Dimension("unit"),), (Measure("n", when="unit ="),), (("unit",),))
    with pytest.raises(UsageProblem, match="not a SQL expression"):
        build_cube(ROWS, spec)


@pytest.mark.parametrize(
    ("sets", "grains", "rule"),
    [
        ((("nowhere",),), (), "dimension-in-cube"),
        ((("unit", "sex"),), (("unit",),), "set-within-a-grain"),
    ],
)
def test_a_spec_that_cannot_be_filled_is_refused(sets: object, grains: object, rule: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        CubeSpec("bad", (Dimension("unit"), Dimension("sex")), SPEC.measures, sets, grains)  # type: ignore[arg-type]
    assert caught.value.rule == rule


@pytest.mark.parametrize("change", [{}, {"when": "a", "of": "b"}, {"when": "a", "squares": True}])
def test_a_measure_counts_or_sums(change: dict[str, object]) -> None:
    with pytest.raises(UsageProblem):
        Measure("n", **change)  # type: ignore[arg-type]


def test_no_rows_make_an_empty_cube() -> None:
    cube = build_cube(ROWS.slice(0, 0), SPEC)
    assert cube.cells("unit", "month").num_rows == 0
