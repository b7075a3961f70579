"""Cells to values, a column at a time: codes, flags, numbers; and what was wrong with them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenhand.datasets.arrow import BLANK, NO_TEXT, Array, compute, one_number, to_numbers
from evenhand.datasets.words import Index, Lexicon, render_found, split_words

Rows = NDArray[np.int64]
MANY = 50
"""Different unknown values of one column told apart in a batch; beyond, it is the column that is
wrong, and they are counted together."""

_TRUE = frozenset({"true", "t", "yes", "y", "1", "1.0"})
_FALSE = frozenset({"false", "f", "no", "n", "0", "0.0"})
_NAN = one_number(np.float64("nan"))
FALSE, TRUE, NULL, UNKNOWN = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class RowFault:
    """Rows of a batch in which one column breaks one rule in one way."""

    rule: str
    column: str
    found: str
    rows: Rows


def read_codes(
    column: Array, lexicon: Lexicon, *, title: str, other: str = ""
) -> tuple[Index, list[RowFault]]:
    """The category of each row; where unknown, -1 and a fault, or ``other`` and a warning."""
    index, values = split_words(column)
    table = lexicon.look_up(values)
    unknown = np.flatnonzero(table < 0)
    faults: list[RowFault] = []
    if len(unknown):
        rule = "word-known" if other else "code-known"
        faults = list_unknown(index, values, unknown, rule=rule, title=title)
        if other:
            table = np.where(table < 0, lexicon.place(other), table).astype(np.int32)
    return (table[index] if len(table) else index), faults


def list_unknown(
    index: Index, values: list[str], unknown: Rows, *, rule: str, title: str
) -> list[RowFault]:
    """A fault per unknown value that occurs, or one for all when they are many."""
    at = np.flatnonzero(np.isin(index, unknown))
    if not len(at):
        return []
    if len(unknown) > MANY:
        return [RowFault(rule, title, f"more than {MANY} different values", at)]
    by_found: dict[str, list[int]] = {}
    for place in unknown.tolist():
        by_found.setdefault(render_found(values[place]), []).append(place)
    faults = [
        RowFault(rule, title, found, np.flatnonzero(np.isin(index, places)))
        for found, places in by_found.items()
    ]
    return [fault for fault in faults if len(fault.rows)]


def read_flags(column: Array, *, title: str) -> tuple[Index, list[RowFault]]:
    """0 for false, 1 for true, 2 for blank; 3, and a fault, for anything else."""
    index, values = split_words(column)
    table = np.asarray([_flag(value) for value in values], dtype=np.int32)
    unknown = np.flatnonzero(table == UNKNOWN)
    faults: list[RowFault] = []
    if len(unknown):
        faults = list_unknown(index, values, unknown, rule="flag-known", title=title)
    return (table[index] if len(table) else index), faults


def _flag(value: str) -> int:
    word = value.strip().casefold()
    if not word:
        return NULL
    return TRUE if word in _TRUE else FALSE if word in _FALSE else UNKNOWN


def read_degrees(column: Array, *, title: str) -> tuple[NDArray[np.float64], list[RowFault]]:
    """Numbers rounded to a millionth, as published; nan where blank or, with a fault, unreadable.

    A file saved again by a spreadsheet or pandas carries 51.497789000000004 for 51.497789.
    """
    try:
        blanked = compute.if_else(compute.equal(column, BLANK), NO_TEXT, column)
        numbers = to_numbers(compute.fill_null(compute.cast(blanked, pa.float64()), _NAN))
        bad = np.empty(0, dtype=np.int64)
    except pa.ArrowInvalid:
        numbers, bad = _read_distinct(column)
    infinite = np.flatnonzero(np.isinf(numbers))
    bad = np.concatenate([bad, infinite])
    faults = [RowFault("number-readable", title, "text that is no number", bad)] if len(bad) else []
    finite = np.where(np.isinf(numbers), np.nan, numbers).astype(np.float64)
    return np.round(finite, 6), faults


def _read_distinct(column: Array) -> tuple[NDArray[np.float64], Rows]:
    index, values = split_words(column)
    read = [_number(value.strip()) for value in values]
    table = np.asarray([np.nan if n is None else n for n in read])
    wrong = np.flatnonzero(np.asarray([n is None for n in read]))
    return table[index], np.flatnonzero(np.isin(index, wrong))


def _number(value: str) -> float | None:
    if not value:
        return float("nan")
    try:
        number = float(value)
    except ValueError:
        return None
    return number
