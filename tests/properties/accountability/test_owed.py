"""Escalation over random matters and weeks: it only climbs, and tells nobody out of reach."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from evenhand.accountability.owed import Level, Matter, MatterKind, find_level, list_owed
from evenhand.accountability.permissions import Item, may_answer, may_read
from evenhand.accountability.roles import Actor, Grant, Role, Scope, ScopeKind, Where

FIRST = date(2007, 1, 1)
TEAMS = ("team:a", "team:b", "team:c")
DAYS = st.integers(0, 120).map(lambda days: FIRST + timedelta(days))
SCOPES = st.sampled_from(
    [
        Scope(),
        *(Scope(ScopeKind.UNIT, team) for team in TEAMS),
        *(Scope(ScopeKind.INQUIRY, inquiry) for inquiry in ("x", "y")),
    ]
)
ROLES = [role for role in Role if role is not Role.PUBLIC]
ACTORS = st.builds(
    lambda role, scope, team: Actor(
        "person:p", FIRST, (Grant(role, scope),), frozenset({"person:p", team})
    ),
    st.sampled_from(ROLES),
    SCOPES,
    st.sampled_from((*TEAMS, "person:p")),
)


def _matter(kind: MatterKind, team: str, inquiry: str, late: date | None, number: int) -> Matter:
    where = Where(inquiry, frozenset(), frozenset({team}))
    item = Item(f"recommendation:{number}", where, frozenset({team}))
    return Matter(kind, item.ref, "t", "w", "/", late, lambda actor: may_answer(actor, item), where)


MATTERS = st.lists(
    st.builds(
        _matter,
        st.sampled_from(MatterKind),
        st.sampled_from(TEAMS),
        st.sampled_from(("x", "y")),
        st.one_of(st.none(), DAYS),
        st.integers(0, 10_000),
    ),
    max_size=8,
)


def _naive(actor: Actor, matter: Matter, on: date) -> Level | None:
    """Counting day by day, and asking each level in turn."""
    late = 0
    day = matter.late_since
    while day is not None and day < on:
        day, late = day + timedelta(1), late + 1
    if may_answer(actor, Item("r", matter.where, matter.where.units)):
        return Level.OWNER
    for grant in actor.grants:
        if not grant.scope.covers(matter.where):
            continue
        if grant.role in (Role.UNIT_COMMANDER, Role.SECRETARIAT) and late >= 14:
            return Level.SUPERIOR
        if grant.role is Role.MEMBER and late >= 42:
            return Level.MEMBER
    return None


@given(ACTORS, MATTERS, DAYS)
def test_it_agrees_with_counting_the_days(actor, matters, on):
    found = {id(owed.matter): owed.level for owed in list_owed(actor, matters, on=on)}
    for matter in matters:
        assert found.get(id(matter)) == _naive(actor, matter, on)


@given(ACTORS, MATTERS, DAYS, st.integers(0, 100))
def test_what_was_heard_of_is_heard_of_until_it_is_done(actor, matters, on, more):
    now = {id(owed.matter) for owed in list_owed(actor, matters, on=on)}
    later = {id(owed.matter) for owed in list_owed(actor, matters, on=on + timedelta(more))}
    assert now <= later


@given(ACTORS, MATTERS, DAYS)
def test_nobody_hears_of_what_they_may_not_read(actor, matters, on):
    for owed in list_owed(actor, matters, on=on):
        assert may_read(actor, Item("r", owed.matter.where, owed.matter.where.units))


@given(st.one_of(st.none(), DAYS), DAYS, st.integers(0, 60))
def test_the_ladder_only_climbs(late, on, more):
    assert find_level(late, on=on) <= find_level(late, on=on + timedelta(more))
