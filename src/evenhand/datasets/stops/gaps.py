"""Structural gaps of each service: columns never filled, months missing or published twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import median

from evenhand.core import Month, Period
from evenhand.datasets.report import Gap
from evenhand.datasets.stops.contract import STOPS
from evenhand.datasets.stops.tally import BLANKS, MonthTally

Months = Mapping[Month, MonthTally]

PUBLISHED_TWICE = 0.45
"""Share of exact repeats from which a month counts as published twice. A full second copy makes
one half; real ones stand at 0.50 to 0.60, the next month below at 0.31 (of 1,024)."""
FEW_ROWS = 20
"""Fewer rows than this in a month are reported: one search of one person a working day."""
FEW_SHARE = 0.1
"""So is a month with less than this share of the service's median month."""
STRAY_SHARE = 0.02
"""A month with less than this share of the median, all from files of other months, is rows that
strayed over a month's edge and no month of its own."""


def list_gaps(tallies: Mapping[str, Months]) -> list[Gap]:
    """All gaps of all services, in the order of the services' names."""
    proper = {service: _drop_strays(months) for service, months in tallies.items()}
    spans = [month for months in proper.values() for month in months]
    last = max(spans, default=None)
    gaps: list[Gap] = []
    for service, months in tallies.items():
        gaps += _list_blank(service, months)
        gaps += _list_midnight(service, months)
        gaps += _list_twice(service, months)
        gaps += _list_missing(service, proper[service], last)
        gaps += _list_outside(service, months)
        gaps += _list_few(service, proper[service])
    return gaps


def _drop_strays(months: Months) -> Months:
    if not months:
        return months
    least = STRAY_SHARE * median(tally.rows for tally in months.values())
    return {m: t for m, t in months.items() if t.outside < t.rows or t.rows >= max(least, 2)}


def _list_blank(service: str, months: Months) -> Iterator[Gap]:
    total = sum(tally.rows for tally in months.values())
    for name in BLANKS:
        empty = [m for m, tally in months.items() if tally.blank[name] == tally.rows]
        rows = sum(months[month].rows for month in empty)
        title = STOPS.field(name).title
        if rows == total:
            yield _gap("column-empty", service, title, empty, rows, total,
                       f"“{title}” is blank in every one of {total:,} rows")  # fmt: skip
        elif rows:
            yield _gap("column-empty-in-months", service, title, empty, rows, total,
                       f"“{title}” is blank throughout {_months(empty)}")  # fmt: skip


def _list_midnight(service: str, months: Months) -> Iterator[Gap]:
    total = sum(tally.rows for tally in months.values())
    only = [month for month, tally in months.items() if tally.midnight == tally.rows]
    rows = sum(months[month].rows for month in only)
    if only:
        what = "every row" if rows == total else f"every row of {_months(only)}"
        yield _gap("midnight-only", service, STOPS.field("stamp").title, only, rows, total,
                   f"{what} is at midnight: the time of day was not recorded")  # fmt: skip


def _list_twice(service: str, months: Months) -> Iterator[Gap]:
    for month, tally in months.items():
        if tally.repeated >= PUBLISHED_TWICE * tally.rows and tally.rows >= FEW_ROWS:
            yield _gap("published-twice", service, "", [month], tally.repeated, tally.rows,
                       f"{tally.repeated:,} of {tally.rows:,} rows of {month.words} repeat another "
                       "exactly: the month was probably published twice")  # fmt: skip


def _list_missing(service: str, months: Months, last: Month | None) -> Iterator[Gap]:
    if not months or last is None:
        return
    span = Period(min(months), max(months))
    missing = [month for month in span if month not in months]
    if missing:
        yield _gap("month-missing", service, "", missing, 0, len(span),
                   f"there is nothing for {_months(missing)}: a gap, not a zero")  # fmt: skip
    if span.last < last:
        after = list(Period(Month.at(span.last.index + 1), last))
        yield _gap("stops-early", service, "", after, 0, len(after),
                   f"there is nothing after {span.last.words}, though other services go on to "
                   f"{last.words}: a gap, not a zero")  # fmt: skip


def _list_outside(service: str, months: Months) -> Iterator[Gap]:
    outside = [month for month, tally in months.items() if tally.outside]
    rows = sum(months[month].outside for month in outside)
    total = sum(tally.rows for tally in months.values())
    if rows:
        was = "1 row lies" if rows == 1 else f"{rows:,} rows lie"
        yield _gap("outside-file-month", service, "", outside, rows, total,
                   f"{was} outside the month of their file by London time; each counts in the "
                   "month in which it happened")  # fmt: skip


def _list_few(service: str, months: Months) -> Iterator[Gap]:
    if not months:
        return
    middle = median(tally.rows for tally in months.values())
    for month, tally in months.items():
        if tally.rows < FEW_ROWS or tally.rows < FEW_SHARE * middle:
            usual = f"; its middle month has {middle:,.0f}" if len(months) > 1 else ""
            noun = "row" if tally.rows == 1 else "rows"
            yield _gap("few-rows", service, "", [month], tally.rows, tally.rows,
                       f"{month.words} has only {tally.rows:,} {noun}{usual}")  # fmt: skip


def _gap(
    rule: str, service: str, column: str, months: list[Month], count: int, total: int,
    sentence: str,
) -> Gap:  # fmt: skip
    return Gap(
        rule, service, column, tuple(map(str, months)), count, total, f"{service}: {sentence}."
    )


def _months(months: list[Month]) -> str:
    """``May 2019``, ``May and June 2019`` as words; runs of months by their ends."""
    runs: list[list[Month]] = []
    for month in months:
        if runs and month.index == runs[-1][-1].index + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    words = [Period(run[0], run[-1]).words for run in runs]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
