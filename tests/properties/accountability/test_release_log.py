"""Replaying a public log gives the public status, whatever was released and withdrawn before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evenhand.accountability.releases import WITHDRAWN, Entry, add_entry, fold_log, list_changes

ASPECTS = st.sampled_from(["response", "work", "level", "due", "owner"])
STATUS = st.dictionaries(ASPECTS, st.sampled_from(["one", "two", "three"]), max_size=5)
ACTS = st.lists(st.one_of(st.none(), st.tuples(STATUS, st.booleans())), max_size=12)


def _play(acts):
    """Each act is a release with its status, or None for a withdrawal."""
    log: tuple[Entry, ...] = ()
    public: dict[str, str] = {}
    for number, act in enumerate(acts, 1):
        if act is None:
            if log and log[-1].act != WITHDRAWN:
                log = (*log, Entry("2007-05-24", number, WITHDRAWN))
            public = {}
        else:
            public, news = act
            log = add_entry(log, public, on="2007-05-24", release=number, news=news)
    return log, public


@given(ACTS)
def test_the_log_folds_to_what_is_public_now(acts):
    log, public = _play(acts)
    assert fold_log(log) == public


@given(ACTS)
def test_no_entry_repeats_what_was_said_and_numbers_only_rise(acts):
    log, _ = _play(acts)
    assert [entry.release for entry in log] == sorted({entry.release for entry in log})
    for place, entry in enumerate(log):
        before = fold_log(log[:place])
        assert all(change.before == before.get(change.what, "") for change in entry.changes)
        assert all(change.before != change.after for change in entry.changes)


@given(STATUS, STATUS)
def test_changes_lead_from_one_status_to_the_other_and_back(before, after):
    forth, back = list_changes(before, after), list_changes(after, before)
    assert {(c.what, c.before, c.after) for c in forth} == {
        (c.what, c.after, c.before) for c in back
    }
    assert (forth == ()) == (before == after)
