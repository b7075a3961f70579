"""A token gives nothing its holder does not have, lasts a year at most, and can be ended."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.accountability.roles import VISITOR, Actor, Grant, Role
from evenhand.accountability.tokens import (
    TokenFacts,
    TokenScope,
    may_end_token,
    may_hold_token,
    may_use_token,
)

TODAY = date(2007, 5, 24)
BOTH = frozenset(TokenScope)


def _actor(role: Role, ref: str = "person:a") -> Actor:
    return Actor(ref, TODAY, (Grant(role),), frozenset({ref}))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PUBLIC])
def test_whoever_may_enter_may_hold_a_token(role):
    assert may_hold_token(_actor(role))


def test_a_visitor_and_somebody_whose_roles_ended_may_not():
    gone = Actor("person:a", TODAY, (Grant(Role.MEMBER, ends=date(2007, 5, 23)),))
    assert not may_hold_token(VISITOR)
    assert not may_hold_token(gone)


def test_a_token_is_ended_by_its_holder_or_an_administrator():
    assert may_end_token(_actor(Role.OWNER), holder="person:a")
    assert may_end_token(_actor(Role.ADMINISTRATOR, "person:b"), holder="person:a")
    assert not may_end_token(_actor(Role.SECRETARIAT, "person:b"), holder="person:a")


def test_a_token_is_for_what_its_scopes_say_until_its_last_day():
    reads = TokenFacts(frozenset({TokenScope.READ}), TODAY)
    assert may_use_token(reads, scope=TokenScope.READ, on=TODAY)
    assert "lacks the scope" in may_use_token(reads, scope=TokenScope.IMPORT, on=TODAY).reason
    assert "expired" in may_use_token(reads, scope=TokenScope.READ, on=date(2007, 5, 25)).reason


def test_an_ended_token_is_for_nothing():
    ended = TokenFacts(BOTH, TODAY, ended=True)
    assert not any(may_use_token(ended, scope=scope, on=TODAY) for scope in TokenScope)


def test_a_token_without_scopes_is_for_nothing():
    empty = TokenFacts(frozenset(), TODAY)
    assert not any(may_use_token(empty, scope=scope, on=TODAY) for scope in TokenScope)
