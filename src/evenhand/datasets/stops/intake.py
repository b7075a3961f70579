"""Batch after batch: faults recorded, twins set aside, repeats ranked, the rest passed on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenhand.core import EvenhandError
from evenhand.datasets.arrow import from_flags, from_numbers
from evenhand.datasets.batches import Batch, Piece
from evenhand.datasets.faults import FaultKey, FaultLog
from evenhand.datasets.fingerprint import Content, sum_contents
from evenhand.datasets.repeats import Seen
from evenhand.datasets.report import FileReport
from evenhand.datasets.stops.contract import STOPS
from evenhand.datasets.stops.normalise import Normal, Normaliser
from evenhand.datasets.stops.places import FileName
from evenhand.datasets.stops.quarantine import (
    build_file_entry,
    build_line_entries,
    record_faults,
)
from evenhand.datasets.stops.schema import SCHEMA
from evenhand.datasets.stops.tally import Tally


class Sink(Protocol):
    """Where rows go. ``begin`` and ``end`` surround a file that comes in several pieces."""

    def write(self, rows: pa.Table) -> None:
        """Keep loaded rows."""

    def quarantine(self, entries: pa.Table) -> None:
        """Keep entries of rows set aside."""

    def begin(self) -> None:
        """Rows from here on may yet be dropped."""

    def end(self, *, keep: bool) -> None:
        """Keep or drop the rows since ``begin``."""


@dataclass(frozen=True, slots=True)
class _Before:
    """The state before a file in several pieces, to go back to if it is a twin."""

    seen: Seen
    tally: Tally


class Intake:
    """Takes batches, gives rows to the sink, and remembers what the report will say."""

    def __init__(self, sink: Sink, *, at: dt.datetime, seen: Seen, twins: Twins) -> None:
        self.normaliser = Normaliser(at=at)
        self.log = FaultLog(dict(STOPS.rules))
        self.tally = Tally()
        self.files: dict[str, FileReport] = {}
        self.errors: list[EvenhandError] = []
        self._sink, self._seen, self._twins = sink, seen, twins
        self._before: _Before | None = None
        self._content = Content()

    def take(self, batch: Batch) -> None:
        """Work on one batch from its text to the sink."""
        if batch.failed is not None:
            self._give_up(batch)
            return
        normal = self.normaliser.normalise(batch)
        for piece, name in zip(batch.pieces, normal.names, strict=True):
            self._note_piece(piece, name)
        files = [piece.member.name for piece in batch.pieces]
        self._sink.quarantine(record_faults(normal, files, self.log))
        if len(batch.pieces) == 1 and not batch.pieces[0].whole:
            self._take_part(batch.pieces[0], normal)
        else:
            self._take_whole(batch.pieces, normal)

    def _take_whole(self, pieces: tuple[Piece, ...], normal: Normal) -> None:
        keep = normal.keep
        contents = sum_contents(normal.key[keep], normal.owners[keep], len(pieces))
        for place, (piece, content) in enumerate(zip(pieces, contents, strict=True)):
            self._add_counts(piece, content.rows)
            if not self._settle(piece.member.name, content, normal.names[place]):
                keep = keep & (normal.owners != place)
        self._pass_on(pieces, normal, keep)

    def _take_part(self, piece: Piece, normal: Normal) -> None:
        if piece.first:
            self._before = _Before(self._seen.copy(), self.tally.copy())
            self._content = Content()
            self._sink.begin()
        (content,) = sum_contents(normal.key[normal.keep], normal.owners[normal.keep], 1)
        self._content = self._content.plus(content)
        self._add_counts(piece, content.rows)
        self._pass_on((piece,), normal, normal.keep)
        if piece.last:
            kept = self._settle(piece.member.name, self._content, normal.names[0])
            self._sink.end(keep=kept)
            if not kept and self._before is not None:
                self._seen, self.tally = self._before.seen, self._before.tally
            self._before = None

    def _pass_on(self, pieces: tuple[Piece, ...], normal: Normal, keep: NDArray[np.bool_]) -> None:
        rows = pa.table({name: normal.columns[name] for name in SCHEMA.names if name not in _LATE})
        fingerprint = normal.fingerprint
        if not keep.all():
            rows, fingerprint = rows.filter(from_flags(keep)), fingerprint[keep]
        repeat = self._seen.rank(fingerprint)
        rows = rows.append_column("repeat", from_numbers(repeat))
        rows = rows.append_column("fingerprint", from_numbers(fingerprint.view(np.int64)))
        self._sink.write(rows.select(SCHEMA.names))
        self.tally.add(normal, keep, repeat)
        per_file = np.bincount(normal.owners[keep], weights=repeat > 0, minlength=len(pieces))
        for piece, repeated in zip(pieces, per_file.astype(int).tolist(), strict=True):
            report = self.files[piece.member.name]
            total = report.rows_repeated + repeated
            self.files[piece.member.name] = replace(report, rows_repeated=total)

    def _add_counts(self, piece: Piece, loaded: int) -> None:
        report = self.files[piece.member.name]
        read = piece.rows + len(piece.wrong) + len(piece.too_long)
        self.files[piece.member.name] = replace(
            report,
            rows_read=report.rows_read + read,
            rows_loaded=report.rows_loaded + loaded,
            rows_quarantined=report.rows_quarantined + read - loaded,
        )

    def _settle(self, file: str, content: Content, name: FileName) -> bool:
        """Whether a file whose rows are all known is kept; a twin is set aside whole."""
        report = replace(self.files[file], content=content.id if content.rows else "")
        twin = self._twins.find(content, name) if content.rows else ""
        if twin:
            key = FaultKey(file, "already-loaded", "", f"the same rows as {twin}")
            self.log.add(key, lines=[], count=report.rows_loaded)
            self._sink.quarantine(build_file_entry(key, report.rows_loaded))
            report = replace(
                report,
                rows_loaded=0,
                rows_quarantined=report.rows_read,
                rows_repeated=0,
                twin_of=twin,
            )
        elif content.rows:
            self._twins.add(content, name, file)
        self.files[file] = report
        return not twin

    def _note_piece(self, piece: Piece, name: FileName) -> None:
        file = piece.member.name
        if piece.first:
            self.files[file] = FileReport(file, 0, 0, 0, service=name.service, month=name.month)
            self._note_header(piece, name)
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
                self._sink.quarantine(build_line_entries(key, lines))

    def _note_header(self, piece: Piece, name: FileName) -> None:
        strange = STOPS.list_strange(piece.header)
        unnamed = [text for text in strange if _is_unnamed(text)]
        named = [text for text in strange if not _is_unnamed(text)]
        file = piece.member.name
        if unnamed:
            key = FaultKey(file, "column-named", "", "a column without a name")
            self.log.add(key, lines=[1], count=len(unnamed))
        if named:
            shown = ", ".join(f"“{text[:40]}”" for text in named)
            self.log.add(FaultKey(file, "column-known", "", shown), lines=[1], count=len(named))
        if not name.named and "service" not in STOPS.match(piece.header, file):
            key = FaultKey(file, "service-named", "", f"only the name “{name.service}”")
            self.log.add(key, lines=[], count=1)

    def _give_up(self, batch: Batch) -> None:
        """A file that cannot be read: an error, and nothing of it is kept."""
        if batch.failed is not None:
            self.errors.append(batch.failed)
        if self._before is not None:
            self._sink.end(keep=False)
            self._seen, self.tally = self._before.seen, self._before.tally
            self._before = None
        name = batch.pieces[0].member.name
        read = self.files[name].rows_read if name in self.files else 0
        self.files[name] = FileReport(name, read, 0, read)


class Twins:
    """Contents met so far. A service is compared only where both files name theirs."""

    def __init__(self) -> None:
        self._met: dict[str, list[tuple[str, str]]] = {}

    def add(self, content: Content, name: FileName, file: str) -> None:
        """Remember a file's content."""
        self.add_id(content.id, name.service if name.named else "", file)

    def add_id(self, content: str, service: str, file: str) -> None:
        """Remember a content by its id."""
        self._met.setdefault(content, []).append((service, file))

    def find(self, content: Content, name: FileName) -> str:
        """The file that has the same rows, or an empty string."""
        for service, file in self._met.get(content.id, []):
            if not service or not name.named or service == name.service:
                return file
        return ""


_LATE = ("repeat", "fingerprint")


def _is_unnamed(header: str) -> bool:
    text = header.strip().casefold()
    return not text or text.startswith("unnamed:") or text == "index"
