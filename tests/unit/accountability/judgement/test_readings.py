"""A measure held to its criterion: every outcome, its edges, and how long it has held."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.accountability.judgement import (
    Comparison,
    Criterion,
    Distance,
    Outcome,
    Reading,
    Target,
    TargetKind,
    Trend,
    judge_reading,
)
from evenhand.accountability.judgement.criteria import render_number
from evenhand.accountability.judgement.readings import months_between
from evenhand.core import Month, UsageProblem

TODAY = date(2026, 3, 2)
PARITY = Criterion(Target.parity(1.25), Comparison.INTERVAL, sustain_months=3)


def monthly(number: int, value: float | None, low=None, high=None, **facts) -> Reading:
    """The figure of the month ``number`` months after January 2025."""
    first = Month.at(Month(2025, 1).index + number)
    after = Month.at(first.index + 1)
    end = date(after.year, after.number, 1) - timedelta(1)
    if value is None:
        facts.setdefault("absent", "suppressed")
    return Reading(date(first.year, first.number, 1), end, value, low, high, **facts)


@pytest.mark.parametrize(
    ("value", "low", "high", "detectable", "outcome"),
    [
        (1.0, 0.9, 1.1, None, Outcome.MET),
        (1.0, 0.8, 1.25, None, Outcome.MET),  # both ends belong to the target
        (1.6, 1.3, 2.0, None, Outcome.NOT_MET),
        (0.5, 0.4, 0.7, None, Outcome.NOT_MET),
        (1.2, 1.0, 1.5, None, Outcome.TOO_SMALL),
        (1.2, 1.0, 1.5, 1.4, Outcome.TOO_SMALL),
        (1.2, 1.15, 1.27, 1.05, Outcome.NOT_MET),  # large enough to show it, and it was not shown
        (1.0, None, None, None, Outcome.TOO_SMALL),  # no interval: nothing whole to compare
    ],
)
def test_the_whole_interval_decides_where_it_was_agreed(value, low, high, detectable, outcome):
    agreed = replace(PARITY, margin=1.1)
    found = judge_reading(agreed, [monthly(0, value, low, high, detectable=detectable)], TODAY)
    assert found.outcome is outcome
    assert found.sentence.startswith(outcome.words)


@pytest.mark.parametrize(
    ("value", "low", "high", "margin", "detectable", "outcome"),
    [
        (90, None, None, None, None, Outcome.MET),
        (80, None, None, None, None, Outcome.MET),
        (79, None, None, None, None, Outcome.NOT_MET),
        (90, 70, 99, 5, 4, Outcome.MET),
        (90, 70, 99, 5, 6, Outcome.TOO_SMALL),
        (90, 70, 99, 5, None, Outcome.TOO_SMALL),  # nobody can say what they could have shown
        (40, 30, 50, 5, 12, Outcome.NOT_MET),  # few numbers, but none of them compatible with 80
    ],
)
def test_the_figure_alone_decides_where_it_was_agreed(
    value, low, high, margin, detectable, outcome
):
    agreed = Criterion(
        Target(TargetKind.AT_LEAST, 80),
        Comparison.POINT,
        sustain_months=12,
        distance=Distance.DIFFERENCE,
        margin=margin,
        measured_in="per cent",
    )
    found = judge_reading(agreed, [monthly(0, value, low, high, detectable=detectable)], TODAY)
    assert found.outcome is outcome


def test_no_figure_is_said_to_be_none_and_an_absent_one_says_why():
    assert judge_reading(PARITY, [], TODAY).outcome is Outcome.NO_FIGURE
    later = judge_reading(PARITY, [monthly(0, 1.0, 0.9, 1.1)], date(2024, 12, 31))
    assert later.outcome is Outcome.NO_FIGURE
    hidden = judge_reading(PARITY, [monthly(0, 1, 0.9, 1.1), monthly(1, None)], TODAY)
    assert hidden.outcome is Outcome.NO_FIGURE
    assert "suppressed" in hidden.sentence
    assert hidden.met_months == 0


def test_the_sentence_states_figure_interval_target_and_period():
    [january] = [monthly(0, 1.05, 0.94, 1.17)]
    assert judge_reading(PARITY, [january], TODAY).sentence == (
        "Met: the whole interval of 1.05 (0.94 to 1.17) is between 0.8 and 1.25 "
        "(1 January 2025 to 31 January 2025)."
    )


def test_of_two_figures_for_one_period_the_later_corrects():
    readings = [monthly(0, 2.0, 1.8, 2.2), monthly(0, 1.0, 0.9, 1.1)]
    assert judge_reading(PARITY, readings, TODAY).outcome is Outcome.MET
    assert judge_reading(PARITY, readings[::-1], TODAY).outcome is Outcome.NOT_MET


def test_a_target_met_is_sustained_only_after_its_months():
    met = [monthly(number, 1.0, 0.9, 1.1) for number in range(4)]
    three = judge_reading(PARITY, met[:3], TODAY)
    assert (three.met_months, three.sustained) == (2, False)
    four = judge_reading(PARITY, met, TODAY)
    assert (four.met_months, four.sustained) == (3, True)
    assert four.met_since == date(2025, 1, 31)


@pytest.mark.parametrize(
    "broken",
    [
        [monthly(1, 1.6, 1.4, 1.9)],
        [monthly(1, 1.2, 1.0, 1.4)],
        [monthly(1, None)],
        [],
    ],
    ids=["not met", "too small", "absent", "a missing month"],
)
def test_the_run_is_broken_by_anything_that_is_not_met(broken):
    others = [monthly(number, 1.0, 0.9, 1.1) for number in (0, 2, 3, 4)]
    found = judge_reading(PARITY, [*others, *broken], TODAY)
    assert (found.met_since, found.met_months) == (date(2025, 3, 31), 2)
    assert not found.sustained


def test_the_trend_asks_for_more_than_the_intervals():
    start = monthly(0, 1.0, 0.9, 1.1)
    assert judge_reading(PARITY, [start], TODAY).trend is Trend.UNKNOWN
    assert judge_reading(PARITY, [start, monthly(2, 1.3, 1.2, 1.4)], TODAY).trend is Trend.RISING
    assert judge_reading(PARITY, [start, monthly(2, 0.7, 0.6, 0.8)], TODAY).trend is Trend.FALLING
    assert judge_reading(PARITY, [start, monthly(2, 1.1, 1.0, 1.2)], TODAY).trend is Trend.STEADY
    assert judge_reading(PARITY, [start, monthly(9, 1.3, 1.2, 1.4)], TODAY).trend is Trend.UNKNOWN


def test_a_figure_is_worse_only_beyond_the_bad_end_of_the_interval():
    at_most = Target(TargetKind.AT_MOST, high=1.2)
    assert at_most.exceeds(1.4, low=1.0, high=1.3)
    assert not at_most.exceeds(1.3, low=1.0, high=1.3)
    assert not at_most.exceeds(0.2, low=1.0, high=1.3)
    assert Target.parity(1.25).exceeds(0.2, low=1.0, high=1.3)


@pytest.mark.parametrize(
    "shape",
    [
        lambda: Target(TargetKind.AT_LEAST),
        lambda: Target(TargetKind.AT_MOST, 1.0),
        lambda: Target(TargetKind.AT_MOST, high=math.inf),
        lambda: Target(TargetKind.BETWEEN, 2.0, 1.0),
        lambda: Target.parity(0.9),
        lambda: replace(PARITY, sustain_months=0),
        lambda: replace(PARITY, margin=0.9),
        lambda: Reading(date(2025, 2, 1), date(2025, 1, 1), 1.0),
        lambda: Reading(date(2025, 1, 1), date(2025, 2, 1)),
        lambda: Reading(date(2025, 1, 1), date(2025, 2, 1), 1.0, absent="suppressed"),
        lambda: Reading(date(2025, 1, 1), date(2025, 2, 1), 1.0, low=0.5),
        lambda: Reading(date(2025, 1, 1), date(2025, 2, 1), 1.0, low=1.5, high=0.5),
    ],
)
def test_what_has_no_meaning_is_refused(shape):
    with pytest.raises(UsageProblem):
        shape()


def test_numbers_are_said_with_three_digits_and_no_idle_zeros():
    said = [render_number(x) for x in (0, 1, 0.8, 1.25, 1 / 1.25, 0.01234, 12345.6, 99.95, -0.5)]
    assert said == ["0", "1", "0.8", "1.25", "0.8", "0.0123", "12346", "100", "-0.5"]


def test_whole_months_are_counted_by_the_calendar():
    pairs = [
        (date(2025, 1, 31), date(2025, 2, 28), 1),
        (date(2025, 1, 31), date(2025, 2, 27), 0),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2025, 3, 15), date(2025, 3, 15), 0),
    ]
    assert [months_between(a, b) for a, b, _ in pairs] == [months for *_, months in pairs]


UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine draws slowly; that is no fault of the rule."""

figures = st.lists(
    st.one_of(
        st.none(),
        st.tuples(st.floats(0.2, 4), st.floats(0.01, 1.5)),
    ),
    max_size=14,
)


@UNTIMED
@given(figures)
def test_the_run_agrees_with_a_walk_through_the_months(drawn):
    """A second way: step through the months in order and start the run anew when it breaks."""
    readings = [
        monthly(n, None) if each is None else monthly(n, each[0], each[0] - each[1], sum(each))
        for n, each in enumerate(drawn)
    ]
    since, months = None, 0
    for reading in readings:
        inside = reading.value is not None and reading.low >= 0.8 and reading.high <= 1.25
        if not inside:
            since, months = None, 0
        elif since is None:
            since = reading.end
        else:
            months += 1
    found = judge_reading(PARITY, readings, TODAY)
    assert (found.met_since, found.met_months) == (since, months)
    assert found.sustained == (months >= 3)


@UNTIMED
@given(figures, st.integers(0, 14))
def test_a_figure_not_yet_known_changes_nothing(drawn, known):
    readings = [
        monthly(n, None) if each is None else monthly(n, each[0], each[0] - each[1], sum(each))
        for n, each in enumerate(drawn)
    ]
    cut = readings[:known]
    on = cut[-1].end if cut else date(2024, 12, 31)
    assert judge_reading(PARITY, readings, on) == judge_reading(PARITY, cut, on)
