"""The pace of a token, against a bucket that is emptied and refilled one moment after another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from evenhand.accountability.tokens import Pace, take_turn

NOON = datetime(2007, 5, 24, 12, tzinfo=UTC)
PACES = st.builds(
    Pace,
    burst=st.integers(1, 8),
    interval=st.integers(1, 5_000).map(lambda ms: timedelta(milliseconds=ms)),
)
GAPS = st.lists(st.integers(0, 8_000), max_size=25)  # milliseconds


def _naive(pace: Pace, moments: list[datetime]) -> list[bool]:
    """A bucket of ``burst`` drops that gains one every interval and loses one a request."""
    drops, last, found = Fraction(pace.burst), moments[0] if moments else NOON, []
    for at in moments:
        gained = Fraction((at - last) // timedelta(microseconds=1))
        per = Fraction(pace.interval // timedelta(microseconds=1))
        drops, last = min(Fraction(pace.burst), drops + gained / per), at
        found.append(drops >= 1)
        drops -= found[-1]
    return found


def _moments(gaps: list[int]) -> list[datetime]:
    moments, at = [], NOON
    for gap in gaps:
        at += timedelta(milliseconds=gap)
        moments.append(at)
    return moments


@given(PACES, GAPS)
def test_it_lets_on_exactly_what_a_leaking_bucket_does(pace, gaps):
    moments, due, found = _moments(gaps), None, []
    for at in moments:
        turn = take_turn(due, at=at, pace=pace)
        due = turn.due if turn.allowed else due
        found.append(turn.allowed)
    assert found == _naive(pace, moments)


@given(PACES, GAPS)
def test_whoever_waits_as_long_as_told_is_let_on(pace, gaps):
    due = None
    for at in _moments(gaps):
        turn = take_turn(due, at=at, pace=pace)
        if turn.allowed:
            due = turn.due
        else:
            assert turn.due == due
            later = at + timedelta(seconds=turn.wait_seconds)
            assert take_turn(due, at=later, pace=pace).allowed


@given(PACES, GAPS)
def test_no_stretch_of_time_lets_on_more_than_its_burst_and_what_it_earns(pace, gaps):
    due, let_on = None, []
    for at in _moments(gaps):
        turn = take_turn(due, at=at, pace=pace)
        if turn.allowed:
            due = turn.due
            let_on.append(at)
    for first in range(len(let_on)):
        for last in range(first, len(let_on)):
            earned = (let_on[last] - let_on[first]) // pace.interval
            assert last - first + 1 <= pace.burst + earned
