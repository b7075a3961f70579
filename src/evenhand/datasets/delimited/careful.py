"""Reading record by record, for text in which a record and a line are not the same thing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from evenhand.datasets.delimited.chunks import Chunk

_RECORD_LINES = 50
"""A quoted cell that spans more lines than this was opened by a stray quotation mark. The longest
real one (a multi-line note) spans a few."""


def read_carefully(chunk: Chunk) -> tuple[list[list[str]], list[int], list[int]]:
    """The records, the line each starts on, and the lines of those with the wrong field count.

    Empty lines are no records. When a quotation mark is never closed the text is read again
    with quotation marks as ordinary characters, so that one of them cannot swallow the rest.
    """
    text = chunk.body.decode("utf-8")
    width = len(chunk.heading.columns)
    try:
        return _sort(_records(text, chunk, quoting=csv.QUOTE_MINIMAL), width)
    except csv.Error:
        return _sort(_records(text, chunk, quoting=csv.QUOTE_NONE), width)


def _sort(
    records: Iterator[tuple[int, list[str]]], width: int
) -> tuple[list[list[str]], list[int], list[int]]:
    good: list[list[str]] = []
    lines: list[int] = []
    wrong: list[int] = []
    for line, record in records:
        if len(record) == width:
            good.append(record)
            lines.append(line)
        elif record:
            wrong.append(line)
    return good, lines, wrong


def _records(text: str, chunk: Chunk, *, quoting: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=chunk.heading.delimiter,
        quoting=quoting,  # type: ignore[arg-type]
        strict=quoting != csv.QUOTE_NONE,
    )
    before = 0
    for record in reader:
        if reader.line_num - before > _RECORD_LINES:
            raise csv.Error("a quotation mark is not closed")
        yield chunk.first_line + before, record
        before = reader.line_num
