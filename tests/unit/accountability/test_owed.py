"""Who hears of what waits: whoever may act, then who is over them, then the members."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenhand.accountability.owed import LADDER, Level, Matter, MatterKind, list_owed, week_of
from evenhand.accountability.permissions import Item, may_answer
from evenhand.accountability.roles import VISITOR, Actor, Grant, Role, Scope, ScopeKind, Where

TODAY = date(2007, 5, 24)
WHERE = Where("lantern", frozenset(), frozenset({"team:training"}))
ITEM = Item("recommendation:lantern/1", WHERE, frozenset({"team:training"}))


def _actor(role: Role, scope: Scope | None = None, *speaks_for: str) -> Actor:
    grants = (Grant(role, scope or Scope()),)
    return Actor("person:a", TODAY, grants, frozenset({"person:a", *speaks_for}))


def _matter(weeks_late: int | None) -> Matter:
    late = None if weeks_late is None else TODAY - timedelta(weeks=weeks_late)
    return Matter(
        MatterKind.ANSWER,
        "challenge:x",
        "Why?",
        "Asked.",
        "/",
        late,
        lambda actor: may_answer(actor, ITEM),
        WHERE,
    )


OWNER = _actor(Role.OWNER, None, "team:training")
KEEPER = _actor(Role.SECRETARIAT)
COMMANDER = _actor(Role.UNIT_COMMANDER, Scope(ScopeKind.UNIT, "team:training"))
ELSEWHERE = _actor(Role.UNIT_COMMANDER, Scope(ScopeKind.UNIT, "team:fleet"))
MEMBER = _actor(Role.MEMBER)
ANALYST = _actor(Role.ANALYST)

HEARD = {
    None: {OWNER: Level.OWNER},
    0: {OWNER: Level.OWNER},
    1: {OWNER: Level.OWNER},
    2: {OWNER: Level.OWNER, KEEPER: Level.SUPERIOR, COMMANDER: Level.SUPERIOR},
    5: {OWNER: Level.OWNER, KEEPER: Level.SUPERIOR, COMMANDER: Level.SUPERIOR},
    6: {
        OWNER: Level.OWNER,
        KEEPER: Level.SUPERIOR,
        COMMANDER: Level.SUPERIOR,
        MEMBER: Level.MEMBER,
    },
}
"""Whole weeks late → who hears, and as what."""


@pytest.mark.parametrize("weeks", HEARD)
@pytest.mark.parametrize("actor", [OWNER, KEEPER, COMMANDER, ELSEWHERE, MEMBER, ANALYST, VISITOR])
def test_a_matter_is_heard_of_as_the_table_says(weeks, actor):
    found = list_owed(actor, [_matter(weeks)], on=TODAY)
    assert [owed.level for owed in found] == [
        level for each, level in HEARD[weeks].items() if each is actor
    ]


def test_the_ladder_begins_with_whoever_is_to_act_and_only_climbs():
    assert LADDER[0] == (0, Level.OWNER)
    assert [least for least, _ in LADDER] == sorted({least for least, _ in LADDER})
    assert [level for _, level in LADDER] == list(Level)


def test_what_is_to_be_done_comes_before_what_is_only_heard_of():
    mine = Matter(MatterKind.TELL, "a", "t", "w", "/", None, lambda _: may_answer(OWNER, ITEM))
    found = list_owed(KEEPER, [_matter(7), mine], on=TODAY)
    assert [owed.level for owed in found] == [Level.OWNER, Level.SUPERIOR]


def test_nothing_owed_is_an_empty_list():
    assert list_owed(OWNER, [], on=TODAY) == []


def test_weeks_are_those_of_the_calendar_in_which_they_have_their_thursday():
    assert str(week_of(date(2005, 1, 2))) == "2004-W53"
    assert week_of(date(2007, 1, 1)) == week_of(date(2007, 1, 7)) < week_of(date(2007, 1, 8))
