"""A paper is read, shown with its doubts, corrected, and put on the register whole or not."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evenhand.core import Refused, UsageProblem
from evenhand.datasets.papers import PaperDraft, read_paper
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.errors import ChangedMeanwhile
from evenhand.web.imports.queries import get_draft, get_proposal, list_drafts
from evenhand.web.imports.services import (
    correct_draft,
    discard_draft,
    import_report,
    keep_draft,
)
from evenhand.web.ledger.queries import get_head, get_version, list_history, list_refusals
from evenhand.web.register.queries import get_item, get_publication, list_children
from evenhand.web.work.queries import list_updates

OURS = Path(__file__).parents[1] / "contracts" / "papers" / "good" / "progress-report.txt"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
PAPER = b"""Fair Ground Review

Date: 14 March 2019

Recommendation 1
Train every team. This means:

(a) new teams first

Progress so far

Two teams have begun.

(b) old teams next

Action completed.

Recommendation 2
Publish <script>alert(1)</script> the result.
"""
READY = {"new_inquiry": "Fair Ground Review", "ref": "fair-ground-2019"}


@pytest.fixture
def paper() -> PaperDraft:
    return read_paper(PAPER, filename="fair.txt")


@pytest.fixture
def draft(paper, keeper, at) -> str:
    ref = keep_draft(paper=paper, by=keeper, at=at)
    correct_draft(draft=ref, head=READY, by=keeper, at=at)
    return ref


def test_a_paper_goes_from_paste_to_register_by_plain_forms(signed_in, keeper, at):
    client = signed_in("secretariat")
    text = OURS.read_text()
    kept = client.post(reverse("imports:bring"), {"text": text})
    ref = list_drafts()[0].ref
    assert kept["Location"] == reverse("imports:preview", args=[ref])
    shown = client.get(kept["Location"]).content.decode()
    assert "Before it can be accepted" in shown
    assert "To check" in shown
    head = reverse("imports:correct-head", args=[ref])
    form = client.get(head).context["form"]
    fields = {**form.initial, **READY, "seen": get_version(f"import:{ref}")}
    fields["makes_none"] = ""
    assert client.post(head, fields).status_code == 302
    accept = reverse("imports:accept", args=[ref])
    assert b"All of it is recorded together, or nothing" in client.get(accept).content
    done = client.post(accept, {"seen": get_version(f"import:{ref}")}, follow=True)
    assert done.status_code == 200
    told = read_paper(text.encode(), filename="x")
    now = AsOf.now(at)
    published = get_publication("fair-ground-2019", as_of=now)
    assert published.recommendations == len(told.recommendations)
    for line in told.recommendations:
        assert get_item(f"fair-ground-2019/{line.number}", as_of=now).text == line.text
        children = list_children(f"fair-ground-2019/{line.number}", as_of=now)
        assert [child.text for child in children] == [item.text for item in line.items]
    page = client.get(reverse("imports:preview", args=[ref])).content.decode()
    assert "This is on the register as" in page


def test_narrative_completion_and_events_are_recorded_under_the_item(draft, keeper, at):
    ref = import_report(draft=draft, by=keeper, at=at)
    now = AsOf.now(at)
    first, second = list_children(f"{ref}/1", as_of=now)
    assert [u.progress for u in list_updates(as_of=now, item=first.ref)] == [
        "Two teams have begun."
    ]
    assert first.level is None
    assert second.level.words == "Action completed"
    assert second.work.state == "claimed"
    kinds = [event.kind for event in list_history(f"import:{draft}")]
    assert kinds == ["import.kept", "import.corrected", "import.accepted"]
    assert list_history(f"recommendation:{ref}/1/a")


@pytest.mark.shared
def test_all_five_real_papers_are_put_on_the_register(keeper, at):
    if not SEEDS.is_dir():
        pytest.skip("needs the real papers in ../shared beside the repository")
    counts = []
    for number, path in enumerate(sorted(SEEDS.iterdir())):
        told = read_paper(path.read_bytes(), filename=path.name)
        ref = keep_draft(paper=told, by=keeper, at=at)
        none = not told.recommendations
        head = {"ref": f"seed-{number}", "new_inquiry": f"Seed {number}", "makes_none": none}
        correct_draft(draft=ref, head=head, by=keeper, at=at)
        got = get_publication(import_report(draft=ref, by=keeper, at=at), as_of=AsOf.now(at))
        counts.append((got.recommendations, got.items))
    assert sorted(counts) == [(0, 0), (0, 0), (0, 0), (0, 0), (9, 41)]


def test_a_correction_changes_what_was_corrected_and_nothing_else(draft, keeper, at):
    before = get_proposal(draft)
    same = {"text": before.lines[0].items[0].text + "\r\n", "progress": "Three teams have begun."}
    correct_draft(draft=draft, entries={"0.0": same}, by=keeper, at=at)
    after = get_proposal(draft)
    assert after.lines[0].items[0].changed == {"progress"}
    assert after.lines[0].items[0].progress == "Three teams have begun."
    assert after.lines[0].items[0].text == before.lines[0].items[0].text
    assert after.lines[0].items[1] == before.lines[0].items[1]
    assert after.lines[1:] == before.lines[1:]
    back = {"progress": "Two teams have begun."}
    correct_draft(draft=draft, entries={"0.0": back}, by=keeper, at=at)
    assert get_proposal(draft) == before


def test_wording_that_the_paper_does_not_hold_is_refused_in_place(draft, signed_in):
    address = reverse("imports:correct-line", args=[draft, "0.0"])
    client = signed_in("secretariat")
    fields = {"number": "a", "text": "all teams at once", "progress": "Kept in the form."}
    answer = client.post(address, fields)
    assert answer.status_code == 422
    assert "does not stand in the paper" in answer.content.decode()
    assert "Kept in the form." in answer.content.decode()
    assert get_proposal(draft).lines[0].items[0].text == "new teams first"


def test_a_missed_part_is_added_in_the_papers_words_and_one_is_left_out(draft, signed_in):
    client = signed_in("secretariat")
    address = reverse("imports:add-line", args=[draft]) + "?part_of=1"
    assert client.get(address).status_code == 200
    fields = {"number": "a", "text": "Two teams have begun."}
    assert client.post(address, fields).status_code == 302
    out = {"number": "b", "text": "old teams next", "left_out": "on"}
    line = reverse("imports:correct-line", args=[draft, "0.1"])
    assert client.post(line, out).status_code == 302
    walked = [
        (line.number, parent and parent.number) for line, parent in get_proposal(draft).walk()
    ]
    assert walked == [("1", None), ("a", "1"), ("2", None), ("a", "2")]


@pytest.mark.parametrize("role", ["member", "owner", "analyst", "panel", "association", "admin"])
def test_only_the_secretariat_imports(role, paper, draft, cast, at):
    for run in (
        lambda: keep_draft(paper=paper, by=cast[role], at=at),
        lambda: correct_draft(draft=draft, head={"title": "X"}, by=cast[role], at=at),
        lambda: discard_draft(draft=draft, by=cast[role], at=at),
        lambda: import_report(draft=draft, by=cast[role], at=at),
    ):
        with pytest.raises(Refused):
            run()
    assert len(list_refusals()) == 4
    assert get_draft(draft).waits


def test_the_same_paper_twice_is_refused_with_the_earlier_import_named(draft, paper, keeper, at):
    assert keep_draft(paper=paper, by=keeper, at=at) == draft
    import_report(draft=draft, by=keeper, at=at)
    size = get_head().size
    for again in (
        lambda: keep_draft(paper=paper, by=keeper, at=at),
        lambda: import_report(draft=draft, by=keeper, at=at),
    ):
        with pytest.raises(UsageProblem, match="fair-ground-2019"):
            again()
    assert get_head().size == size


def test_a_paper_that_is_not_ready_records_nothing(paper, keeper, at):
    ref = keep_draft(paper=paper, by=keeper, at=at)
    size = get_head().size
    with pytest.raises(UsageProblem, match="an inquiry"):
        import_report(draft=ref, by=keeper, at=at)
    correct_draft(draft=ref, head={**READY, "inquiry": "absent"}, by=keeper, at=at)
    with pytest.raises(Exception, match="no inquiry absent"):
        import_report(draft=ref, by=keeper, at=at)
    assert get_head().size == size + 1
    assert get_draft(ref).waits


def test_the_second_of_two_editors_is_shown_the_first(draft, keeper, at):
    seen = get_version(f"import:{draft}")
    correct_draft(draft=draft, head={"author": "A"}, by=keeper, at=at, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        correct_draft(draft=draft, head={"author": "B"}, by=keeper, at=at, seen=seen)


def test_a_discarded_paper_is_emptied_and_can_be_brought_again(draft, paper, signed_in, keeper, at):
    client = signed_in("secretariat")
    address = reverse("imports:discard", args=[draft])
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    assert list_drafts() == []
    assert client.get(reverse("imports:preview", args=[draft])).status_code == 404
    assert keep_draft(paper=paper, by=keeper, at=at) == draft
    assert get_draft(draft).waits


def _macro_word() -> bytes:
    whole = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Recommendation 1: Say it.")
    document.save(whole)
    with zipfile.ZipFile(whole, "a") as package:
        package.writestr("word/vbaProject.bin", b"Sub AutoOpen()")
    return whole.getvalue()


def _scan() -> bytes:
    whole = io.BytesIO()
    pages = pypdf.PdfWriter()
    pages.add_blank_page(200, 200)
    pages.write(whole)
    return whole.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.docx", _macro_word(), "macros"),
        ("a.docm", _macro_word(), "macros"),
        ("scan.pdf", _scan(), "PDF"),
        ("a.pdf", b"just words", "content"),
        ("a.txt", b"", "empty"),
        ("big.txt", b"x" * ((50 << 20) + 1), "papers of up to 50 MiB"),
    ],
    ids=["macro", "macro-name", "scan", "misnamed", "empty", "oversize"],
)
def test_what_cannot_be_read_is_told_on_the_form(name, content, told, signed_in, cast):
    file = SimpleUploadedFile(name, content)
    answer = signed_in("secretariat").post(reverse("imports:bring"), {"file": file})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert list_drafts() == []


def test_a_paste_too_large_for_a_form_is_a_page(signed_in, cast):
    client = signed_in("secretariat")
    answer = client.post(reverse("imports:bring"), {"text": "x" * (6 << 20)})
    assert answer.status_code == 400
    assert b"brought as a file, not pasted" in answer.content


def test_pasted_html_never_reaches_a_page_as_html(signed_in, keeper, at):
    client = signed_in("secretariat")
    source = (
        "<html><body><h1>Fair &lt;script&gt;alert(1)&lt;/script&gt; Review</h1>"
        "<p>Date: 14 March 2019</p><h2>Recommendation 1</h2>"
        "<p onclick='alert(2)'>Train <img src=x onerror=alert(3)> "
        "&lt;img src=x onerror=alert(4)&gt;"
        "</p><script>alert(5)</script></body></html>"
    )
    answer = client.post(reverse("imports:bring"), {"text": source}, follow=True)
    ref = list_drafts()[0].ref
    pages = [answer.content.decode()]
    for name, more in (("correct-line", ["0"]), ("correct-head", []), ("accept", [])):
        pages.append(client.get(reverse(f"imports:{name}", args=[ref, *more])).content.decode())
    for shown in pages:
        assert "<script" not in shown
        assert "<img" not in shown
        assert "onclick" not in shown
    assert "&lt;img src=x onerror=alert(4)&gt;" in pages[0]
