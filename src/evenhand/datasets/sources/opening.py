"""From what the user names to the files that will be read, in a fixed order."""

from __future__ import annotations

import gzip
import os
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyarrow as pa
import pyarrow.parquet as pq

from evenhand.core import UnreadableFile, UnsafeArchive
from evenhand.datasets.sources.archive import list_entries, open_archive, open_entry
from evenhand.datasets.sources.bounded import Bounded
from evenhand.datasets.sources.limits import CHUNK_ROWS, Limits
from evenhand.datasets.sources.member import (
    Ignored,
    Member,
    NamedTable,
    TableMember,
    TextMember,
)
from evenhand.datasets.sources.names import (
    Names,
    find_reason_to_ignore,
    is_parquet,
    is_text,
    is_workbook,
)
from evenhand.datasets.sources.workbook import open_workbook

Source = Path | str | Any
"""A path, or any table with ``__arrow_c_stream__``: pyarrow, pandas, polars, DuckDB."""


@contextmanager
def open_sources(
    sources: Sequence[Source], *, limits: Limits
) -> Iterator[tuple[list[Member], list[Ignored]]]:
    """The files in the sources and those passed over, kept open until the block ends."""
    with ExitStack() as stack:
        finder = _Finder(stack, limits)
        for source in sources:
            finder.add(source)
        if not finder.members:
            raise UnreadableFile(
                "there is no CSV, Excel or Parquet file in it.",
                file=", ".join(_title(source) for source in sources),
                rule="something-to-read",
                remedy="Give the archive as data.police.uk made it, its folder, or its CSV files.",
            )
        yield finder.members, finder.ignored


class _Finder:
    def __init__(self, stack: ExitStack, limits: Limits) -> None:
        self.members: list[Member] = []
        self.ignored: list[Ignored] = []
        self._stack, self._limits, self._names = stack, limits, Names()

    def add(self, source: Source) -> None:
        if isinstance(source, NamedTable):
            self._add_table(source.table, name=source.name, first_line=source.first_line)
            return
        if hasattr(source, "__arrow_c_stream__"):
            self._add_table(source)
            return
        path = Path(source)
        if path.is_dir():
            self._add_folder(path)
        elif not path.is_file():
            raise UnreadableFile(
                "there is no such file or folder.", file=str(path), rule="file-exists"
            )
        elif is_workbook(path.name):
            self._add_workbook(path)
        elif zipfile.is_zipfile(path) or path.suffix.lower() == ".zip":
            self._add_archive(path)
        else:
            self._add_file(path, short=path.name)

    def _add_archive(self, path: Path) -> None:
        archive = self._stack.enter_context(open_archive(path, limits=self._limits))
        for entry in list_entries(archive):
            name = entry.filename
            why = find_reason_to_ignore(name)
            if why is None and not name.lower().endswith((".csv", ".tsv")):
                why = "packed twice, or not text: unpack the archive and give the folder"
            if why is not None:
                self.ignored.append(Ignored(name, why))
                continue
            taken = self._names.take(name, f"{path.name}/{name}")
            opener = partial(open_entry, archive, entry, limits=self._limits)
            self.members.append(TextMember(taken, entry.file_size, opener))

    def _add_folder(self, root: Path) -> None:
        for path in sorted(_walk(root)):
            name = path.relative_to(root).as_posix()
            why = find_reason_to_ignore(name)
            if why is not None:
                self.ignored.append(Ignored(name, why))
            else:
                self._add_file(path, short=name)

    def _add_file(self, path: Path, *, short: str) -> None:
        name = self._names.take(short, str(path))
        if is_parquet(path.name):
            self.members.append(_open_parquet(path, name))
        elif path.name.lower().endswith(".gz"):
            opener = partial(_open_gzip, path, name, self._limits)
            self.members.append(TextMember(name, None, opener))
        elif is_text(path.name) or path.suffix.lower() in ("", ".txt"):
            self.members.append(TextMember(name, path.stat().st_size, partial(_open_plain, path)))
        else:
            raise UnreadableFile(
                f"files ending in {path.suffix} are not read.",
                file=short,
                rule="known-format",
                remedy="Save it as CSV (UTF-8), Excel (.xlsx) or Parquet.",
            )

    def _add_workbook(self, path: Path) -> None:
        """A workbook that is named itself; one inside a folder or archive is passed over."""
        name = self._names.take(path.name, str(path))
        member, others = open_workbook(path, name, limits=self._limits)
        self.members.append(member)
        self.ignored += others

    def _add_table(self, table: Any, *, name: str = "table", first_line: int = 1) -> None:
        name = self._names.take(name, name)
        reader = pa.table(table)
        batches = partial(reader.to_batches, max_chunksize=CHUNK_ROWS)
        columns = tuple(reader.column_names)
        self.members.append(TableMember(name, columns, lambda: iter(batches()), first_line))


def _walk(root: Path) -> Iterator[Path]:
    for folder, _, files in os.walk(root, followlinks=False):
        for file in files:
            path = Path(folder, file)
            if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
                raise UnsafeArchive(
                    "this is a link that points outside the folder.",
                    file=path.relative_to(root).as_posix(),
                    rule="folder-stays-inside",
                    remedy="Put the file itself into the folder.",
                )
            yield path


def _open_plain(path: Path) -> BinaryIO:
    return path.open("rb")


@contextmanager
def _open_gzip(path: Path, name: str, limits: Limits) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as packed, gzip.GzipFile(fileobj=packed) as stream:
            bounded = Bounded(cast(BinaryIO, stream), name=name, packed=packed.tell, limits=limits)
            yield cast(BinaryIO, bounded)
    except (gzip.BadGzipFile, EOFError) as error:
        raise UnreadableFile(
            f"the file is not, or only in part, a gzip file ({error}).",
            file=name,
            rule="gzip-readable",
            remedy="Download or pack it again.",
        ) from error


def _open_parquet(path: Path, name: str) -> TableMember:
    try:
        schema = pq.read_schema(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise UnreadableFile(
            "this is not a Parquet file that can be read.", file=name, rule="parquet-readable"
        ) from error
    return TableMember(name, tuple(schema.names), partial(_parquet_batches, path, name))


def _parquet_batches(path: Path, name: str) -> Iterator[pa.RecordBatch]:
    try:
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(batch_size=CHUNK_ROWS)
    except (pa.ArrowInvalid, OSError) as error:
        raise UnreadableFile(
            "the Parquet file is damaged.", file=name, rule="parquet-readable"
        ) from error


def _title(source: Source) -> str:
    if isinstance(source, NamedTable):
        return source.name
    return Path(source).name if isinstance(source, str | Path) else "table"
