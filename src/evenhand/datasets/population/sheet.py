"""Any table as a header and numbered rows: CSV in the encodings met, Parquet, Arrow in memory."""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from evenhand.core import ContractBroken, UnreadableFile

# The largest published table by local authority (Census 2021 TS022, 288 groups in 331 areas) is
# about 10 MB; more than six times that is no population table.
_LARGEST = 64 * 1024 * 1024
# Rows by which a separator is told: a title or two above the header do not outweigh the rest.
_LOOK_AHEAD = 40

Raw = str | int | float | None


class ArrowStream(Protocol):
    """Any table in memory that can be handed over without a copy: pandas, polars, pyarrow …"""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet with the line it stands on in its file."""

    line: int
    cells: Sequence[Raw]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as found; ``dotted`` says that dots group thousands (``1.081`` is 1,081)."""

    name: str
    rows: tuple[Row, ...]
    dotted: bool = False


def load_sheet(source: Path | str | ArrowStream) -> Sheet:
    """Read a file by what its name says, or take a table that is in memory already."""
    if not isinstance(source, (str, Path)):
        return _from_arrow(pa.RecordBatchReader.from_stream(source).read_all(), "the table given")
    path = Path(source)
    if not path.is_file():
        raise UnreadableFile("there is no such file.", file=str(path), rule="file-exists")
    if path.suffix == ".parquet":
        return _from_arrow(_read_parquet(path), path.name)
    return _from_text(_decode(_read_bytes(path), path), path.name)


def _read_parquet(path: Path) -> pa.Table:
    if path.stat().st_size > _LARGEST:
        raise _too_large(path)
    try:
        return pq.read_table(path)
    except (pa.ArrowInvalid, OSError) as problem:
        raise UnreadableFile(
            "this is not a Parquet file.", file=path.name, rule="file-is-what-it-says"
        ) from problem


def _read_bytes(path: Path) -> bytes:
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rb") as stream:
            content: bytes = stream.read(_LARGEST + 1)
    except (OSError, EOFError) as problem:
        raise UnreadableFile(
            "the file cannot be unpacked.", file=path.name, rule="file-is-what-it-says"
        ) from problem
    if len(content) > _LARGEST:
        raise _too_large(path)
    return content


def _too_large(path: Path) -> UnreadableFile:
    return UnreadableFile(
        f"the file is larger than {_LARGEST // 1024**2} MB, more than any table of residents by"
        " local authority.",
        file=path.name,
        rule="population-is-a-small-table",
    )


def _decode(content: bytes, path: Path) -> str:
    if not content.strip():
        raise UnreadableFile("the file is empty.", file=path.name, rule="file-is-not-empty")
    if b"\0" in content:
        raise UnreadableFile(
            "this is not a text file.",
            file=path.name,
            rule="file-is-what-it-says",
            remedy="Give a CSV or a Parquet file; save a workbook as CSV first.",
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _from_text(text: str, name: str) -> Sheet:
    delimiter = _delimiter(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, start = [], 1
    try:
        for cells in lines:
            # A cell may hold line breaks: a row is known by the line on which it starts.
            if any(cell.strip() for cell in cells):
                rows.append(Row(start, cells))
            start = lines.line_num + 1
    except csv.Error as problem:
        raise ContractBroken(
            f"the line cannot be read as CSV: {problem}.",
            file=name,
            line=lines.line_num,
            rule="file-is-what-it-says",
        ) from problem
    return Sheet(name, tuple(rows), dotted=delimiter == ";")


def _delimiter(text: str) -> str:
    """The separator under which most of the first rows have one and the same width.

    Counting signs alone would take the commas inside headings for separators.
    """

    def agreement(delimiter: str) -> tuple[int, int]:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            widths = Counter(len(cells) for cells in islice(lines, _LOOK_AHEAD))
        except csv.Error:
            return (0, 0)
        return max(((rows, width) for width, rows in widths.items() if width > 1), default=(0, 0))

    return max(",;\t", key=agreement)


def _from_arrow(table: pa.Table, name: str) -> Sheet:
    columns = [column.to_pylist() for column in table.columns]
    header = Row(0, tuple(table.column_names))
    body = (Row(i, cells) for i, cells in enumerate(zip(*columns, strict=True), start=1))
    return Sheet(name, (header, *body))
