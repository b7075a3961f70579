"""Another body's ledger beside ours: differences are listed and decided, never overwritten."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evenhand.accountability.reconciling import Choice
from evenhand.core import Refused, UnreadableFile, UsageProblem
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.ledger.queries import get_head, list_bodies, list_history
from evenhand.web.reconciling.queries import get_ledger, list_decisions, list_differences
from evenhand.web.reconciling.services import bring_ledger, decide_difference
from evenhand.web.register.queries import get_item

ONE = "lamp-2020/1"
THEIRS = """Reference,Text,Status,Date
Rec. 1,Train every sergeant in fairness.,Action completed,31/03/2027
2,Publish searches weekly.,Not started,
3(a),,,
9,A line of their own.,,
"""


@pytest.fixture
def brought(lamp, keeper, at) -> str:
    return bring_ledger(
        publication="lamp-2020",
        source="Inspectorate",
        content=THEIRS.encode(),
        filename="theirs.csv",
        by=keeper,
        at=at,
    )


def keys(ref: str, at) -> list[str]:
    return [each.key for each in list_differences(get_ledger(ref), as_of=AsOf.now(at))]


def test_bringing_a_ledger_lists_what_differs_and_changes_nothing(brought, at):
    assert keys(brought, at) == [
        "status:1",
        "date:1",
        "text:2",
        "only_ours:3",
        "only_ours:3/b",
        "only_theirs:9",
    ]
    assert get_item(ONE, as_of=AsOf.now(at)).due is None


def test_ours_is_corrected_by_the_ordinary_commands(brought, keeper, at):
    for key in ("status:1", "date:1"):
        decide_difference(
            ledger=brought, key=key, choice=Choice.CORRECT, reason="They saw it.", by=keeper, at=at
        )
    row = get_item(ONE, as_of=AsOf.now(at))
    assert row.level.words == "Action completed"
    assert row.work.state == "claimed"
    assert row.due.due_on == date(2027, 3, 31)
    kinds = [each.kind for each in list_history(f"recommendation:{ONE}")]
    assert kinds[-4:] == [
        "outside-ledger.decided",
        "work.level-reported",
        "outside-ledger.decided",
        "due-date.set",
    ]
    assert not {"status:1", "date:1"} & set(keys(brought, at))


def test_keeping_ours_is_a_decision_with_a_reason_on_the_record(brought, keeper, at):
    with pytest.raises(UsageProblem, match="reason"):
        decide_difference(
            ledger=brought, key="text:2", choice=Choice.KEEP, reason=" ", by=keeper, at=at
        )
    decide_difference(
        ledger=brought, key="text:2", choice=Choice.KEEP, reason="CANARY", by=keeper, at=at
    )
    [row] = list_decisions(get_ledger(brought))
    assert (row.choice, row.ours) == (Choice.KEEP, "Publish searches monthly.")
    assert b"CANARY" not in b"".join(list_bodies())
    with pytest.raises(UsageProblem, match="no difference any more"):
        decide_difference(
            ledger=brought, key="text:2", choice=Choice.NOTE, reason="r", by=keeper, at=at
        )


@pytest.mark.parametrize("key", ["text:2", "only_ours:3", "only_theirs:9"])
def test_exact_words_are_never_corrected_and_then_nothing_is_decided(brought, keeper, at, key):
    size = get_head().size
    with pytest.raises(UsageProblem, match="never edited"):
        decide_difference(
            ledger=brought, key=key, choice=Choice.CORRECT, reason="r", by=keeper, at=at
        )
    assert get_head().size == size
    assert list_decisions(get_ledger(brought)) == []


def test_only_the_secretariat_reconciles(brought, member, at):
    with pytest.raises(Refused):
        decide_difference(
            ledger=brought, key="text:2", choice=Choice.KEEP, reason="r", by=member, at=at
        )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no line"),
        (b"number,text\n1,x\n", "no column"),
        (b"reference\n1\n1\n", "twice"),
        (b"reference,date\n1,03/31/2027\n", "its date is not written as"),
        (b"reference\n\n,\n", "reference"),
        (b"\xff\xfe", "not a CSV file"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_line_by_line_and_nothing_is_kept(
    lamp, keeper, at, content, said
):
    size = get_head().size
    with pytest.raises(UnreadableFile, match=said):
        bring_ledger(
            publication="lamp-2020",
            source="I",
            content=content,
            filename="f.csv",
            by=keeper,
            at=at,
        )
    assert get_head().size == size


def test_pages_bring_show_decide_and_give_our_answers_back(lamp, signed_in):
    client = signed_in("secretariat")
    file = SimpleUploadedFile("theirs.csv", THEIRS.encode())
    form = {"publication": "lamp-2020", "source": "Inspectorate", "file": file}
    shown = client.post("/reconciling/", form, follow=True)
    text = shown.content.decode()
    assert "To decide (6)" in text
    ref = shown.context["ledger"].ref
    page = f"/reconciling/{ref}/text:2/decide/"
    assert "Correct ours" not in client.get(page).content.decode()
    assert client.post(page, {"choice": "keep", "reason": ""}).status_code == 422
    client.post(page, {"choice": "keep", "reason": "=ours is the printed text"})
    date_page = f"/reconciling/{ref}/date:1/decide/"
    assert "Correct ours" in client.get(date_page).content.decode()
    client.post(date_page, {"choice": "correct", "reason": "They are right."})
    assert client.get(date_page).status_code == 404
    answers = client.get(f"/reconciling/{ref}/answers.csv").content.decode()
    rows = {
        row["reference"] + row["difference"]: row for row in csv.DictReader(io.StringIO(answers))
    }
    assert rows["2text"]["decision"] == "keep"
    assert rows["2text"]["reason"] == "'=ours is the printed text"
    assert rows["1status"]["decision"] == "not decided"
    bad = {"publication": "lamp-2020", "source": "I", "file": SimpleUploadedFile("b.csv", b"x\n1")}
    assert client.post("/reconciling/", bad).status_code == 422
