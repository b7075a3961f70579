"""Pages of the commands over one recommendation, of inquiries, and of two days side by side."""

from __future__ import annotations

from datetime import timedelta

import pytest

from evenhand.web.demo.cast import ADMINISTRATOR, PARTS
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.ledger.queries import get_head, get_version
from evenhand.web.register import services as register
from evenhand.web.register.queries import get_item, list_inquiry_rows
from evenhand.web.work import services as work

ONE = "lamp-2020/1"
PAGE = f"/recommendations/{ONE}/"


@pytest.fixture
def desk(lamp, signed_in):
    return signed_in("secretariat")


@pytest.fixture
def row(at):
    return lambda: get_item(ONE, as_of=AsOf.now(at + timedelta(400)))


SENT = {
    "response/": {"verb": "accept_in_part", "responded_on": "2026-03-01", "reason": "Costs"},
    "title/": {"title": "Sergeants"},
    "level/": {"level": "completed", "as_at": "2026-03-01", "reason": "Paper 3, paragraph 4"},
    "state/start/": {"reason": ""},
    "state/pause/": {"reason": "No money"},
    "state/rule_out/": {"reason": "Rejected"},
    "duty/": {"party": "team:people", "role": "responsible", "starts": "2026-03-02", "reason": ""},
    "duty/end/": {"party": "team:learning", "on": "2026-03-01", "reason": "Closed"},
    "due-date/set/": {"due_on": "2026-09-01", "reason": ""},
    "due-date/": {"to": "2026-10-01", "reason": "Late"},
    "due-date/lift/": {"reason": "Overtaken"},
}
OWNERS_TOO = {"state/start/"}


def test_every_command_is_reached_from_the_page_and_leads_back_to_it(desk, row):
    """In an order in which each is possible; what is offered follows the state."""
    steps = [
        ("response/", lambda: row().response.state == "in_part"),
        ("title/", lambda: row().title == "Sergeants"),
        ("due-date/set/", lambda: row().due.due_on.isoformat() == "2026-09-01"),
        ("due-date/", lambda: (row().due.slips, row().due.reason) == (1, "Late")),
        ("due-date/lift/", lambda: row().due.due_on is None),
        ("state/start/", lambda: row().work.state == "in_progress"),
        ("state/pause/", lambda: row().work.reason == "No money"),
        ("state/resume/", lambda: row().work.state == "in_progress"),
        ("level/", lambda: (row().level.code, row().work.state) == ("completed", "claimed")),
        ("state/return/", lambda: row().work.state == "in_progress"),
        ("state/rule_out/", lambda: row().work.state == "not_applicable"),
        ("state/restore/", lambda: row().work.state == "in_progress"),
        ("duty/", lambda: row().holder.party == "team:people"),
    ]
    for page, holds in steps:
        assert f'href="{PAGE}{page}"' in desk.get(PAGE).content.decode(), page
        form = desk.get(f"{PAGE}{page}")
        sent = SENT.get(page, {"reason": "Because"}) | {"seen": form.context["version"]}
        answer = desk.post(f"{PAGE}{page}", sent)
        assert answer.status_code == 302, (page, answer.content.decode())
        assert answer["Location"] == PAGE
        assert holds(), page


def test_what_the_state_does_not_allow_is_neither_offered_nor_done(desk, row):
    text = desk.get(PAGE).content.decode()
    for page in ("due-date/", "due-date/lift/", "state/resume/", "state/return/", "state/reopen/"):
        assert f'href="{PAGE}{page}"' not in text
    size = get_head().size
    for page in ("state/resume/", "state/return/", "due-date/lift/"):
        assert desk.post(f"{PAGE}{page}", {"reason": "x"}).status_code == 403
    for verb in ("close", "claim", "replace", "reopen", "vanish"):  # each has its own grounds
        assert desk.get(f"{PAGE}state/{verb}/").status_code == 404
    assert get_head().size == size


def test_a_post_by_any_other_role_changes_nothing(lamp, signed_in):
    others = [ADMINISTRATOR, *(part.username for part in PARTS if part.username != "secretariat")]
    for name in others:
        client = signed_in(name)
        for page, sent in SENT.items():
            size = get_head().size
            allowed = name == "owner" and page in OWNERS_TOO
            status = client.post(f"{PAGE}{page}", sent).status_code
            assert status == (302 if allowed else 403), (name, page)
            assert (get_head().size > size) == allowed, (name, page)


@pytest.mark.parametrize(
    ("page", "changes", "told"),
    [
        ("response/", {"reason": ""}, "in a few words"),
        ("response/", {"verb": "ignore"}, "choose again"),
        ("response/", {"responded_on": "2099-01-01"}, "in the future"),
        ("title/", {"title": "x" * 201}, "at most 200"),
        ("level/", {"level": "embedded"}, "choose again"),
        ("level/", {"as_at": "2099-01-01"}, "in the future"),
        ("state/pause/", {"reason": " "}, "in a few words"),
        ("duty/", {"party": "team:nobody"}, "choose again"),
        ("duty/", {"starts": "soon"}, "a day that exists"),
        ("duty/end/", {"on": ""}, "Give a day"),
        ("due-date/set/", {"due_on": "31 November"}, "a day that exists"),
        ("due-date/lift/", {"reason": ""}, "in a few words"),
    ],
)
def test_what_is_not_right_is_told_and_what_was_typed_is_kept(page, changes, told, desk):
    size = get_head().size
    sent = SENT[page] | changes
    answer = desk.post(f"{PAGE}{page}", sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert told in text
    assert "Nothing was saved" in text
    assert 'href="#id_' in text or "in the future" in text, "the summary leads to the field"
    kept = max((value for key, value in sent.items() if key not in changes), key=len, default="")
    assert kept in text
    assert get_head().size == size


@pytest.mark.parametrize(
    ("page", "first"),
    [
        ("response/", "response/"),
        ("title/", "title/"),
        ("level/", "state/start/"),
        ("duty/end/", "duty/"),
        ("due-date/set/", "due-date/set/"),
    ],
)
def test_the_second_of_two_editors_is_shown_what_the_first_changed(page, first, desk, signed_in):
    seen = desk.get(f"{PAGE}{page}").context["version"]
    assert desk.post(f"{PAGE}{first}", SENT[first] | {"seen": seen}).status_code == 302
    size = get_head().size
    late = desk.post(f"{PAGE}{page}", SENT[page] | {"seen": seen})
    assert late.status_code == 409
    assert "What was changed meanwhile" in late.content.decode()
    assert get_head().size == size
    assert late.context["version"] == get_version(f"recommendation:{ONE}")


def test_a_hand_over_shows_who_holds_the_duty_and_keeps_the_predecessor(desk, row):
    form = desk.get(f"{PAGE}duty/").content.decode()
    assert "Learning and development, since" in form
    assert "Hand over" in desk.get(PAGE).content.decode()
    desk.post(f"{PAGE}duty/", SENT["duty/"])
    held = {duty.party: duty.ends for duty in row().duties}
    assert held == {"team:learning": row().holder.starts - timedelta(1), "team:people": None}


def test_an_inquiry_is_opened_and_its_page_leads_to_its_reports(desk, at):
    sent = {"title": "The Tower Review", "ref": "tower", "opened_on": "", "description": "Stairs."}
    assert desk.post("/inquiries/open/", sent).status_code == 302
    listed = desk.get("/inquiries/").content.decode()
    assert "The Tower Review" in listed
    page = desk.get("/inquiries/tower/").content.decode()
    assert "Stairs." in page
    assert "None of its reports is on the register yet" in page
    again = desk.post("/inquiries/open/", sent)
    assert again.status_code == 422
    assert "there is an inquiry tower already" in again.content.decode().lower()


@pytest.mark.parametrize("ref", ["open", "The Tower", "tower!", ""])
def test_a_reference_that_could_not_be_an_address_is_refused(ref, desk):
    size = get_head().size
    answer = desk.post("/inquiries/open/", {"title": "Tower", "ref": ref})
    assert answer.status_code == 422
    assert get_head().size == size


def test_only_the_secretariat_opens_an_inquiry(lamp, signed_in):
    size = get_head().size
    for name in ("member", "owner", "analyst", "admin"):
        sent = {"title": "Tower", "ref": "tower"}
        assert signed_in(name).post("/inquiries/open/", sent).status_code == 403
        assert "Open an inquiry" not in signed_in(name).get("/inquiries/").content.decode()
    assert get_head().size == size


def test_counts_of_an_inquiry_are_of_what_one_reaches(small_demo, signed_in):
    every = {
        row.ref: row.items for row in signed_in("member").get("/inquiries/").context["inquiries"]
    }
    assert sum(every.values()) == small_demo.items
    own = {
        row.ref: row.items
        for row in signed_in("association").get("/inquiries/").context["inquiries"]
    }
    assert own == {ref: (count if ref == "faith" else 0) for ref, count in every.items()}


def test_an_inquiry_is_read_by_strand_and_each_leads_to_its_items(small_demo, signed_in):
    client = signed_in("member")
    page = client.get("/inquiries/millgate/")
    groups = {label: counts for label, _, counts in page.context["groups"]}
    assert groups["Strand"]
    for each in groups["Strand"]:
        query = {"inquiry": "millgate", "strand": each.theme.ref}
        found = client.get("/recommendations/", query).context["page"].total
        assert found == each.items
        assert f"strand={each.theme.ref}" in page.content.decode()


def test_pages_of_inquiries_and_lists_need_a_bounded_number_of_queries(
    small_demo, signed_in, django_assert_max_num_queries
):
    client = signed_in("member")
    for address in ("/inquiries/", "/inquiries/lantern/", "/questions/", "/actions/"):
        with django_assert_max_num_queries(32):
            assert client.get(address).status_code == 200


def test_an_inquiry_before_its_day_is_not_there(lamp, signed_in, at):
    client = signed_in("member")
    assert client.get("/inquiries/lamp/", {"as_of": "2019-01-01"}).status_code == 404
    assert list_inquiry_rows(as_of=AsOf.end_of(day_of(at) - timedelta(40), at=at), actor=None) == []


def test_two_days_stand_beside_each_other(lamp, keeper, owner, at, signed_in):
    before = at - timedelta(10)
    register.set_due_date(
        recommendation=ONE, due_on=day_of(at) + timedelta(5), by=keeper, at=before
    )
    register.extend_due_date(
        recommendation=ONE, to=day_of(at) + timedelta(50), reason="Late", by=keeper, at=at
    )
    work.post_update(recommendation=ONE, as_at=day_of(at), progress="Forty.", by=owner, at=at)
    days = {"first": day_of(before).isoformat(), "second": day_of(at).isoformat()}
    page = signed_in("member").get(f"{PAGE}compare/", days)
    pairs = {pair.name: pair for pair in page.context["pairs"]}
    assert pairs["Due"].first == ("7 March 2026", "originally 7 March 2026", "moved 0 times")
    assert pairs["Due"].second == ("21 April 2026", "originally 7 March 2026", "moved 1 time")
    assert pairs["Last update"].first == ()
    assert pairs["Last update"].second == ("As at 2 March 2026", "Progress: Forty.")
    assert not pairs["Duties"].changed
    assert page.context["changed"] == sum(pair.changed for pair in pairs.values())
    kinds = [line.event.kind for line in page.context["between"]]
    assert kinds == ["due-date.extended", "update.posted"]


def test_the_same_day_twice_differs_in_nothing(small_demo, signed_in, at):
    client = signed_in("member")
    for row in client.get("/recommendations/").context["page"].rows[:8]:
        days = {"first": "2024-06-01", "second": "2024-06-01"}
        page = client.get(f"/recommendations/{row.ref}/compare/", days)
        assert page.context["changed"] == 0
        assert page.context["between"] == []


def test_days_the_wrong_way_round_are_put_right_and_impossible_ones_refused(lamp, signed_in, at):
    client, page = signed_in("member"), f"{PAGE}compare/"
    swapped = client.get(page, {"first": "2026-03-01", "second": "2020-03-01"})
    assert swapped.context["first"].year == 2020
    assert swapped.context["not_yet"]
    for wrong in ("soon", "2099-01-01"):
        answer = client.get(page, {"first": wrong})
        assert answer.status_code == 422
        assert "two days that have been" in answer.content.decode()


def test_two_days_show_no_evidence_to_who_is_not_cleared(lamp, cast, at, signed_in):
    from evenhand.web.work.choices import EvidenceClass, Reliability
    from evenhand.web.work.drafts import EvidenceDraft

    draft = EvidenceDraft(
        day_of(at), day_of(at), "Counted", Reliability.LOW, EvidenceClass.RESTRICTED,
        address="https://a.example/x",
    )  # fmt: skip
    work.offer_evidence(recommendation=ONE, title="Quokka", draft=draft, by=cast["owner"], at=at)
    for name, cleared in (("panel", True), ("member", False)):
        text = signed_in(name).get(f"{PAGE}compare/").content.decode()
        assert ("Quokka" in text) == cleared
