"""Cells of workforce files: each spelling of a date is that date; no text breaks a reader."""

from __future__ import annotations

import calendar
import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.datasets.workforce import TABLES
from evenhand.datasets.workforce.cells import build_meanings
from evenhand.datasets.workforce.days import read_day, read_month
from evenhand.datasets.workforce.rules import FLOOR, LATEST, RULES

DAYS = st.dates(FLOOR, LATEST)
EPOCH = dt.date(1970, 1, 1)
SPELLINGS = (
    "%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%-d/%-m/%Y", "%d %B %Y", "%-d %b %Y",
    "%d-%b-%Y", "%Y-%m-%dT00:00:00", "%Y-%m-%d 00:00:00", "%Y-%m-%dT00:00:00Z",
)  # fmt: skip
# Speed is measured by the benchmarks; a busy machine is no fault of a date.
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
COLUMNS = [column for table in TABLES.values() for column in table.columns]


@UNTIMED
@given(DAYS, st.sampled_from(SPELLINGS))
def test_a_date_is_the_same_day_however_it_is_written(day: dt.date, spelling: str) -> None:
    meaning = read_day(day.strftime(spelling))
    assert (meaning.value, meaning.rule) == ((day - EPOCH).days, "")


@UNTIMED
@given(DAYS, st.sampled_from((*SPELLINGS, "%Y-%m", "%B %Y", "%b %Y", "%b-%Y")))
def test_a_month_is_its_first_day_however_it_is_written(day: dt.date, spelling: str) -> None:
    meaning = read_month(day.strftime(spelling))
    assert meaning.value == (day.replace(day=1) - EPOCH).days


@UNTIMED
@given(st.integers(1945, 2099), st.integers(0, 14), st.integers(0, 40))
def test_a_day_the_calendar_does_not_have_is_told(year: int, month: int, day: int) -> None:
    exists = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    for text in (f"{day:02d}/{month:02d}/{year}", f"{year}-{month:02d}-{day:02d}"):
        assert (read_day(text).rule == "date-exists") is not exists


@UNTIMED
@given(st.sampled_from(COLUMNS), st.text(max_size=40))
def test_any_text_has_a_meaning_or_a_rule_it_breaks(column: object, text: str) -> None:
    meanings = build_meanings(column)  # type: ignore[arg-type]
    (place,) = meanings.look_up([text]).tolist()
    meaning = meanings.list[place]
    assert not meaning.rule or (meaning.rule in RULES and meaning.found)
    rows = meanings.look_up([text, text])
    cells = meanings.column(rows)
    assert len(cells) == len(meanings.numbers(rows)) == 2
    assert cells.cast(column.arrow).type == column.arrow  # type: ignore[attr-defined]


@UNTIMED
@given(st.text(min_size=1, max_size=60))
def test_a_remark_where_a_date_belongs_is_never_repeated(text: str) -> None:
    found = read_day(f"TBC: {text}").found
    assert found == "a remark that the date is to be confirmed"
