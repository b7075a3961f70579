"""The lake: loaded rows as plain Parquet in one folder; a load is there whole or not at all."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from evenhand.core import NothingToMeasure, UnreadableFile, UsageProblem
from evenhand.datasets.arrow import to_numbers
from evenhand.datasets.durable import lock, sync

if TYPE_CHECKING:
    import duckdb

MANIFEST, QUARANTINE = "manifest.json", "quarantine.parquet"
WITHDRAWAL = "withdrawal.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one load brought: its files with their contents, its parts, its quality report."""

    id: str
    contract: str
    version: int
    at: str
    files: tuple[dict[str, Any], ...]
    parts: tuple[str, ...]
    report: dict[str, Any]
    folder: Path


class Lake:
    """A folder of loads.

    ``loads/<id>/`` holds ``rows-*.parquet``, ``quarantine.parquet`` and ``manifest.json``. A load
    is written in ``.incoming/``, flushed to the disk and moved into place in one step, so that a
    process killed at any moment leaves the load whole or absent; what it leaves in ``.incoming``
    is removed by the next load.
    """

    def __init__(self, root: Path | str) -> None:
        self.root = Path(root)

    @property
    def loads(self) -> Path:
        """The folder of finished loads."""
        return self.root / "loads"

    def list_loads(self) -> list[Manifest]:
        """Every finished load, by id."""
        if not self.loads.is_dir():
            return []
        return [
            _read_manifest(folder) for folder in sorted(self.loads.iterdir()) if folder.is_dir()
        ]

    def list_parts(self) -> list[Path]:
        """The Parquet files with the rows of all loads."""
        return [load.folder / part for load in self.list_loads() for part in load.parts]

    def relation(self, engine: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
        """All rows of all loads, for one engine."""
        parts = self.list_parts()
        if not parts:
            raise NothingToMeasure(
                "no row has been loaded.",
                rule="rows-loaded",
                remedy="Run evenhand check on the files to see why.",
            )
        return engine.read_parquet([str(part) for part in parts])

    def list_fingerprints(self) -> Iterator[np.ndarray[Any, np.dtype[np.uint64]]]:
        """The fingerprints of all rows, part by part."""
        for part in self.list_parts():
            table = pq.read_table(part, columns=["fingerprint"])
            for chunk in table.column(0).chunks:
                yield to_numbers(chunk).view(np.uint64)

    def withdraw(self, load_id: str, *, at: dt.datetime, reason: str) -> Path:
        """Take a load out: its rows count no more, and the folder is kept with the reason.

        Raises
        ------
        UsageProblem
            When there is no such load; the message names those there are.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        with lock(self.root / ".lock"):
            known = [load.id for load in self.list_loads()]
            if load_id not in known:
                raise UsageProblem(
                    f"there is no load {load_id!r}.",
                    rule="load-exists",
                    remedy=f"The loads are: {', '.join(known) or 'none'}.",
                )
            taken = self.root / "withdrawn"
            taken.mkdir(exist_ok=True)
            moment = at.astimezone(dt.UTC)
            target = taken / f"{load_id}-{moment:%Y%m%dT%H%M%S%f}"
            (self.loads / load_id).replace(target)
            note = {"id": load_id, "at": moment.isoformat(), "reason": reason}
            (target / WITHDRAWAL).write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
            for folder in (target / WITHDRAWAL, target, taken, self.loads):
                sync(folder)
        return target

    @contextmanager
    def receive(self) -> Iterator[Incoming]:
        """A place to write one load to; only one process at a time may hold it."""
        self.root.mkdir(parents=True, exist_ok=True)
        with lock(self.root / ".lock"):
            waiting = self.root / ".incoming"
            shutil.rmtree(waiting, ignore_errors=True)
            folder = waiting / uuid.uuid4().hex
            folder.mkdir(parents=True)
            try:
                yield Incoming(self, folder)
            finally:
                shutil.rmtree(waiting, ignore_errors=True)


class Incoming:
    """A load that is being written."""

    def __init__(self, lake: Lake, folder: Path) -> None:
        self.lake, self.folder = lake, folder
        self._count = 0

    def open_part(self, schema: pa.Schema) -> PartWriter:
        """A new part to write rows to."""
        path = self.folder / f"rows-{self._count:05d}.parquet"
        self._count += 1
        return PartWriter(path, schema)

    def open_quarantine(self, schema: pa.Schema) -> PartWriter:
        """Where every row that is set aside came from, and why."""
        return PartWriter(self.folder / QUARANTINE, schema)

    def publish(self, manifest: dict[str, Any]) -> Path:
        """Flush everything to the disk and move the load into place in one step."""
        path = self.folder / MANIFEST
        path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
        for written in sorted(self.folder.iterdir()):
            sync(written)
        sync(self.folder)
        self.lake.loads.mkdir(exist_ok=True)
        target = self.lake.loads / str(manifest["id"])
        self.folder.replace(target)
        sync(self.lake.loads)
        return target


class PartWriter:
    """Writes plain Parquet: no Arrow schema inside, so that any engine reads plain strings."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.path, self._schema = path, schema
        self._writer: pq.ParquetWriter | None = None
        self.rows = 0

    def write(self, table: pa.Table) -> None:
        """Append a table whose columns are those of the schema, dictionary-encoded or not."""
        if self._writer is None:
            words: Any = [
                name for name in table.schema.names if _holds_words(table.schema.field(name))
            ]
            self._writer = pq.ParquetWriter(
                self.path,
                table.schema,
                compression="zstd",
                compression_level=1,
                use_dictionary=words,  # numbers hardly repeat: trying costs time and space
                store_schema=False,
            )
        if table.num_rows:
            self._writer.write_table(table)
        self.rows += table.num_rows

    def close(self) -> None:
        """Finish the file; one that was never written to is an empty table."""
        if self._writer is None:
            self.write(pa.Table.from_batches([], schema=self._schema))
        if self._writer is not None:
            self._writer.close()

    def discard(self) -> None:
        """Finish and remove the file."""
        self.close()
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> PartWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _holds_words(field: pa.Field[Any]) -> bool:
    return pa.types.is_string(field.type) or pa.types.is_dictionary(field.type)


def _read_manifest(folder: Path) -> Manifest:
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Manifest(
            id=found["id"],
            contract=found["contract"],
            version=found["version"],
            at=found["at"],
            files=tuple(found["files"]),
            parts=tuple(found["parts"]),
            report=found["report"],
            folder=folder,
        )
    except (OSError, ValueError, KeyError) as error:
        raise UnreadableFile(
            "this folder of the lake holds no load that can be read.",
            file=str(folder / MANIFEST),
            rule="manifest-readable",
            remedy="Restore it from a copy, or remove the folder and load its files again.",
        ) from error
