"""For whom figures are made: a truth table over the roles, and what a limit does to a clearance."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.accountability.audiences import Audience, audience_of
from evenhand.accountability.roles import (
    ANYWHERE,
    VISITOR,
    Actor,
    Grant,
    Role,
    Scope,
    ScopeKind,
    Where,
)

TODAY = date(2026, 3, 2)
UNIT = Where(units=frozenset({"unit:birch-cross"}))
OTHER = Where(units=frozenset({"unit:larch-basin"}))
INSIDE = {Role.OWNER, Role.UNIT_COMMANDER, Role.ASSOCIATION}


def _actor(*grants: Grant) -> Actor:
    return Actor("person:a", TODAY, grants)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_sees_as_its_audience_and_no_more(role):
    expected = Audience.STAFF if role in INSIDE else Audience.PUBLIC
    expected = Audience.CLEARED if role is Role.ANALYST else expected
    assert audience_of(_actor(Grant(role)), ANYWHERE) is expected


def test_a_clearance_ends_where_the_analysts_unit_ends():
    analyst = _actor(Grant(Role.ANALYST, Scope(ScopeKind.UNIT, "unit:birch-cross")))
    assert audience_of(analyst, UNIT) is Audience.CLEARED
    assert audience_of(analyst, OTHER) is Audience.PUBLIC
    assert audience_of(analyst, ANYWHERE) is Audience.PUBLIC


def test_who_is_inside_the_service_stays_a_colleague_whatever_else_they_are():
    assert audience_of(_actor(Grant(Role.MEMBER), Grant(Role.OWNER)), UNIT) is Audience.STAFF


def test_a_role_that_has_ended_clears_nobody():
    ended = Grant(Role.ANALYST, ends=date(2026, 3, 1))
    assert audience_of(_actor(ended), ANYWHERE) is Audience.PUBLIC


def test_a_visitor_sees_what_the_public_sees():
    assert audience_of(VISITOR, ANYWHERE) is Audience.PUBLIC
