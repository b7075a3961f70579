"""Dates as papers print them, day first, and what is wrong with those that cannot be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if len(name) > 3 else name for name in _MONTHS)
_MONTH = _MONTH.replace("sep(?:tember)?", "sept?(?:ember)?")

_NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_WORDS = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+({_MONTH})\.?,?[\s-]+(\d{{4}}|\d{{2}})\b",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.IGNORECASE
)
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+", re.IGNORECASE)

#: a two-digit year reads as 20xx up to here, as 19xx above (POSIX strptime's pivot)
_PIVOT = 68


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date, or the rule that the words break: ``impossible-date`` or ``not-a-date``."""

    value: date | None
    rule: str = ""
    short_year: bool = False


def read_date(text: str) -> DateReading:
    """Whether these words are a date, day first as British papers write them.

    >>> read_date("26 May 2011").value
    datetime.date(2011, 5, 26)
    >>> read_date("31/11/2011").rule
    'impossible-date'

    The second has the shape of a date, but November has thirty days.
    """
    words = _WEEKDAY.sub("", text.strip(), count=1).rstrip(".")
    for pattern, order in (
        (_ISO, "ymd"),
        (_NUMERIC, "dmy"),
        (_WORDS, "dmy"),
        (_MONTH_FIRST, "mdy"),
    ):
        match = pattern.fullmatch(words)
        if match:
            parts = dict(zip(order, match.groups(), strict=True))
            return _build_date(parts["y"], parts["m"], parts["d"])
    return DateReading(None, "not-a-date")


def _build_date(year: str, month: str, day: str) -> DateReading:
    short = len(year) == 2
    number = int(year) + (0 if not short else 2000 if int(year) <= _PIVOT else 1900)
    try:
        return DateReading(date(number, _month_number(month), int(day)), "", short)
    except ValueError:
        return DateReading(None, "impossible-date", short)


def _month_number(month: str) -> int:
    if month.isdigit():
        return int(month)
    return next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(month[:3].lower()))


def list_dates(text: str) -> list[date]:
    """Every date written inside a sentence."""
    found = []
    for pattern in (_WORDS, _MONTH_FIRST, _NUMERIC, _ISO):
        readings = (read_date(match[0]) for match in pattern.finditer(text))
        found += [reading.value for reading in readings if reading.value]
    return found


def looks_like_date(text: str) -> bool:
    """Whether the words have the shape of a date, possible or not."""
    return read_date(text).rule != "not-a-date"


DATE_IN_WORDS = _WORDS
