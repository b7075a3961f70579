"""How the cells of each kind of column are read, one spelling at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from evenhand.codelists import Codelist, Kind, get_codelist
from evenhand.datasets.words import render_found
from evenhand.datasets.workforce.days import read_day, read_month
from evenhand.datasets.workforce.meaning import Meaning, Meanings
from evenhand.datasets.workforce.schema import Column, Holds
from evenhand.datasets.workforce.tables import (
    BLANK,
    CHARACTERISTICS,
    NOT_ASKED,
    PREFER_NOT_TO_SAY,
)

_TRUE = frozenset({"true", "t", "yes", "y", "1", "1.0", "part time", "part-time", "pt"})
_FALSE = frozenset({"false", "f", "no", "n", "0", "0.0", "full time", "full-time", "ft"})
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
_MOST = 2**31 - 1
"""The largest number a column of whole numbers holds."""

RANGES: dict[str, tuple[int, int]] = {
    "score": (1, 5),
    "stage_order": (1, 50),
    "assessors": (0, 1_000),
    "days": (0, 36_500),
    "year": (1901, 2100),
}
"""Numbers that can be, by column; all others lie between 0 and the largest a column holds."""


def build_meanings(column: Column) -> Meanings:
    """The reader of one column, with an empty memory."""
    return Meanings(column.name, column.holds, _reader(column))


def _reader(column: Column) -> Callable[[str], Meaning]:
    if column.holds is Holds.CODE:
        if column.name in CHARACTERISTICS:
            return lambda text: read_characteristic(text, column.codelists)
        return lambda text: read_code(text, column.codelists)
    if column.holds is Holds.NUMBER:
        return lambda text: _read_number(text, *RANGES.get(column.name, (0, _MOST)))
    return {
        Holds.TEXT: lambda text: Meaning(" ".join(text.split())),
        Holds.PERSON: lambda text: Meaning(" ".join(text.split())),
        Holds.DAY: read_day,
        Holds.MONTH: read_month,
        Holds.AMOUNT: _read_amount,
        Holds.SHARE: _read_share,
        Holds.FLAG: _read_flag,
    }[column.holds]


def read_code(text: str, codelists: tuple[str, ...]) -> Meaning:
    """The code in the first codelist that knows the spelling; blank where nothing is recorded."""
    if not text:
        return Meaning("")
    for codelist in _lists(codelists):
        code = codelist.find(text)
        if code is not None:
            return Meaning(code.code if code.kind is not Kind.NOT_RECORDED else "")
    return Meaning(None, "code-known", render_found(text))


def read_characteristic(text: str, codelists: tuple[str, ...]) -> Meaning:
    """The same for a characteristic, whose absence is one of three things."""
    if absent := find_absence(text):
        return Meaning(absent)
    meaning = read_code(text, codelists)
    if meaning.value == "":
        return Meaning(BLANK)
    if meaning.value == "not-stated":
        return Meaning(PREFER_NOT_TO_SAY)
    return meaning


def find_absence(text: str) -> str:
    """Which kind of absence a cell means, or nothing where it is an answer."""
    code = get_codelist("absence").find(text)
    return code.code if code is not None else ""


def absent_for(column: Column) -> str:
    """What a row has in a column of codes or texts that its file does not have."""
    return NOT_ASKED if column.name in CHARACTERISTICS else ""


@cache
def _lists(names: tuple[str, ...]) -> tuple[Codelist, ...]:
    return tuple(get_codelist(name) for name in names)


def _read_number(text: str, low: int, high: int) -> Meaning:
    amount = _read_amount(text)
    if amount.rule or amount.value is None:
        return amount
    value = float(amount.value)
    if value != int(value):
        return Meaning(None, "number-whole", "a number with a fraction")
    if not low <= value <= high:
        return Meaning(None, "number-in-range", f"a number outside {low} to {high}")
    return Meaning(int(value))


def _read_amount(text: str) -> Meaning:
    if not text:
        return Meaning(None)
    try:
        value = float(text.replace(",", "") if _THOUSANDS.fullmatch(text) else text)
    except ValueError:
        return Meaning(None, "number-readable", "text that is no number")
    if value != value or value in (float("inf"), float("-inf")):
        return Meaning(None, "number-readable", "text that is no number")
    if value < 0:
        return Meaning(None, "number-in-range", "a number below zero")
    return Meaning(value)


def _read_share(text: str) -> Meaning:
    percent = text.endswith("%")
    amount = _read_amount(text.removesuffix("%").strip())
    if amount.rule == "number-in-range":
        return Meaning(None, "share-in-range", "a share below zero")
    if amount.rule or amount.value is None:
        return amount
    share = float(amount.value) / (100 if percent else 1)
    if share > 1:
        return Meaning(None, "share-in-range", "a share above one")
    return Meaning(share)


def _read_flag(text: str) -> Meaning:
    word = text.casefold()
    if not word:
        return Meaning(None)
    if word in _TRUE:
        return Meaning(1)
    if word in _FALSE:
        return Meaning(0)
    return Meaning(None, "flag-known", render_found(text))
