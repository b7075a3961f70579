"""Batch after batch: faults recorded, good rows kept aside until all of them are known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenhand.core import EvenhandError, Month
from evenhand.datasets.arrow import from_flags, from_numbers, from_words, to_numbers
from evenhand.datasets.batches import Batch, Piece
from evenhand.datasets.faults import FaultKey, FaultLog, Severity
from evenhand.datasets.fingerprint import Content, sum_contents
from evenhand.datasets.report import FileReport, Gap
from evenhand.datasets.words import Hashes
from evenhand.datasets.workforce.contracts import Dataset, list_unasked
from evenhand.datasets.workforce.gaps import list_snapshot_gaps
from evenhand.datasets.workforce.normalise import Normal, Normaliser
from evenhand.datasets.workforce.quarantine import build_entries
from evenhand.datasets.workforce.rules import RULES
from evenhand.datasets.workforce.verdicts import (
    ALREADY,
    GOOD,
    RULE_OF,
    Known,
    Met,
    Verdicts,
)

SNAPSHOT = "month"
"""The column whose months have one snapshot each, in the dataset that has it."""
_EPOCH = 1970 * 12

_ORIGIN: list[tuple[str, pa.DataType]] = [
    ("file", pa.string()),
    ("line", pa.int64()),
    ("key", pa.int64()),
    ("fingerprint", pa.int64()),
]


def lake_schema(dataset: Dataset) -> pa.Schema:
    """The canonical columns, where each row came from, and the numbers that stand for it."""
    return pa.schema([*dataset.table.arrow, *(pa.field(*each) for each in _ORIGIN)])


class Sink(Protocol):
    """Where rows go."""

    def write(self, rows: pa.Table) -> None:
        """Keep rows that obey every rule about one row, until all are known."""

    def quarantine(self, entries: pa.Table) -> None:
        """Keep entries of rows set aside."""


@dataclass(slots=True)
class _File:
    """What is counted of one file: ``set_aside`` are the rows already refused one by one."""

    read: int = 0
    set_aside: int = 0
    content: Content = field(default_factory=Content)
    failed: bool = False


class Intake:
    """Takes batches, gives rows to the sink, and remembers what the report will say."""

    def __init__(self, dataset: Dataset, sink: Sink, *, at: dt.datetime) -> None:
        self.dataset, self._sink = dataset, sink
        self._normaliser = Normaliser(dataset, at=at)
        self.log = FaultLog(dict(RULES))
        self.errors: list[EvenhandError] = []
        self._files: dict[str, _File] = {}
        self._met = Met()
        self._kept_files: list[NDArray[np.int64]] = []
        self._kept_lines: list[NDArray[np.int64]] = []
        self._kept_prints: list[Hashes] = []
        self._kept_months: list[NDArray[np.int16]] = []
        self.gaps: tuple[Gap, ...] = ()

    @property
    def files_met(self) -> int:
        """How many files have begun."""
        return len(self._files)

    def take(self, batch: Batch) -> None:
        """Work on one batch from its text to the sink."""
        if batch.failed is not None:
            self.errors.append(batch.failed)
            self._files.setdefault(batch.pieces[0].member.name, _File()).failed = True
            return
        for piece in batch.pieces:
            self._note_piece(piece)
        normal = self._normaliser.normalise(batch)
        names = [piece.member.name for piece in batch.pieces]
        for place, count in enumerate(np.bincount(batch.owners, minlength=len(names)).tolist()):
            self._files[names[place]].read += count
        self._record_faults(normal, batch, names)
        self._keep(normal, batch, names)

    def _record_faults(self, normal: Normal, batch: Batch, names: Sequence[str]) -> None:
        """Count every fault; one entry of the quarantine for each row and rule it breaks."""
        met = np.zeros(len(batch.lines), dtype=np.bool_)
        owners = batch.owners
        for fault in normal.faults:
            for place in np.unique(owners[fault.rows]).tolist():
                rows = fault.rows[owners[fault.rows] == place]
                key = FaultKey(names[place], fault.rule, fault.column, fault.found)
                lines = batch.lines[rows]
                self.log.add(key, lines=lines[:20].tolist(), count=len(rows))
                if RULES[fault.rule].severity is Severity.ROW:
                    self._sink.quarantine(build_entries(key, lines, ~met[rows]))
                    met[rows] = True
        for place, name in enumerate(names):
            self._files[name].set_aside += int((met & (owners == place)).sum())

    def _keep(self, normal: Normal, batch: Batch, names: Sequence[str]) -> None:
        keep = normal.keep
        order = {name: place for place, name in enumerate(self._files)}
        file = np.asarray([order[name] for name in names], dtype=np.int64)[batch.owners][keep]
        lines = batch.lines[keep]
        prints, keys = normal.fingerprint[keep], normal.key[keep]
        self._met.add(keys, prints, normal.payroll[keep])
        self._kept_files.append(file)
        self._kept_lines.append(lines)
        self._kept_prints.append(prints)
        if SNAPSHOT in self.dataset.table.names:
            dates = normal.columns[SNAPSHOT].view(pa.int32()).filter(from_flags(keep))
            days = to_numbers(dates)
            months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int16)
            self._kept_months.append(months)
        rows = pa.table({name: normal.columns[name] for name in self.dataset.table.names})
        if not keep.all():
            rows = rows.filter(from_flags(keep))
        listed = list(self._files)
        words = from_words([listed[place] for place in np.unique(file).tolist()])
        _, inverse = np.unique(file, return_inverse=True)
        origin = pa.DictionaryArray.from_arrays(from_numbers(inverse.astype(np.int32)), words)
        rows = rows.append_column("file", origin)
        rows = rows.append_column("line", from_numbers(lines))
        rows = rows.append_column("key", from_numbers(keys.view(np.int64)))
        rows = rows.append_column("fingerprint", from_numbers(prints.view(np.int64)))
        self._sink.write(rows)

    def judge(self, known: Known) -> Verdicts:
        """Judge the rows kept aside together; what is set aside now is recorded as well."""
        verdicts = self._met.judge(known)
        files = np.concatenate([np.empty(0, dtype=np.int64), *self._kept_files])
        lines = np.concatenate([np.empty(0, dtype=np.int64), *self._kept_lines])
        names = list(self._files)
        for verdict, (rule, found) in RULE_OF.items():
            at = np.flatnonzero(verdicts == verdict)
            for place in np.unique(files[at]).tolist():
                of_file = at[files[at] == place]
                key = FaultKey(names[place], rule, self._key_title(rule), found)
                self.log.add(key, lines=lines[of_file[:20]].tolist(), count=len(of_file))
                counted = np.ones(len(of_file), dtype=np.bool_)
                self._sink.quarantine(build_entries(key, lines[of_file], counted))
                self._files[names[place]].set_aside += len(of_file)
        good = verdicts == GOOD
        # rows that are in the lake already are part of the snapshot; what is wrong is not
        self.gaps = self._list_gaps(good | (verdicts == ALREADY))
        prints = np.concatenate([np.empty(0, dtype=np.uint64), *self._kept_prints])
        order = np.argsort(files[good], kind="stable")
        contents = sum_contents(prints[good][order], files[good][order], len(names))
        for name, content in zip(names, contents, strict=True):
            self._files[name].content = content
        return verdicts

    def _list_gaps(self, there: NDArray[np.bool_]) -> tuple[Gap, ...]:
        if not self._kept_months:
            return ()
        numbers, counts = np.unique(np.concatenate(self._kept_months)[there], return_counts=True)
        rows = {
            Month.at(_EPOCH + number): count
            for number, count in zip(numbers.tolist(), counts.tolist(), strict=True)
        }
        return list_snapshot_gaps(rows, column=self.dataset.contract.field(SNAPSHOT).title)

    def _key_title(self, rule: str) -> str:
        if rule not in ("key-once", "known-otherwise"):
            return ""
        contract = self.dataset.contract
        return ", ".join(contract.field(name).title for name in self.dataset.table.key)

    def list_files(self) -> tuple[FileReport, ...]:
        """Every file with its counts; one that could not be read has none of its rows."""
        return tuple(
            FileReport(name, file.read, 0, file.read)
            if file.failed
            else FileReport(
                name,
                rows_read=file.read,
                rows_loaded=file.read - file.set_aside,
                rows_quarantined=file.set_aside,
                content=file.content.id if file.content.rows else "",
            )
            for name, file in self._files.items()
        )

    def _note_piece(self, piece: Piece) -> None:
        file = piece.member.name
        if file not in self._files:
            self._files[file] = _File()
            self._note_header(piece)
        counts = self._files[file]
        for rule, found, holds in (
            ("encoding", "bytes that are not UTF-8", piece.recoded),
            ("quotes-closed", "a quotation mark that is never closed", piece.unclosed),
        ):
            if holds:
                self.log.add(FaultKey(file, rule, "", found), lines=[], count=1)
        for rule, found, lines in (
            ("field-count", "more or fewer cells than the header", piece.wrong),
            ("line-length", "a line too long to be a row", piece.too_long),
        ):
            if lines:
                key = FaultKey(file, rule, "", found)
                self.log.add(key, lines=list(lines))
                at = np.asarray(lines, dtype=np.int64)
                self._sink.quarantine(build_entries(key, at, np.ones(len(at), dtype=np.bool_)))
                counts.read += len(lines)
                counts.set_aside += len(lines)

    def _note_header(self, piece: Piece) -> None:
        file, contract = piece.member.name, self.dataset.contract
        strange = [text for text in contract.list_strange(piece.header) if text.strip()]
        if strange:
            shown = ", ".join(f"“{text[:40]}”" for text in strange)
            self.log.add(FaultKey(file, "column-known", "", shown), lines=[1], count=len(strange))
        for name in list_unasked(self.dataset, contract.match(piece.header, file)):
            title = contract.field(name).title
            self.log.add(FaultKey(file, "column-absent", title, "no such column"), lines=[1])
