"""Tables: what type each cell has, and which cells and rows break a rule."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from evenhand.datasets.papers.blocks import Rows
from evenhand.datasets.papers.dates import read_date
from evenhand.datasets.papers.draft import Cell, Fault, PaperTable
from evenhand.datasets.papers.places import Place

_NUMBER = re.compile(r"[-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-−]?\d+(?:\.\d+)?")
_MONEY = re.compile(r"[-−]?[£$€]\s?[\d,]+(?:\.\d+)?(?:\s?(?:k|m|bn))?", re.IGNORECASE)
_PERCENT = re.compile(rf"(?:{_NUMBER.pattern})\s?%")
_NOTHING = re.compile(r"|-|–|—|n/?a|nil|none|not applicable|not collected", re.IGNORECASE)

_STARTS = re.compile(
    r"\b(?:start\w*|from|begin\w*|commenc\w*|appointed|effective)\b", re.IGNORECASE
)
_ENDS = re.compile(r"\b(?:end\w*|to|until|finish\w*|expir\w*|leav\w*|ceas\w*)\b", re.IGNORECASE)

#: a column has the type of its cells when at least this share of those filled agree
_AGREEMENT = 0.6


def type_cell(text: str) -> Cell:
    """A cell with its type and value.

    >>> type_cell("31/11/2011").type, type_cell("28/09/2009").value, type_cell("1,200").value
    ('impossible date', '2009-09-28', 1200.0)

    The first is written as a date, but there is no such day.
    """
    words = text.strip()
    if _NOTHING.fullmatch(words):
        return Cell(text, "blank")
    reading = read_date(words)
    if reading.value:
        return Cell(text, "date", reading.value.isoformat())
    if reading.rule == "impossible-date":
        return Cell(text, "impossible date")
    for name, pattern in (("percent", _PERCENT), ("money", _MONEY), ("number", _NUMBER)):
        if pattern.fullmatch(words):
            return Cell(text, name, _number(words))
    return Cell(text, "text", words)


def _number(words: str) -> float | None:
    digits = re.sub(r"[^\d.]", "", words)
    sign = -1.0 if words[0] in "-−" else 1.0
    return sign * float(digits) if digits.count(".") <= 1 and digits.strip(".") else None


def build_table(
    rows: Rows, *, number: int, place: Place, belongs_to: str = "", title: str = ""
) -> PaperTable:
    """A table from its rows of text, the first of them the header."""
    width = max(len(row) for row in rows)
    header, *body = (tuple(row) + ("",) * (width - len(row)) for row in rows)
    names = tuple(name or f"column {i}" for i, name in enumerate(header, 1))
    cells = tuple(tuple(type_cell(text) for text in row) for row in body)
    types = type_columns(cells, width)
    faults = [*check_cells(names, types, cells), *check_spans(names, types, cells)]
    faults.sort(key=lambda fault: fault.row)
    return PaperTable(number, title, belongs_to, names, types, cells, tuple(faults), place)


def type_columns(rows: Sequence[Sequence[Cell]], width: int) -> tuple[str, ...]:
    """The type of each column: that of most of its filled cells, or text where they differ."""
    return tuple(_column_type([row[i] for row in rows if i < len(row)]) for i in range(width))


def _column_type(cells: Sequence[Cell]) -> str:
    kinds = ["date" if cell.type == "impossible date" else cell.type for cell in cells]
    filled = Counter(kind for kind in kinds if kind != "blank")
    if not filled:
        return "blank"
    kind, count = filled.most_common(1)[0]
    return kind if count >= _AGREEMENT * filled.total() else "text"


_EXPECTED = {
    "date": "a date",
    "number": "a number",
    "percent": "a percentage",
    "money": "an amount",
}


def check_cells(
    names: Sequence[str], types: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> list[Fault]:
    """Cells that are not what the rest of their column is, and dates that do not exist."""
    faults = []
    for index, row in enumerate(rows, 1):
        for name, kind, cell in zip(names, types, row, strict=True):
            if cell.type == "impossible date":
                problem = f"there is no such day as {cell.text.strip()}"
                faults.append(Fault("impossible-date", index, name, problem))
            elif kind in _EXPECTED and cell.type not in (kind, "blank"):
                problem = f"“{cell.text.strip()}” is not {_EXPECTED[kind]}"
                faults.append(
                    Fault(f"not-{_EXPECTED[kind].replace(' ', '-')}", index, name, problem)
                )
    return faults


def check_spans(
    names: Sequence[str], types: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> list[Fault]:
    """Rows that end before they start, where one date column starts and one ends."""
    dated = [i for i, kind in enumerate(types) if kind == "date"]
    starts = [i for i in dated if _STARTS.search(names[i])]
    ends = [i for i in dated if _ENDS.search(names[i]) and i not in starts]
    if len(starts) != 1 or len(ends) != 1:
        return []
    faults = []
    for index, row in enumerate(rows, 1):
        start, end = row[starts[0]], row[ends[0]]
        if start.type == end.type == "date" and str(start.value) > str(end.value):
            problem = f"starts on {start.text.strip()}, after its end on {end.text.strip()}"
            faults.append(Fault("start-after-end", index, names[starts[0]], problem))
    return faults


def find_start_column(table: PaperTable) -> int | None:
    """Which column says when something started."""
    for index, (name, kind) in enumerate(zip(table.header, table.types, strict=True)):
        if kind == "date" and _STARTS.search(name):
            return index
    return None
