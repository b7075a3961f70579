"""Rows of either layout as single entries: this area, this group, this cell, on that line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evenhand.codelists import get_codelist
from evenhand.core import ContractBroken
from evenhand.datasets.population.layout import Layout, clean_label
from evenhand.datasets.population.sheet import Raw, Row, Sheet

# Code −8 is what ONS tables give to “Does not apply”.
_DOES_NOT_APPLY = ("-8", "-8.0", "−8")


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell of a population table and everything that says what it counts."""

    code: str
    name: str
    label: str
    cell: Raw
    line: int
    column: str
    sex: str = ""


def list_entries(layout: Layout, rows: Iterable[Row], sheet: Sheet) -> list[Entry]:
    """Every cell that counts people, each area and group once; refused when one comes twice."""
    widest = len(layout.header)
    entries: list[Entry] = []
    for row in rows:
        filled = sum(1 for cell in row.cells if _text(cell))
        if filled <= 1 < widest:
            continue  # a note under the table: text in one cell, or nothing
        if len(row.cells) != widest:
            raise ContractBroken(
                f"the row has {len(row.cells):,} cells where the header has {widest:,}.",
                file=sheet.name,
                line=row.line,
                rule="rows-match-the-header",
            )
        entries.extend(_of_row(layout, row))
    if not entries:
        raise ContractBroken(
            "the table has a header and no rows.", file=sheet.name, rule="population-has-rows"
        )
    chosen = _one_sex_or_all(entries)
    _require_once(chosen, sheet)
    return chosen


def _text(cell: Raw) -> str:
    return "" if cell is None else str(cell).strip()


def _of_row(layout: Layout, row: Row) -> Iterator[Entry]:
    cells = row.cells

    def at(position: int | None) -> str:
        return "" if position is None else _text(cells[position])

    code, name, sex = at(layout.area_code), at(layout.area_name), at(layout.sex)
    for position, label in layout.wide:
        column = layout.header[position]
        yield Entry(code, name, label, cells[position], row.line, column, sex)
    if layout.count is not None:
        label = clean_label(at(layout.group))
        if at(layout.group_code) in _DOES_NOT_APPLY:
            label = "Does not apply"
        column = layout.header[layout.count]
        yield Entry(code, name, label, cells[layout.count], row.line, column, sex)


def _one_sex_or_all(entries: list[Entry]) -> list[Entry]:
    """Rows for both sexes together where the table has them; otherwise all rows are added up."""
    sexes = get_codelist("sex")
    together = [entry for entry in entries if entry.sex and sexes.find_reason_left_out(entry.sex)]
    return together or entries


def _require_once(entries: list[Entry], sheet: Sheet) -> None:
    seen: dict[tuple[str, str, str, str], int] = {}
    for entry in entries:
        key = (entry.code, entry.name, entry.label, entry.sex)
        if key in seen:
            raise ContractBroken(
                f"“{entry.label}” of {entry.name or entry.code} stands here and on line"
                f" {seen[key]:,} already.",
                file=sheet.name,
                line=entry.line,
                rule="each-area-and-group-once",
            )
        seen[key] = entry.line
