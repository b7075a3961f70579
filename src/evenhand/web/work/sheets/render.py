"""A register as bytes: CSV for any program, a workbook for Excel and its like."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from evenhand.accountability.scales import Scale
from evenhand.web.register.queries import ItemRow
from evenhand.web.work.sheets.cells import escape
from evenhand.web.work.sheets.columns import (
    CHECK,
    COLUMNS,
    HEADER,
    REASON,
    VERSION,
    WORDING,
    build_cells,
    build_check,
)

DATES = frozenset(column.name for column in COLUMNS if column.is_date)
WIDE, USUAL = 60, 18  # characters: a sentence, a name


def build_lines(
    rows: Sequence[ItemRow], *, scales: Mapping[str, Scale], versions: Mapping[str, int]
) -> Iterator[dict[str, str]]:
    """Every row as cells, with the version it was drawn from and a check of what it said."""
    for row in rows:
        cells = build_cells(row, scales=scales)
        version = versions.get(row.subject, -1)
        yield {**cells, REASON: "", VERSION: str(version), CHECK: build_check(cells)}


def render_csv(lines: Iterable[Mapping[str, str]]) -> bytes:
    """CSV with a mark at its head by which Excel knows that it is Unicode."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_MINIMAL)
    writer.writerow(HEADER)
    for line in lines:
        writer.writerow([_escaped(name, line[name]) for name in HEADER])
    return stream.getvalue().encode("utf-8-sig")


def render_workbook(lines: Iterable[Mapping[str, str]]) -> bytes:
    """An Excel workbook of one sheet: text as text, dates as dates, and no formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Register")
    sheet.freeze_panes = "B2"
    for place, name in enumerate(HEADER):
        letter = chr(ord("A") + place)
        sheet.column_dimensions[letter].width = WIDE if name == WORDING else USUAL
    sheet.append(list(HEADER))
    for line in lines:
        sheet.append([_cell(sheet, name, line[name]) for name in HEADER])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cell(sheet: Any, name: str, text: str) -> Any:
    if name in DATES and text:
        cell = WriteOnlyCell(sheet, value=datetime.fromisoformat(text))
        cell.number_format = "yyyy-mm-dd"
        return cell
    cell = WriteOnlyCell(sheet, value=_escaped(name, text))
    cell.data_type = "s"  # never a formula, whatever it begins with
    return cell


def _escaped(name: str, text: str) -> str:
    return text if name == VERSION else escape(text)  # −1 is a version, and is a number
