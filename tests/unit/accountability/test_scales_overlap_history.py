"""Scales are never merged, overlaps come with their reasons, and the past can be asked about."""

from __future__ import annotations

import math
import random
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.accountability.history import Change, fold, standing
from evenhand.accountability.novelty import says_nothing_new
from evenhand.accountability.overlap import Text, _stems, suggest_overlaps
from evenhand.accountability.scales import (
    COMPLETE,
    EMBEDDED,
    KNOWN_SCALES,
    Level,
    Scale,
    count_by_scale,
)
from evenhand.core import UsageProblem


def test_counts_of_two_scales_stay_apart():
    items = [(EMBEDDED, "partial"), (COMPLETE, "complete"), (EMBEDDED, None)]
    embedded, complete = count_by_scale(items)
    assert embedded.counts == {"challenge": 0, "partial": 1, "embedded": 0}
    assert (embedded.unreported, embedded.total) == (1, 2)
    assert complete.total == 1


def test_a_level_of_another_scale_is_refused_with_those_there_are():
    with pytest.raises(UsageProblem, match="Partially embedded"):
        count_by_scale([(EMBEDDED, "complete")])


def test_a_scale_without_levels_or_with_one_twice_is_refused():
    for levels in ((), (Level("a", "A"), Level("a", "B"))):
        with pytest.raises(UsageProblem):
            Scale("s", "S", levels)


@pytest.mark.parametrize("scale", KNOWN_SCALES.values(), ids=lambda scale: scale.ref)
def test_every_known_scale_has_a_level_that_closes_and_one_that_does_not(scale):
    assert {level.closes for level in scale.levels} == {True, False}


WORDS = ("stop", "search", "training", "vetting", "grievance", "promotion", "record", "review")


def _texts(count, seed=1):
    draw = random.Random(seed)
    return [
        Text(f"{'ab'[i % 2]}/{i}", "ab"[i % 2], " ".join(draw.choices(WORDS, k=draw.randint(1, 9))))
        for i in range(count)
    ]


def _naive(texts):
    """The same measure by dictionaries, one pair at a time."""
    bags = [_stems(text.words) for text in texts]
    seen = Counter(word for bag in bags for word in bag)

    def weight(word, times):
        return (1 + math.log(times)) * (math.log((1 + len(texts)) / (1 + seen[word])) + 1)

    vectors = [{word: weight(word, times) for word, times in bag.items()} for bag in bags]
    for i, first in enumerate(vectors):
        for j in range(i + 1, len(vectors)):
            if texts[i].report != texts[j].report:
                second = vectors[j]
                dot = sum(first[word] * second.get(word, 0) for word in first)
                size = math.hypot(*first.values()) * math.hypot(*second.values())
                yield texts[i].ref, texts[j].ref, dot / size


def test_scores_are_those_of_a_naive_second_implementation():
    texts = _texts(30)
    found = {(o.first, o.second): o.score for o in suggest_overlaps(texts, least=0.01, most=9999)}
    expected = {(a, b): score for a, b, score in _naive(texts) if score >= 0.01}
    assert found.keys() == expected.keys()
    for pair, score in expected.items():
        assert found[pair] == pytest.approx(score, abs=0.002)


def test_the_same_words_in_two_reports_score_one_and_say_which_words():
    texts = [Text("a/1", "a", "Vetting decisions"), Text("b/1", "b", "vetting DECISIONS.")]
    [found] = suggest_overlaps(texts)
    assert found.score == 1
    assert set(found.shared) == {"vett", "decision"}


def test_items_of_one_report_are_never_paired():
    assert suggest_overlaps([Text("a/1", "a", "vetting"), Text("a/2", "a", "vetting")]) == []


def test_nothing_to_compare_gives_nothing():
    assert suggest_overlaps([]) == []
    assert suggest_overlaps([Text("a/1", "a", ""), Text("b/1", "b", "the and of")]) == []


def test_bounds_of_the_score_are_checked():
    with pytest.raises(UsageProblem):
        suggest_overlaps([], least=0)


def test_four_hundred_and_forty_items_take_seconds():
    started = time.process_time()
    suggest_overlaps(_texts(442))
    assert time.process_time() - started < 5  # measured: 0.2 s


T0 = datetime(2004, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class _Row:
    key: int
    value: int
    recorded_at: datetime
    superseded_at: datetime | None = None


@given(
    st.lists(st.tuples(st.integers(0, 3), st.none() | st.integers(0, 9), st.integers(0, 5))),
    st.integers(-1, 120),
)
def test_what_stood_at_a_moment_is_the_same_by_interval_and_by_replay(steps, day):
    rows, changes, at = [], [], T0
    for key, value, days in steps:
        at += timedelta(days)
        rows = [
            _Row(r.key, r.value, r.recorded_at, at)
            if r.key == key and r.superseded_at is None
            else r
            for r in rows
        ]
        changes.append(Change(at, key, value))
        if value is not None:
            rows.append(_Row(key, value, at))
    as_of = T0 + timedelta(day)
    assert {r.key: r.value for r in standing(rows, as_of=as_of)} == fold(changes, as_of=as_of)
    assert {r.key: r.value for r in standing(rows)} == fold(changes)


@pytest.mark.parametrize(
    ("earlier", "later", "nothing"),
    [
        ("Work continues.", " WORK continues", True),
        ("Work continues.", "", True),
        ("", "Begun.", False),
        ("12 of 40 trained", "13 of 40 trained", False),
    ],
)
def test_a_repeated_account_says_nothing_new(earlier, later, nothing):
    assert says_nothing_new(earlier, later) is nothing
