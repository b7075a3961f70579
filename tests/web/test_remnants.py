"""Words erased by law that stand in copies already given out: found, owed, shown, put right."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.accountability.exceptions import ExceptionKind
from evenhand.accountability.owed import MatterKind, list_owed
from evenhand.accountability.remnants import Place, Step
from evenhand.core import Refused, UsageProblem
from evenhand.web.accounts.queries import get_actor
from evenhand.web.accounts.services import erase_name, record_party
from evenhand.web.digests.gathering import gather_matters
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.judgement import services as judgement
from evenhand.web.judgement.twins import Twin
from evenhand.web.ledger.models import Event
from evenhand.web.ledger.queries import list_bodies, list_history
from evenhand.web.meetings import services as meetings
from evenhand.web.meetings.choices import PaperKind
from evenhand.web.meetings.plans import PaperPlan
from evenhand.web.register.queries import get_item
from evenhand.web.releases.attached import list_attached
from evenhand.web.releases.gathering import Asked, gather, list_words, view_at
from evenhand.web.releases.kept import SHELF
from evenhand.web.releases.queries.frozen import get_release
from evenhand.web.releases.services import withdraw_release
from evenhand.web.remnants.queries import list_remnants
from evenhand.web.remnants.services import dismiss_remnant
from evenhand.web.work import services as work
from evenhand.web.work.choices import ErasureGround
from evenhand.web.work.queries import list_item_exceptions

from .judging import draft
from .publishing import list_addresses, make_publisher

ONE, TWO = "lamp-2020/1", "lamp-2020/2"
NAME = "Zebedee Madeup"
WORDS = f"{NAME} trained every sergeant."
PAGE = reverse("public:record", args=[ONE])


@pytest.fixture(autouse=True)
def _fresh_shelf():
    """Pages of another test’s database are not kept."""
    SHELF.__init__()  # type: ignore[misc]


@pytest.fixture
def publish(lamp, keeper, member, at):
    return make_publisher(keeper, member, at)


@pytest.fixture
def person(keeper, at) -> str:
    return record_party(kind="person", name=NAME, by=keeper, at=at).subject


@pytest.fixture
def said(lamp, owner, publish, at) -> int:
    """An update that names somebody, released; the event of the update."""
    posted = work.post_update(recommendation=ONE, as_at=day_of(at), progress=WORDS, by=owner, at=at)
    publish(asked=asking(at + timedelta(1)), at=at + timedelta(1))
    return posted.event_id


def asking(at) -> Asked:
    """One recommendation with every word about it."""
    view = view_at(at)
    rows = [each.row for each in gather(Asked(recommendations=(ONE,)), as_of=view)]
    words = frozenset(each.id for each in list_words(rows, as_of=view))
    files = frozenset(each.id for each in list_attached(rows, as_of=view))
    return Asked(recommendations=(ONE,), words=words, files=files)


def erase(event, admin, at) -> None:
    work.erase_words(event=event, ground=ErasureGround.ASKED, by=admin, at=at)


def found(at) -> list[tuple[Place, str, Step]]:
    rows = list_remnants(as_of=AsOf.now(at))
    return [(row.place, row.title, row.step) for row in rows]


def kinds(at) -> set[ExceptionKind]:
    view = AsOf.now(at)
    return {each.kind for each in list_item_exceptions([get_item(ONE, as_of=view)], as_of=view)}


def owed_by(user, at) -> list[str]:
    view = AsOf.now(at)
    rows = list_owed(get_actor(user, at=at), gather_matters(as_of=view), on=view.on)
    return [each.matter.title for each in rows if each.matter.kind is MatterKind.CLEAR]


def test_erased_words_that_were_released_are_found_owed_and_an_exception(
    said, keeper, owner, admin, at
):
    now = at + timedelta(2)
    assert found(now) == []
    erase(said, admin, now)
    assert found(now) == [(Place.RECORD, f"{ONE}, release 1", Step.WITHDRAW)]
    assert WORDS in Client().get(PAGE).content.decode(), "a copy is not changed in secret"
    assert kinds(now) >= {ExceptionKind.ERASED_PUBLIC}
    assert owed_by(keeper, now) == [f"{ONE}, release 1"]
    assert owed_by(owner, now) == []
    assert owed_by(admin, now) == []


def test_no_trace_of_the_words_is_kept_in_what_says_where_they_stand(said, admin, at):
    erase(said, admin, at + timedelta(2))
    bodies = b"".join(list_bodies())
    assert NAME.encode() not in bodies
    kept = list_remnants(as_of=AsOf.now(at + timedelta(2)))
    assert NAME not in repr(kept)


def test_a_withdrawal_ends_the_exception_and_leaves_the_copy_to_an_administrator(
    said, keeper, admin, at
):
    erase(said, admin, at + timedelta(2))
    now = at + timedelta(3)
    [row] = list_remnants(as_of=AsOf.now(now))
    withdraw_release(
        release=row.copy.release, reason="Erased.", recommendations=[ONE], by=keeper, at=now
    )
    assert found(now) == [(Place.RECORD, f"{ONE}, release 1", Step.ERASE)]
    assert ExceptionKind.ERASED_PUBLIC not in kinds(now)
    assert owed_by(keeper, now) == []
    assert owed_by(admin, now) == [f"{ONE}, release 1"]
    erase(row.copy.event, admin, now)
    assert found(now) == [(Place.RECORD, f"{ONE}, release 1", Step.NOTHING)]
    assert owed_by(admin, now) == []
    past = AsOf.end_of(day_of(at + timedelta(2)), at=now)
    assert [each.step for each in list_remnants(as_of=past)] == [Step.WITHDRAW]


def test_a_release_without_the_words_ends_it_too(said, publish, keeper, admin, at):
    erase(said, admin, at + timedelta(2))
    now = at + timedelta(3)
    publish(asked=asking(now), at=now)
    page = Client().get(PAGE)
    assert (page.status_code, NAME in page.content.decode()) == (200, False)
    assert [step for _, _, step in found(now + timedelta(1))] == [Step.ERASE]
    erase(get_release(1).event, admin, now + timedelta(1))
    assert Client().get(PAGE).status_code == 200, "what replaced it still stands"
    assert [step for _, _, step in found(now + timedelta(1))] == [Step.NOTHING]


def test_a_name_is_found_in_statements_words_and_text_files_of_releases(
    person, owner, analyst, keeper, admin, publish, at
):
    offered = work.offer_evidence(
        recommendation=ONE, title="T", draft=draft(day_of(at)), by=owner, at=at
    )
    twin = Twin(f"Shown by {NAME.upper()}, twice.".encode(), "a.txt", "text/plain", "Some.")
    ref = judgement.prepare_redaction(evidence=offered.ref, twin=twin, by=analyst, at=at)
    judgement.review_redaction(redaction=ref, verb="pass", by=keeper, at=at)
    work.post_update(recommendation=ONE, as_at=day_of(at), progress=WORDS, by=owner, at=at)
    work.post_update(recommendation=TWO, as_at=day_of(at), progress="No.", by=keeper, at=at)
    now = at + timedelta(1)
    publish(asked=asking(now), at=now, statement=f"{NAME} asked for it.")
    later = at + timedelta(2)
    erase_name(person=person, reason=f"{NAME} asked.", by=admin, at=later)
    assert {(place, step) for place, _, step in found(later)} == {
        (Place.RECORD, Step.WITHDRAW),
        (Place.FILE, Step.WITHDRAW),
        (Place.RELEASE, Step.WITHDRAW),
    }
    assert NAME.encode() not in b"".join(list_bodies())
    [row] = [e for e in list_remnants(as_of=AsOf.now(later)) if e.place is Place.RELEASE]
    gone = later + timedelta(1)
    withdraw_release(release=row.copy.release, reason="Erased.", by=keeper, at=gone)
    assert {step for _, _, step in found(gone)} == {Step.ERASE}
    erase(row.copy.event, admin, gone)
    assert {step for _, _, step in found(gone)} == {Step.NOTHING}
    whole = b"".join(Client().get(each).content for each in list_addresses())
    assert NAME.encode() not in whole


@pytest.fixture
def issued(lamp, keeper, at) -> str:
    """A board paper that names somebody, issued; its reference."""
    authority, on = "body:fenmarsh-authority", day_of(at) + timedelta(30)
    meeting = meetings.plan_meeting(title="Board", body=authority, on=on, by=keeper, at=at)
    taken = meetings.take_snapshot(title="Spring", by=keeper, at=at)
    plan = PaperPlan(PaperKind.PROGRESS, "How things stand", meeting.ref, taken.ref)
    paper = meetings.begin_paper(plan=plan, by=keeper, at=at).ref
    write(paper, keeper, at, contact=f"{NAME}, secretariat.")
    meetings.issue_paper(paper=paper, decision="To note.", by=keeper, at=at)
    return paper


def write(paper, keeper, at, **texts) -> None:
    usual = dict.fromkeys(("equality", "financial", "legal", "risk", "contact"), "None.")
    for section, text in (usual | texts).items():
        meetings.edit_section(paper=paper, section=section, text=text, by=keeper, at=at)


def test_a_name_printed_in_an_issued_paper_is_found_and_a_correction_is_owed(
    person, issued, keeper, admin, at
):
    now = at + timedelta(1)
    erase_name(person=person, reason="Asked.", by=admin, at=now)
    title = "How things stand, version 1"
    assert found(now) == [(Place.PAPER, title, Step.CORRECT)]
    assert owed_by(keeper, now) == [title]
    taken = meetings.take_snapshot(title="Later", by=keeper, at=now)
    meetings.correct_paper(
        paper=issued, snapshot=taken.ref, changed="Who to ask.", why="By law.", by=keeper, at=now
    )
    write(issued, keeper, now, contact="The secretariat.")
    meetings.issue_paper(paper=issued, decision="To note.", by=keeper, at=now)
    assert found(now) == [(Place.PAPER, title, Step.ERASE)]
    [row] = list_remnants(as_of=AsOf.now(now))
    erase(row.copy.event, admin, now)
    assert found(now) == [(Place.PAPER, title, Step.NOTHING)]


def test_a_short_name_inside_a_longer_word_is_no_match_and_another_person_is_dismissed(
    lamp, owner, keeper, member, admin, publish, at
):
    ann = record_party(kind="person", name="Ann Lee", by=keeper, at=at).subject
    for words in ("Joann Leeds told it.", "Told by Ann Lee of another town."):
        work.post_update(recommendation=ONE, as_at=day_of(at), progress=words, by=owner, at=at)
    publish(asked=asking(at + timedelta(1)), at=at + timedelta(1))
    now = at + timedelta(2)
    erase_name(person=ann, reason="Asked.", by=admin, at=now)
    [row] = list_remnants(as_of=AsOf.now(now))
    with pytest.raises(Refused):
        dismiss_remnant(remnant=row.ref, reason="Another.", by=member, at=now)
    with pytest.raises(UsageProblem, match="say why"):
        dismiss_remnant(remnant=row.ref, reason=" ", by=keeper, at=now)
    dismiss_remnant(remnant=row.ref, reason="Another person of that name.", by=keeper, at=now)
    [row] = list_remnants(as_of=AsOf.now(now))
    assert (row.step, row.reason) == (Step.NOTHING, "Another person of that name.")
    with pytest.raises(Refused):
        dismiss_remnant(remnant=row.ref, reason="Again.", by=keeper, at=now)
    history = [each.kind for each in list_history(row.subject)]
    assert history == ["remnant.dismissed"]


def test_the_page_lists_what_is_due_with_the_way_to_do_it_for_who_may(said, admin, signed_in, at):
    erase(said, admin, at + timedelta(2))
    address = reverse("remnants:list")
    keeper = signed_in("secretariat").get(address).content.decode()
    assert f"{ONE}, release 1" in keeper
    assert "/withdraw/" in keeper
    assert reverse("releases:propose") in keeper
    member = signed_in("member").get(address).content.decode()
    assert "For others to do" in member
    assert NAME not in keeper + member
    [row] = list_remnants(as_of=AsOf.now(at + timedelta(2)))
    form = reverse("remnants:dismiss", args=[row.ref])
    done = signed_in("secretariat").post(form, {"reason": "Another."}, follow=True)
    assert "No copy that was given out" in done.content.decode()
    assert "no match" in done.content.decode()


def test_an_erasure_that_nothing_carries_leaves_nothing_to_do(lamp, owner, admin, publish, at):
    posted = work.post_update(
        recommendation=ONE, as_at=date(2026, 3, 1), progress=WORDS, by=owner, at=at
    )
    publish(at=at + timedelta(1))
    erase(posted.event_id, admin, at + timedelta(2))
    assert found(at + timedelta(2)) == []
    assert Event.objects.filter(kind="words.erased").count() == 1
