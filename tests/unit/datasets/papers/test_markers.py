"""What opens a listed paragraph, and how labels follow one another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.datasets.papers.markers import (
    Kind,
    Series,
    Step,
    find_marker,
    letter_label,
    roman_numeral,
)


@pytest.mark.parametrize(
    ("text", "kind", "label", "rest"),
    [
        ("5. New arrangements", Kind.NUMBER, "5", "New arrangements"),
        ("12. 12. Printed twice", Kind.NUMBER, "12", "12. Printed twice"),
        ("1.1 There are", Kind.DECIMAL, "1.1", "There are"),
        ("(a) putting", Kind.LETTER, "a", "putting"),
        ("b) putting", Kind.LETTER, "b", "putting"),
        ("(iv) putting", Kind.ROMAN, "iv", "putting"),
        ("vii.Respecting", Kind.ROMAN, "vii", "Respecting"),
        ("• to note", Kind.BULLET, "•", "to note"),
        ("- to note", Kind.BULLET, "-", "to note"),
    ],
)
def test_the_usual_marks_are_read(text, kind, label, rest):
    marker, words = find_marker(text)
    assert marker is not None
    assert (marker.kind, marker.label, words) == (kind, label, rest)


@pytest.mark.parametrize(
    "text",
    [
        "i.e. enabling",
        "e.g. mentoring",
        "1.5 million people",
        "2011 was",
        "(B) OCUs must",
        "(e.g. Arab)",
        "I swear",
        "-based",
        "o",
        "on time",
    ],
)
def test_ordinary_sentences_have_no_mark(text):
    assert find_marker(text) == (None, text)


def test_i_is_the_ninth_letter_after_h_and_roman_one_at_the_start():
    letters, romans = Series(), Series()
    for label in "abcdefgh":
        letters.take(label)
    assert letters.step("i") is Step.NEXT
    romans.take("i")
    assert romans.step("ii") is Step.NEXT
    assert letters.step("ii") is Step.BACK


def test_steps_name_gaps_repeats_and_steps_back():
    series = Series()
    assert series.step("a") is Step.FIRST
    series.take("a")
    series.take("b")
    assert [series.step(x) for x in "abcd"] == [Step.BACK, Step.REPEAT, Step.NEXT, Step.GAP]


@given(st.integers(1, 49))
def test_roman_lists_count_up(number):
    series = Series("roman", number)
    assert series.step(roman_numeral(number + 1)) is Step.NEXT


@given(st.integers(1, 51))
def test_lettered_lists_count_up_past_z(number):
    series = Series("letter", number)
    assert series.step(letter_label(number + 1)) is Step.NEXT
