"""Who may do what, as truth tables: every rule × every role, and the limits of scope and term."""

from __future__ import annotations

import inspect
from datetime import date

import pytest

from evenhand.accountability import permissions
from evenhand.accountability.classification import Classification
from evenhand.accountability.permissions import Item
from evenhand.accountability.roles import VISITOR, Actor, Grant, Role, Scope, ScopeKind, Where
from evenhand.core import UsageProblem

TODAY = date(2007, 5, 24)
WHERE = Where("lantern", frozenset({"body:service"}), frozenset({"team:training"}))
OTHER = Where("harbour", frozenset({"body:ministry"}), frozenset({"team:fleet"}))
ITEM = Item("recommendation:lantern/1", WHERE, frozenset({"team:training"}))

M, S, O, P, U, A, C, X, D = (role for role in Role if role is not Role.PUBLIC)  # noqa: E741
ALL = {M, S, O, P, U, A, C, X, D}

# Each rule on an item that the actor does not hold, made by someone else → the roles it allows.
TABLE = {
    "may_enter": (lambda actor: permissions.may_enter(actor), ALL),
    "may_read": (lambda actor: permissions.may_read(actor, ITEM), ALL),
    "may_keep": (lambda actor: permissions.may_keep(actor, WHERE), {S}),
    "may_import": (lambda actor: permissions.may_import(actor), {S}),
    "may_extend": (lambda actor: permissions.may_extend(actor, ITEM), {S}),
    "may_link": (lambda actor: permissions.may_link(actor, WHERE), {S, A}),
    "may_review_link": (
        lambda actor: permissions.may_review_link(actor, WHERE, made_by="person:z"),
        {S, M},
    ),
    "may_report": (lambda actor: permissions.may_report(actor, ITEM), {S}),
    "may_act": (lambda actor: permissions.may_act(actor, ITEM), {S, U}),
    "may_offer_evidence": (
        lambda actor: permissions.may_offer_evidence(actor, ITEM),
        {S, U, A},
    ),
    "may_see_evidence": (
        lambda actor: permissions.may_see_evidence(actor, ITEM, Classification.RESTRICTED),
        {S, P},
    ),
    "may_review_evidence": (
        lambda actor: permissions.may_review_evidence(actor, ITEM, offered_by="person:z"),
        {S, P},
    ),
    "may_challenge": (lambda actor: permissions.may_challenge(actor, ITEM), {M, S, P, C, X}),
    "may_answer": (lambda actor: permissions.may_answer(actor, ITEM), set()),
    "may_settle": (
        lambda actor: permissions.may_settle(actor, ITEM, asked_by="person:z"),
        {M},
    ),
    "may_claim": (lambda actor: permissions.may_claim(actor, ITEM), set()),
    "may_move_work": (
        lambda actor: permissions.may_move_work(actor, ITEM, verb="rule_out"),
        {S},
    ),
    "may_close": (lambda actor: permissions.may_close(quorate_verdict=False), set()),
    "may_measure": (lambda actor: permissions.may_measure(actor), {A}),
    "may_save_measure": (lambda actor: permissions.may_save_measure(actor), {A, S}),
    "may_review_finding": (lambda actor: permissions.may_review_finding(actor, WHERE), {A}),
    "may_administer": (lambda actor: permissions.may_administer(actor), {D}),
    "may_grant": (lambda actor: permissions.may_grant(actor, to="person:z"), {D}),
    "may_enrol": (lambda actor: permissions.may_enrol(actor), {S, D}),
    "may_erase": (lambda actor: permissions.may_erase(actor), {D}),
    "may_export_ledger": (lambda actor: permissions.may_export_ledger(actor), ALL),
}


def _actor(*roles, scope=Scope(), speaks_for=(), ends=None):  # noqa: B008
    grants = tuple(Grant(role, scope, ends=ends) for role in roles)
    return Actor("person:a", TODAY, grants, frozenset({"person:a", *speaks_for}))


def test_every_rule_has_a_row():
    rules = {name for name, _ in inspect.getmembers(permissions, inspect.isfunction)}
    assert {name for name in rules if name.startswith("may_")} == set(TABLE)


@pytest.mark.parametrize("role", sorted(ALL))
@pytest.mark.parametrize("rule", TABLE)
def test_a_role_may_what_the_table_says(rule, role):
    ask, allowed = TABLE[rule]
    decision = ask(_actor(role))
    assert bool(decision) == (role in allowed)
    assert bool(decision.reason) != bool(decision), "a refusal gives a reason"


@pytest.mark.parametrize("rule", TABLE)
def test_a_visitor_may_nothing(rule):
    assert not TABLE[rule][0](VISITOR)


ADMINISTRATIVE = {"may_administer", "may_grant", "may_enrol", "may_erase"}
SCOPED = [name for name in TABLE if name not in {"may_enter", *ADMINISTRATIVE}]


@pytest.mark.parametrize("rule", SCOPED)
def test_a_role_over_another_inquiry_does_not_reach_here(rule):
    elsewhere = _actor(*ALL, scope=Scope(ScopeKind.INQUIRY, "harbour"))
    assert not TABLE[rule][0](elsewhere)


@pytest.mark.parametrize(
    "scope",
    [
        Scope(),
        Scope(ScopeKind.INQUIRY, "lantern"),
        Scope(ScopeKind.BODY, "body:service"),
        Scope(ScopeKind.UNIT, "team:training"),
    ],
)
def test_each_kind_of_scope_reaches_what_it_names(scope):
    assert permissions.may_keep(_actor(S, scope=scope), WHERE)
    everywhere = scope.kind is ScopeKind.EVERYTHING
    assert bool(permissions.may_keep(_actor(S, scope=scope), OTHER)) == everywhere


def test_a_term_that_has_ended_gives_nothing():
    assert not permissions.may_keep(_actor(S, ends=date(2007, 5, 23)), WHERE)
    assert permissions.may_keep(_actor(S, ends=TODAY), WHERE)


# What changes when the actor's team holds the duty: given, or taken away.
GIVEN = {
    "may_report",
    "may_act",
    "may_offer_evidence",
    "may_see_evidence",
    "may_answer",
    "may_claim",
}
TAKEN = {
    "may_extend",
    "may_review_evidence",
    "may_challenge",
    "may_settle",
    "may_move_work",
}


@pytest.mark.parametrize("rule", sorted(GIVEN))
def test_who_holds_the_duty_may_do_the_work(rule):
    assert TABLE[rule][0](_actor(O, speaks_for=["team:training"]))


@pytest.mark.parametrize("rule", sorted(TAKEN))
def test_who_holds_the_duty_may_not_judge_it_whatever_else_they_are(rule):
    assert not TABLE[rule][0](_actor(*ALL, speaks_for=["team:training"]))


@pytest.mark.parametrize("verb", ["close", "pause", "return", "replace", "rule_out", "reopen"])
def test_an_owner_can_neither_close_nor_excuse(verb):
    owner = _actor(*ALL, speaks_for=["team:training"])
    assert not permissions.may_move_work(owner, ITEM, verb=verb)


def test_nobody_reviews_a_link_they_made():
    own = permissions.may_review_link(_actor(S, M), WHERE, made_by="person:a")
    assert not own
    assert "another person" in own.reason


def test_nobody_reviews_evidence_they_offered():
    assert not permissions.may_review_evidence(_actor(S), ITEM, offered_by="person:a")


def test_nobody_grants_themselves_a_role():
    assert not permissions.may_grant(_actor(D), to="person:a")


def test_who_asked_may_settle_without_being_a_member():
    assert permissions.may_settle(_actor(C), ITEM, asked_by="person:a")


@pytest.mark.parametrize("kind", ["body", "unit", "inquiry"])
def test_a_scope_without_a_name_cannot_be_made(kind):
    with pytest.raises(UsageProblem):
        Scope(ScopeKind(kind))


SEES = {
    Classification.PUBLIC: ALL,
    Classification.INTERNAL: {M, S, O, P, U, A},
    Classification.RESTRICTED: {S, P},
}


@pytest.mark.parametrize("role", sorted(ALL))
@pytest.mark.parametrize("classification", list(Classification))
def test_evidence_of_each_class_is_seen_by_those_cleared_for_it(classification, role):
    here = permissions.may_see_evidence(_actor(role), ITEM, classification)
    assert bool(here) == (role in SEES[classification])
    scope = Scope(ScopeKind.INQUIRY, "harbour")
    assert not permissions.may_see_evidence(_actor(role, scope=scope), ITEM, classification)


@pytest.mark.parametrize("classification", list(Classification))
def test_who_offered_evidence_sees_it_where_their_roles_reach(classification):
    own = {"offered_by": "person:a"}
    assert permissions.may_see_evidence(_actor(A), ITEM, classification, **own)
    elsewhere = _actor(A, scope=Scope(ScopeKind.INQUIRY, "harbour"))
    assert not permissions.may_see_evidence(elsewhere, ITEM, classification, **own)
