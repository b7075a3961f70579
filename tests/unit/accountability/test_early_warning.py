"""Who may see that one person is unhappy, and when only a number is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.accountability.early_warning import Team, describe_team, list_chain, may_see_flag

LINE = {"officer": "sergeant", "sergeant": "inspector", "inspector": "superintendent",
        "other officer": "other sergeant", "other sergeant": "inspector"}  # fmt: skip


@pytest.mark.parametrize(
    ("viewer", "subject", "allowed"),
    [
        ("sergeant", "officer", True),
        ("inspector", "officer", True),
        ("superintendent", "officer", True),
        ("other sergeant", "officer", False),
        ("officer", "sergeant", False),
        ("officer", "officer", False),
        ("analyst", "officer", False),
        ("inspector", "nobody", False),
    ],
)
def test_a_flag_goes_up_the_line_and_nowhere_else(viewer, subject, allowed):
    decision = may_see_flag(viewer, subject, managers=LINE)
    assert decision.allowed is allowed
    assert decision.reason


def test_a_line_that_goes_in_a_circle_ends():
    circle = {"a": "b", "b": "c", "c": "a"}
    assert list_chain("a", managers=circle) == ("b", "c")
    assert not may_see_flag("a", "a", managers=circle).allowed


people = st.text("abcdef", min_size=1, max_size=1)


@given(st.dictionaries(people, people), people, people)
def test_nobody_sees_the_flag_of_someone_they_are_not_above(managers, viewer, subject):
    def above(person, seen=()):
        boss = managers.get(person)
        if boss is None or boss in seen:
            return set()
        return {boss} | above(boss, (*seen, boss))

    allowed = may_see_flag(viewer, subject, managers=managers).allowed
    assert allowed == (viewer != subject and viewer in above(subject))


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_team_is_told_a_number_only_where_it_points_at_nobody(dissatisfied, satisfied):
    notice = describe_team(Team(dissatisfied, dissatisfied + satisfied))
    if notice.dissatisfied is None:
        assert notice.reason
    else:
        assert dissatisfied + satisfied >= 10
        assert dissatisfied >= 3
        assert satisfied >= 3
