"""The life of a paper: written, issued by a decision, corrected beside, never overwritten."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pdfplumber
import pytest
from django.db import connection

from evenhand.core import Refused, UsageProblem
from evenhand.publication.papers import STANDING, Paper, render_file, render_pdf
from evenhand.publication.papers.word import render_word
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.meetings import services
from evenhand.web.meetings.choices import PaperKind
from evenhand.web.meetings.drafting import compose
from evenhand.web.meetings.plans import PaperPlan
from evenhand.web.meetings.queries import get_paper, get_snapshot, list_versions

AUTHORITY = "body:fenmarsh-authority"
WRITTEN = {
    "equality": "Every strand is touched.",
    "financial": "None.",
    "legal": "None.",
    "risk": "That nothing changes.",
    "contact": "The secretariat.",
}


@pytest.fixture
def meeting(lamp, keeper, at):
    on = day_of(at) + timedelta(30)
    return services.plan_meeting(title="Board", body=AUTHORITY, on=on, by=keeper, at=at)


@pytest.fixture
def snapshot(keeper, at):
    return get_snapshot(services.take_snapshot(title="Spring", by=keeper, at=at).ref)


@pytest.fixture
def begin(meeting, snapshot, keeper, at):
    def begun(kind: PaperKind, publication: str = "") -> str:
        plan = PaperPlan(kind, "How things stand", meeting.ref, snapshot.ref, publication)
        return services.begin_paper(plan=plan, by=keeper, at=at).ref

    return begun


def _write(paper: str, keeper, at) -> None:
    for section, text in WRITTEN.items():
        services.edit_section(paper=paper, section=section, text=text, by=keeper, at=at)


def _compose(ref: str, at) -> Paper:
    now = AsOf.now(at)
    return compose(get_paper(ref, as_of=now), list_versions(ref, as_of=now)[-1], as_of=now)


def test_a_paper_is_not_issued_before_every_standing_section_says_something(begin, keeper, at):
    ref = begin(PaperKind.PROGRESS)
    with pytest.raises(Refused, match="“Financial implications” says nothing"):
        services.issue_paper(paper=ref, decision="For the board", by=keeper, at=at)
    _write(ref, keeper, at)
    with pytest.raises(UsageProblem, match="by a decision"):
        services.issue_paper(paper=ref, decision=" ", by=keeper, at=at)
    services.issue_paper(paper=ref, decision="For the board", by=keeper, at=at)
    [version] = list_versions(ref, as_of=AsOf.now(at))
    assert version.issue is not None
    assert [s.key for s in version.issue.paper.sections] == [
        each.key for each in STANDING if each.key != "background"
    ]


def test_a_figure_that_the_snapshot_lacks_cannot_be_named(begin, keeper, at):
    ref = begin(PaperKind.PROGRESS)
    _write(ref, keeper, at)
    services.edit_section(paper=ref, section="risk", text="{{all.wishes}}", by=keeper, at=at)
    with pytest.raises(Refused, match=r"no figure “all\.wishes”"):
        services.issue_paper(paper=ref, decision="For the board", by=keeper, at=at)


def test_a_register_rewritten_behind_the_snapshot_stops_the_issue(begin, snapshot, keeper, at):
    ref = begin(PaperKind.PROGRESS)
    _write(ref, keeper, at)
    if connection.vendor != "sqlite":
        pytest.skip("needs SQLite: the trigger is dropped as an intruder would")
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER register_duty_no_delete")
        cursor.execute("DELETE FROM register_duty")
    with pytest.raises(Refused, match="does not give the numbers of the snapshot"):
        services.issue_paper(paper=ref, decision="For the board", by=keeper, at=at)


@pytest.fixture
def issued(begin, keeper, at):
    ref = begin(PaperKind.PROGRESS)
    _write(ref, keeper, at)
    services.issue_paper(paper=ref, decision="For the board", by=keeper, at=at)
    return ref


def test_an_issued_text_is_edited_by_nobody(issued, keeper, at):
    with pytest.raises(Refused, match="cannot follow"):
        services.edit_section(paper=issued, section="risk", text="None", by=keeper, at=at)


def test_a_correction_is_a_further_version_and_the_first_stays_as_it_was(issued, keeper, at):
    now = AsOf.now(at)
    before = list_versions(issued, as_of=now)[0].issue.content
    services.correct_paper(
        paper=issued, changed="The risk.", why="It was left out.", by=keeper, at=at
    )
    assert get_paper(issued, as_of=now).state == "correcting"
    services.edit_section(paper=issued, section="risk", text="A great one.", by=keeper, at=at)
    services.issue_paper(paper=issued, decision="As corrected", by=keeper, at=at)
    first, second = list_versions(issued, as_of=now)
    assert first.issue.content == before
    correction = second.issue.paper.correction
    assert (correction.of_version, correction.changed) == (1, "The risk.")
    assert "It was left out." in render_file(second.issue.paper)
    assert "A great one." not in render_file(first.issue.paper)


@pytest.mark.parametrize(("changed", "why"), [("", "y"), ("x", " ")])
def test_a_correction_says_what_and_why(issued, changed, why, keeper, at):
    with pytest.raises(UsageProblem, match="what changes, and why"):
        services.correct_paper(paper=issued, changed=changed, why=why, by=keeper, at=at)


def test_a_correction_given_up_leaves_the_issued_version(issued, keeper, at):
    services.correct_paper(paper=issued, changed="x", why="y", by=keeper, at=at)
    services.edit_section(paper=issued, section="risk", text="Wrong.", by=keeper, at=at)
    services.abandon_paper(paper=issued, reason="It was right.", by=keeper, at=at)
    assert get_paper(issued, as_of=AsOf.now(at)).state == "issued"
    services.correct_paper(paper=issued, changed="x", why="y", by=keeper, at=at)
    assert "Wrong." not in render_file(_compose(issued, at))
    assert [v.number for v in list_versions(issued, as_of=AsOf.now(at))] == [1, 2, 3]


def test_an_issued_paper_can_be_set_in_all_three_forms(issued, at):
    paper = list_versions(issued, as_of=AsOf.now(at))[0].issue.paper
    with pdfplumber.open(io.BytesIO(render_pdf(paper))) as pdf:
        last = re.sub(r"\s", "", pdf.pages[-1].extract_text())
    assert paper.ledger.root in last
    assert f"{paper.ledger.size:,}" in last
    assert render_word(paper).startswith(b"PK")


def test_the_database_keeps_an_issued_text(issued):
    from django.db.utils import DatabaseError

    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_paperissue SET content = 'another'")


def test_a_paper_about_one_report_names_it_and_no_other_does(begin):
    with pytest.raises(UsageProblem, match="names the report"):
        begin(PaperKind.ITEMS)
    with pytest.raises(UsageProblem, match="names the report"):
        begin(PaperKind.PROGRESS, "lamp-2020")


def test_words_that_the_law_has_erased_go_from_the_papers_that_print_them(
    lamp, begin, owner, admin, keeper, signed_in, at
):
    from evenhand.web.ledger.models import Event
    from evenhand.web.meetings.models import PaperIssue
    from evenhand.web.work import services as work
    from evenhand.web.work.choices import ErasureGround

    said = 'Sergeant Zebedee Madeup "trained" forty people.'
    work.post_update(
        recommendation="lamp-2020/1",
        as_at=day_of(at),
        progress=said,
        challenges="",
        next_steps="",
        by=owner,
        at=at,
    )
    event = Event.objects.filter(kind="update.posted").latest("sequence").sequence
    later = at + timedelta(minutes=1)
    taken = services.take_snapshot(title="With the name", by=keeper, at=later).ref
    meeting = get_paper(begin(PaperKind.PROGRESS), as_of=AsOf.now(at)).meeting
    issued = {}
    for kind, report in ((PaperKind.ITEMS, "lamp-2020"), (PaperKind.PROGRESS, "")):
        plan = PaperPlan(kind, "Told", meeting, taken, report)
        ref = issued[kind] = services.begin_paper(plan=plan, by=keeper, at=later).ref
        _write(ref, keeper, later)
        services.issue_paper(paper=ref, decision="Sent", by=keeper, at=later)
    assert PaperIssue.objects.filter(content__contains="Zebedee").count() == 1
    work.erase_words(event=event, ground=ErasureGround.ASKED, by=admin, at=later)
    assert not PaperIssue.objects.filter(content__contains="Zebedee").exists()
    read = signed_in("member").get(f"/papers/{issued[PaperKind.ITEMS]}/1/")
    assert read.status_code == 404
    assert "erased as the law requires" in read.content.decode()
    other = signed_in("member").get(f"/papers/{issued[PaperKind.PROGRESS]}/1/")
    assert other.status_code == 200
