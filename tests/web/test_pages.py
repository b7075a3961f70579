"""Pages: what each shows, how sign-in locks, and what a person sees when something is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from evenhand.web.accounts.services import open_account, record_party
from evenhand.web.demo.cast import PARTS
from evenhand.web.foundation.as_of import day_of
from evenhand.web.ledger.queries import get_head, list_refusals
from evenhand.web.register import services as register

PASSWORD = "correct-horse-battery"
ONE = "lamp-2020/1"
PAGE = f"/recommendations/{ONE}/"


@pytest.fixture
def desk(lamp, signed_in):
    return signed_in("secretariat")


def test_a_member_opens_with_the_exceptions(small_demo, signed_in):
    response = signed_in("member").get("/")
    text = response.content.decode()
    assert response.status_code == 200
    assert "What needs a member’s attention" in text
    assert "Made up." in text
    assert response.context["concerned"] > 0
    kinds = {kind.value: count for kind, count in response.context["counts"]}
    narrowed = signed_in("member").get("/", {"exception": "overdue"})
    assert narrowed.context["page"].total == kinds["overdue"]


def test_a_role_over_one_inquiry_sees_that_inquiry_only(small_demo, signed_in):
    rows = signed_in("association").get("/recommendations/").context["page"].rows
    assert {row.inquiry for row in rows} == {"faith"}


def test_the_list_is_narrowed_by_each_of_its_filters(small_demo, signed_in):
    client = signed_in("member")
    every = client.get("/recommendations/").context["page"].total
    first = client.get("/recommendations/").context["page"].rows[0]
    values = {
        "inquiry": first.inquiry,
        "publication": first.publication,
        "theme": first.themes[0].ref,
        "body": first.addressed_to,
        "state": first.work.state,
        "words": "publish",
        "owner": "team:people",
    }
    for name, value in values.items():
        assert 0 < client.get("/recommendations/", {name: value}).context["page"].total < every


def test_counts_are_kept_by_the_scale_of_each_report(small_demo, signed_in):
    by_scale = signed_in("member").get("/recommendations/").context["by_scale"]
    assert {each.scale.ref for each in by_scale} == {"embedded", "complete", "actioned", "rated"}
    assert sum(each.total for each in by_scale) == small_demo.items


PAGES = (
    "/",
    "/?as_of=2024-05-01",
    "/?exception=overdue",
    "/recommendations/",
    "/recommendations/?words=train",
    "/reports/",
    "/scales/",
    "/links/",
    "/links/suggested/",
    "/themes/",
    "/themes/training/",
    "/policies/",
    "/policies/uncovered/",
    "/questions/",
    "/actions/",
    "/ledger/",
)
COLD, WARM = 60, 30
"""Questions to the database for one page: the first time after a change, and after that.

A page over 1,000 items asks no more: ``benchmarks/register.py`` shows it."""


def test_pages_need_a_number_of_queries_that_does_not_grow(
    small_demo, signed_in, django_assert_max_num_queries
):
    client = signed_in("member")
    rows = client.get("/recommendations/").context["page"].rows
    ones = [f"/recommendations/{rows[0].ref}/", f"/recommendations/{rows[0].ref}/history/"]
    for address in (*PAGES, *ones):
        with django_assert_max_num_queries(COLD, info=address):
            assert client.get(address).status_code == 200, address
    for address in PAGES:
        with django_assert_max_num_queries(WARM, info=address):
            client.get(address)


def test_an_update_is_posted_and_shown(lamp, signed_in, at):
    client = signed_in("owner")
    form = client.get(f"{PAGE}update/")
    assert "Train every sergeant" in form.content.decode()
    sent = {"as_at": "2026-03-01", "progress": "Forty trained.", "next_steps": "<b>More</b>"}
    response = client.post(f"{PAGE}update/", sent, follow=True)
    text = response.content.decode()
    assert "The update is on the record." in text
    assert "Forty trained." in text
    assert "&lt;b&gt;More&lt;/b&gt;" in text


def test_a_form_that_is_not_right_is_shown_again_with_what_was_typed(lamp, signed_in):
    response = signed_in("owner").post(f"{PAGE}update/", {"as_at": "soon", "progress": "Kept"})
    text = response.content.decode()
    assert "Nothing was saved" in text
    assert "Kept" in text
    assert 'aria-invalid="true"' in text


def test_what_a_rule_refuses_is_a_page_with_the_reason(lamp, signed_in):
    size = get_head().size
    response = signed_in("member").post(f"{PAGE}due-date/", {"to": "2027-01-01", "reason": "x"})
    assert response.status_code == 403
    assert "Only the secretariat" in response.content.decode()
    assert get_head().size == size


def test_what_a_command_cannot_accept_is_a_page_with_the_reason(desk, keeper, at):
    due = day_of(at)
    register.set_due_date(recommendation=ONE, due_on=due, by=keeper, at=at)
    response = desk.post(f"{PAGE}due-date/", {"to": due.isoformat(), "reason": "x"})
    assert response.status_code == 422
    assert "later than the present one" in response.content.decode()


def test_the_second_editor_sees_what_the_first_changed(desk, keeper, at):
    due = day_of(at)
    register.set_due_date(recommendation=ONE, due_on=due, by=keeper, at=at)
    seen = desk.get(f"{PAGE}due-date/").context["version"]
    for days, status in ((5, 302), (9, 409)):
        to = (due + timedelta(days)).isoformat()
        sent = {"to": to, "reason": f"After {days} days", "seen": seen}
        response = desk.post(f"{PAGE}due-date/", sent)
        assert response.status_code == status
    assert "After 5 days" in response.content.decode()


def test_five_wrong_passwords_lock_the_name(cast):
    client = Client()
    for _ in range(5):
        response = client.post(
            "/accounts/sign-in/",
            {"username": "member", "password": "wrong"},
            REMOTE_ADDR="10.0.0.1",
        )
    assert response.status_code == 429
    right = {"username": "member", "password": PASSWORD}
    locked = client.post("/accounts/sign-in/", right, REMOTE_ADDR="10.0.0.1")
    assert locked.status_code == 429
    assert "Locked for a while" in locked.content.decode()
    other = {"username": "owner", "password": PASSWORD}
    assert client.post("/accounts/sign-in/", other, REMOTE_ADDR="10.0.0.1").status_code == 302


def test_sign_in_leads_to_the_exceptions_and_out_again(cast):
    client = Client()
    sent = {"username": "member", "password": PASSWORD}
    assert client.post("/accounts/sign-in/", sent)["Location"] == "/"
    assert client.get("/").status_code == 200
    assert client.get("/accounts/sign-out/").status_code == 405
    client.post("/accounts/sign-out/")
    assert client.get("/").status_code == 302


def test_an_account_without_a_role_sees_nothing(cast, keeper, admin, at, signed_in):
    person = record_party(kind="person", name="New", by=keeper, at=at)
    open_account(person=person.subject, username="new", password=PASSWORD, by=admin, at=at)
    response = signed_in("new").get("/")
    assert response.status_code == 403
    assert "has a role" in response.content.decode()


def test_every_page_bears_the_headers_that_keep_it_to_itself(lamp, signed_in):
    response = signed_in("member").get("/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"


def test_an_unknown_address_is_a_page(lamp, signed_in):
    client = signed_in("member")
    assert client.get("/nowhere/").status_code == 404
    missing = client.get("/recommendations/none/1/")
    assert missing.status_code == 404
    assert "There is no such" in missing.content.decode()


def test_the_ledger_downloads_as_it_stands(lamp, signed_in):
    response = signed_in("member").get("/ledger/ledger.jsonl")
    lines = b"".join(response.streaming_content).splitlines()
    assert len(lines) == get_head().size + 2
    page = signed_in("member").get("/ledger/").content.decode()
    assert get_head().root.hex() in page


@pytest.mark.parametrize("role", [part.username for part in PARTS])
def test_a_post_by_any_other_role_changes_nothing(role, lamp, signed_in):
    size = get_head().size
    allowed = {"update/": {"secretariat", "owner"}, "due-date/": {"secretariat"}}
    client = signed_in(role)
    for page, roles in allowed.items():
        if role not in roles:
            sent = {"to": "2027-01-01", "reason": "x", "as_at": "2026-01-01", "progress": "x"}
            assert client.post(f"{PAGE}{page}", sent).status_code == 403
    assert get_head().size == size
    assert list_refusals() == [], "pages ask before they command"
