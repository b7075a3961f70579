"""Whole loads against a naive second implementation that looks at every row by itself."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections import defaultdict
from pathlib import Path

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.datasets.workforce import WorkforceLake, load_workforce

NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
MONTHS = ("2026-01", "2026-02", "January 2026", "31/01/2026", "2026-13", "TBC")
PERSONS = ("P1", "P2", " P2 ", "P3", "")
GRADES = ("PC", "Constable", "Sgt", "Brigadier", "")
PAYROLLS = ("", "7", "8", "9")
ROWS = st.lists(
    st.tuples(
        st.sampled_from(MONTHS),
        st.sampled_from(PERSONS),
        st.sampled_from(GRADES),
        st.sampled_from(PAYROLLS),
    ),
    min_size=1,
    max_size=14,
)
Row = tuple[str, str, str, str]

_MONTH = {"2026-01": 1, "2026-02": 2, "January 2026": 1, "31/01/2026": 1}
_GRADE = {"PC": "constable", "Constable": "constable", "Sgt": "sergeant"}


def naive(rows: list[Row], known: dict[tuple, str]) -> tuple[dict[tuple, str], list[str]]:
    """What is loaded, by month and person; and what became of each row."""
    read = [
        (_MONTH[month], person.strip(), _GRADE[grade], payroll)
        if month in _MONTH and person.strip() and grade in _GRADE
        else None
        for month, person, grade, payroll in rows
    ]
    told: dict[tuple, set[str]] = defaultdict(set)
    owners: dict[tuple, set[str]] = defaultdict(set)
    for one in filter(None, read):
        told[one[:2]].add(one[2])
        if one[3]:
            owners[one[0], one[3]].add(one[1])
    loaded: dict[tuple, str] = {}
    fates = []
    met = set()
    for one in read:
        fate = "bad"
        if one is not None:
            key, grade = one[:2], one[2]
            if known.get(key) == grade:
                fate = "already"
            elif len(told[key]) > 1:
                fate = "twice"
            elif key in known:
                fate = "otherwise"
            elif key in met:
                fate = "repeated"
            elif one[3] and len(owners[one[0], one[3]]) > 1:
                fate = "doubled"
            else:
                fate = "good"
                loaded[key] = grade
            met.add(key)
        fates.append(fate)
    return loaded, fates


def as_table(rows: list[Row]) -> pa.Table:
    months, persons, grades, payrolls = zip(*rows, strict=True)
    return pa.table(
        {
            "month": months,
            "person": persons,
            "unit": ["A"] * len(rows),
            "role_type": ["officer"] * len(rows),
            "grade": grades,
            "payroll number": payrolls,
        }
    )


def read_back(lake: WorkforceLake) -> dict[tuple, str]:
    rows = lake.read("strength").to_pylist()
    back = {(row["month"].month, row["person"]): row["grade"] for row in rows}
    assert len(back) == len(rows)
    return back


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(ROWS, ROWS)
def test_what_is_loaded_is_what_looking_at_every_row_by_itself_gives(
    first: list[Row], second: list[Row]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lake, known = WorkforceLake(Path(folder)), dict[tuple, str]()
        for rows in (first, second):
            loaded, fates = naive(rows, known)
            report = load_workforce("strength", [as_table(rows)], lake=lake, at=NOW).report
            known |= loaded
            assert read_back(lake) == known
            assert report.rows_read == len(rows)
            assert report.rows_loaded == fates.count("good")
            assert report.rows_quarantined == len(rows) - fates.count("good")
            told = {fault.rule: 0 for fault in report.faults}
            for fault in report.faults:
                told[fault.rule] += fault.count
            for rule, fate in (("already-loaded", "already"), ("key-once", "twice"),
                               ("known-otherwise", "otherwise"), ("row-repeated", "repeated"),
                               ("one-key-a-payroll-number", "doubled")):  # fmt: skip
                assert told.get(rule, 0) == fates.count(fate), rule


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=30)
@given(ROWS, st.data())
def test_how_rows_are_spread_over_files_changes_nothing(
    rows: list[Row], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(rows)))
    pieces = [as_table(piece) for piece in (rows[:cut], rows[cut:]) if piece]
    with tempfile.TemporaryDirectory() as whole, tempfile.TemporaryDirectory() as parts:
        one, two = WorkforceLake(Path(whole)), WorkforceLake(Path(parts))
        load_workforce("strength", [as_table(rows)], lake=one, at=NOW)
        load_workforce("strength", pieces, lake=two, at=NOW)
        assert read_back(one) == read_back(two)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=20)
@given(ROWS)
def test_loading_again_changes_nothing(rows: list[Row]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lake = WorkforceLake(Path(folder))
        load_workforce("strength", [as_table(rows)], lake=lake, at=NOW)
        before = read_back(lake)
        again = load_workforce("strength", [as_table(rows)], lake=lake, at=NOW)
        assert (again.id, read_back(lake)) == ("", before)
