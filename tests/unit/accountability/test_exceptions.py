"""Exceptions: each begins on its day, says why, and is not cleared by activity."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.accountability.exceptions import (
    Blocker,
    ExceptionKind,
    Holder,
    ItemFacts,
    Limits,
    OpenQuestion,
    Verdict,
    list_exceptions,
)
from evenhand.accountability.machines import AT_REST, WORK
from evenhand.core import UsageProblem

START = date(2004, 1, 1)
LIMITS = Limits()
# Nothing is wrong with this one on 1 June 2004.
SOUND = ItemFacts(
    "recommendation:a/1",
    "in_progress",
    START,
    START,
    due_on=date(2004, 12, 31),
    original_due_on=date(2004, 12, 31),
    last_account_on=date(2004, 5, 1),
    newest_evidence_on=date(2004, 3, 31),
    holder=Holder("team:training", START),
)
JUNE = date(2004, 6, 1)
OF_VERDICTS = {
    ExceptionKind.VERDICT_LAPSED,
    ExceptionKind.CLAIM_APART,
    ExceptionKind.RECHECK_DUE,
    ExceptionKind.VERDICT_OLD,
}
MARCH = date(2004, 3, 1)
JUDGED_WELL = Verdict(
    "stands",
    MARCH,
    MARCH,
    upheld=True,
    found_rank=2,
    recheck_on=JUNE,
    reported_rank=2,
    reported_words="Embedded",
    reported_on=START,
)


def _kinds(item, on=JUNE, limits=LIMITS):
    return [found.kind for found in list_exceptions([item], on=on, limits=limits)]


def test_a_sound_item_raises_none():
    assert _kinds(SOUND) == []


# What is changed, and the last day on which nothing is wrong: the next day is the first.
BEGINS = {
    ExceptionKind.OVERDUE: (replace(SOUND, due_on=JUNE), JUNE),
    ExceptionKind.OWNER_GONE: (replace(SOUND, holder=Holder("p:a", START, JUNE)), JUNE),
    ExceptionKind.CHALLENGE_UNANSWERED: (
        replace(SOUND, questions=(OpenQuestion("challenge:1", START, JUNE),)),
        JUNE,
    ),
    ExceptionKind.LONG_IN_PROGRESS: (
        replace(SOUND, due_on=None, last_account_on=date(2005, 1, 1)),
        START + timedelta(365),
    ),
    ExceptionKind.SILENT: (SOUND, SOUND.last_account_on + timedelta(92)),
    ExceptionKind.UNEVIDENCED: (
        replace(SOUND, newest_evidence_on=date(2003, 3, 31)),
        date(2003, 3, 31) + timedelta(365),
    ),
}


@pytest.mark.parametrize("kind", BEGINS)
def test_an_exception_begins_the_day_after_its_limit_and_says_so(kind):
    item, last_good = BEGINS[kind]
    assert kind not in _kinds(item, on=last_good)
    [found] = [f for f in list_exceptions([item], on=last_good + timedelta(1)) if f.kind is kind]
    assert found.since == last_good + timedelta(1)
    assert found.why.endswith(".")
    assert found.days(last_good + timedelta(8)) == 7


def test_a_question_without_a_date_is_late_after_the_usual_time():
    item = replace(SOUND, questions=(OpenQuestion("challenge:1", JUNE),))
    assert _kinds(item, on=JUNE + timedelta(28)) == []
    assert _kinds(item, on=JUNE + timedelta(29)) == [ExceptionKind.CHALLENGE_UNANSWERED]


def test_three_extensions_are_an_exception_even_before_the_new_date():
    moved = replace(SOUND, slips=3, last_slip_on=date(2004, 4, 1), due_on=date(2006, 1, 1))
    [found] = list_exceptions([moved], on=JUNE)
    assert found.kind is ExceptionKind.SLIPPED
    assert found.since == date(2004, 4, 1)
    assert "3 times from 31 December 2004 to 1 January 2006" in found.why
    assert _kinds(replace(moved, slips=2)) == []


def test_a_blocked_item_names_what_it_waits_for():
    waits = replace(SOUND, blockers=(Blocker("recommendation:b/2", date(2004, 2, 2)),))
    [found] = list_exceptions([waits], on=JUNE)
    assert (found.kind, found.since) == (ExceptionKind.BLOCKED, date(2004, 2, 2))
    assert "b/2" in found.why


def test_an_item_nobody_ever_owned_is_an_exception_from_its_first_day():
    [found] = list_exceptions([replace(SOUND, holder=None)], on=JUNE)
    assert (found.kind, found.since) == (ExceptionKind.OWNER_GONE, START)


def test_an_overdue_item_shows_its_original_date_beside_the_moved_one():
    moved = replace(SOUND, due_on=date(2004, 5, 31), original_due_on=date(2003, 12, 31), slips=1)
    [found] = list_exceptions([moved], on=JUNE)
    assert "31 December 2003" in found.why


def test_an_update_ends_silence_and_nothing_else():
    wrong = replace(
        SOUND,
        due_on=date(2004, 1, 31),
        slips=4,
        last_account_on=None,
        newest_evidence_on=None,
        holder=None,
        questions=(OpenQuestion("challenge:1", START, date(2004, 2, 1)),),
        blockers=(Blocker("recommendation:b/2", START),),
    )
    on = date(2005, 6, 1)
    before = set(_kinds(wrong, on=on))
    after = set(_kinds(replace(wrong, last_account_on=on), on=on))
    assert before == set(ExceptionKind) - OF_VERDICTS - {ExceptionKind.ERASED_PUBLIC}
    assert before - after == {ExceptionKind.SILENT}


def test_a_claim_ends_lateness_but_not_the_want_of_an_owner_evidence_or_answer():
    claimed = replace(
        SOUND,
        state="claimed",
        due_on=START,
        newest_evidence_on=None,
        holder=None,
        questions=(OpenQuestion("challenge:1", START),),
    )
    assert _kinds(claimed, on=date(2006, 1, 1)) == [
        ExceptionKind.OWNER_GONE,
        ExceptionKind.CHALLENGE_UNANSWERED,
        ExceptionKind.UNEVIDENCED,
    ]


@pytest.mark.parametrize("state", sorted(AT_REST))
def test_an_item_at_rest_raises_none(state):
    assert _kinds(replace(SOUND, state=state, holder=None), on=date(2014, 1, 1)) == []


def test_a_closed_item_whose_verdict_stands_raises_none():
    assert _kinds(replace(SOUND, state="closed", verdict=JUDGED_WELL)) == []


CHANGED = {
    ExceptionKind.VERDICT_LAPSED: ({"state": "lapsed", "since": JUNE, "why": "It rose."}, JUNE),
    ExceptionKind.CLAIM_APART: ({"reported_rank": 3}, MARCH),
    ExceptionKind.RECHECK_DUE: ({"recheck_on": date(2004, 5, 31)}, JUNE),
    ExceptionKind.VERDICT_OLD: ({"newer_evidence_on": date(2004, 5, 2)}, date(2004, 5, 2)),
}


@pytest.mark.parametrize("kind", CHANGED)
def test_what_befalls_a_verdict_is_an_exception_of_a_closed_item_too(kind):
    facts, since = CHANGED[kind]
    item = replace(SOUND, state="closed", verdict=replace(JUDGED_WELL, **facts))
    [found] = list_exceptions([item], on=JUNE)
    assert (found.kind, found.since) == (kind, since)
    assert found.why.endswith(".")


def test_a_rejected_claim_that_the_service_still_reports_is_apart():
    rejected = replace(JUDGED_WELL, upheld=False, found_rank=1, reported_on=date(2004, 4, 1))
    [found] = list_exceptions([replace(SOUND, verdict=rejected)], on=JUNE)
    assert (found.kind, found.since) == (ExceptionKind.CLAIM_APART, date(2004, 4, 1))
    assert "“Embedded”" in found.why
    lowered = replace(rejected, reported_rank=1)
    assert _kinds(replace(SOUND, verdict=lowered)) == []


@pytest.mark.parametrize("state", ["reopened", "replaced"])
def test_a_verdict_that_no_longer_counts_raises_none(state):
    past = replace(JUDGED_WELL, state=state, recheck_on=START, newer_evidence_on=MARCH)
    assert _kinds(replace(SOUND, verdict=past)) == []


@pytest.mark.parametrize("state", ["replaced", "not_applicable"])
def test_an_item_that_no_longer_counts_raises_none_about_its_verdict(state):
    lapsed = replace(JUDGED_WELL, state="lapsed")
    assert _kinds(replace(SOUND, state=state, verdict=lapsed)) == []


@pytest.mark.parametrize("state", sorted({*AT_REST, "in_progress", "claimed"}))
def test_erased_words_that_are_still_public_are_an_exception_in_every_state_and_come_first(state):
    item = replace(SOUND, state=state, erased_public_on=MARCH, verdict=replace(JUDGED_WELL))
    found = list_exceptions([item], on=JUNE)[0]
    assert (found.kind, found.since) == (ExceptionKind.ERASED_PUBLIC, MARCH)
    assert "1 March 2004" in found.why


_days = st.dates(date(2004, 1, 1), date(2011, 12, 31))
_items = st.builds(
    ItemFacts,
    ref=st.just("recommendation:a/1"),
    state=st.sampled_from(WORK.codes),
    state_since=_days,
    recorded_on=st.just(START),
    due_on=st.none() | _days,
    slips=st.integers(0, 5),
    last_slip_on=_days,
    last_account_on=st.none() | _days,
    newest_evidence_on=st.none() | _days,
    holder=st.none() | st.builds(Holder, st.just("p:a"), _days, st.none() | _days),
    questions=st.lists(
        st.builds(OpenQuestion, st.just("challenge:1"), _days, st.none() | _days), max_size=2
    ).map(tuple),
)


@given(_items, _days)
def test_no_exception_is_said_to_begin_after_the_day_it_is_seen(item, on):
    dated = (item.last_slip_on, item.recorded_on, item.state_since)
    for found in list_exceptions([item], on=max(on, *dated)):
        assert found.since <= max(on, *dated)


@given(_items, _days, st.integers(1, 900))
def test_waiting_clears_nothing(item, on, days):
    later = _kinds(item, on=on + timedelta(days))
    assert set(_kinds(item, on=on)) <= set(later)


def test_limits_below_one_are_refused():
    with pytest.raises(UsageProblem):
        Limits(silent_days=0)
