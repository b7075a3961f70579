"""When a commissioned report is late: dates against a calendar and against a naive count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.accountability.commissions import (
    CLEAR_DAYS,
    Asked,
    check_postponement,
    find_late,
    list_late,
    papers_day,
)
from evenhand.accountability.machines import COMMISSION
from evenhand.core import UsageProblem

MEETING = date(2007, 5, 24)  # a Thursday
ASKED = Asked("c1", "asked_for", MEETING, MEETING)
DAYS = st.dates(date(2000, 1, 10), date(2040, 1, 1))


@given(DAYS)
def test_five_clear_weekdays_lie_between_the_papers_and_the_meeting(meeting):
    sent = papers_day(meeting)
    between = [sent + timedelta(n) for n in range(1, (meeting - sent).days)]
    assert sum(day.isoweekday() <= 5 for day in between) == CLEAR_DAYS
    assert sent.isoweekday() <= 5
    later = [sent + timedelta(n) for n in range(2, (meeting - sent).days)]
    tomorrow = sent + timedelta(1)
    if tomorrow.isoweekday() <= 5:  # a day later would leave too few
        assert sum(day.isoweekday() <= 5 for day in later) < CLEAR_DAYS


def test_a_report_is_late_from_the_day_after_papers_went_out():
    sent = papers_day(MEETING)
    assert find_late(ASKED, on=sent) is None
    late = find_late(ASKED, on=sent + timedelta(1))
    assert late is not None
    assert late.since == date(2007, 5, 17)
    assert late.days(date(2007, 5, 20)) == 3
    assert "is without it" in late.why
    after = find_late(ASKED, on=MEETING + timedelta(1))
    assert after is not None
    assert "was without it" in after.why


@pytest.mark.parametrize("state", [code for code in COMMISSION.codes if code != "asked_for"])
def test_what_came_or_is_no_longer_wanted_is_never_late(state):
    assert find_late(replace(ASKED, state=state), on=date(2040, 1, 1)) is None


def test_a_postponed_report_says_when_it_was_first_wanted():
    once = replace(ASKED, first_meeting_on=date(2007, 2, 1), postponed=1)
    twice = replace(once, postponed=2)
    assert "first wanted by 1 February 2007, and has been postponed once" in _why(once)
    assert "postponed 2 times" in _why(twice)


def _why(asked: Asked) -> str:
    late = find_late(asked, on=MEETING)
    assert late is not None
    return late.why


def test_the_longest_late_comes_first_and_none_gives_none():
    other = Asked("c0", "asked_for", date(2007, 2, 1), date(2007, 2, 1))
    assert [late.ref for late in list_late([ASKED, other], on=MEETING)] == ["c0", "c1"]
    assert list_late([], on=MEETING) == []


@pytest.mark.parametrize("to", [MEETING, MEETING - timedelta(1)])
def test_a_postponement_is_to_a_later_meeting(to):
    with pytest.raises(UsageProblem):
        check_postponement(ASKED, to=to, on=date(2007, 1, 1))


def test_a_postponement_is_to_a_meeting_still_to_come():
    with pytest.raises(UsageProblem):
        check_postponement(ASKED, to=date(2007, 8, 1), on=date(2007, 8, 2))
    check_postponement(ASKED, to=date(2007, 8, 1), on=date(2007, 8, 1))
