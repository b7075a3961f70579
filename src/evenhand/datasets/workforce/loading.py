"""Loading workforce files into a lake, checking them without loading, taking a load out again."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from evenhand.datasets.arrow import from_flags
from evenhand.datasets.batches import read_ahead, read_batches
from evenhand.datasets.faults import Severity
from evenhand.datasets.lake import Incoming, Lake, Manifest, PartWriter
from evenhand.datasets.progress import Progress
from evenhand.datasets.report import Fault, QualityReport
from evenhand.datasets.sources import LIMITS, Ignored, Limits, Source, open_sources
from evenhand.datasets.workforce.contracts import Dataset, get_dataset
from evenhand.datasets.workforce.intake import Intake, lake_schema
from evenhand.datasets.workforce.quarantine import SCHEMA as QUARANTINE
from evenhand.datasets.workforce.rules import NO_NEWS, RULES
from evenhand.datasets.workforce.verdicts import GOOD, Known, Verdicts


@dataclass(frozen=True, slots=True)
class WorkforceLake:
    """A folder of lakes, one for each dataset, so that each is loaded and withdrawn alone."""

    root: Path

    def of(self, dataset: str) -> Lake:
        """The lake of one dataset; refused by name when there is no such dataset."""
        return Lake(self.root / get_dataset(dataset).id)

    def read(self, dataset: str) -> pa.Table:
        """Every row of every load of a dataset, in the columns and types of its schema.

        Nothing loaded is an empty table.
        """
        schema = get_dataset(dataset).table
        parts = self.of(dataset).list_parts()
        if not parts:
            return schema.arrow.empty_table()
        tables = [pq.read_table(part, columns=list(schema.names)) for part in parts]
        return schema.require(pa.concat_tables(tables))

    def list_parts(self, dataset: str) -> list[Path]:
        """The Parquet files of a dataset, for an engine that reads them itself."""
        return self.of(dataset).list_parts()

    def list_loads(self, dataset: str) -> list[Manifest]:
        """Every load of a dataset that counts."""
        return self.of(dataset).list_loads()

    def withdraw(self, dataset: str, load_id: str, *, at: dt.datetime, reason: str) -> Path:
        """Take a load out: its rows count no more; the folder is kept beside, with the reason."""
        return self.of(dataset).withdraw(load_id, at=at, reason=reason)


@dataclass(frozen=True, slots=True)
class WorkforceLoad:
    """What one loading did; ``id`` is empty when there was nothing new to load."""

    id: str
    dataset: str
    report: QualityReport


def load_workforce(
    dataset: str,
    sources: Sequence[Source],
    *,
    lake: WorkforceLake,
    at: dt.datetime,
    progress: Progress | None = None,
    limits: Limits = LIMITS,
) -> WorkforceLoad:
    """Read files of one workforce dataset, check every row, and add the good ones to the lake.

    Parameters
    ----------
    dataset
        The id of a canonical table: ``strength``, ``movements``, ``processes`` …
    sources : sequence of paths or tables
        CSV (any usual delimiter, UTF-8 or cp1252), ``.csv.gz``, Excel ``.xlsx`` (the first sheet),
        Parquet, folders of them, or tables with ``__arrow_c_stream__``.
    lake
        Where the rows go. A row that is in it already is set aside, so that loading twice changes
        no figure; one that contradicts it is set aside too.
    at
        The moment of loading, with its time zone: what has happened cannot lie after it.
    progress, limits
        Called after every batch; bounds on what a file may ask of the machine.

    Returns
    -------
    WorkforceLoad
        The report, with ``rows_read == rows_loaded + rows_quarantined`` for every file.

    Raises
    ------
    UsageProblem
        There is no such dataset.
    UnreadableFile, ContractBroken, UnsafeArchive
        A file cannot be read, lacks a column, or is not safe to open. The lake is then as before.

    Notes
    -----
    Rows that differ although they share the columns that tell rows apart (a person twice in a
    month) are all set aside: nobody can tell which is right. Memory is bounded by the size of a
    batch, with 40 bytes for every row read and 16 for every row of the lake.

    Examples
    --------
    >>> import datetime as dt, tempfile
    >>> from pathlib import Path
    >>> import pyarrow as pa
    >>> moves = pa.table({
    ...     "Person": ["A1", "A2"], "Event": ["Temporary promotion"] * 2,
    ...     "Start date": ["01/04/2011", "01/04/2011"], "End date": ["30/11/2011", "31/11/2011"],
    ... })
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     now = dt.datetime(2012, 1, 1, tzinfo=dt.timezone.utc)
    ...     load = load_workforce("movements", [moves], lake=WorkforceLake(Path(folder)), at=now)
    >>> load.report.rows_loaded, [fault.found for fault in load.report.faults]
    (1, ['a date that is not in the calendar'])

    Of two temporary promotions one was loaded; the other was to end on 31 November.
    """
    chosen = get_dataset(dataset)
    place = lake.of(dataset)
    with place.receive() as incoming:
        sink = _LakeSink(incoming, chosen)
        intake = Intake(chosen, sink, at=at)
        ignored = _read(sources, intake, limits, progress)
        if intake.errors:
            raise intake.errors[0]
        verdicts = intake.judge(Known.of(place))
        report = _report(intake, ignored)
        parts = sink.close(verdicts)
        if not report.rows_loaded:
            return WorkforceLoad("", dataset, report)
        manifest = _manifest(chosen, report, parts, at)
        incoming.publish(manifest)
    return WorkforceLoad(str(manifest["id"]), dataset, report)


def check_workforce(
    dataset: str,
    sources: Sequence[Source],
    *,
    at: dt.datetime,
    lake: WorkforceLake | None = None,
    progress: Progress | None = None,
    limits: Limits = LIMITS,
) -> QualityReport:
    """Say everything that is wrong with files of one dataset, without loading them.

    Parameters
    ----------
    dataset, sources, at, progress, limits
        As for :func:`load_workforce`.
    lake
        Where they would be loaded: rows that are in it already, or contradict it, are told too.

    Returns
    -------
    QualityReport
        Every fault of every row with its rule and count, and files that could not be read at all.

    Raises
    ------
    UsageProblem, UnreadableFile, UnsafeArchive
        There is no such dataset; a source is absent, empty or not safe to open.
    """
    chosen = get_dataset(dataset)
    intake = Intake(chosen, _NoSink(), at=at)
    ignored = _read(sources, intake, limits, progress)
    intake.judge(Known.of(lake.of(dataset)) if lake is not None else Known.nothing())
    return _report(intake, ignored)


def has_faults(report: QualityReport) -> bool:
    """Whether rows were set aside for being wrong, and not only for being known already."""
    wrong = [f for f in report.faults if f.severity == Severity.ROW and f.rule not in NO_NEWS]
    return bool(wrong or report.errors)


def _read(
    sources: Sequence[Source], intake: Intake, limits: Limits, progress: Progress | None
) -> list[Ignored]:
    rows = 0
    contract = intake.dataset.contract
    with (
        open_sources(sources, limits=limits) as (members, ignored),
        closing(read_ahead(read_batches(members, contract, limits=limits))) as batches,
    ):
        for batch in batches:
            intake.take(batch)
            rows += len(batch.lines)
            if progress is not None:
                progress("reading", files=intake.files_met, of=len(members), rows=rows)
    return ignored


def _report(intake: Intake, ignored: list[Ignored]) -> QualityReport:
    faults = [
        Fault(
            file=key.file,
            column=key.column,
            rule=key.rule,
            severity=intake.log.severity(key),
            title=RULES[key.rule].title,
            remedy=RULES[key.rule].remedy,
            found=key.found,
            count=fault.count,
            lines=tuple(fault.lines),
        )
        for key, fault in intake.log
    ]
    contract = intake.dataset.contract
    return QualityReport(
        contract=f"{contract.id}-{contract.version}",
        files=intake.list_files(),
        faults=tuple(sorted(faults, key=_gravity)),
        gaps=intake.gaps,
        ignored=tuple(ignored),
        errors=tuple(intake.errors),
        rules=tuple(RULES.values()),
    )


def _gravity(fault: Fault) -> tuple[int, int, str]:
    return list(Severity).index(fault.severity), -fault.count, fault.file


def _manifest(
    dataset: Dataset, report: QualityReport, parts: list[str], at: dt.datetime
) -> dict[str, Any]:
    loaded = [file for file in report.files if file.rows_loaded]
    contents = "".join(sorted(file.content for file in loaded))
    identity = hashlib.sha256(f"{report.contract}:{contents}".encode()).hexdigest()[:16]
    return {
        "id": identity,
        "contract": dataset.id,
        "version": dataset.contract.version,
        "at": at.astimezone(dt.UTC).isoformat(),
        "files": [
            {"name": file.name, "content": file.content, "rows": file.rows_loaded}
            for file in loaded
        ],
        "parts": parts,
        "report": report.as_dict(),
    }


class _LakeSink:
    """Rows to a part of an incoming load, written again without those that were judged bad."""

    def __init__(self, incoming: Incoming, dataset: Dataset) -> None:
        self._incoming = incoming
        self._schema = lake_schema(dataset)
        self._part = incoming.open_part(self._schema)
        self._quarantine = incoming.open_quarantine(QUARANTINE)

    def write(self, rows: pa.Table) -> None:
        self._part.write(rows)

    def quarantine(self, entries: pa.Table) -> None:
        self._quarantine.write(entries)

    def close(self, verdicts: Verdicts) -> list[str]:
        """Finish the part; its name, where it holds rows."""
        self._part.close()
        self._quarantine.close()
        part, good = self._part, verdicts == GOOD
        if not good.any():
            part.path.unlink()
            return []
        if not good.all():
            part = self._write_again(good)
        return [part.path.name]

    def _write_again(self, good: np.ndarray[Any, np.dtype[np.bool_]]) -> PartWriter:
        again, start = self._incoming.open_part(self._schema), 0
        with pq.ParquetFile(self._part.path) as file, again:
            for group in range(file.num_row_groups):
                rows = file.read_row_group(group)
                kept = good[start : start + rows.num_rows]
                again.write(rows.filter(from_flags(kept)))
                start += rows.num_rows
        self._part.path.unlink()
        return again


class _NoSink:
    """Keeps nothing: for checking without loading."""

    def write(self, rows: pa.Table) -> None:
        """Nothing is kept."""

    def quarantine(self, entries: pa.Table) -> None:
        """Nothing is kept."""
