"""Workbooks and CSV files to sheets of cells: values, with a word on which were formulas."""

from __future__ import annotations

import csv
import datetime
import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from evenhand.core import UnreadableFile
from evenhand.datasets.papers.draft import Doubt
from evenhand.datasets.papers.encoding import decode_text
from evenhand.datasets.papers.limits import MAX_COLUMNS, MAX_ROWS
from evenhand.datasets.papers.packages import Package, open_package

_DELIMITERS = ",;\t|"
#: lines looked at to find what separates the cells
_LOOKED_AT = 50
#: a cell of a workbook holds at most 32,767 characters (Excel's own limit)
_LONGEST_CELL = 32_767
#: three letters in a cell's name lie beyond ZZ, the last column that is read
_FAR_COLUMN = re.compile(rb"\br=[\"'][A-Z]{3}")


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell's value as words; whether a formula gave it, and whether it is an error."""

    text: str
    formula: bool = False
    error: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that holds something, with the number the sheet shows beside it."""

    number: int
    cells: tuple[SheetCell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's filled rows."""

    name: str
    rows: tuple[SheetRow, ...]
    hidden: bool = False


def read_csv(content: bytes, *, filename: str) -> tuple[list[Sheet], list[Doubt]]:
    """The one sheet of a CSV file."""
    text, doubts = decode_text(content, filename=filename)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=find_delimiter(text))
    rows: list[SheetRow] = []
    line = 0
    try:
        for cells in reader:
            line, first = reader.line_num, line + 1
            _keep(rows, SheetRow(first, tuple(SheetCell(cell.strip()) for cell in cells)), filename)
    except csv.Error as error:
        raise UnreadableFile(
            "a cell is longer than any spreadsheet allows, or its quotation marks do not close.",
            file=filename,
            line=line + 1,
            rule="csv-well-formed",
            remedy="Look at the quotation marks near this line.",
        ) from error
    return [Sheet("", tuple(rows))], doubts


def find_delimiter(text: str) -> str:
    """What separates the cells: whichever sign splits most lines alike."""
    lines = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]

    def agreement(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines]
        header = counts[0] if counts else 0
        return (sum(count == header for count in counts) if header else 0, header)

    return max(_DELIMITERS, key=agreement)


def _keep(rows: list[SheetRow], row: SheetRow, filename: str) -> None:
    if not any(cell.text or cell.formula for cell in row.cells):
        return
    if len(rows) >= MAX_ROWS or len(row.cells) > MAX_COLUMNS:
        raise UnreadableFile(
            f"a sheet of more than {MAX_ROWS:,} rows or {MAX_COLUMNS:,} columns is not read.",
            file=filename,
            line=row.number,
            rule="sheet-size",
            remedy="Keep only the register in the file.",
        )
    rows.append(row)


def read_workbook(content: bytes, *, filename: str) -> tuple[list[Sheet], list[Doubt]]:
    """The sheets of a workbook (.xlsx); one with macros is refused unread."""
    package = open_package(content, filename=filename)
    _check_columns(package)
    with warnings.catch_warnings():
        # openpyxl warns of extensions it leaves out; none of them holds a cell's value
        warnings.simplefilter("ignore")
        try:
            sheets = list(_read_sheets(content, filename))
        except UnreadableFile:
            raise
        except Exception as error:  # the library's errors have no common base
            raise UnreadableFile(
                "the workbook is damaged.",
                file=filename,
                rule="package-whole",
                remedy="Open and save it again in a spreadsheet program.",
            ) from error
    doubts = [
        Doubt(
            f"sheet “{sheet.name}”",
            "read like the others",
            "the sheet is hidden",
            "See whether it is part of the register.",
            "hidden-sheet",
        )
        for sheet in sheets
        if sheet.hidden
    ]
    return sheets, doubts


def _check_columns(package: Package) -> None:
    for name in package.names:
        if name.startswith("xl/worksheets/") and _FAR_COLUMN.search(package.read_bytes(name)):
            raise UnreadableFile(
                f"a sheet of more than {MAX_COLUMNS:,} columns is not read.",
                file=package.filename,
                rule="sheet-size",
                remedy="Keep only the register in the file.",
            )


def _read_sheets(content: bytes, filename: str) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    options = {"read_only": True, "keep_links": False}
    valued: Any = load_workbook(io.BytesIO(content), data_only=True, **options)
    written: Any = load_workbook(io.BytesIO(content), data_only=False, **options)
    for values, formulas in zip(valued.worksheets, written.worksheets, strict=True):
        # a sheet may declare any size it likes; what it really holds is what is read
        values.reset_dimensions()
        formulas.reset_dimensions()
        rows: list[SheetRow] = []
        pairs = zip_longest(values.iter_rows(), formulas.iter_rows(), fillvalue=())
        for number, (shown, stored) in enumerate(pairs, 1):
            cells = zip_longest(shown, stored)
            _keep(rows, SheetRow(number, _trimmed([_cell(a, b) for a, b in cells])), filename)
        yield Sheet(values.title, tuple(rows), values.sheet_state != "visible")
    valued.close()
    written.close()


def _trimmed(cells: list[SheetCell]) -> tuple[SheetCell, ...]:
    while cells and not cells[-1].text and not cells[-1].formula:
        cells.pop()
    return tuple(cells)


def _cell(shown: Any, stored: Any) -> SheetCell:
    formula = getattr(stored, "data_type", "") == "f"
    error = getattr(shown, "data_type", "") == "e"
    return SheetCell(_words(getattr(shown, "value", None)), formula, error)


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
