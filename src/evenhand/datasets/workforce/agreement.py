"""Do the datasets of a workforce tell the same story? Each is right by its contract alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from evenhand.datasets.engine import open_engine
from evenhand.datasets.workforce.loading import WorkforceLake
from evenhand.datasets.workforce.tables import TABLES

KEYS = {"exits": "person_key"}
"""The column that holds the person, where it is not ``person``."""

ABOUT_PEOPLE = tuple(
    name for name, table in TABLES.items() if KEYS.get(name, "person") in table.names
)
APPLICANTS = ("processes", "vetting")
"""Datasets that also hold people who applied and never joined."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """One question put to the datasets: ``people`` of the ``of`` asked about do not fit.

    ``of`` counts the people of the dataset that the question is about; both are whole people.
    """

    dataset: str
    question: str
    people: int
    of: int
    meaning: str


_STRANGERS = """
select distinct {key} as person from {dataset} where {key} not in (select person from strength)
"""
_LEFT_AND_STAYED = """
with gone as (
    select person, max("on") as day from movements where kind = 'leave' group by person
), back as (
    select person, max("on") as day from movements where kind = 'join' group by person
), last as (select person, max(month) as month from strength group by person)
select gone.person from gone join last using (person) left join back using (person)
where last.month > date_trunc('month', gone.day) and (back.day is null or back.day < gone.day)
"""
_GONE_WITHOUT_LEAVING = """
with last as (select person, max(month) as month from strength group by person)
select person from last
where month < (select max(month) from strength) and person not in (
    select person from movements where kind = 'leave' and "on" >= last.month
)
"""
_THERE_WITHOUT_JOINING = """
with first as (select person, min(month) as month from strength group by person)
select person from first
where month > (select min(month) from strength) and person not in (
    select person from movements where kind = 'join' and "on" < first.month + interval 1 month
)
"""
_UNITS = """
select distinct {key} as person from {dataset}
where unit <> '' and unit not in (select unit from strength)
"""
_BETWEEN = {
    "left, and are counted in a later month": (
        "movements",
        _LEFT_AND_STAYED,
        "The leaving, or the later snapshots, are wrong; they are counted as leavers and as there.",
    ),
    "are counted no more, and never left": (
        "strength",
        _GONE_WITHOUT_LEAVING,
        "Their leaving is not recorded: rates of leaving are too low by as many.",
    ),
    "are counted from some month on, and never joined": (
        "strength",
        _THERE_WITHOUT_JOINING,
        "Their joining is not recorded: shares of those who join miss them.",
    ),
}


def compare_datasets(lake: WorkforceLake) -> list[Agreement]:
    """Where the loaded datasets contradict one another, as counts of people.

    Every question that can be put is answered, with 0 where all fit; one about a dataset of which
    nothing is loaded is not put, and without strength none is.
    """
    with open_engine() as engine:
        there = _open(lake, engine)
        return [
            Agreement(dataset, question, *_count(engine, dataset, sql), meaning)
            for dataset, question, sql, meaning in _list_questions(there)
        ]


def list_people(lake: WorkforceLake) -> pa.Table:
    """Whom the contradictions are about: columns dataset, question, person, in that order."""
    with open_engine() as engine:
        found = [
            {"dataset": dataset, "question": question, "person": person}
            for dataset, question, sql, _ in _list_questions(_open(lake, engine))
            for (person,) in engine.sql(sql).order("person").fetchall()
        ]
    schema = pa.schema([(name, pa.string()) for name in ("dataset", "question", "person")])
    return pa.Table.from_pylist(found, schema=schema)


def _open(lake: WorkforceLake, engine: duckdb.DuckDBPyConnection) -> frozenset[str]:
    parts = {name: lake.list_parts(name) for name in ABOUT_PEOPLE}
    for name, paths in parts.items():
        if paths:
            engine.read_parquet([str(path) for path in paths]).create_view(name)
    return frozenset(name for name, paths in parts.items() if paths)


def _list_questions(there: frozenset[str]) -> Iterator[tuple[str, str, str, str]]:
    if "strength" not in there:
        return
    if "movements" in there:
        for question, (asked, sql, meaning) in _BETWEEN.items():
            yield asked, question, sql, meaning
    for name in ABOUT_PEOPLE:
        if name not in there or name == "strength":
            continue
        key = KEYS.get(name, "person")
        meaning = (
            "Applicants who never joined are among them, and rightly."
            if name in APPLICANTS
            else "Their pseudonyms differ between files, or snapshots are missing: their "
            "characteristics and grades cannot be looked up."
        )
        yield name, "are in no snapshot", _STRANGERS.format(key=key, dataset=name), meaning
        if "unit" in TABLES[name].names:
            sql = _UNITS.format(key=key, dataset=name)
            yield (
                name,
                "are in a unit that no snapshot has",
                sql,
                ("The unit is spelled otherwise, or was renamed: its figures are in two places."),
            )


def _count(engine: duckdb.DuckDBPyConnection, dataset: str, sql: str) -> tuple[int, int]:
    key = KEYS.get(dataset, "person")
    people = engine.sql(sql).aggregate("count(distinct person)").fetchall()[0][0]
    of = engine.view(dataset).aggregate(f"count(distinct {key})").fetchall()[0][0]
    return int(people), int(of)
