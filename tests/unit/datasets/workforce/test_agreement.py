"""Datasets that are each in order and do not tell the same story."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from evenhand.datasets.synthetic.workforce import WorkforceShape, simulate_workforce
from evenhand.datasets.workforce import WorkforceLake, load_workforce
from evenhand.datasets.workforce.agreement import Agreement, compare_datasets, list_people

NOW = dt.datetime(2021, 1, 1, tzinfo=dt.UTC)
STAYED = "left, and are counted in a later month"
VANISHED = "are counted no more, and never left"
APPEARED = "are counted from some month on, and never joined"
STRANGE = "are in no snapshot"
ELSEWHERE = "are in a unit that no snapshot has"


def load(lake: WorkforceLake, dataset: str, rows: list[dict[str, Any]]) -> None:
    report = load_workforce(dataset, [pa.Table.from_pylist(rows)], lake=lake, at=NOW).report
    assert report.rows_loaded == len(rows), report.faults


def there(person: str, *months: int) -> list[dict[str, Any]]:
    one = {"person": person, "unit": "North", "role_type": "officer", "grade": "constable"}
    return [one | {"month": f"2020-{month:02}"} for month in months]


def moved(person: str, kind: str, day: str) -> dict[str, Any]:
    return {"person": person, "kind": kind, "on": day}


def count(found: list[Agreement], dataset: str, question: str) -> int:
    (one,) = (each for each in found if (each.dataset, each.question) == (dataset, question))
    return one.people


def test_people_who_left_and_are_still_counted_are_found(tmp_path: Path) -> None:
    lake = WorkforceLake(tmp_path)
    load(lake, "strength", [*there("stays", 1, 2, 3), *there("left", 1, 2), *there("back", 1, 3),
                            *there("still", 1, 2, 3)])  # fmt: skip
    load(lake, "movements", [
        moved("left", "leave", "2020-02-10"),
        moved("back", "leave", "2020-01-20"), moved("back", "join", "2020-03-01"),
        moved("still", "leave", "2020-01-31"),
    ])  # fmt: skip
    found = compare_datasets(lake)
    assert count(found, "movements", STAYED) == 1
    assert count(found, "strength", VANISHED) == 0
    assert list_people(lake).to_pylist() == [
        {"dataset": "movements", "question": STAYED, "person": "still"}
    ]


def test_people_who_vanish_or_appear_with_nothing_said_are_found(tmp_path: Path) -> None:
    lake = WorkforceLake(tmp_path)
    load(lake, "strength", [*there("stays", 1, 2, 3), *there("vanishes", 1, 2),
                            *there("appears", 2, 3), *there("joins", 3)])  # fmt: skip
    load(lake, "movements", [moved("joins", "join", "2020-03-15")])
    found = compare_datasets(lake)
    assert count(found, "strength", VANISHED) == 1
    assert count(found, "strength", APPEARED) == 1


def test_strangers_and_units_of_another_spelling_are_found(tmp_path: Path) -> None:
    lake = WorkforceLake(tmp_path)
    load(lake, "strength", there("known", 1, 2))
    case = {"kind": "complaint", "allegation": "incivility", "opened_on": "2020-02-01"}
    load(lake, "conduct", [
        case | {"person": "known", "unit": "Nth", "grade": "constable"},
        case | {"person": "stranger", "unit": "North", "grade": "constable"},
        case | {"person": "third", "unit": "", "grade": "constable"},
    ])  # fmt: skip
    found = compare_datasets(lake)
    assert count(found, "conduct", STRANGE) == 2
    assert count(found, "conduct", ELSEWHERE) == 1
    assert next(each.of for each in found if each.dataset == "conduct") == 3


def test_where_nothing_or_one_dataset_is_loaded_nothing_contradicts(tmp_path: Path) -> None:
    lake = WorkforceLake(tmp_path)
    assert compare_datasets(lake) == []
    load(lake, "movements", [moved("a", "leave", "2020-02-10")])
    assert compare_datasets(lake) == []
    assert list_people(lake).num_rows == 0


def test_a_simulated_service_agrees_with_itself_but_for_applicants(tmp_path: Path) -> None:
    lake = WorkforceLake(tmp_path)
    made = simulate_workforce(WorkforceShape(people=500, months=24), rng=np.random.default_rng(4))
    at = dt.datetime(2040, 1, 1, tzinfo=dt.UTC)
    for name, table in made.tables.items():
        load_workforce(name, [table], lake=lake, at=at)
    found = compare_datasets(lake)
    wrong = {(e.dataset, e.question) for e in found if e.people and e.people > 0.02 * e.of}
    assert wrong <= {("processes", STRANGE), ("vetting", STRANGE)}
    assert all(0 <= each.people <= each.of for each in found)
