"""Who there is: an administrator opens accounts and gives roles; nobody gives one to themselves."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from evenhand.accountability.roles import Role
from evenhand.web.accounts.queries import get_actor, get_person, list_parties
from evenhand.web.accounts.services import close_account
from evenhand.web.foundation.append_only import ERASED
from evenhand.web.home import Home
from evenhand.web.ledger.export import render_export
from evenhand.web.starting import FIRST, Start, open_first_account

PASSWORD = "correct-horse-battery"


@pytest.fixture
def newcomer(cast, signed_in):
    """A person put on the register in the browser, by reference."""
    before = {party.ref for party in list_parties()}
    signed_in("secretariat").post(
        "/accounts/people/add/", {"kind": "person", "name": "Made-up newcomer"}
    )
    (party,) = [party for party in list_parties() if party.ref not in before]
    return party.ref


def _open(admin, ref, username="newcomer"):
    page = admin.post(f"/accounts/people/{ref}/account/", {"username": username})
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    return re.search(r"<dt>Password</dt><dd><code>([^<]+)</code>", page.content.decode())[1]


def test_a_newcomer_gets_an_account_a_role_and_a_password_of_their_own(newcomer, signed_in, at):
    admin = signed_in("admin")
    password = _open(admin, newcomer)
    admin.post(
        f"/accounts/people/{newcomer}/role/",
        {"role": "member", "scope_kind": "everything", "scope_ref": ""},
    )
    client = Client()
    answer = client.post("/accounts/sign-in/", {"username": "newcomer", "password": password})
    assert answer.status_code == 302
    assert client.get("/").status_code == 200
    changed = client.post(
        "/accounts/own/password/",
        {"old_password": password, "new_password1": PASSWORD, "new_password2": PASSWORD},
    )
    assert changed.status_code == 302
    assert client.get("/accounts/own/").status_code == 200
    again = Client().post("/accounts/sign-in/", {"username": "newcomer", "password": PASSWORD})
    assert again.status_code == 302


def test_neither_a_name_nor_a_password_is_in_the_ledger(newcomer, signed_in):
    password = _open(signed_in("admin"), newcomer)
    export = render_export()
    assert "newcomer" not in export
    assert password not in export


def test_nobody_gives_themselves_a_role_or_closes_their_own_account(cast, admin, signed_in):
    client = signed_in("admin")
    own = admin.party.ref
    asked = {"role": "secretariat", "scope_kind": "everything", "scope_ref": ""}
    assert client.post(f"/accounts/people/{own}/role/", asked).status_code == 403
    sure = {"reason": "Leaving.", "confirm": "on"}
    assert client.post(f"/accounts/people/{own}/close/", sure).status_code == 403


def test_a_closed_account_signs_in_no_more_and_its_session_ends(cast, admin, signed_in, at):
    client = signed_in("member")
    close_account(person=cast["member"].party.subject, reason="Left.", by=admin, at=at)
    assert client.get("/").status_code == 302
    answer = Client().post("/accounts/sign-in/", {"username": "member", "password": PASSWORD})
    assert answer.status_code == 200


def test_a_role_ends_with_its_last_day_and_what_it_reached_is_told(cast, signed_in, at):
    admin, person = signed_in("admin"), cast["analyst"].party
    admin.post(
        f"/accounts/people/{person.ref}/end-role/",
        {"held": "analyst|everything|", "on": at.date().isoformat()},
    )
    held = get_person(person.ref).roles
    assert [(each.role, each.ends) for each in held] == [(Role.ANALYST, at.date())]
    assert get_actor(cast["analyst"], at=at).has(Role.ANALYST)


def test_a_new_password_is_shown_once_and_the_old_one_stops(cast, signed_in):
    ref = cast["member"].party.ref
    page = signed_in("admin").post(f"/accounts/people/{ref}/password/", {"confirm": "on"})
    new = re.search(r"<code>([^<]+)</code>", page.content.decode())[1]
    old = Client().post("/accounts/sign-in/", {"username": "member", "password": PASSWORD})
    assert old.status_code == 200
    assert (
        Client().post("/accounts/sign-in/", {"username": "member", "password": new}).status_code
        == 302
    )


def test_a_name_somebody_has_is_refused_with_what_to_do(newcomer, signed_in):
    page = signed_in("admin").post(f"/accounts/people/{newcomer}/account/", {"username": "Member"})
    assert page.status_code == 422
    assert "choose another" in page.content.decode()


def test_an_empty_installation_gets_one_first_account_and_only_once(db, tmp_path):
    start = Start("http://127.0.0.1:1/", Home(tmp_path).folder, False, {}, "")
    first = open_first_account(start)
    assert first.sign_ins == {FIRST: "Administrator"}
    answer = Client().post("/accounts/sign-in/", {"username": FIRST, "password": first.password})
    assert answer.status_code == 302
    assert first.password in first.render()
    assert open_first_account(start) == start


def test_an_erased_name_is_shown_as_erased(cast, admin, signed_in, at):
    from evenhand.web.accounts.services import erase_name

    erase_name(person=cast["member"].party.subject, reason="Asked.", by=admin, at=at)
    assert ERASED in signed_in("secretariat").get("/accounts/people/").content.decode()
