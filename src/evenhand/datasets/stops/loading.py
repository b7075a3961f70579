"""Loading stops into a lake, and checking files of stops without loading them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

import pyarrow as pa

from evenhand.datasets.batches import read_ahead, read_batches
from evenhand.datasets.faults import Severity
from evenhand.datasets.lake import Incoming, Lake, PartWriter
from evenhand.datasets.progress import Progress
from evenhand.datasets.repeats import Seen
from evenhand.datasets.report import Fault, QualityReport
from evenhand.datasets.sources import LIMITS, Ignored, Limits, Source, open_sources
from evenhand.datasets.stops.contract import STOPS
from evenhand.datasets.stops.gaps import list_gaps
from evenhand.datasets.stops.intake import Intake, Twins
from evenhand.datasets.stops.quarantine import SCHEMA as QUARANTINE_SCHEMA
from evenhand.datasets.stops.schema import SCHEMA


@dataclass(frozen=True, slots=True)
class Load:
    """What one loading did; ``id`` is empty when there was nothing new to load."""

    id: str
    lake: Lake
    report: QualityReport

    @property
    def rows_read(self) -> int:
        """Rows in the files."""
        return self.report.rows_read

    @property
    def rows_loaded(self) -> int:
        """Rows added to the lake."""
        return self.report.rows_loaded

    @property
    def rows_quarantined(self) -> int:
        """Rows set aside."""
        return self.report.rows_quarantined

    @property
    def rows_repeated(self) -> int:
        """Rows added that repeat an earlier one exactly."""
        return self.report.rows_repeated


def load_stops(
    sources: Sequence[Source],
    *,
    lake: Lake,
    at: dt.datetime,
    progress: Progress | None = None,
    limits: Limits = LIMITS,
) -> Load:
    """Read files of stops, check every row, and add the good ones to the lake.

    Parameters
    ----------
    sources : sequence of paths or tables
        Zip archives as data.police.uk makes them, folders, ``.csv``, ``.csv.gz`` and ``.parquet``
        files, or tables with ``__arrow_c_stream__`` (pandas, polars, pyarrow, DuckDB).
    lake : Lake
        Where the rows go. A file whose rows are in it already is set aside, so that loading twice
        changes no figure.
    at : datetime
        The moment of loading, with its time zone: later dates are faults.
    progress : Progress, optional
        Called after every batch.
    limits : Limits
        Bounds on what a file may ask of the machine.

    Returns
    -------
    Load
        The report, with ``rows_read == rows_loaded + rows_quarantined`` for every file.

    Raises
    ------
    UnreadableFile, ContractBroken, UnsafeArchive
        A file cannot be read, lacks a column, or is not safe to open. The lake is then as before.

    Notes
    -----
    Exact repeats are kept and numbered in the column ``repeat``; whether they are one search
    published twice or several alike, the data cannot tell. Memory is bounded by the size of a
    batch and of a file's longest line, with eight bytes for every row of the lake.

    Examples
    --------
    >>> import datetime as dt, tempfile
    >>> import pyarrow as pa
    >>> from evenhand.datasets import Lake, load_stops
    >>> stops = pa.table({
    ...     "Force": ["Kent", "Kent"], "Type": ["Person search"] * 2,
    ...     "Date": ["2020-06-30T23:30:00+00:00", "2099-01-01T10:00:00+00:00"],
    ...     "Gender": ["Male"] * 2, "Age range": ["18-24"] * 2,
    ...     "Self-defined ethnicity": ["White - Irish"] * 2,
    ...     "Officer-defined ethnicity": ["White"] * 2,
    ...     "Legislation": ["Misuse of Drugs Act 1971 (section 23)"] * 2,
    ...     "Object of search": ["Controlled drugs"] * 2, "Outcome": ["Arrest"] * 2,
    ... })
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     now = dt.datetime(2021, 1, 1, tzinfo=dt.timezone.utc)
    ...     load = load_stops([stops], lake=Lake(folder), at=now)
    >>> load.rows_read, load.rows_loaded, load.rows_quarantined
    (2, 1, 1)

    Of two rows one was loaded; the other, dated 2099, was set aside.
    """
    with lake.receive() as incoming:
        sink = _LakeSink(incoming)
        seen = Seen.over(lake.list_fingerprints())
        intake = Intake(sink, at=at, seen=seen, twins=_twins_in(lake))
        ignored = _read(sources, intake, limits, progress)
        if intake.errors:
            raise intake.errors[0]
        report = _report(intake, ignored)
        parts = sink.close()
        if not report.rows_loaded:
            return Load("", lake, report)
        manifest = _manifest(report, parts, at)
        incoming.publish(manifest)
    return Load(str(manifest["id"]), lake, report)


def check_files(
    sources: Sequence[Source],
    *,
    at: dt.datetime,
    progress: Progress | None = None,
    limits: Limits = LIMITS,
) -> QualityReport:
    """Say everything that is wrong with files of stops, without loading them.

    Parameters
    ----------
    sources, at, progress, limits
        As for :func:`load_stops`.

    Returns
    -------
    QualityReport
        Every fault of every row with its rule and count, the structural gaps, and the files that
        could not be read at all.

    Raises
    ------
    UnreadableFile, UnsafeArchive
        A source itself is absent, empty or not safe to open. A fault of one file inside an
        archive is reported in ``errors`` instead, and the other files are checked all the same.
    """
    intake = Intake(_NoSink(), at=at, seen=Seen(), twins=Twins())
    return _report(intake, _read(sources, intake, limits, progress))


def _twins_in(lake: Lake) -> Twins:
    twins = Twins()
    for load in lake.list_loads():
        for file in load.files:
            twins.add_id(str(file["content"]), str(file["service"]), str(file["name"]))
    return twins


def _read(
    sources: Sequence[Source], intake: Intake, limits: Limits, progress: Progress | None
) -> list[Ignored]:
    rows = 0
    with (
        open_sources(sources, limits=limits) as (members, ignored),
        closing(read_ahead(read_batches(members, STOPS, limits=limits))) as batches,
    ):
        for batch in batches:
            intake.take(batch)
            rows += len(batch.lines)
            if progress is not None:
                progress("reading", files=len(intake.files), of=len(members), rows=rows)
    return ignored


def _report(intake: Intake, ignored: list[Ignored]) -> QualityReport:
    faults = [
        Fault(
            file=key.file,
            column=key.column,
            rule=key.rule,
            severity=intake.log.severity(key),
            title=STOPS.rules[key.rule].title,
            remedy=STOPS.rules[key.rule].remedy,
            found=key.found,
            count=fault.count,
            lines=tuple(fault.lines),
        )
        for key, fault in intake.log
    ]
    return QualityReport(
        contract=f"{STOPS.id}-{STOPS.version}",
        files=tuple(intake.files.values()),
        faults=tuple(sorted(faults, key=_gravity)),
        gaps=tuple(list_gaps(intake.tally.by_service(intake.normaliser.services.categories))),
        ignored=tuple(ignored),
        errors=tuple(intake.errors),
        rules=tuple(STOPS.rules.values()),
    )


def _gravity(fault: Fault) -> tuple[int, int, str]:
    return list(Severity).index(fault.severity), -fault.count, fault.file


def _manifest(report: QualityReport, parts: list[str], at: dt.datetime) -> dict[str, object]:
    loaded = [file for file in report.files if file.rows_loaded]
    contents = "".join(sorted(file.content for file in loaded))
    identity = hashlib.sha256(f"{report.contract}:{contents}".encode()).hexdigest()[:16]
    unnamed = {fault.file for fault in report.faults if fault.rule == "service-named"}
    return {
        "id": identity,
        "contract": STOPS.id,
        "version": STOPS.version,
        "at": at.astimezone(dt.UTC).isoformat(),
        "files": [
            {
                "name": file.name,
                "service": "" if file.name in unnamed else file.service,
                "content": file.content,
                "rows": file.rows_loaded,
            }
            for file in loaded
        ],
        "parts": parts,
        "report": report.as_dict(),
    }


class _LakeSink:
    """Rows to parts of an incoming load; a file in several pieces gets a part of its own."""

    def __init__(self, incoming: Incoming) -> None:
        self._incoming = incoming
        self._shared = incoming.open_part(SCHEMA)
        self._own: PartWriter | None = None
        self._parts = [self._shared]
        self._quarantine = incoming.open_quarantine(QUARANTINE_SCHEMA)

    def write(self, rows: pa.Table) -> None:
        (self._own or self._shared).write(rows)

    def quarantine(self, entries: pa.Table) -> None:
        if entries.num_rows:
            self._quarantine.write(entries)

    def begin(self) -> None:
        self._own = self._incoming.open_part(SCHEMA)

    def end(self, *, keep: bool) -> None:
        if self._own is None:
            return
        if keep:
            self._own.close()
            self._parts.append(self._own)
        else:
            self._own.discard()
        self._own = None

    def close(self) -> list[str]:
        """Finish all parts; the names of those that hold rows."""
        self._shared.close()
        self._quarantine.close()
        if not self._shared.rows:
            self._shared.path.unlink()
        return [part.path.name for part in self._parts if part.rows]


class _NoSink:
    """Keeps nothing: for checking without loading."""

    def write(self, rows: pa.Table) -> None:
        """Nothing is kept."""

    def quarantine(self, entries: pa.Table) -> None:
        """Nothing is kept."""

    def begin(self) -> None:
        """Nothing is kept."""

    def end(self, *, keep: bool) -> None:
        """Nothing is kept."""
