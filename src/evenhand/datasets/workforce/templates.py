"""A template to fill and a guide to it, both drawn from the contract and so never out of date."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from evenhand.codelists import get_codelist
from evenhand.datasets.workforce.contracts import DERIVED, PAYROLL, Dataset
from evenhand.datasets.workforce.schema import Holds
from evenhand.datasets.workforce.tables import ABSENT, CHARACTERISTICS

_HOLDS = {
    Holds.CODE: "one of the values beside",
    Holds.TEXT: "text",
    Holds.PERSON: "a pseudonym: never a name, a warrant number or a payroll number",
    Holds.DAY: "a date, as 2020-07-31 or 31/07/2020; blank where it is not known",
    Holds.MONTH: "a month, as 2020-07, or any date in it",
    Holds.NUMBER: "a whole number",
    Holds.AMOUNT: "a number",
    Holds.SHARE: "a share, as 0.12 or 12%",
    Holds.FLAG: "yes, no or blank",
}
_PAYROLL_ROW = (
    "read only to see whether one person has two pseudonyms in a month; never kept",
    "text",
)


@dataclass(frozen=True, slots=True)
class GuideRow:
    """What a person who fills the template needs to know of one column."""

    column: str
    needed: str
    meaning: str
    holds: str
    values: tuple[str, ...]
    also: tuple[str, ...]


def list_header(dataset: Dataset) -> tuple[str, ...]:
    """The headers of the template, in the order of the table."""
    return tuple(row.column for row in list_guide(dataset) if row.column != PAYROLL)


def list_guide(dataset: Dataset) -> tuple[GuideRow, ...]:
    """One row for each column a file may have."""
    rows = []
    for column in dataset.table.columns:
        if column.name in DERIVED:
            continue
        field = dataset.contract.field(column.name)
        rows.append(
            GuideRow(
                column.name,
                _needed(dataset, column.name),
                column.meaning,
                _HOLDS[column.holds],
                _values(column.codelists, characteristic=column.name in CHARACTERISTICS),
                tuple(s for s in field.spellings if s != column.name.replace("_", " ")),
            )
        )
    if dataset.id == "strength":
        also = dataset.contract.field(PAYROLL).spellings
        rows.append(GuideRow(PAYROLL, "may be left out", *_PAYROLL_ROW, (), also))
    return tuple(rows)


def _needed(dataset: Dataset, name: str) -> str:
    if name in dataset.filled:
        return "column needed, every cell filled"
    if dataset.contract.field(name).required:
        return "column needed, cells may be blank"
    return "may be left out"


def _values(codelists: tuple[str, ...], *, characteristic: bool) -> tuple[str, ...]:
    """The labels of the first edition, which the guide shows; the others are read as well."""
    if not codelists:
        return ()
    first = tuple(code.label for code in get_codelist(codelists[0]).values)
    absent = tuple(get_codelist("absence").get(code).label for code in ABSENT)
    others = tuple(f"or the words of {name}" for name in codelists[1:])
    return (*first, *others, *(absent if characteristic else ()))


def render_template(dataset: Dataset) -> str:
    """The template as CSV: the header alone, so that no example is loaded by mistake."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(list_header(dataset))
    return text.getvalue()


def render_workbook(dataset: Dataset) -> bytes:
    """The template as a workbook: the header on the first sheet, the guide on the second.

    Only the first sheet of a workbook is read, so the guide may stay in it.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = dataset.id[:31]
    sheet.append(list(list_header(dataset)))
    guide = book.create_sheet("Guide")
    guide.append([dataset.table.title])
    guide.append([say_key(dataset)])
    guide.append(["Column", "Needed", "What it is", "Cells hold", "Values", "May also be headed"])
    for row in list_guide(dataset):
        cells = [row.column, row.needed, row.meaning, row.holds]
        guide.append([*cells, "; ".join(row.values), "; ".join(row.also)])
    for cell in (*sheet[1], *guide[1], *guide[3]):
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDEF", (22, 26, 44, 40, 60, 40), strict=True):
        guide.column_dimensions[letter].width = width
        sheet.column_dimensions[letter].width = 18
    for cells in guide.iter_rows(min_row=4):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def say_key(dataset: Dataset) -> str:
    """Which columns tell rows apart, in a sentence."""
    if not dataset.table.key:
        return "The same row may not stand in the file twice."
    return f"No two rows may have the same {', '.join(dataset.table.key)}."


def render_guide(dataset: Dataset) -> str:
    """The guide as a page of Markdown."""
    lines = [
        f"# {dataset.id}: {dataset.table.title}",
        "",
        say_key(dataset),
        "",
        "| column | needed | what it is | cells hold | values | may also be headed |",
        "|---|---|---|---|---|---|",
    ]
    for row in list_guide(dataset):
        cells = [f"`{row.column}`", row.needed, row.meaning, row.holds]
        lines.append("| " + " | ".join([*cells, "; ".join(row.values), "; ".join(row.also)]) + " |")
    return "\n".join(lines) + "\n"
