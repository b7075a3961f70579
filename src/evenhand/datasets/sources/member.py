"""One file to be read, wherever it lies, and the ones that are passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import BinaryIO

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class TextMember:
    """Delimited text; ``size`` is the unpacked size where it is declared, else None."""

    name: str
    size: int | None
    open: Callable[[], AbstractContextManager[BinaryIO]]


@dataclass(frozen=True, slots=True)
class TableMember:
    """A table that is cut into cells already: Parquet, a sheet, or one in memory.

    ``batches`` reads it in pieces; ``first_line`` is the number a reader sees beside its first row.
    With ``skip_blank`` a row in which nothing is written is no record, as an empty line is none.
    """

    name: str
    columns: tuple[str, ...]
    batches: Callable[[], Iterator[pa.RecordBatch]]
    first_line: int = 1
    skip_blank: bool = False


Member = TextMember | TableMember


@dataclass(frozen=True, slots=True)
class NamedTable:
    """A table in memory that keeps the name and line numbers of the file it was made from."""

    name: str
    table: pa.Table
    first_line: int = 1


@dataclass(frozen=True, slots=True)
class Ignored:
    """A file that was passed over, and why."""

    name: str
    why: str
