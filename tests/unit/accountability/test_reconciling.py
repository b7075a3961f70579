"""Two ledgers side by side: each way to differ, and what is no difference."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.accountability.reconciling import (
    CORRECTABLE,
    DifferenceKind,
    Ours,
    Theirs,
    compare_ledgers,
    name_reference,
)

DAY = date(2008, 3, 31)
MINE = Ours("1", "Train every sergeant.", ("Partially embedded", "In progress"), DAY)
SAME = Theirs("1", "Train every sergeant.", "in progress", DAY)


@pytest.mark.parametrize(
    "written", ["3(a)", "3 (a)", "Rec. 3(a)", "recommendation 3/a", "lamp-2020/3/a", " 3/A. "]
)
def test_one_reference_is_known_by_each_of_its_spellings(written):
    assert name_reference(written, publication="lamp-2020") == "3/a"


def test_what_agrees_is_no_difference_whatever_its_spaces_and_capitals():
    spaced = Theirs("1", "Train  every\nSergeant.", "PARTIALLY embedded", DAY)
    assert compare_ledgers([MINE], [SAME]) == compare_ledgers([MINE], [spaced]) == []


def test_what_they_leave_out_is_no_claim():
    assert compare_ledgers([MINE], [Theirs("1", "", "", None)]) == []


@pytest.mark.parametrize(
    ("theirs", "kind", "said"),
    [
        (Theirs("1", "Train all.", "", None), DifferenceKind.TEXT, "Train all."),
        (Theirs("1", "", "Complete", None), DifferenceKind.STATUS, "Complete"),
        (Theirs("1", "", "", date(2009, 1, 1)), DifferenceKind.DATE, "2009-01-01"),
    ],
)
def test_each_thing_that_differs_is_a_difference_of_its_own(theirs, kind, said):
    [found] = compare_ledgers([MINE], [theirs])
    assert (found.kind, found.theirs) == (kind, said)


def test_what_only_one_side_has_is_listed_for_both():
    found = compare_ledgers([MINE], [Theirs("9", "Another.", "", None)])
    assert [each.key for each in found] == ["only_ours:1", "only_theirs:9"]
    assert compare_ledgers([], []) == []


def test_words_are_never_corrected():
    assert {DifferenceKind.STATUS, DifferenceKind.DATE} == CORRECTABLE


LINES = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["x", "y", ""]), max_size=6)


@given(LINES, LINES)
def test_every_reference_is_the_same_differs_or_is_on_one_side_only(ours, theirs):
    mine = [Ours(ref, text, (text,), None) for ref, text in ours.items()]
    other = [Theirs(ref, text, "", None) for ref, text in theirs.items()]
    kinds = {(each.kind, each.reference) for each in compare_ledgers(mine, other)}
    for ref in {*ours, *theirs}:
        differs = ref in ours and ref in theirs and theirs[ref] and ours[ref] != theirs[ref]
        assert ((DifferenceKind.ONLY_OURS, ref) in kinds) == (ref not in theirs)
        assert ((DifferenceKind.ONLY_THEIRS, ref) in kinds) == (ref not in ours)
        assert ((DifferenceKind.TEXT, ref) in kinds) == bool(differs)


@given(LINES)
def test_a_ledger_does_not_differ_from_itself(lines):
    mine = [Ours(ref, text, (text,), None) for ref, text in lines.items()]
    other = [Theirs(ref, text, text, None) for ref, text in lines.items()]
    assert compare_ledgers(mine, other) == []
