"""Two people publish, one withdraws; the public log says what each release changed."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.accountability.machines import RELEASE
from evenhand.accountability.releases import (
    WITHDRAWN,
    Change,
    Entry,
    add_entry,
    fold_log,
    may_decide_release,
    may_propose_release,
    may_see_releases,
    may_take_back_release,
    may_withdraw_release,
)
from evenhand.accountability.remnants import may_dismiss_remnant, may_see_remnants
from evenhand.accountability.roles import Actor, Grant, Role, Scope, ScopeKind
from evenhand.accountability.states import may_follow

TODAY = date(2007, 5, 24)
ROLES = [role for role in Role if role is not Role.PUBLIC]
RULES = {
    may_see_releases: {Role.SECRETARIAT, Role.MEMBER, Role.ADMINISTRATOR},
    may_propose_release: {Role.SECRETARIAT},
    may_withdraw_release: {Role.SECRETARIAT},
    may_see_remnants: {Role.SECRETARIAT, Role.MEMBER, Role.ADMINISTRATOR},
    may_dismiss_remnant: {Role.SECRETARIAT},
    lambda actor: may_decide_release(actor, proposed_by="person:z"): {
        Role.SECRETARIAT,
        Role.MEMBER,
    },
    lambda actor: may_take_back_release(actor, proposed_by="person:z"): set(),
}


def _actor(role: Role, scope: Scope | None = None) -> Actor:
    return Actor("person:a", TODAY, (Grant(role, scope or Scope()),), frozenset({"person:a"}))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("rule", RULES)
def test_a_role_may_what_the_table_says(rule, role):
    assert bool(rule(_actor(role))) == (role in RULES[rule])


@pytest.mark.parametrize("rule", RULES)
def test_a_role_over_one_inquiry_lets_nothing_out(rule):
    limited = Scope(ScopeKind.INQUIRY, "lantern")
    assert not any(rule(_actor(role, limited)) for role in ROLES)


def test_who_proposed_a_release_decides_nothing_about_it_but_may_take_it_back():
    keeper = _actor(Role.SECRETARIAT)
    refused = may_decide_release(keeper, proposed_by=keeper.ref)
    assert not refused
    assert "another person" in refused.reason
    assert may_take_back_release(keeper, proposed_by=keeper.ref)


def test_what_was_declined_or_withdrawn_is_not_released_again_but_proposed_anew():
    for state in ("declined", "taken_back", "withdrawn"):
        assert not may_follow(RELEASE, state=state, verb="approve")
    assert may_follow(RELEASE, state="released", verb="withdraw")
    assert not may_follow(RELEASE, state="proposed", verb="withdraw")


def test_the_first_release_says_everything_and_a_repeat_says_nothing():
    status = {"work": "In progress"}
    first = add_entry((), status, on="2007-05-24", release=1, news=False)
    assert first[0].changes == (Change("work", "", "In progress"),)
    assert add_entry(first, status, on="2007-06-24", release=2, news=False) == first


def test_new_words_make_an_entry_although_no_aspect_changed():
    status = {"work": "In progress"}
    first = add_entry((), status, on="2007-05-24", release=1, news=False)
    again = add_entry(first, status, on="2007-06-24", release=2, news=True)
    assert again[1] == Entry("2007-06-24", 2, "released", ())


def test_after_a_withdrawal_the_next_release_says_everything_again():
    status = {"work": "In progress"}
    first = add_entry((), status, on="2007-05-24", release=1, news=False)
    gone = (*first, Entry("2007-05-25", 2, WITHDRAWN))
    assert fold_log(gone) == {}
    back = add_entry(gone, status, on="2007-05-26", release=3, news=False)
    assert back[2].changes == (Change("work", "", "In progress"),)
    assert fold_log(back) == status


def test_a_recommendation_of_which_nothing_can_be_said_is_released_once():
    first = add_entry((), {}, on="2007-05-24", release=1, news=False)
    assert len(first) == 1
    assert add_entry(first, {}, on="2007-05-25", release=2, news=False) == first
