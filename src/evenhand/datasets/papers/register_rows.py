"""A register kept as rows: each becomes a recommendation, and each wrong cell a named fault."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from evenhand.datasets.papers.columns import find_columns
from evenhand.datasets.papers.dates import read_date
from evenhand.datasets.papers.draft import (
    Doubt,
    Fault,
    Item,
    PaperTable,
    Passage,
    Recommendation,
    Strand,
)
from evenhand.datasets.papers.labels import says_completed
from evenhand.datasets.papers.places import Place
from evenhand.datasets.papers.sheets import Sheet, SheetRow
from evenhand.datasets.papers.tables import type_cell, type_columns

#: a heading row further down than this is no heading row
_HEADER_ROWS = 20
_LETTERED = re.compile(r"(\d{1,4})\s*[.\-]?\s*\(?([a-z])\)?")
_STRANDS = {
    "text": Strand.TEXT,
    "progress": Strand.PROGRESS,
    "challenges": Strand.CHALLENGES,
    "next_steps": Strand.NEXT_STEPS,
    "responsible": Strand.RESPONSIBLE,
    "due": Strand.DUE,
    "status": Strand.STATUS,
    "completed": Strand.COMPLETION,
}


@dataclass(slots=True)
class RegisterRows:
    """What a sheet was understood to hold."""

    recommendations: list[Recommendation] = field(default_factory=list)
    above: list[Passage] = field(default_factory=list)  # words above the heading row
    table: PaperTable | None = None
    doubts: list[Doubt] = field(default_factory=list)


def find_header(sheet: Sheet) -> int | None:
    """The index of the row that names the columns of a register, if the sheet is one."""
    for index, row in enumerate(sheet.rows[:_HEADER_ROWS]):
        if find_columns([cell.text for cell in row.cells]):
            return index
    return None


def read_register(sheet: Sheet, *, number: int, place: Place | None = None) -> RegisterRows | None:
    """The recommendations of a sheet; None when no row of it names a register's columns.

    ``place`` is where a table stands in its paper; the rows of a sheet are their own places.
    """
    at = find_header(sheet)
    if at is None:
        return None
    names = tuple(cell.text or f"column {i}" for i, cell in enumerate(sheet.rows[at].cells, 1))
    reader = _RowReader(sheet, names, find_columns(names) or {}, place)
    for row in sheet.rows[at + 1 :]:
        reader.read(row)
    above = [
        Passage(cell.text, Place(row.number, line=row.number))
        for row in sheet.rows[:at]
        for cell in row.cells
        if cell.text
    ]
    reader.found.above = above
    reader.found.table = _table(sheet.rows[at + 1 :], reader, number)
    reader.found.doubts += _doubt_columns(reader)
    return reader.found


@dataclass(slots=True)
class _RowReader:
    """Reads the rows below the heading row, remembering which numbers have gone by."""

    sheet: Sheet
    names: tuple[str, ...]
    columns: dict[str, int]
    at: Place | None
    found: RegisterRows = field(default_factory=RegisterRows)
    faults: list[Fault] = field(default_factory=list)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)
    index: dict[str, int] = field(default_factory=dict)
    formulas: dict[str, list[int]] = field(default_factory=dict)

    def place(self, row: SheetRow) -> Place:
        """Where a row stands."""
        return self.at or Place(row.number, line=row.number)

    def value(self, row: SheetRow, name: str) -> str:
        """A row's words in a named column."""
        at = self.columns.get(name)
        return row.cells[at].text if at is not None and at < len(row.cells) else ""

    def fault(self, row: SheetRow, name: str, *, rule: str, problem: str) -> None:
        """Note that a cell breaks a rule."""
        at = self.columns.get(name)
        heading = self.names[at] if at is not None else name
        self.faults.append(Fault(rule, row.number, heading, problem, self.sheet.name))

    def read(self, row: SheetRow) -> None:
        """Make a recommendation or an item of a row."""
        self._check_cells(row)
        number, label = self._number(row)
        self._check_row(row, number, label)
        if label and number in self.index:
            parent = self.found.recommendations[self.index[number]]
            item = self._item(row, label)
            changed = replace(parent, items=(*parent.items, item))
            self.found.recommendations[self.index[number]] = changed
            return
        if label:
            problem = f"there is no recommendation {number} above sub-item ({label})"
            self.fault(row, "number", rule="item-without-recommendation", problem=problem)
        self.index.setdefault(number, len(self.found.recommendations))
        self.found.recommendations.append(self._recommendation(row, number, label))

    def _number(self, row: SheetRow) -> tuple[str, str]:
        number = self.value(row, "number")
        label = self.value(row, "item").strip("() .").lower()
        match = _LETTERED.fullmatch(number)
        if match and not label:
            return match[1], match[2]
        return number, label

    def _check_cells(self, row: SheetRow) -> None:
        for at, cell in enumerate(row.cells):
            name = self.names[at] if at < len(self.names) else f"column {at + 1}"
            if cell.formula:
                self.formulas.setdefault(name, []).append(row.number)
            faults = (
                (cell.error, "cell-error", "the spreadsheet shows an error here"),
                (
                    cell.formula and not cell.text,
                    "formula-without-value",
                    "a formula whose result was not saved in the file",
                ),
                (
                    at >= len(self.names) and bool(cell.text),
                    "too-many-cells",
                    "it has no heading above it",
                ),
            )
            for broken, rule, problem in faults:
                if broken:
                    self.faults.append(Fault(rule, row.number, name, problem, self.sheet.name))

    def _check_row(self, row: SheetRow, number: str, label: str) -> None:
        if not self.value(row, "text"):
            self.fault(row, "text", rule="text-missing", problem="the wording is blank")
        if "number" in self.columns and not number:
            self.fault(row, "number", rule="number-missing", problem="the number is blank")
        elif number:
            before = self.seen.setdefault((number, label), row.number)
            if before != row.number:
                problem = f"the same number stands in row {before:,}"
                self.fault(row, "number", rule="number-repeated", problem=problem)
        due = self.value(row, "due")
        rule = read_date(due).rule if due else ""
        if rule:
            known = {"impossible-date": "there is no such day", "not-a-date": "it is not a date"}
            self.fault(row, "due", rule=rule, problem=f"{known[rule]}: “{due}”")

    def _passages(self, row: SheetRow) -> tuple[Passage, ...]:
        place = self.place(row)
        return tuple(
            Passage(self.value(row, name), place, strand=strand)
            for name, strand in _STRANDS.items()
            if self.value(row, name)
        )

    def _notes(self, row: SheetRow) -> dict[str, str]:
        known = {at for name, at in self.columns.items()}
        notes: dict[str, str] = {}
        for at, cell in enumerate(row.cells):
            if at not in known and cell.text:
                name = self.names[at] if at < len(self.names) else f"column {at + 1}"
                notes[name if name not in notes else f"{name} ({at + 1})"] = cell.text
        return notes

    def _completed(self, row: SheetRow) -> bool:
        status, told = self.value(row, "status"), self.value(row, "completed")
        return says_completed(status) or (bool(told) and says_completed(told))

    def _item(self, row: SheetRow, label: str) -> Item:
        due = self.value(row, "due")
        return Item(
            self._passages(row),
            self.place(row),
            self._completed(row),
            self.value(row, "responsible"),
            read_date(due).value,
            due,
            self.value(row, "status"),
            self._notes(row),
            label=label,
        )

    def _recommendation(self, row: SheetRow, number: str, label: str) -> Recommendation:
        item = self._item(row, label)
        group = self.value(row, "group")
        return Recommendation(
            item.passages,
            item.place,
            item.completed,
            item.responsible,
            item.due,
            item.due_text,
            item.status,
            item.notes,
            number=f"{number}({label})" if label else number,
            heading=self.value(row, "heading"),
            group=(group,) if group else (),
            section=self.sheet.name,
        )


def _table(rows: Sequence[SheetRow], reader: _RowReader, number: int) -> PaperTable:
    width = max([len(reader.names), *(len(row.cells) for row in rows)])
    beyond = tuple(f"column {at}" for at in range(len(reader.names) + 1, width + 1))
    cells = tuple(
        tuple(type_cell(cell.text) for cell in row.cells)
        + (type_cell(""),) * (width - len(row.cells))
        for row in rows
    )
    name = reader.sheet.name
    return PaperTable(
        number,
        name,
        f"sheet “{name}”" if name else "rows",
        reader.names + beyond,
        type_columns(cells, width),
        cells,
        tuple(reader.faults),
        Place(1),
    )


def _doubt_columns(reader: _RowReader) -> list[Doubt]:
    where = f"sheet “{reader.sheet.name}”, " if reader.sheet.name else ""
    known = set(reader.columns.values())
    doubts = [
        Doubt(
            f"{where}column “{name}”",
            "a note beside each recommendation",
            "its heading is not one that is known",
            "Say what it holds, or leave it a note.",
            "column-unknown",
            column=name,
        )
        for at, name in enumerate(reader.names)
        if at not in known
    ]
    for name, rows in reader.formulas.items():
        shown = ", ".join(f"{row:,}" for row in rows[:10]) + (" …" if len(rows) > 10 else "")
        doubts.append(
            Doubt(
                f"{where}column “{name}”",
                "the values that were saved with the file",
                f"{len(rows):,} cells are formulas (row {shown})",
                "Check that they were up to date.",
                "formula-cell",
                rows[0],
                name,
            )
        )
    return doubts
