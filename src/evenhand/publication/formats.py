"""How a cell is printed: the number a column holds, with its unit, or the sign of its marker.

A cell holds the number as printed: 12.3 in a column whose unit is ``%`` reads 12.3%.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import lru_cache

from markupsafe import escape

from evenhand.core import Column, Marker, Month, Role
from evenhand.core.table import Cell

NO_ROW = "–"
"""Stands where two headings meet and the table has no row."""

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_WHOLE = (Role.COUNT, Role.POPULATION)


@lru_cache(maxsize=4096)
def month_words(text: str) -> str:
    """``2019-03`` as ``March 2019``; any other text unchanged."""
    return Month.parse(text).words if _MONTH.fullmatch(text) else text


@lru_cache(maxsize=65536)
def safe(text: str) -> str:
    """Text that stays text in HTML and SVG; remembered, as months and groups recur by thousands."""
    return str(escape(text))


def number_words(value: float, *, decimals: int, unit: str = "") -> str:
    """A number with thousands commas, a true minus sign and, for % and £, its unit."""
    text = f"{value:,.{decimals}f}"
    if text.startswith("-"):
        text = text[1:] if not text.strip("-0.,") else "−" + text[1:]
    if unit == "%":
        return text + "%"
    return f"£{text}" if unit == "£" else text


def decimals_of(column: Column) -> int:
    """The decimals a column is printed with: its own, else none for counts and one otherwise."""
    if column.decimals is not None:
        return column.decimals
    return 0 if column.role in _WHOLE else 1


def printer(column: Column) -> Callable[[Cell], str]:
    """A function that prints this column's cells; made once a column, called once a cell."""
    decimals, unit = decimals_of(column), column.unit
    dimension = column.role is Role.DIMENSION

    def printed(cell: Cell) -> str:
        if isinstance(cell, float):
            if not math.isfinite(cell):
                return Marker.UNDEFINED.symbol
            return number_words(cell, decimals=decimals, unit=unit)
        if isinstance(cell, Marker):
            return cell.symbol
        if isinstance(cell, str):
            return month_words(cell) if dimension else cell
        if cell is None:
            return ""
        if isinstance(cell, bool):
            return "Yes" if cell else "No"
        if dimension:
            return str(cell)
        return number_words(cell, decimals=column.decimals or 0, unit=unit)

    return printed


def heading(column: Column) -> str:
    """A column's title with the unit its cells do not themselves carry."""
    if column.unit in ("", "%", "£") or column.unit.lower() in column.title.lower():
        return column.title
    return f"{column.title} ({column.unit})"


def marker_of(cell: Cell) -> Marker | None:
    """The marker a cell shows: its own, or undefined for a number that is none."""
    if isinstance(cell, Marker):
        return cell
    if isinstance(cell, float) and not math.isfinite(cell):
        return Marker.UNDEFINED
    return None
