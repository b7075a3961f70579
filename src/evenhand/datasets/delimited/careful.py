"""Reading record by record, for text in which a record and a line are not the same thing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from evenhand.datasets.delimited.chunks import Chunk

_RECORD_LINES = 50
"""A quoted cell that spans more lines than this was opened by a stray quotation mark. The longest
real one (a multi-line note) spans a few."""


@dataclass(frozen=True, slots=True)
class Records:
    """Records of the right width with the line each starts on, and the lines of the others."""

    good: list[list[str]]
    lines: list[int]
    wrong: list[int]
    unclosed: bool


def read_carefully(chunk: Chunk) -> Records:
    """Read one chunk record by record.

    Empty lines are no records. When a quotation mark is never closed the text is read again
    with quotation marks as ordinary characters, so that one of them cannot swallow the rest.
    """
    text = chunk.body.decode("utf-8")
    width = len(chunk.heading.columns)
    try:
        records = _records(text, chunk, quoting=csv.QUOTE_MINIMAL)
        return _sort(records, width, unclosed=False)
    except csv.Error:
        records = _records(text, chunk, quoting=csv.QUOTE_NONE)
        return _sort(records, width, unclosed=True)


def _sort(records: Iterator[tuple[int, list[str]]], width: int, *, unclosed: bool) -> Records:
    good: list[list[str]] = []
    lines: list[int] = []
    wrong: list[int] = []
    for line, record in records:
        if len(record) == width:
            good.append(record)
            lines.append(line)
        elif record:
            wrong.append(line)
    return Records(good, lines, wrong, unclosed)


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
