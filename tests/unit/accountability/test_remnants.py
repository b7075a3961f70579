"""Which step is due about a copy that holds erased words, and what counts as holding them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.accountability.remnants import Place, Sought, Standing, Step, find_step, is_held

STEPS = {
    # shown, erased: what is due of a copy on the public side, and of an issued paper
    (True, False): (Step.WITHDRAW, Step.CORRECT),
    (False, False): (Step.ERASE, Step.ERASE),
    (False, True): (Step.NOTHING, Step.NOTHING),
    (True, True): (Step.NOTHING, Step.CORRECT),
}


@pytest.mark.parametrize(("place", "state"), [(place, state) for place in Place for state in STEPS])
def test_a_copy_is_taken_from_readers_first_and_then_erased(place, state):
    shown, erased = state
    due = find_step(Standing(place, shown=shown, erased=erased))
    assert due is STEPS[state][place is Place.PAPER]
    dismissed = Standing(place, shown=shown, erased=erased, dismissed=True)
    assert find_step(dismissed) is Step.NOTHING


@pytest.mark.parametrize(
    ("sought", "said", "held"),
    [
        (Sought("Ann Lee", is_name=True), "by ANN LEE, twice", True),
        (Sought("Ann Lee", is_name=True), "by Joann Lee", False),
        (Sought("Ann Lee", is_name=True), "by Ann Leeds", False),
        (Sought("J. (Bo) Ray", is_name=True), "J. (Bo) Ray said", True),
        (Sought("Éire Ó Sé", is_name=True), "éire ó sé", True),
        (Sought("Done."), "Done.", True),
        (Sought("Done."), "Not done. Done.", False),
        (Sought("A line that is long enough.\nx"), "“A line that is long enough.”", True),
        (Sought("short\nx"), "short", False),
        (Sought("  ", is_name=True), "anything", False),
    ],
)
def test_a_name_is_a_whole_word_and_a_passage_a_whole_text_or_a_long_line(sought, said, held):
    assert is_held(sought, [said]) is held


@given(st.text(min_size=1).filter(str.strip), st.text(max_size=20), st.text(max_size=20))
def test_a_name_between_marks_is_always_found(name, before, after):
    said = f"{before} · {name.strip()} · {after}"
    assert is_held(Sought(name, is_name=True), [said])
