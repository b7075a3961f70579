"""Pages of questions and of actions: who may say what next, and what the lists show."""

from __future__ import annotations

from datetime import timedelta

import pytest

from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.ledger.queries import get_head
from evenhand.web.work import services as work
from evenhand.web.work.queries import list_actions, list_challenges

ONE, TWO = "lamp-2020/1", "lamp-2020/2"
PAGE = f"/recommendations/{ONE}/"


@pytest.fixture
def later(at) -> AsOf:
    return AsOf.now(at + timedelta(1))


@pytest.fixture
def asked(lamp, cast, at):
    made = work.put_challenge(
        recommendation=ONE,
        question="What changed for families?",
        answer_by=day_of(at) + timedelta(7),
        by=cast["monitor"],
        at=at,
    )
    return f"/questions/{made.ref}/"


def test_a_question_goes_from_asked_to_settled_on_pages(lamp, signed_in, later):
    asker, owner = signed_in("monitor"), signed_in("owner")
    sent = {"question": "Who was trained?", "answer_by": ""}
    assert asker.post(f"{PAGE}question/", sent).status_code == 302
    [row] = list_challenges(as_of=later)
    page = f"/questions/{row.ref}/"
    assert "Answer it" in owner.get(page).content.decode()
    assert "Answer it" not in asker.get(page).content.decode()
    owner.post(f"{page}answer/", {"text": "Forty."})
    asker.post(f"{page}again/", {"reason": "Of how many?"})
    assert "Of how many?" in owner.get(page).content.decode()
    owner.post(f"{page}answer/", {"text": "Of fifty."})
    unsure = asker.post(f"{page}settle/", {})
    assert unsure.status_code == 422
    asker.post(f"{page}settle/", {"confirm": "on"})
    [row] = list_challenges(as_of=later)
    assert row.state == "settled"
    done = asker.get(page).content.decode()
    assert f'href="{page}' not in done, "a settled question offers nothing more"
    assert "Forty." in done
    assert "Of fifty." in done


@pytest.mark.parametrize("name", ["owner", "analyst", "owner2", "admin"])
def test_who_may_not_ask_is_not_offered_to_and_is_refused(name, lamp, signed_in):
    client, size = signed_in(name), get_head().size
    assert f'href="{PAGE}question/"' not in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}question/", {"question": "Why?"}).status_code == 403
    assert get_head().size == size


def test_an_answer_is_not_due_in_the_past(lamp, signed_in):
    sent = {"question": "Why?", "answer_by": "2020-01-01"}
    response = signed_in("member").post(f"{PAGE}question/", sent)
    assert response.status_code == 422
    assert "cannot be due in the past" in response.content.decode()
    assert "Why?" in response.content.decode()


def test_the_second_to_answer_sees_the_first_answer(asked, signed_in):
    owner = signed_in("owner")
    seen = owner.get(f"{asked}answer/").context["version"]
    owner.post(f"{asked}answer/", {"text": "First answer", "seen": seen})
    late = owner.post(f"{asked}answer/", {"text": "Second answer", "seen": seen})
    assert late.status_code == 409
    assert "First answer" in late.content.decode()
    assert "Second answer" in late.content.decode()


def test_withdrawing_a_question_needs_a_reason_and_keeps_it(asked, signed_in, later):
    client = signed_in("monitor")
    assert client.post(f"{asked}withdraw/", {"confirm": "on"}).status_code == 422
    client.post(f"{asked}withdraw/", {"reason": "Answered elsewhere", "confirm": "on"})
    assert list_challenges(as_of=later)[0].state == "withdrawn"
    assert "Answered elsewhere" in client.get(asked).content.decode()


def test_the_list_shows_open_questions_the_late_ones_first(asked, lamp, cast, at, signed_in):
    work.put_challenge(recommendation=TWO, question="And searches?", by=cast["member"], at=at)
    client = signed_in("member")
    lines = client.get("/questions/").context["page"].rows
    assert [line.question.question for line in lines] == [
        "What changed for families?",
        "And searches?",
    ]
    assert all(line.question.state == "open" for line in lines)
    owned = client.get("/questions/", {"owner": "team:learning"}).context["page"]
    assert owned.total == 1
    assert client.get("/questions/", {"answered": "settled"}).context["page"].total == 0
    assert client.get("/questions/", {"answered": ""}).context["page"].total == 2
    assert signed_in("association").get("/questions/").context["page"].total == 0


def _plan(**changes):
    sent = {
        "title": "Joint training days",
        "description": "With two other services",
        "lead": "team:learning",
        "starts": "2026-01-10",
        "due_on": "2026-02-20",
        "uncovered": "The part on detectives",
    }
    return sent | changes


@pytest.fixture
def action(lamp, signed_in, later):
    assert signed_in("secretariat").post(f"{PAGE}action/", _plan(also=[TWO])).status_code == 302
    return f"/actions/{list_actions(as_of=later)[0].ref}/"


def test_an_action_is_planned_for_two_and_says_what_it_leaves(action, signed_in, later):
    [row] = list_actions(as_of=later)
    assert [(each.item, each.uncovered) for each in row.covers] == [
        (ONE, "The part on detectives"),
        (TWO, ""),
    ]
    text = signed_in("member").get(action).content.decode()
    assert "Left to others: The part on detectives" in text
    assert "In full" in text
    assert "Joint training days" in signed_in("member").get(PAGE).content.decode()


def test_an_action_is_started_finished_resumed_and_dropped_with_reasons(action, signed_in, later):
    client = signed_in("owner")
    steps = [
        ("start", "", "under_way"),
        ("finish", "Held in March", "done"),
        ("resume", "A second round", "under_way"),
        ("drop", "No money", "dropped"),
    ]
    for verb, reason, state in steps:
        if reason:
            assert client.post(f"{action}{verb}/", {"reason": " "}).status_code == 422
        assert client.post(f"{action}{verb}/", {"reason": reason}).status_code == 302
        assert list_actions(as_of=later)[0].state == state
    assert "No money" in client.get(action).content.decode()
    assert client.post(f"{action}finish/", {"reason": "x"}).status_code == 403
    assert client.get(f"{action}vanish/").status_code == 404


def test_what_an_action_covers_is_said_again_and_the_second_editor_sees_it(
    action, signed_in, later
):
    client = signed_in("secretariat")
    form = client.get(f"{action}cover/", {"item": ONE})
    assert "The part on detectives" in form.content.decode()
    seen = form.context["version"]
    sent = {"recommendation": ONE, "uncovered": "Nothing but rural stations", "seen": seen}
    assert client.post(f"{action}cover/", sent).status_code == 302
    assert list_actions(as_of=later)[0].covers[0].uncovered == "Nothing but rural stations"
    late = client.post(f"{action}cover/", sent | {"uncovered": "Other"})
    assert late.status_code == 409
    assert "rural stations" in late.content.decode()


@pytest.mark.parametrize("name", ["member", "analyst", "monitor", "panel"])
def test_who_may_not_run_actions_is_not_offered_to_and_is_refused(name, action, signed_in):
    client, size = signed_in(name), get_head().size
    page = client.get(action).content.decode()
    assert f'href="{action}start/"' not in page
    for address in (f"{PAGE}action/", f"{action}start/", f"{action}cover/"):
        assert client.post(address, _plan(recommendation=ONE)).status_code == 403
    assert get_head().size == size


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title": ""}, "in a few words"),
        ({"lead": ""}, "Choose one"),
        ({"due_on": "2025-01-01"}, "cannot end before it starts"),
        ({"also": ["other/1"]}, "Select a valid choice"),
    ],
)
def test_an_action_that_is_not_right_is_told_on_the_form(changes, told, lamp, signed_in):
    size = get_head().size
    response = signed_in("secretariat").post(f"{PAGE}action/", _plan(**changes))
    assert response.status_code == 422
    assert told in response.content.decode()
    assert "With two other services" in response.content.decode()
    assert get_head().size == size


def test_the_list_of_actions_shows_those_whose_items_one_reaches(action, signed_in):
    page = signed_in("member").get("/actions/").context["page"]
    assert page.total == 1
    assert page.rows[0].late
    assert signed_in("association").get("/actions/").context["page"].total == 0
    assert signed_in("association").get(action).status_code == 403
    assert signed_in("member").get("/actions/", {"stage": "done"}).context["page"].total == 0
