"""Pages of meetings: what each shows, and that a person can get from asking to reading."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from evenhand.web.demo.meetings import letterhead
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.meetings.queries import (
    list_commissions,
    list_meetings,
    list_papers,
    list_snapshots,
)

AUTHORITY = "body:fenmarsh-authority"


@pytest.fixture
def real_now(lamp):
    from django.utils import timezone

    return timezone.now()


def test_from_a_question_of_members_to_a_corrected_paper(lamp, signed_in, real_now):
    desk, member = signed_in("secretariat"), signed_in("member")
    now = AsOf.now(real_now)
    on = (day_of(real_now) + timedelta(30)).isoformat()
    planned = {"title": "Board", "body": AUTHORITY, "on": on}
    assert desk.post("/meetings/plan/", planned).status_code == 302
    [meeting] = list_meetings(as_of=now)
    wanted = {
        "title": "Training",
        "question": "Who was trained?",
        "asked_of": "team:learning",
        "meeting": meeting.ref,
    }
    page = member.post("/commissions/new/", wanted, follow=True)
    assert "Who was trained?" in page.content.decode()
    [asked] = list_commissions(as_of=now)
    desk.post("/snapshots/take/", {"title": "June board"})
    [snapshot] = list_snapshots(as_of=now)
    begun = {
        "kind": "plain",
        "title": "Training so far",
        "meeting": meeting.ref,
        "snapshot": snapshot.ref,
        "commission": asked.ref,
    }
    page = desk.post("/papers/new/", begun, follow=True).content.decode()
    assert page.count("To be written") == 7
    [paper] = list_papers(as_of=now)
    base = f"/papers/{paper.ref}/"
    for section in re.findall(rf'href="{base}sections/(\w+)/"', page):
        said = {"text": "Of {{all.items}} items, none. See page 12."}
        assert desk.post(f"{base}sections/{section}/", said).status_code == 302
    issuing = desk.get(f"{base}issue/").content.decode()
    assert "typed by hand" in issuing
    assert ">12<" in issuing or "answer: 12." in issuing
    assert member.get(base).status_code == 403
    assert desk.post(f"{base}issue/", {"decision": "For the board"}).status_code == 302
    read = member.get(f"{base}1/").content.decode()
    assert 'figures/all.items/"><data value="4">4</data></a>' in read
    assert "Asked for by members" in read
    changed = {"changed": "The page.", "why": "It was another."}
    assert desk.post(f"{base}correct/", changed).status_code == 302
    desk.post(f"{base}sections/risk/", {"text": "See page 13."})
    assert "Not issued" in desk.get(f"{base}2/").content.decode()
    assert member.get(f"{base}2/").status_code == 403
    desk.post(f"{base}issue/", {"decision": "As corrected"})
    beside = member.get(f"{base}compare/").content.decode()
    assert "See page 13." in beside
    assert "Differs" in beside
    assert "See page 12" in member.get(f"{base}1/").content.decode()
    accepted = member.post(f"/commissions/{asked.ref}/accept/", follow=True).content.decode()
    assert "Accepted" in accepted


def test_a_figure_opens_down_to_what_was_counted(lamp, keeper, signed_in, at):
    from evenhand.web.meetings import services

    ref = services.take_snapshot(title="June", by=keeper, at=at).ref
    page = signed_in("analyst").get(f"/snapshots/{ref}/figures/lamp-2020.unreported/")
    text = page.content.decode()
    assert page.context["again"] == page.context["count"].value == 4
    assert "gives the same number" in text
    assert text.count("Lamp report, ") == 4
    zero = signed_in("analyst").get(f"/snapshots/{ref}/figures/all.questions.open/")
    assert "a true zero" in zero.content.decode()
    assert signed_in("analyst").get(f"/snapshots/{ref}/figures/no.such/").status_code == 404


def test_three_forms_are_taken_out_and_no_other(small_demo, signed_in, at):
    issued = [row for row in list_papers(as_of=AsOf.now(at)) if row.state == "issued"]
    base = f"/papers/{issued[0].ref}/1/paper"
    client = signed_in("member")
    starts = {"html": b"<!doctype html>", "docx": b"PK", "pdf": b"%PDF"}
    for kind, start in starts.items():
        response = client.get(f"{base}.{kind}")
        assert response.content.startswith(start)
        assert response["Content-Disposition"].startswith("attachment")
    word = Document(io.BytesIO(client.get(f"{base}.docx").content))
    assert word.sections[0].header.paragraphs[0].text.startswith("FENMARSH POLICE AUTHORITY")
    assert client.get(f"{base}.exe").status_code == 404
    assert signed_in("association").get(f"{base}.pdf").status_code == 403


def test_the_demo_shows_a_year_of_meetings_with_a_late_report_and_a_correction(
    small_demo, signed_in, at
):
    now = AsOf.now(at)
    states = [row.state for row in list_meetings(as_of=now)]
    assert states == ["minuted", "minuted", "minuted", "held", "planned", "planned"]
    assert {row.state for row in list_commissions(as_of=now)} >= {"accepted", "delivered"}
    late = signed_in("member").get("/meetings/late/", {"as_of": day_of(at).isoformat()})
    assert [row.title for row, _, _ in late.context["lines"]] == [
        "Outcomes of misconduct cases by group"
    ]
    client = signed_in("member")
    texts = [client.get(f"/papers/{row.ref}/").content.decode() for row in list_papers(as_of=now)]
    assert sum("side by side" in text for text in texts) == 1
    assert "What is before you" in client.get("/meetings/members/").content.decode()
    held = [row for row in list_meetings(as_of=now) if row.state == "minuted"][1]
    page = client.get(f"/meetings/{held.ref}/").content.decode()
    assert "in one year, not in two" in page
    assert "Corrects" in page


def test_an_empty_list_says_what_to_do(cast, signed_in):
    keeper = signed_in("secretariat").get("/meetings/").content.decode()
    assert "Plan the first" in keeper
    assert "secretariat plans meetings" in signed_in("owner").get("/meetings/").content.decode()
    assert "None has been taken yet" in signed_in("owner").get("/snapshots/").content.decode()
    member = signed_in("member").get("/commissions/new/").content.decode()
    assert "No meeting is planned" in member


def test_what_cannot_be_accepted_is_told_on_the_form_with_what_was_typed(lamp, signed_in):
    desk = signed_in("secretariat")
    past = {"title": "Kept words", "body": AUTHORITY, "on": "2001-01-01"}
    response = desk.post("/meetings/plan/", past)
    text = response.content.decode()
    assert response.status_code == 422
    assert "planned for a day to come" in text
    assert "Kept words" in text


def test_the_second_editor_of_a_section_sees_what_the_first_changed(small_demo, signed_in, at):
    draft = next(row for row in list_papers(as_of=AsOf.now(at)) if row.state == "draft")
    desk = signed_in("secretariat")
    address = f"/papers/{draft.ref}/sections/risk/"
    seen = desk.get(address).context["seen_version"]
    assert desk.post(address, {"text": "First.", "seen": seen}).status_code == 302
    assert desk.post(address, {"text": "Second.", "seen": seen}).status_code == 409


def test_a_template_that_is_no_word_file_is_told_on_the_form(lamp, signed_in):
    desk = signed_in("secretariat")
    wrong = SimpleUploadedFile("a.docx", b"not a file")
    response = desk.post("/meetings/template/", {"body": AUTHORITY, "file": wrong})
    assert response.status_code == 422
    assert "not a Word file" in response.content.decode()
    right = SimpleUploadedFile("a.docx", letterhead())
    sent = {"body": AUTHORITY, "file": right}
    assert desk.post("/meetings/template/", sent).status_code == 302


def test_a_paper_prints_without_a_style_that_the_pages_policy_would_refuse(
    small_demo, signed_in, at
):
    rows = [row for row in list_papers(as_of=AsOf.now(at)) if row.kind == "progress"]
    issued = next(row for row in rows if row.state == "issued")
    page = signed_in("member").get(f"/papers/{issued.ref}/1/").content.decode()
    assert "<svg" in page
    assert "<style" not in page
    assert " style=" not in page


def test_a_reader_of_one_inquiry_sees_the_minutes_that_their_roles_reach(small_demo, signed_in, at):
    held = next(row for row in list_meetings(as_of=AsOf.now(at)) if row.state == "minuted")
    whole = signed_in("member").get(f"/meetings/{held.ref}/").content.decode()
    part = signed_in("association").get(f"/meetings/{held.ref}/").content.decode()
    assert "What was decided" in whole
    assert "What was decided" not in part
    assert "What was said" in part


def test_a_question_asked_at_a_meeting_is_seen_answered_there(lamp, cast, signed_in, at):
    from evenhand.web.meetings import services
    from evenhand.web.work.services import answer_challenge

    by = {"by": cast["secretariat"], "at": at}
    meeting = services.plan_meeting(title="Board", body=AUTHORITY, on=day_of(at), **by).ref
    item = services.add_agenda_item(meeting=meeting, title="Progress", **by).ref
    services.hold_meeting(meeting=meeting, **by)
    asked = services.ask_at_meeting(
        item=item,
        recommendation="lamp-2020/1",
        question="What changed?",
        by=cast["member"],
        at=at,
    )
    page = signed_in("member").get(f"/meetings/{meeting}/").content.decode()
    assert "Open</span>" in page
    answer_challenge(
        challenge=asked.challenge_id, text="All sergeants were trained.", by=cast["owner"], at=at
    )
    page = signed_in("member").get(f"/meetings/{meeting}/").content.decode()
    assert "Answered</span>" in page
    assert "All sergeants were trained." in page
