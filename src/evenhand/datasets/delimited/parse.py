"""Text to columns: whole batches at once where the text is plain, with care where it is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenhand.datasets.arrow import Array, csv, from_words
from evenhand.datasets.delimited.careful import read_carefully
from evenhand.datasets.delimited.chunks import Chunk

Lines = NDArray[np.int64]
WORDS = pa.dictionary(pa.int32(), pa.string())
"""The type of a column of few distinct values, mapped once per distinct value."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """Rows of one or more chunks.

    ``rows`` has the wanted columns as text; ``lines`` the line of each row in its file; ``counts``
    the rows of each chunk, in order. ``wrong`` holds, per chunk, the lines whose number of fields
    is not that of the header: they are not among the rows; ``unclosed``, whether a quotation mark
    is never closed.
    """

    rows: pa.Table
    lines: Lines
    counts: tuple[int, ...]
    wrong: tuple[tuple[int, ...], ...]
    unclosed: tuple[bool, ...]


def parse_chunks(chunks: Sequence[Chunk], wanted: Mapping[int, pa.DataType]) -> Parsed:
    """Parse chunks of one heading together; ``wanted`` maps a column's place to its type.

    Text without quotation marks in which every line end is a row's is parsed in one go. When the
    parser counts differently (an empty line, a stray carriage return), each chunk is parsed alone
    and its line numbers established with care.
    """
    if not any(chunk.quoted or chunk.too_long for chunk in chunks):
        together = _parse_together(chunks, wanted)
        if together is not None:
            return together
    return _join([parse_chunk(chunk, wanted) for chunk in chunks], wanted)


def parse_chunk(chunk: Chunk, wanted: Mapping[int, pa.DataType]) -> Parsed:
    """Parse one chunk on its own, whatever is in it."""
    if not chunk.too_long:
        alone = _parse_together([chunk], wanted)
        if alone is not None:
            return alone
    return _parse_carefully(chunk, wanted)


def _parse_together(chunks: Sequence[Chunk], wanted: Mapping[int, pa.DataType]) -> Parsed | None:
    lines = [chunk.lines for chunk in chunks]
    body = chunks[0].body if len(chunks) == 1 else b"".join(chunk.body for chunk in chunks)
    try:
        rows, wrong = _read_arrow(body, chunks[0], wanted)
    except pa.ArrowInvalid:
        return None  # quotation marks that do not pair, or a line end inside them
    if rows.num_rows + len(wrong) != sum(lines):
        return None
    ends = np.cumsum(lines)
    starts = ends - lines
    at = np.repeat([chunk.first_line for chunk in chunks] - starts, lines) + np.arange(ends[-1])
    bad = np.asarray(wrong, dtype=np.int64) - 1
    owner = np.searchsorted(ends, bad, side="right")
    per_chunk = np.bincount(owner, minlength=len(chunks))
    return Parsed(
        rows=rows,
        lines=np.delete(at, bad),
        counts=tuple((np.asarray(lines) - per_chunk).tolist()),
        wrong=tuple(tuple(at[bad[owner == i]].tolist()) for i in range(len(chunks)))
        if len(bad)
        else ((),) * len(chunks),
        unclosed=(False,) * len(chunks),
    )


def _read_arrow(
    body: bytes, chunk: Chunk, wanted: Mapping[int, pa.DataType]
) -> tuple[pa.Table, list[int]]:
    wrong: list[int] = []

    def skip(row: Any) -> str:
        wrong.append(row.number)
        return "skip"

    if not body:
        return _empty(wanted), wrong
    names = [str(i) for i in range(len(chunk.heading.columns))]
    rows = csv.read_csv(
        pa.BufferReader(body),
        read_options=csv.ReadOptions(
            column_names=names, use_threads=False, block_size=len(body) + 1
        ),
        parse_options=csv.ParseOptions(
            delimiter=chunk.heading.delimiter,
            quote_char='"' if chunk.quoted else False,
            invalid_row_handler=skip,
        ),
        convert_options=csv.ConvertOptions(
            column_types={str(i): type_ for i, type_ in wanted.items()},
            include_columns=[str(i) for i in wanted],
            strings_can_be_null=False,
        ),
    )
    return rows, wrong


def _parse_carefully(chunk: Chunk, wanted: Mapping[int, pa.DataType]) -> Parsed:
    read = read_carefully(chunk)
    columns = list(zip(*read.good, strict=True)) or [()] * len(chunk.heading.columns)
    rows = pa.table({str(i): _as(from_words(columns[i]), type_) for i, type_ in wanted.items()})
    dropped = set(chunk.too_long)
    return Parsed(
        rows=rows,
        lines=np.asarray(read.lines, dtype=np.int64),
        counts=(len(read.good),),
        wrong=(tuple(line for line in read.wrong if line not in dropped),),
        unclosed=(read.unclosed,),
    )


def _join(parts: Sequence[Parsed], wanted: Mapping[int, pa.DataType]) -> Parsed:
    rows = pa.concat_tables([part.rows for part in parts]) if parts else _empty(wanted)
    return Parsed(
        rows=rows.unify_dictionaries(),
        lines=np.concatenate([part.lines for part in parts]),
        counts=tuple(count for part in parts for count in part.counts),
        wrong=tuple(lines for part in parts for lines in part.wrong),
        unclosed=tuple(flag for part in parts for flag in part.unclosed),
    )


def _empty(wanted: Mapping[int, pa.DataType]) -> pa.Table:
    return pa.table({str(i): _as(from_words([]), type_) for i, type_ in wanted.items()})


def _as(column: Array, type_: pa.DataType) -> Array:
    return column.dictionary_encode() if pa.types.is_dictionary(type_) else column
