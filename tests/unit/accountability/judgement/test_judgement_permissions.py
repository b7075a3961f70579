"""Who may do what about a judgement: every rule × every role, and what owning the item changes."""

from __future__ import annotations

import inspect
from datetime import date

import pytest

from evenhand.accountability.judgement import permissions
from evenhand.accountability.judgement.insiders import Term, Ties
from evenhand.accountability.permissions import Item
from evenhand.accountability.roles import VISITOR, Actor, Grant, Role, Scope, ScopeKind, Where

TODAY = date(2007, 5, 24)
WHERE = Where("lantern", frozenset({"body:service"}), frozenset({"team:training"}))
ITEM = Item("recommendation:lantern/1", WHERE, frozenset({"team:training"}))
M, S, O, P, U, A, C, X, D = (role for role in Role if role is not Role.PUBLIC)  # noqa: E741
ALL = {M, S, O, P, U, A, C, X, D}
FREE = Ties("person:a", frozenset({"person:a"}), frozenset(), frozenset())
TERM = Term("person:a", date(2007, 1, 1))


TABLE = {
    "may_propose_criterion": (lambda a: permissions.may_propose_criterion(a, ITEM), {S, A}),
    "may_agree_for_owner": (lambda a: permissions.may_agree_for_owner(a, ITEM), set()),
    "may_agree_for_secretariat": (lambda a: permissions.may_agree_for_secretariat(a, ITEM), {S}),
    "may_record_figure": (lambda a: permissions.may_record_figure(a, ITEM), {S, A}),
    "may_form_panel": (permissions.may_form_panel, {S}),
    "may_declare": (lambda a: permissions.may_declare(a, member="person:z"), {S}),
    "may_convene": (lambda a: permissions.may_convene(a, ITEM), {S}),
    "may_judge": (lambda a: permissions.may_judge(a, ITEM, ties=FREE, term=TERM), {P}),
    "may_conclude": (lambda a: permissions.may_conclude(a, ITEM), {S}),
    "may_recheck": (lambda a: permissions.may_recheck(a, ITEM), {S, P}),
    "may_reopen": (lambda a: permissions.may_reopen(a, ITEM), {S, M}),
    "may_give_view": (lambda a: permissions.may_give_view(a, ITEM), {S, M, C, X}),
    "may_redact": (lambda a: permissions.may_redact(a, ITEM), {S, A}),
    "may_pass_redaction": (
        lambda a: permissions.may_pass_redaction(a, ITEM, made_by="person:z"),
        {S},
    ),
    "may_see_twin": (lambda a: permissions.may_see_twin(a, ITEM, passed=True), ALL),
}
# What holding the duty takes away whatever else one is, and what it gives.
TAKEN = {
    "may_agree_for_secretariat",
    "may_record_figure",
    "may_convene",
    "may_judge",
    "may_conclude",
    "may_recheck",
    "may_reopen",
    "may_give_view",
}
GIVEN = {"may_propose_criterion", "may_agree_for_owner", "may_redact", "may_see_twin"}


def _actor(*roles, scope=Scope(), speaks_for=()):  # noqa: B008
    grants = tuple(Grant(role, scope) for role in roles)
    return Actor("person:a", TODAY, grants, frozenset({"person:a", *speaks_for}))


def test_every_rule_has_a_row():
    rules = {
        name
        for name, rule in inspect.getmembers(permissions, inspect.isfunction)
        if name.startswith("may_") and rule.__module__ == permissions.__name__
    }
    assert rules == set(TABLE)


@pytest.mark.parametrize("role", sorted(ALL))
@pytest.mark.parametrize("rule", TABLE)
def test_a_role_may_what_the_table_says(rule, role):
    ask, allowed = TABLE[rule]
    decision = ask(_actor(role))
    assert bool(decision) == (role in allowed)
    assert bool(decision.reason) != bool(decision), "a refusal gives a reason"


@pytest.mark.parametrize("rule", TABLE)
def test_neither_a_visitor_nor_a_role_elsewhere_may_anything(rule):
    assert not TABLE[rule][0](VISITOR)
    assert not TABLE[rule][0](_actor(*ALL, scope=Scope(ScopeKind.INQUIRY, "harbour")))


@pytest.mark.parametrize("rule", sorted(TAKEN))
def test_who_holds_the_duty_has_no_part_in_judging_it(rule):
    assert not TABLE[rule][0](_actor(*ALL, speaks_for=["team:training"]))


@pytest.mark.parametrize("rule", sorted(GIVEN))
def test_who_holds_the_duty_has_their_own_side(rule):
    assert TABLE[rule][0](_actor(O, speaks_for=["team:training"]))


def test_the_two_sides_of_a_criterion_are_two_people():
    owner = _actor(O, speaks_for=["team:training"])
    assert not permissions.may_agree_for_owner(owner, ITEM, agreed_by="person:a")
    assert not permissions.may_agree_for_secretariat(_actor(S), ITEM, agreed_by="person:a")


def test_members_declare_for_themselves():
    assert permissions.may_declare(_actor(P), member="person:a")
    assert not permissions.may_declare(_actor(P), member="person:b")


def test_who_prepared_a_public_twin_does_not_pass_it():
    assert not permissions.may_pass_redaction(_actor(S), ITEM, made_by="person:a")


def test_a_twin_that_was_not_passed_is_seen_by_those_who_prepare_twins():
    allowed = {role for role in ALL if permissions.may_see_twin(_actor(role), ITEM, passed=False)}
    assert allowed == {S, A}
