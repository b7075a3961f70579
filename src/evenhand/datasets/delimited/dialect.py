"""The header of a delimited file: its delimiter, its columns, where the rows begin."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass

from evenhand.core import UnreadableFile
from evenhand.datasets.delimited.encoding import REMEDY, to_utf8

DELIMITERS = (",", ";", "\t", "|")
_SEP_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # written by Excel above the header
HEADER_BYTES = 64 * 1024
"""Where the header is looked for: a hundred times the length of any real one."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The columns as spelled, the delimiter, how many bytes and lines come before the rows."""

    columns: tuple[str, ...]
    delimiter: str
    size: int
    lines: int
    recoded: bool  # whether the header had to be read as cp1252


def read_heading(head: bytes, file: str, *, known: Callable[[str], bool]) -> Heading:
    """Read the header; the delimiter is the one that makes the most columns ``known``."""
    raw, recoded = to_utf8(head[: head.rfind(b"\n") + 1] or head)
    text = raw.decode("utf-8", errors="replace").removeprefix("\ufeff")
    stated = _SEP_LINE.match(text)
    text = text[stated.end() :] if stated else text
    best = max(
        (_read_record(text, delimiter) for delimiter in ((stated[1],) if stated else DELIMITERS)),
        key=lambda choice: sum(known(name) for name in choice[0]),
    )
    names, taken, delimiter = best
    if not any(known(name) for name in names):
        raise UnreadableFile(
            "the first line names none of the columns that are looked for.",
            file=file,
            line=1,
            rule="is-csv",
            remedy=REMEDY,
        )
    count = taken + (1 if stated else 0)
    return Heading(
        columns=tuple(names),
        delimiter=delimiter,
        size=_size_of(head, count),
        lines=count,
        recoded=recoded,
    )


def _read_record(text: str, delimiter: str) -> tuple[list[str], int, str]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return next(reader, []), reader.line_num, delimiter
    except csv.Error:
        return [], 1, delimiter


def _size_of(head: bytes, lines: int) -> int:
    position = 0
    for _ in range(lines):
        end = head.find(b"\n", position)
        if end < 0:
            return len(head)
        position = end + 1
    return position
