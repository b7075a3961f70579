"""Votes, ties, dissent, bars, bundles, re-checks and lapses: the rules of a judgement."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.accountability.judgement import (
    Comparison,
    Criterion,
    Judged,
    Outcome,
    Reading,
    Target,
    TargetKind,
)
from evenhand.accountability.judgement.afterwards import (
    LapseCause,
    add_months,
    find_lapse,
    recheck_on,
)
from evenhand.accountability.judgement.bundle import (
    Bundle,
    PinnedEvidence,
    find_difference,
    hash_facts,
    require_bound,
)
from evenhand.accountability.judgement.embedding import Embedding, may_find
from evenhand.accountability.judgement.insiders import Term, Ties, list_bars, may_sit
from evenhand.accountability.judgement.votes import (
    Voice,
    Vote,
    check_vote,
    closes_item,
    decide,
)
from evenhand.core import LedgerBroken, UsageProblem

TODAY = date(2026, 3, 2)
MET = Judged(Outcome.MET, "Met.", met_months=2)
NOT_MET = Judged(Outcome.NOT_MET, "Not met.")


def ballot(*voices: Voice, embedding=Embedding.EFFECT_SEEN) -> list[Vote]:
    return [Vote(f"person:{n}", voice, embedding, "Why.") for n, voice in enumerate(voices)]


UP, NO, NEITHER = Voice.UPHOLD, Voice.REJECT, Voice.ABSTAIN


@pytest.mark.parametrize(
    ("voices", "quorate", "upheld", "dissenters"),
    [
        ((), False, False, 0),
        ((UP, UP), False, True, 0),
        ((UP, UP, UP), True, True, 0),
        ((UP, UP, NO), True, True, 1),
        ((UP, NO, NEITHER), True, False, 1),  # a tie upholds nothing
        ((NO, NO, UP), True, False, 1),
        ((NEITHER, NEITHER, NEITHER), True, False, 0),
        ((UP, NEITHER, NEITHER), True, True, 0),
    ],
)
def test_a_majority_of_those_for_and_against_upholds(voices, quorate, upheld, dissenters):
    found = decide(ballot(*voices), quorum=3)
    assert (found.quorate, found.upheld, len(found.dissent)) == (quorate, upheld, dissenters)


def test_only_a_quorate_verdict_that_upholds_a_closing_level_closes():
    good = decide(ballot(UP, UP, UP), quorum=3)
    assert closes_item(good, claim_closes=True)
    assert not closes_item(good, claim_closes=False)
    assert not closes_item(decide(ballot(UP, UP, UP), quorum=4), claim_closes=True)
    assert not closes_item(decide(ballot(UP, NO), quorum=1), claim_closes=True)
    shallow = decide(ballot(UP, UP, UP, embedding=Embedding.PRACTISED), quorum=3)
    assert not closes_item(shallow, claim_closes=True)


def test_nobody_votes_twice_and_a_quorum_is_somebody():
    vote = Vote("person:a", UP, Embedding.POLICY, "Why.")
    with pytest.raises(UsageProblem):
        decide([vote, vote], quorum=1)
    with pytest.raises(UsageProblem):
        decide([vote], quorum=0)


votes = st.lists(st.tuples(st.sampled_from(Voice), st.sampled_from(Embedding)), max_size=9).map(
    lambda drawn: [Vote(f"person:{n}", v, e, "Why.") for n, (v, e) in enumerate(drawn)]
)


@given(votes)
def test_the_level_found_is_the_lower_median_of_those_for_and_against(cast):
    """A second way: sort the levels found and take the lower of the middle two."""
    levels = sorted(v.embedding.rank for v in cast if v.voice is not NEITHER)
    middle = levels[(len(levels) - 1) // 2] if levels else 0
    assert decide(cast, quorum=1).embedding.rank == middle


@given(votes, st.randoms(use_true_random=False))
def test_the_order_of_votes_changes_nothing(cast, draw):
    shuffled = list(cast)
    draw.shuffle(shuffled)
    one, other = decide(cast, quorum=2), decide(shuffled, quorum=2)
    assert Counter(one.dissent) == Counter(other.dissent)
    assert replace(one, dissent=()) == replace(other, dissent=())


@given(votes)
def test_one_more_vote_against_never_turns_a_verdict_in_favour(cast):
    more = [*cast, Vote("person:z", NO, Embedding.NOTHING, "Why.")]
    assert decide(cast, quorum=1).upheld or not decide(more, quorum=1).upheld


@given(votes)
def test_whatever_closes_was_found_by_most_to_have_an_effect(cast):
    lawful = [v for v in cast if check_vote(v, judged=MET, closes=True)]
    found = decide(lawful, quorum=1)
    assert closes_item(found, claim_closes=True) == (found.present > 0 and found.upheld)


@pytest.mark.parametrize("level", list(Embedding))
def test_the_measure_limits_what_can_be_found(level):
    sustained = replace(MET, sustained=True)
    assert may_find(level, sustained)
    assert bool(may_find(level, MET)) == (level is not Embedding.SUSTAINED)
    assert bool(may_find(level, NOT_MET)) == (not level.shows_effect)


def test_a_vote_gives_its_reason_and_keeps_to_the_measure():
    vote = Vote("person:a", UP, Embedding.EFFECT_SEEN, "Seen.")
    assert check_vote(vote, judged=MET, closes=True)
    assert not check_vote(replace(vote, reason=" "), judged=MET, closes=True)
    assert not check_vote(vote, judged=NOT_MET, closes=True)
    assert not check_vote(replace(vote, embedding=Embedding.TRAINED), judged=MET, closes=True)
    assert check_vote(replace(vote, embedding=Embedding.TRAINED), judged=MET, closes=False)
    assert check_vote(replace(vote, voice=NEITHER), judged=NOT_MET, closes=True)


FREE = Ties("person:a", frozenset({"person:a", "team:x"}), frozenset({"team:y"}), frozenset())
TERM = Term("person:a", date(2025, 1, 1), date(2026, 12, 31), "body:college")


@pytest.mark.parametrize(
    "tie",
    [
        {"bound": frozenset({"person:a"})},
        {"bound": frozenset({"team:x"})},
        {"bound": frozenset({"body:college"}), "organisation": "body:college"},
        {"hands": frozenset({"person:a"})},
        {"declared": ("My sister leads the team",)},
    ],
)
def test_each_tie_bars_by_itself_and_says_why(tie):
    assert may_sit(FREE, TERM, TODAY)
    barred = replace(FREE, **tie)
    assert len(list_bars(barred)) == 1
    assert not may_sit(barred, TERM, TODAY)
    assert may_sit(barred, TERM, TODAY).reason.endswith(".")


def test_a_term_has_a_first_and_a_last_day():
    assert may_sit(FREE, TERM, date(2025, 1, 1))
    assert not may_sit(FREE, TERM, date(2024, 12, 31))
    assert may_sit(FREE, TERM, date(2026, 12, 31))
    assert not may_sit(FREE, TERM, date(2027, 1, 1))
    assert not may_sit(FREE, None, TODAY)


def bundle(**changed) -> Bundle:
    pinned = PinnedEvidence("e1", 1, "ab" * 32, date(2025, 1, 1), date(2025, 12, 31))
    facts = {
        "item": "recommendation:a/1",
        "text": "Train every sergeant.",
        "criterion": {"target": "at least 90", "version": 2},
        "figure": {"value": "93"},
        "claim": {"level": "embedded", "reason": "Done."},
        "evidence": (pinned, replace(pinned, ref="e2")),
    }
    return Bundle(**{**facts, **changed})


def test_a_bundle_has_one_hash_whatever_the_order_of_its_parts():
    one = bundle()
    assert one.sha256 == replace(one, evidence=one.evidence[::-1]).sha256
    assert one.sha256 == replace(one, criterion={"version": 2, "target": "at least 90"}).sha256


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("item", "recommendation:a/2"),
        ("text", "Train every sergeant"),
        ("criterion", {"target": "at least 80", "version": 2}),
        ("figure", {"value": "92"}),
        ("claim", {"level": "embedded", "reason": "Done"}),
        ("evidence", ()),
    ],
)
def test_any_change_of_a_part_changes_the_hash_and_is_named(part, value):
    then, now = bundle(), bundle(**{part: value})
    assert now.sha256 != then.sha256
    assert find_difference(now.facts, then.facts) == part
    with pytest.raises(LedgerBroken):
        require_bound(now.facts, sha256=then.sha256)
    require_bound(then.facts, sha256=then.sha256)


def test_the_hash_of_a_bundle_is_that_of_its_own_domain():
    """By hand: SHA-256 over the domain line and the RFC 8785 spelling."""
    import hashlib

    spelled = b'evenhand/bundle/1\n{"a":1}'
    assert hash_facts({"a": 1}) == hashlib.sha256(spelled).hexdigest()


AT_MOST = Criterion(Target(TargetKind.AT_MOST, high=1.25), Comparison.INTERVAL, sustain_months=6)
THEN = Reading(date(2025, 1, 1), date(2025, 6, 30), 1.05, 0.95, 1.15)
EVIDENCE = date(2025, 6, 30)


def later(value, low, high) -> Reading:
    return Reading(date(2025, 7, 1), date(2025, 12, 31), value, low, high)


@pytest.mark.parametrize(
    ("now", "lapses"),
    [
        (later(1.6, 1.4, 1.9), True),
        (later(1.2, 1.16, 1.24), False),  # worse, and still met
        (later(1.4, 1.2, 1.7), False),  # too small to tell
        (later(0.5, 0.4, 0.6), False),
        (THEN, False),
    ],
)
def test_a_verdict_lapses_when_the_measure_is_worse_and_no_longer_met(now, lapses):
    found = find_lapse(AT_MOST, judged=THEN, readings=[THEN, now], evidence_to=EVIDENCE, on=TODAY)
    assert (found is not None) == lapses
    if found:
        assert found.cause is LapseCause.MEASURE_WORSE
        assert "It was 1.05 (0.95 to 1.15) when it was judged." in found.why


def test_a_verdict_lapses_the_day_after_its_evidence_is_too_old():
    last_good = add_months(EVIDENCE, 24)
    for on, cause in ((last_good, None), (last_good + timedelta(1), LapseCause.EVIDENCE_STALE)):
        found = find_lapse(AT_MOST, judged=THEN, readings=[THEN], evidence_to=EVIDENCE, on=on)
        assert (found.cause if found else None) == cause
    gone = find_lapse(AT_MOST, judged=THEN, readings=[THEN], evidence_to=None, on=TODAY)
    assert gone.cause is LapseCause.EVIDENCE_STALE


@given(st.dates(date(2025, 7, 1), date(2030, 1, 1)), st.integers(0, 900))
def test_what_has_lapsed_for_age_stays_lapsed(on, days):
    def stale(day):
        return find_lapse(AT_MOST, judged=THEN, readings=[], evidence_to=EVIDENCE, on=day)

    assert stale(on) is None or stale(on + timedelta(days)) is not None


def test_rechecks_are_set_by_what_was_found_and_how_often():
    day = date(2025, 8, 31)
    assert recheck_on(day, Embedding.PRACTISED) == date(2026, 2, 28)
    assert recheck_on(day, Embedding.SUSTAINED) == date(2026, 8, 31)
    assert recheck_on(day, Embedding.EFFECT_SEEN, rechecks=1) == date(2026, 8, 31)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
