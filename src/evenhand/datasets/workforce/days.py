"""Dates as people write them, and what stands there where there is none."""

from __future__ import annotations

import datetime as dt
import re

from evenhand.datasets.workforce.meaning import Meaning
from evenhand.datasets.workforce.rules import FLOOR, LATEST

_EPOCH = dt.date(1970, 1, 1)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?)?")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 00:00(?::00)?)?")
_WORDS = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[ -])?([A-Za-z]{3,9})\.?[ -](\d{4})")
_NUMBER = re.compile(r"-?\d+([.,]\d+)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
         "october", "november", "december", "sept")  # fmt: skip
_PENDING = re.compile(r"(tbc|tba|to be (confirmed|agreed|advised))\b", re.IGNORECASE)


def read_day(text: str) -> Meaning:
    """A date, day first as in this country or year first, as days since 1970.

    A month without its day is its first day only in :func:`read_month`: a promotion in “April”
    has no day, and inventing one would shift every waiting time.
    """
    return _read(text, month_alone=False)


def read_month(text: str) -> Meaning:
    """A month, or any day in it, as the first day of the month."""
    meaning = _read(text, month_alone=True)
    if not isinstance(meaning.value, int):
        return meaning
    day = _EPOCH + dt.timedelta(days=meaning.value)
    return Meaning((day.replace(day=1) - _EPOCH).days)


def _read(text: str, *, month_alone: bool) -> Meaning:
    text = " ".join(text.split())
    if not text:
        return Meaning(None)
    parts = _find_parts(text, month_alone=month_alone)
    if parts is None:
        return Meaning(None, "date-readable", _class_of(text))
    try:
        day = dt.date(*parts)
    except ValueError:
        return Meaning(None, "date-exists", "a date that is not in the calendar")
    if not FLOOR <= day <= LATEST:
        return Meaning(None, "date-plausible", f"a date in {day.year}")
    return Meaning((day - _EPOCH).days)


def _find_parts(text: str, *, month_alone: bool) -> tuple[int, int, int] | None:
    """Year, month and day as they are written, whether or not they make a date."""
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DAY_FIRST.fullmatch(text):
        return int(found[3]), int(found[2]), int(found[1])
    if month_alone and (found := _ISO_MONTH.fullmatch(text)):
        return int(found[1]), int(found[2]), 1
    found = _WORDS.fullmatch(text)
    if found and found[2].casefold() in (*_MONTHS, *_FULL) and (found[1] or month_alone):
        month = _MONTHS.index(found[2].casefold()[:3]) + 1
        return int(found[3]), month, int(found[1] or 1)
    return None


def _class_of(text: str) -> str:
    """What stands there, without repeating it: a remark may be about a person."""
    if _PENDING.match(text):
        return "a remark that the date is to be confirmed"
    if _NUMBER.fullmatch(text):
        return "a number"
    if re.search(r"\d", text):
        return "a date that is written in a way that is not read, or with a remark"
    return "text that is no date"
