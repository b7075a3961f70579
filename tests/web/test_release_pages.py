"""The pages on which a release is proposed, looked at, decided and withdrawn."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenhand.web.releases.queries.frozen import get_record
from evenhand.web.releases.queries.proposals import list_proposals
from evenhand.web.work import services as work

ONE = "lamp-2020/1"
FORM = {
    "title": "Spring",
    "statement": "The first release.",
    "reasons": "It is due.",
    "recommendations": f"{ONE}\nlamp-2020/2",
}


@pytest.fixture
def told(lamp, owner, at):
    work.post_update(
        recommendation=ONE,
        as_at=date(2026, 2, 20),
        progress="Forty were trained.",
        by=owner,
        at=at - timedelta(1),
    )


def test_a_release_goes_from_form_to_public_page_and_back(told, signed_in):
    desk, member = signed_in("secretariat"), signed_in("member")
    look = desk.post("/releases/propose/", FORM)
    text = look.content.decode()
    assert "Forty were trained." in text
    assert "Train every sergeant" in text
    assert list_proposals() == []
    chosen = look.context["offered"][0][0].id
    sent = desk.post("/releases/propose/", FORM | {"words": [chosen], "propose": "1"}, follow=True)
    assert "nothing is public" in sent.content.decode()
    ref = list_proposals()[0].ref
    assert "Publish it" not in sent.content.decode()
    shown = member.get(f"/releases/{ref}/").content.decode()
    assert "Publish it" in shown
    assert "Forty were trained." in shown
    assert member.get("/public/").content.count(b"Nothing has been released") == 2
    asked = member.get(f"/releases/{ref}/approve/").content.decode()
    assert "1 passage of free words" in asked
    member.post(f"/releases/{ref}/approve/")
    page = member.get(f"/public/recommendations/{ONE}/").content.decode()
    assert "Forty were trained." in page
    desk.post(f"/releases/{ref}/withdraw/", {"reason": "Too early.", "recommendations": [ONE]})
    assert get_record(ONE).is_withdrawn
    assert not get_record("lamp-2020/2").is_withdrawn


def test_a_form_that_asks_for_nothing_is_shown_again(lamp, signed_in):
    response = signed_in("secretariat").post("/releases/propose/", FORM | {"recommendations": ""})
    assert response.status_code == 422
    assert "Choose a report, or name a recommendation." in response.content.decode()


def test_what_is_not_on_the_register_is_named_on_the_form(lamp, signed_in):
    response = signed_in("secretariat").post(
        "/releases/propose/", FORM | {"recommendations": "lamp-2020/99", "propose": "1"}
    )
    assert response.status_code == 422
    assert list_proposals() == []


def test_a_decline_needs_a_reason_and_is_kept(lamp, signed_in):
    desk, member = signed_in("secretariat"), signed_in("member")
    desk.post("/releases/propose/", FORM | {"propose": "1"})
    ref = list_proposals()[0].ref
    assert member.post(f"/releases/{ref}/decline/", {"reason": " "}).status_code == 422
    member.post(f"/releases/{ref}/decline/", {"reason": "Wait for the paper."})
    shown = desk.get(f"/releases/{ref}/").content.decode()
    assert "Wait for the paper." in shown
    assert "Declined" in desk.get("/releases/").content.decode()


def test_a_proposal_is_taken_back_by_its_author(lamp, signed_in):
    desk = signed_in("secretariat")
    desk.post("/releases/propose/", FORM | {"propose": "1"})
    ref = list_proposals()[0].ref
    assert "stays" not in desk.get(f"/releases/{ref}/take-back/").content.decode()
    desk.post(f"/releases/{ref}/take-back/")
    assert list_proposals()[0].state == "taken_back"


def test_a_whole_report_is_too_much_to_choose_words_from(small_demo, signed_in, monkeypatch):
    monkeypatch.setattr("evenhand.web.releases.views.proposals.MOST_WITH_WORDS", 3)
    report = signed_in("secretariat").get("/releases/propose/").context["form"]
    first = report.fields["publications"].choices[0][0]
    asked = FORM | {"recommendations": "", "publications": [first]}
    text = signed_in("secretariat").post("/releases/propose/", asked).content.decode()
    assert "Words can be chosen where 3 recommendations or fewer" in text
