"""The class of evidence: a later, stricter class guards what came before, and never the reverse."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evenhand.accountability.classification import ORDER, Classification, strictest, tighten

CLASSES = st.lists(st.sampled_from(list(Classification)), max_size=8)


def test_of_no_version_at_all_the_strictest_class_holds():
    assert strictest([]) is Classification.RESTRICTED
    assert tighten([]) == []


@given(CLASSES)
def test_no_version_is_guarded_less_than_its_own_class_or_any_later_one(classes):
    guarded = tighten(classes)
    for place, guard in enumerate(guarded):
        assert all(ORDER.index(guard) >= ORDER.index(each) for each in classes[place:])
        assert guard in classes[place:]


@given(CLASSES)
def test_an_earlier_version_is_never_more_open_than_a_later_one(classes):
    ranks = [ORDER.index(guard) for guard in tighten(classes)]
    assert ranks == sorted(ranks, reverse=True)


@given(CLASSES)
def test_tightening_twice_changes_nothing_more(classes):
    assert tighten(tighten(classes)) == tighten(classes)
