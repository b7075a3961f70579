"""The first sheet of an Excel workbook as text cells, read row by row."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from evenhand.core import UnreadableFile
from evenhand.datasets.arrow import from_words
from evenhand.datasets.sources.archive import list_entries, open_archive
from evenhand.datasets.sources.limits import Limits
from evenhand.datasets.sources.member import Ignored, TableMember

SHEET_ROWS = 16_384
"""Rows taken at once: openpyxl reads some ten thousand a second, so a batch is a second or two."""
HEADER_ROWS = 20
"""The header is the first row that holds anything, and stands near the top."""


def open_workbook(path: Path, name: str, *, limits: Limits) -> tuple[TableMember, list[Ignored]]:
    """The first visible sheet as a table of text, and the other visible sheets as passed over.

    Raises
    ------
    UnreadableFile, UnsafeArchive
        The workbook is damaged, empty, has macros, or would unpack to far more than it should.
    """
    with open_archive(path, limits=limits) as package:
        if any("vbaproject" in entry.filename.lower() for entry in list_entries(package)):
            raise UnreadableFile(
                "the workbook has macros.", file=name, rule="no-macros", remedy="Save it as .xlsx."
            )
    with closing(_load(path, name)) as book:
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        rows = enumerate(_rows(visible[0]) if visible else (), start=1)
        header = next(((at, row) for at, row in islice(rows, HEADER_ROWS) if any(row)), None)
        others = [sheet.title for sheet in visible[1:]]
    if header is None:
        raise UnreadableFile(
            "the first sheet is empty.",
            file=name,
            rule="not-empty",
            remedy="Put the rows on the first sheet, under a line with the columns' names.",
        )
    at, columns = header
    batches = partial(_read, path, name, skip=at, width=len(columns))
    ignored = [Ignored(f"{name}, sheet “{title}”", "only the first is read") for title in others]
    return TableMember(name, columns, batches, first_line=at + 1, skip_blank=True), ignored


def _load(path: Path, name: str) -> Any:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # openpyxl warns of extensions it leaves out; none of them holds a cell's value
        warnings.simplefilter("ignore")
        try:
            return load_workbook(path, read_only=True, data_only=True, keep_links=False)
        except Exception as error:  # the library's errors have no common base
            raise _damaged(name) from error


def _rows(sheet: Any) -> Iterator[tuple[str, ...]]:
    # a sheet may declare any size it likes; what it really holds is what is read
    sheet.reset_dimensions()
    for row in sheet.iter_rows(values_only=True):
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        yield tuple(cells)


def _read(path: Path, name: str, *, skip: int, width: int) -> Iterator[pa.RecordBatch]:
    with closing(_load(path, name)) as book:
        sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
        rows = islice(_rows(sheet), skip, None)
        try:
            while piece := list(islice(rows, SHEET_ROWS)):
                # blank rows stay, so that every row keeps the number the sheet shows beside it
                cells = [[*row[:width], *[""] * (width - len(row))] for row in piece]
                columns = [from_words(column) for column in zip(*cells, strict=True)]
                yield pa.RecordBatch.from_arrays(columns, [str(i) for i in range(width)])
        except UnreadableFile:
            raise
        except Exception as error:  # the library's errors have no common base
            raise _damaged(name) from error


def _text(value: Any) -> str:
    """A cell as a CSV file would have it: dates year first, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat("T", "seconds")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _damaged(name: str) -> UnreadableFile:
    return UnreadableFile(
        "the workbook is damaged.",
        file=name,
        rule="workbook-readable",
        remedy="Open and save it again in a spreadsheet program.",
    )
