"""Rules about two or more cells of one row: ends after starts, groups of their characteristic."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.codelists import get_codelist
from evenhand.core import CodelistRefused
from evenhand.datasets.words import Index
from evenhand.datasets.workforce.contracts import Dataset
from evenhand.datasets.workforce.grades import build_allowed
from evenhand.datasets.workforce.tables import ABSENT, TABLES


@dataclass(frozen=True, slots=True)
class RowFault:
    """Rows of a batch in which one column breaks one rule in one way."""

    rule: str
    column: str
    found: str
    rows: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a batch: numbers and days (not a number where absent), and words by place."""

    numbers: Mapping[str, NDArray[np.float64]]
    words: Mapping[str, tuple[Index, list[str]]]
    today: float

    def where(self, name: str, holds: Callable[[str], bool]) -> NDArray[np.bool_]:
        """In which rows the word in a column is such."""
        rows, words = self.words[name]
        table = np.asarray([holds(word) for word in words], dtype=np.bool_)
        found: NDArray[np.bool_] = table[rows] if len(table) else np.zeros(len(rows), np.bool_)
        return found


@dataclass(frozen=True, slots=True)
class _Order:
    """``last`` is not before ``first``; with ``month``, the last day of its month is not."""

    first: str
    last: str
    found: str
    month: bool = False


_ORDERS: dict[str, tuple[_Order, ...]] = {
    "movements": (_Order("on", "planned_end", "an end before the start"),),
    "strength": (_Order("started_on", "month", "a start after the month of the snapshot", True),),
    "training": (_Order("attended_on", "on", "attendance after the date of the record"),),
}
_PAST: dict[str, tuple[str, ...]] = {
    "strength": ("month", "started_on"),
    "movements": ("on",),
    "processes": ("on",),
    "vetting": ("on",),
    "conduct": ("opened_on",),
    "reviews": ("period_end",),
    "training": ("attended_on", "on"),
    "survey": ("wave",),
    "survey_published": ("wave",),
    "exits": ("left_on",),
    "strength_published": ("on",),
    "arrests_published": ("year_ending",),
}
"""Columns whose dates lie in the past: they say what has happened, not what is planned."""


def list_row_faults(dataset: Dataset, row: Row) -> Iterator[RowFault]:
    """Every fault of every row of a batch that takes more than one cell to see."""
    yield from _check_past(dataset, row)
    for order in _ORDERS.get(dataset.id, ()):
        first, last = row.numbers[order.first], row.numbers[order.last]
        bad = np.flatnonzero((_end_of_month(last) if order.month else last) < first)
        yield from _fault(dataset, "ends-after-start", order.last, order.found, bad)
    check = _CHECKS.get(dataset.id)
    if check is not None:
        yield from check(dataset, row)


def _end_of_month(days: NDArray[np.float64]) -> NDArray[np.float64]:
    """The last day of the month that each day lies in; not a number stays so."""
    known = np.where(np.isnan(days), 0, days).astype("datetime64[D]")
    after = (known.astype("datetime64[M]") + 1).astype("datetime64[D]")
    last: NDArray[np.float64] = np.where(np.isnan(days), np.nan, after.astype(np.float64) - 1)
    return last


def _check_past(dataset: Dataset, row: Row) -> Iterator[RowFault]:
    for name in _PAST.get(dataset.id, ()):
        late = np.flatnonzero(row.numbers[name] > row.today)
        years = row.numbers[name][late].astype("datetime64[D]").astype("datetime64[Y]")
        for year in np.unique(years):
            found = f"a date in {year}"
            yield from _fault(dataset, "date-not-future", name, found, late[years == year])


def _check_strength(dataset: Dataset, row: Row) -> Iterator[RowFault]:
    allowed = build_allowed()
    for role, grades in allowed.items():
        of_role = row.where("role_type", lambda word, role=role: word == role)  # type: ignore[misc]
        strange = row.where("grade", lambda word, of=grades: bool(word) and word not in of)  # type: ignore[misc]
        bad = np.flatnonzero(of_role & strange)
        found = f"a grade that no {role} has"
        yield from _fault(dataset, "grade-of-role", "grade", found, bad)


def _check_vetting(dataset: Dataset, row: Row) -> Iterator[RowFault]:
    second = row.where("second_decision", bool)
    bad = np.flatnonzero(second & (row.numbers["sampled"] != 1))
    found = "a second decision on a case that was not sampled"
    yield from _fault(dataset, "second-look-sampled", "second_decision", found, bad)


def _check_training(dataset: Dataset, row: Row) -> Iterator[RowFault]:
    dated = ~np.isnan(row.numbers["attended_on"])
    bad = np.flatnonzero(dated & (row.numbers["attended"] == 0))
    found = "a date of attendance for somebody who did not attend"
    yield from _fault(dataset, "attended-consistent", "attended_on", found, bad)


def _check_targets(dataset: Dataset, row: Row) -> Iterator[RowFault]:
    given = ~np.isnan(row.numbers["share"]), ~np.isnan(row.numbers["heads"])
    bad = np.flatnonzero(given[0] == given[1])
    found = "neither a share nor a number, or both"
    yield from _fault(dataset, "share-or-number", "share", found, bad)
    yield from _check_groups(dataset, row)


def _check_groups(dataset: Dataset, row: Row) -> Iterator[RowFault]:
    """Each group is one of its characteristic (in its edition, where the row names one)."""
    edition = row.words.get("edition", (np.zeros(len(row.words["grp"][0]), np.int32), [""]))
    combined = [row.words["characteristic"], edition, row.words["grp"]]
    places = np.stack([rows for rows, _ in combined])
    distinct, inverse = np.unique(places, axis=1, return_inverse=True)
    told = [
        tuple(words[place] for place, (_, words) in zip(column, combined, strict=True))
        for column in distinct.T.tolist()
    ]
    wrong = np.asarray([not may_be_group(*each) for each in told], dtype=np.bool_)
    bad = np.flatnonzero(wrong[inverse.ravel()]) if len(wrong) else np.empty(0, dtype=np.int64)
    yield from _fault(dataset, "group-known", "grp", "a group of no such characteristic", bad)


def may_be_group(characteristic: str, edition: str, grp: str) -> bool:
    """Whether a group is one of the characteristic; of one without a codelist any is."""
    known = _EDITIONS.get(characteristic, ())
    if not known or grp in (*ABSENT, "all"):
        return True
    try:
        lists = [get_codelist(edition)] if edition else [get_codelist(name) for name in known]
    except CodelistRefused:
        return False
    return any(grp in {code.code for code in one.codes} for one in lists)


_EDITIONS = {
    column.name: column.codelists for column in TABLES["strength"].columns if column.codelists
}
_CHECKS: dict[str, Callable[[Dataset, Row], Iterator[RowFault]]] = {
    "strength": _check_strength,
    "vetting": _check_vetting,
    "training": _check_training,
    "targets": _check_targets,
    "benchmarks": _check_groups,
    "strength_published": _check_groups,
}


def _fault(
    dataset: Dataset, rule: str, column: str, found: str, rows: NDArray[np.int64]
) -> Iterator[RowFault]:
    if len(rows):
        yield RowFault(rule, dataset.contract.field(column).title, found, rows)
