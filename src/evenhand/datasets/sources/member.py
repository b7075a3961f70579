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
    """A table that is typed already: Parquet, or one in memory. ``batches`` reads it in pieces."""

    name: str
    columns: tuple[str, ...]
    batches: Callable[[], Iterator[pa.RecordBatch]]


Member = TextMember | TableMember


@dataclass(frozen=True, slots=True)
class Ignored:
    """A file that was passed over, and why."""

    name: str
    why: str
