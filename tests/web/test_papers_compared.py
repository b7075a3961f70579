"""What a paper says of the time since the last board: what closed, lapsed, opened again, moved."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from docx import Document
from pypdf import PdfReader

from evenhand.core import UsageProblem
from evenhand.publication.papers import Grid, Paper, plain, render_file, render_pdf
from evenhand.publication.papers.model import words_of
from evenhand.publication.papers.word import render_word
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.judgement import services as judgement
from evenhand.web.judgement.writing.lapses import lapse_verdicts
from evenhand.web.meetings import services
from evenhand.web.meetings.choices import PaperKind
from evenhand.web.meetings.drafting import compose
from evenhand.web.meetings.drafting.changes import write_changes
from evenhand.web.meetings.drafting.compose import agrees
from evenhand.web.meetings.drafting.judged import OUTCOMES, STANDINGS, write_judged
from evenhand.web.meetings.drafting.material import Material
from evenhand.web.meetings.drafting.measured import write_measured
from evenhand.web.meetings.frozen import Frozen, digest_of, read_content
from evenhand.web.meetings.judged import CRITERIA, VERDICTS
from evenhand.web.meetings.plans import NOTHING, PaperPlan
from evenhand.web.meetings.queries import get_paper, get_snapshot, list_versions
from evenhand.web.register import services as register

from .judging import ITEM, Case

AUTHORITY = "body:fenmarsh-authority"
SUBJECT = f"recommendation:{ITEM}"
JUDGED = {"verdict", "embedding", "criterion", "claims"}
WRITTEN = ("equality", "financial", "legal", "risk", "contact")


class Board:
    """The secretariat at its board: snapshots, and papers from them."""

    def __init__(self, case: Case) -> None:
        self.case = case
        on = case.on + timedelta(30)
        self.meeting = services.plan_meeting(
            title="Board", body=AUTHORITY, on=on, **case.by("secretariat")
        ).ref

    def snap(self, title: str) -> str:
        return services.take_snapshot(title=title, **self.case.by("secretariat")).ref

    def begin(self, snapshot: str, kind=PaperKind.PROGRESS, publication="", before="") -> str:
        plan = PaperPlan(kind, "Where we stand", self.meeting, snapshot, publication, before=before)
        return services.begin_paper(plan=plan, **self.case.by("secretariat")).ref

    def issue(self, paper: str) -> None:
        for section in WRITTEN:
            services.edit_section(
                paper=paper, section=section, text="None.", **self.case.by("secretariat")
            )
        services.issue_paper(paper=paper, decision="Sent.", **self.case.by("secretariat"))

    def version(self, paper: str):
        return list_versions(paper, as_of=self.case.view)[-1]

    def compose(self, paper: str) -> Paper:
        return compose(
            get_paper(paper, as_of=self.case.view), self.version(paper), as_of=self.case.view
        )


@pytest.fixture
def case(lamp, cast, at) -> Case:
    return Case(cast, at)


@pytest.fixture
def board(case) -> Board:
    return Board(case)


def told(paper: Paper) -> str:
    return "\n".join(plain(words) for block in paper.blocks() for words in words_of(block))


def figure(paper: Paper, key: str) -> float:
    [value] = {each.value for each in paper.figures() if each.key == key}
    return value


def grid(paper: Paper, caption: str) -> list[list[str]]:
    found = next(b for b in paper.blocks() if isinstance(b, Grid) and b.caption == caption)
    return [[plain(cell) for cell in row] for row in found.rows]


def test_a_first_paper_says_in_words_that_there_is_nothing_to_compare_with(board):
    paper = board.compose(board.begin(board.snap("First")))
    assert "so there is nothing to compare with" in told(paper)
    assert paper.ledger.before is None
    assert not [each for each in paper.figures() if each.key.startswith(("before", "came"))]


def test_what_was_closed_by_a_verdict_since_the_last_board_is_told_with_that_verdict(case, board):
    case.ready()
    first = board.begin(board.snap("Spring"))
    board.issue(first)
    case.vote("panel2").vote("panel3").vote("panel4").conclude()
    paper = board.compose(board.begin(board.snap("Summer")))
    assert figure(paper, "came.all.state.closed") == 1
    assert figure(paper, "before.all.state.closed") == 0
    assert figure(paper, "all.verdict.upheld") == figure(paper, "moved.all.claimed.closed") == 1
    assert figure(paper, "all.embedding.effect_seen") == 1
    [row] = grid(paper, "Newly closed, and by which verdict")
    assert row[0].startswith("Lamp report, 1")
    assert row[1:] == [
        "Effect seen: the agreed measure is met",
        f"{case.on.day} {case.on:%B %Y}",
        "Challenge panel",
    ]
    assert ["Claimed complete", "Closed", "1", "Lamp report: 1"] in grid(paper, "Items that moved")


def test_a_lapse_and_an_item_opened_again_are_told_with_their_reasons(case, board):
    case.decided()
    board.issue(board.begin(board.snap("Spring")))
    case.wait(60).record(70.0, low=66.0, high=74.0)
    lapse_verdicts(at=case.now)
    paper_ref = board.begin(board.snap("Summer"))
    paper = board.compose(paper_ref)
    [row] = grid(paper, "Verdicts that lapsed")
    assert "70 (66 to 74) per cent" in row[2]
    assert figure(paper, "came.all.verdict.lapsed") == figure(paper, "all.verdict.lapsed") == 1
    assert figure(paper, "left.all.criterion.met") == 1
    board.issue(paper_ref)
    judgement.reopen_item(recommendation=ITEM, reason="It slid back.", **case.by("member"))
    paper = board.compose(board.begin(board.snap("Autumn")))
    [row] = grid(paper, "Items opened again")
    assert row[2] == "It slid back."
    assert figure(paper, "left.all.state.closed") == 1


def test_what_fell_due_since_then_is_newly_overdue(case, board):
    register.set_due_date(
        recommendation=ITEM,
        due_on=case.on + timedelta(20),
        reason="As agreed.",
        **case.by("secretariat"),
    )
    board.issue(board.begin(board.snap("Spring")))
    case.wait(40)
    paper = board.compose(board.begin(board.snap("Summer")))
    assert figure(paper, "came.all.exception.overdue") == 1
    [row] = grid(paper, "Items newly overdue")
    assert row[0].startswith("Lamp report, 1")


def test_the_latest_figure_is_told_with_interval_denominator_month_and_whether_it_is_met(
    case, board
):
    case.agree().record(80.0, low=75.0, high=85.0, count=160, of=200, ends=case.on - timedelta(90))
    case.record(94.0, low=91.5, high=96.5, count=188, of=200)
    paper = board.compose(board.begin(board.snap("Spring")))
    [row] = grid(paper, "The latest figure of agreed measures")
    end = case.on - timedelta(20)
    assert row[1:] == [
        "at least 90 per cent, sustained for 6 months",
        "94 (91.5 to 96.5)",
        "188 of 200",
        f"{end:%B %Y}",
        "Met, for 0 of the 6 months agreed",
    ]
    assert figure(paper, f"measured.{ITEM}.{end.isoformat()}.low") == 91.5
    [picture] = [each for each in paper.pictures() if each.title == "Sergeants trained"]
    assert "80 in the earliest and 94 in the latest" in picture.alt
    assert [plain(row[1]) for row in picture.table.rows] == ["80 (75 to 85)", "94 (91.5 to 96.5)"]


def test_a_paper_on_one_report_says_of_each_item_how_others_judge_it(case, board):
    case.decided()
    paper = board.compose(board.begin(board.snap("Spring"), PaperKind.ITEMS, "lamp-2020"))
    said = [line for line in told(paper).splitlines() if line.startswith("Judged by others")]
    assert len(said) == 4
    assert "Upheld: “Action completed”" in said[0]
    assert said[0].endswith("stands; agreed measure “Sergeants trained”: met.")
    assert said[1].endswith("no panel has given a verdict; no criterion is agreed.")


def test_a_figure_that_was_corrected_later_does_not_change_the_paper(case, board):
    case.agree().record(80.0, low=75.0, high=85.0)
    paper = board.begin(board.snap("Spring"))
    before = board.compose(paper)
    case.record(99.0, low=98.0, high=99.9)
    assert board.compose(paper) == before
    board.issue(paper)


def test_both_snapshots_are_named_where_the_paper_says_how_to_check_it(case, board):
    board.issue(board.begin(board.snap("Spring")))
    case.agree()
    ref = board.begin(board.snap("Summer"))
    paper, version = board.compose(ref), board.version(ref)
    now, then = (get_snapshot(each) for each in (version.snapshot, version.before))
    html = render_file(paper)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(render_pdf(paper))).pages)
    word = "\n".join(p.text for p in Document(io.BytesIO(render_word(paper))).paragraphs)
    for form in (html, text, word):
        bare = "".join(form.split())
        assert now.root in bare
        assert then.root in bare
        assert "Spring" in form


def test_every_picture_of_a_compared_paper_has_words_in_all_three_forms(case, board):
    case.agree().record(80.0, ends=case.on - timedelta(90)).record(94.0)
    board.issue(board.begin(board.snap("Spring")))
    paper = board.compose(board.begin(board.snap("Summer")))
    assert len(paper.pictures()) == 3
    assert render_pdf(paper).startswith(b"%PDF")  # PDF/UA: a picture without words stops it
    document = Document(io.BytesIO(render_word(paper)))
    described = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert described == [each.alt for each in paper.pictures()]
    assert all("<title" in each.svg for each in paper.pictures())


def test_a_paper_on_one_report_is_compared_with_the_last_on_that_report(case, board):
    progress = board.snap("Progress")
    board.issue(board.begin(progress))
    spring = board.snap("Spring")
    board.issue(board.begin(spring, PaperKind.ITEMS, "lamp-2020"))
    board.issue(board.begin(board.snap("Between")))
    ref = board.begin(board.snap("Summer"), PaperKind.ITEMS, "lamp-2020")
    assert board.version(ref).before == spring
    assert figure(board.compose(ref), "before.lamp-2020.state.not_started") == 5 - 1


def test_without_an_issued_paper_it_is_the_snapshot_of_the_meeting_before(case, board):
    held = board.snap("For the meeting before")
    case.wait(31)
    services.hold_meeting(meeting=board.meeting, **case.by("secretariat"))
    case.wait(60)
    board.snap("After it")
    board.meeting = Board(case).meeting
    case.wait(1)
    assert board.version(board.begin(board.snap("Now"))).before == held


def test_the_secretariat_may_choose_another_snapshot_or_none(case, board):
    old = board.snap("Old")
    board.issue(board.begin(board.snap("Spring")))
    now = board.snap("Summer")
    assert board.version(board.begin(now, before=old)).before == old
    assert board.version(board.begin(now, before=NOTHING)).before == ""
    with pytest.raises(UsageProblem, match="taken before its own"):
        board.begin(old, before=now)


def test_a_correction_is_compared_with_what_its_version_was(case, board):
    board.issue(board.begin(board.snap("Spring")))
    ref = board.begin(board.snap("Summer"))
    board.issue(ref)
    first = board.version(ref)
    services.correct_paper(paper=ref, changed="x", why="y", **case.by("secretariat"))
    assert board.version(ref).before == first.before != ""


def test_prose_may_name_figures_of_the_earlier_snapshot_and_of_the_change(case, board):
    case.ready()
    board.issue(board.begin(board.snap("Spring")))
    case.vote("panel2").vote("panel3").vote("panel4").conclude()
    ref = board.begin(board.snap("Summer"))
    text = "Closed {{all.state.closed}}, {{before.all.state.closed}} before."
    services.edit_section(paper=ref, section="risk", text=text, **case.by("secretariat"))
    assert "Closed 1, 0 before." in told(board.compose(ref))


def test_each_kind_of_figure_leads_to_a_page_that_explains_it(case, board, signed_in):
    case.agree().record(94.0, low=91.5, high=96.5)
    board.issue(board.begin(board.snap("Spring")))
    case.show().claims()
    ref = board.begin(board.snap("Summer"))
    board.issue(ref)
    desk = signed_in("secretariat")
    page = desk.get(f"/papers/{ref}/1/").content.decode()
    version = board.version(ref)
    end = (case.on - timedelta(20)).isoformat()
    for address, says in (
        (f"/snapshots/{version.before}/figures/all.state.claimed/", "gives the same number"),
        (
            f"/snapshots/{version.snapshot}/figures/came.all.state.claimed/?since={version.before}",
            "Made of two snapshots",
        ),
        (
            f"/snapshots/{version.snapshot}/figures/measured.{ITEM}.{end}.value/",
            "gives the same number",
        ),
    ):
        assert f'href="{address}"' in page, address
        answer = desk.get(address)
        assert answer.status_code == 200
        assert says in answer.content.decode()
    lost = f"/snapshots/{version.snapshot}/figures/came.all.state.claimed/"
    assert desk.get(lost).status_code == 404


def _older(frozen: Frozen) -> Frozen:
    """The snapshot as one would be that was taken before verdicts and measures were counted."""
    counts = {k: c for k, c in frozen.counts.items() if not JUDGED & set(k.split("."))}
    facts = [{"key": c.key, "words": c.words, "query": c.query, "members": c.members}
             for c in counts.values()]  # fmt: skip
    text = json.dumps(facts)
    return replace(frozen, content=read_content(text, sha256=digest_of(text)))


def test_a_snapshot_taken_before_verdicts_were_counted_still_makes_a_paper(case, board):
    case.agree().record(94.0)
    now = get_snapshot(board.snap("Now"))
    old = Material(_older(now))
    [*_, said] = write_judged(old, "all")
    assert "Verdicts were not yet counted" in plain(said.words)
    assert list(write_measured(old, "all")) == []
    assert agrees(old.frozen)
    compared = Material(now, old.frozen)
    came = [
        b
        for b in write_changes(compared, "all")
        if getattr(b, "caption", "").startswith("What came")
    ]
    assert "Newly overdue" in [plain(row[0]) for row in came[0].rows]
    assert "Verdict lapsed" not in [plain(row[0]) for row in came[0].rows]
    by_verdict = next(b for b in write_judged(compared, "all") if isinstance(b, Grid))
    assert by_verdict.headers == ("Standing", "Items", "Which")


def test_every_group_that_is_counted_has_its_words_in_the_paper():
    assert STANDINGS.keys() == VERDICTS.keys()
    assert OUTCOMES.keys() == CRITERIA.keys()


def test_the_demo_holds_items_to_what_is_measured_here(db, at):
    from evenhand.web.demo.load import load_demo
    from evenhand.web.demo.measured import Measured
    from evenhand.web.judgement.queries import check_verdicts, judge_items

    from .conftest import PASSWORD, build_plan, small_reports

    on = day_of(at) - timedelta(40)
    load_demo(
        password=PASSWORD, at=at, reports=small_reports(), measured=[Measured(on, build_plan(), ())]
    )
    held = [m for m in judge_items(as_of=AsOf.now(at)).values() if m.view.kind == "indicator"]
    assert held
    assert {m.judged.latest.value for m in held} == {1.5}
    assert check_verdicts(as_of=AsOf.now(at)) == []
