"""A batch of text rows to typed rows of one canonical table, and every fault found on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from evenhand.datasets.arrow import Array, from_numbers
from evenhand.datasets.batches import Batch
from evenhand.datasets.faults import Severity
from evenhand.datasets.fingerprint import mix
from evenhand.datasets.words import Hashes, Index, split_words
from evenhand.datasets.workforce.cells import absent_for, build_meanings
from evenhand.datasets.workforce.contracts import DERIVED, PAYROLL, Dataset
from evenhand.datasets.workforce.ethnicity import Ethnicity
from evenhand.datasets.workforce.grades import get_order
from evenhand.datasets.workforce.meaning import Meaning, Meanings
from evenhand.datasets.workforce.rowwise import Row, RowFault, list_row_faults
from evenhand.datasets.workforce.rules import RULES
from evenhand.datasets.workforce.schema import Column, Holds

Rows = NDArray[np.int64]
MANY = 50
"""Different faulty spellings of one column told apart in a batch; beyond, it is the column that is
wrong, and they are counted together."""
_NO_PAYROLL = np.uint64(0)


@dataclass(frozen=True, slots=True)
class Normal:
    """Typed rows of a batch, all of them; ``keep`` says which obey every rule about one row.

    ``key`` stands for the columns that no two rows may share, ``fingerprint`` for the whole row,
    ``payroll`` for the month and payroll number (0 where there is none).
    """

    columns: dict[str, Array]
    keep: NDArray[np.bool_]
    key: Hashes
    fingerprint: Hashes
    payroll: Hashes
    faults: list[RowFault]


@dataclass(slots=True)
class _Work:
    batch: Batch
    columns: dict[str, Array] = field(default_factory=dict)
    numbers: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    words: dict[str, tuple[Index, list[str]]] = field(default_factory=dict)
    hashes: dict[str, Hashes] = field(default_factory=dict)
    faults: list[RowFault] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return len(self.batch.lines)


class Normaliser:
    """Reads batch after batch of one dataset with one memory of spellings.

    ``at`` is the moment of loading: what has happened cannot lie after it.
    """

    def __init__(self, dataset: Dataset, *, at: dt.datetime) -> None:
        self.dataset = dataset
        self._today = float((at.astimezone(dt.UTC).date() - dt.date(1970, 1, 1)).days)
        self._meanings = {
            column.name: build_meanings(column)
            for column in dataset.table.columns
            if column.name not in DERIVED and column.name != "ethnicity"
        }
        self._ethnicity = Ethnicity() if "ethnicity" in dataset.table.names else None
        self._payroll = Meanings(PAYROLL, Holds.PERSON, self._read_payroll)

    @staticmethod
    def _read_payroll(text: str) -> Meaning:
        return Meaning(text.casefold())

    def normalise(self, batch: Batch) -> Normal:
        """All rows of the batch, typed; each fault of each row."""
        work = _Work(batch)
        for column in self.dataset.table.columns:
            if column.name == "ethnicity":
                self._read_ethnicity(work, column)
            elif column.name not in DERIVED:
                self._read_column(work, column)
        self._derive(work)
        row = Row(work.numbers, work.words, today=self._today)
        work.faults += list_row_faults(self.dataset, row)
        keep = np.ones(work.rows, dtype=np.bool_)
        for fault in work.faults:
            if RULES[fault.rule].severity is Severity.ROW:
                keep[fault.rows] = False
        fingerprint = self._hash(work, self.dataset.table.names)
        key = self.dataset.table.key
        return Normal(
            columns=work.columns,
            keep=keep,
            key=self._hash(work, key) if key else fingerprint,
            fingerprint=fingerprint,
            payroll=self._hash_payroll(work),
            faults=work.faults,
        )

    def _read_column(self, work: _Work, column: Column) -> None:
        meanings = self._meanings[column.name]
        given = work.batch.columns.get(column.name)
        if given is None:
            place = meanings.place(self._absent(column))
            rows = np.full(work.rows, place, dtype=np.int32)
        else:
            index, texts = split_words(given)
            table = meanings.look_up(texts)
            rows = table[index] if len(table) else index
            work.faults += self._list_faults(column, meanings, rows)
        work.columns[column.name] = meanings.column(rows)
        work.hashes[column.name] = _take(meanings.hashes(), rows)
        if column.holds in (Holds.CODE, Holds.TEXT):
            work.words[column.name] = rows, [str(one.value or "") for one in meanings.list]
        elif column.holds is not Holds.PERSON:
            work.numbers[column.name] = meanings.numbers(rows)

    def _absent(self, column: Column) -> str | None:
        texts = (Holds.CODE, Holds.TEXT, Holds.PERSON)
        return absent_for(column) if column.holds in texts else None

    def _list_faults(self, column: Column, meanings: Meanings, rows: Index) -> Iterator[RowFault]:
        title = self.dataset.contract.field(column.name).title
        bad = meanings.faulty()
        if bad.any():
            at = np.flatnonzero(bad[rows])
            yield from _by_found(meanings, rows, at, title)
        if column.name in self.dataset.filled:
            blank = np.flatnonzero(_take(meanings.blank(), rows))
            if len(blank):
                yield RowFault("value-present", title, "nothing", blank)

    def _read_ethnicity(self, work: _Work, column: Column) -> None:
        reader = self._ethnicity
        if reader is None:
            return
        given = work.batch.columns.get(column.name)
        if given is None:
            rows = np.full(work.rows, reader.pairs.index(("", absent_for(column))), dtype=np.int32)
        else:
            index, texts = split_words(given)
            files = [piece.member.name for piece in work.batch.pieces]
            rows = reader.read(index, texts, work.batch.owners, files)
            title = self.dataset.contract.field(column.name).title
            unknown = np.flatnonzero(rows < 0)
            for place in np.unique(index[unknown])[:MANY].tolist():
                fault = reader.class_of(texts[place])
                at = unknown[index[unknown] == place]
                work.faults.append(RowFault(fault.rule, title, fault.found, at))
            rest = unknown[~np.isin(index[unknown], np.unique(index[unknown])[:MANY])]
            if len(rest):
                found = f"more than {MANY} different values"
                work.faults.append(RowFault("code-known", title, found, rest))
            rows = np.maximum(rows, 0)
        work.columns["ethnicity"] = reader.codes(rows)
        work.columns["ethnicity_edition"] = reader.editions(rows)
        work.hashes["ethnicity"] = _take(reader.hashes(), rows)

    def _derive(self, work: _Work) -> None:
        if "grade_order" in self.dataset.table.names:
            rows, grades = work.words["grade"]
            orders = np.asarray([get_order(grade) for grade in grades] or [0], dtype=np.int32)
            work.columns["grade_order"] = from_numbers(orders[rows])

    def _hash(self, work: _Work, names: tuple[str, ...]) -> Hashes:
        """A number for each row's values in these columns; derived ones follow from the others."""
        total = np.zeros(work.rows, dtype=np.uint64)
        for name in names:
            if name not in DERIVED:
                total = mix(total ^ work.hashes[name])
        return total

    def _hash_payroll(self, work: _Work) -> Hashes:
        given = work.batch.columns.get(PAYROLL)
        if given is None:
            return np.full(work.rows, _NO_PAYROLL)
        index, texts = split_words(given)
        rows = _take(self._payroll.look_up(texts), index)
        found = mix(_take(self._payroll.hashes(), rows) ^ work.hashes["month"])
        return np.where(_take(self._payroll.blank(), rows), _NO_PAYROLL, found)


def _by_found(meanings: Meanings, rows: Index, at: Rows, title: str) -> Iterator[RowFault]:
    """One fault for each way in which a column breaks a rule."""
    places = np.unique(rows[at]).tolist()
    by_class: dict[tuple[str, str], list[int]] = {}
    for place in places:
        meaning = meanings.list[place]
        by_class.setdefault((meaning.rule, meaning.found), []).append(place)
    if len(by_class) > MANY:
        rule = meanings.list[places[0]].rule
        yield RowFault(rule, title, f"more than {MANY} different values", at)
        return
    for (rule, found), of_class in by_class.items():
        yield RowFault(rule, title, found, at[np.isin(rows[at], of_class)])


def _take(table: NDArray[np.generic], index: NDArray[np.integer]) -> NDArray:  # type: ignore[type-arg]
    return table[index] if len(table) else np.zeros(len(index), dtype=table.dtype)
