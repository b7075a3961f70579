"""Who may ask, convene, write, issue and read: the truth table, role by role."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.accountability import convening as rules
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

DAY = date(2007, 5, 24)
FAITH = Where(inquiry="faith")
EVERY = set(Role) - {Role.PUBLIC}


def _actor(role: Role, scope: Scope | None = None) -> Actor:
    return Actor("person:x", DAY, (Grant(role, scope or Scope()),))


TABLE = {
    "commission": (rules.may_commission, {Role.MEMBER}),
    "release": (rules.may_release_commission, {Role.MEMBER}),
    "meetings": (rules.may_keep_meetings, {Role.SECRETARIAT}),
    "write": (rules.may_write_paper, {Role.SECRETARIAT}),
    "snapshot": (rules.may_take_snapshot, {Role.SECRETARIAT}),
    "issue": (lambda actor: rules.may_issue(actor, faults=()), {Role.SECRETARIAT}),
    "look": (rules.may_read_snapshot, EVERY),
    "read draft": (lambda a: rules.may_read_paper(a, ANYWHERE, issued=False), {Role.SECRETARIAT}),
    "read issued": (lambda a: rules.may_read_paper(a, ANYWHERE, issued=True), EVERY),
}


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_what_the_table_says_and_no_more(name, role):
    rule, allowed = TABLE[name]
    decision = rule(_actor(role))
    assert bool(decision) is (role in allowed)
    assert decision.allowed or decision.reason


@pytest.mark.parametrize("name", TABLE)
def test_a_visitor_may_do_nothing(name):
    assert not TABLE[name][0](VISITOR)


@pytest.mark.parametrize("name", TABLE)
def test_a_role_that_has_ended_gives_nothing(name):
    ended = Grant(Role.SECRETARIAT, ends=date(2007, 5, 23))
    member = Grant(Role.MEMBER, ends=date(2007, 5, 23))
    assert not TABLE[name][0](Actor("person:x", DAY, (ended, member)))


def test_a_limited_role_reads_papers_about_its_part_alone():
    limited = _actor(Role.ASSOCIATION, Scope(ScopeKind.INQUIRY, "faith"))
    assert rules.may_read_paper(limited, FAITH, issued=True)
    assert not rules.may_read_paper(limited, ANYWHERE, issued=True)
    assert not rules.may_read_paper(limited, Where(inquiry="lantern"), issued=True)
    assert not rules.may_read_snapshot(limited)


def test_a_limited_secretariat_keeps_no_meetings():
    limited = _actor(Role.SECRETARIAT, Scope(ScopeKind.INQUIRY, "faith"))
    assert not rules.may_keep_meetings(limited)
    assert not rules.may_write_paper(limited)


def test_a_paper_with_a_fault_is_issued_by_nobody():
    decision = rules.may_issue(_actor(Role.SECRETARIAT), faults=("“Risk” says nothing.",))
    assert not decision
    assert "“Risk” says nothing." in decision.reason
