"""A spreadsheet that comes back: its lines by column, or a refusal that says what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from evenhand.core import UnreadableFile
from evenhand.datasets.papers.limits import MiB, in_mib
from evenhand.datasets.papers.sheets import SheetRow, read_csv, read_workbook
from evenhand.datasets.papers.sniff import PaperKind, find_kind
from evenhand.web.work.sheets.cells import read_date, tidy, unescape
from evenhand.web.work.sheets.columns import CHECK, COLUMNS, HEADER, REFERENCE, VERSION

MAX_SHEET_BYTES = 20 * MiB  # 5,000 rows take about 3 MiB
DATES = frozenset(column.name for column in COLUMNS if column.is_date)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One row: its number in the sheet, its cells by column, and the columns with a formula."""

    number: int
    cells: dict[str, str]
    formulas: tuple[str, ...] = ()


def read_sheet(content: bytes, *, filename: str) -> list[SheetLine]:
    """The lines of an exported register, edited or not. Columns may be left out or moved about."""
    if len(content) > MAX_SHEET_BYTES:
        raise UnreadableFile(
            f"it has {in_mib(len(content))}; up to {in_mib(MAX_SHEET_BYTES)} are read.",
            file=filename,
            rule="sheet-size",
        )
    if PurePath(filename).suffix.lower() not in (".csv", ".xlsx"):
        raise UnreadableFile(
            "a register comes back as .xlsx or .csv.", file=filename, rule="known-format"
        )
    kind = find_kind(content, filename=filename)
    reader = read_csv if kind is PaperKind.CSV else read_workbook
    sheets, _ = reader(content, filename=filename)
    rows = sheets[0].rows if sheets else ()
    header = [cell.text for cell in rows[0].cells] if rows else []
    _check_header(header, filename)
    return [_line(row, header) for row in rows[1:]]


def _check_header(header: Sequence[str], filename: str) -> None:
    needed = (REFERENCE, VERSION, CHECK)
    lost = [name for name in needed if name not in header]
    strange = [name for name in header if name and name not in HEADER]
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if not (lost or strange or twice):
        return
    parts = (("missing", lost), ("unknown", strange), ("there twice", twice))
    said = "; ".join(f"{word}: {', '.join(names)}" for word, names in parts if names)
    raise UnreadableFile(
        f"its columns are not those of an exported register ({said}).",
        file=filename,
        line=1,
        rule="sheet-columns",
        remedy="Export the register again and edit that file.",
    )


def _line(row: SheetRow, header: Sequence[str]) -> SheetLine:
    cells = {}
    formulas = []
    for name, cell in zip(header, row.cells, strict=False):
        text = tidy(unescape(cell.text))
        cells[name] = read_date(text) if name in DATES else text
        if cell.formula or cell.error:
            formulas.append(name)
    for name in header[len(row.cells) :]:
        cells[name] = ""
    cells.pop("", None)
    return SheetLine(row.number, cells, tuple(formulas))
