"""An edited register comes back: shown as a diff, refused by row, column and rule, all or none."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evenhand.accountability.scales import ACTIONED
from evenhand.core import Refused
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.ledger.queries import get_head, list_history
from evenhand.web.register.choices import ThemeKind
from evenhand.web.register.plans import PublicationPlan, RecommendationPlan
from evenhand.web.register.queries import get_item, list_items
from evenhand.web.register.services import accept_publication, add_theme, retitle, set_due_date, tag
from evenhand.web.work.services import apply_spreadsheet
from evenhand.web.work.sheets.outcomes import Change, SheetRefused

PAGE, ITEM = "/spreadsheet/", "lamp-2020/1"
DONE = next(level for level in ACTIONED.levels if level.closes)


@pytest.fixture
def client(lamp, signed_in):
    return signed_in("secretariat")


def _export(client, query=""):
    response = client.get(reverse("work:export", args=["csv"]) + query)
    assert response.status_code == 200
    return response.content


def _edit(content: bytes, edits: dict[str, dict[str, str]]) -> bytes:
    """The same CSV with some cells of some recommendations replaced."""
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, reader.fieldnames or [])
    writer.writeheader()
    for row in reader:
        writer.writerow({**row, **edits.get(row["reference"], {})})
    return stream.getvalue().encode("utf-8-sig")


def _send(client, content: bytes, name="register.csv"):
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content)}, follow=True)


def _faults(response):
    return [
        (row, fault.column, fault.rule)
        for row, faults in response.context["faults"]
        for fault in faults
    ]


def _now(at, ref=ITEM):
    return get_item(ref, as_of=AsOf.now(at))


def _edited(client, **cells):
    return _send(client, _edit(_export(client), {ITEM: _named(cells)}))


def _named(cells):
    names = {"reason": "reason for the change", "level": "level on its own scale"}
    return {names.get(key, key.replace("_", " ")): value for key, value in cells.items()}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_unchanged_register_changes_nothing(client, kind):
    content = client.get(reverse("work:export", args=[kind])).content
    shown = _send(client, content, f"register.{kind}")
    assert shown.context["found"].rows == 5
    assert (shown.context["found"].changes, shown.context["faults"]) == ((), [])
    assert "It changes nothing" in shown.text


def test_every_kind_of_edit_is_shown_and_then_applied_by_its_own_command(client, keeper):
    moment = day_of(_clock())
    add_theme(ref="fairness", title="Fairness", kind=ThemeKind.THEME, by=keeper, at=_clock())
    shown = _edited(
        client,
        working_title="Sergeants",
        owner="team:people",
        due_date="2031-05-06",
        level=DONE.words,
        themes="fairness",
        reason="As the board agreed.",
    )
    changes = {each.column: (each.before, each.after) for each in shown.context["found"].changes}
    assert changes["owner"] == ("team:learning", "team:people")
    assert changes["working title"] == ("", "Sergeants")
    assert len(changes) == 5
    assert shown.context["faults"] == []
    assert _now(_clock()).title == ""
    assert client.post(PAGE, {"apply": "1"}).status_code == 302
    row = _now(_clock())
    assert (row.title, row.holder.party, row.due.due_on) == (
        "Sergeants",
        "team:people",
        date(2031, 5, 6),
    )
    assert (row.level.code, row.level.as_at) == (DONE.code, moment)
    assert [theme.ref for theme in row.themes] == ["fairness"]
    kinds = {event.kind for event in list_history(row.subject)}
    assert kinds >= {"title.changed", "duty.assigned", "due-date.set", "theme.tagged"}


def test_what_others_changed_since_the_export_is_not_taken_for_an_edit(client, keeper):
    content = _edit(_export(client), {ITEM: {"due date": "2031-05-06"}})
    retitle(recommendation=ITEM, title="By another", by=keeper, at=_clock())
    shown = _send(client, content)
    assert [each.column for each in shown.context["found"].changes] == ["due date"]
    client.post(PAGE, {"apply": "1"})
    assert _now(_clock()).title == "By another"


REFUSALS = [
    ({"exact_wording": "Train nobody."}, "exact wording", "exact-wording-is-published"),
    ({"number": "9"}, "number", "column-is-read-only"),
    ({"working_title": "x" * 201}, "working title", "title-length"),
    ({"owner": "team:nobody"}, "owner", "party-exists"),
    ({"owner": ""}, "owner", "changes-have-reasons"),
    ({"due_date": "soon"}, "due date", "dates-are-dates"),
    ({"level": "Splendid"}, "level on its own scale", "levels-belong-to-their-scale"),
    ({"level": DONE.words}, "level on its own scale", "changes-have-reasons"),
    (
        {"level": DONE.words, "level_as_at": "2199-01-01", "reason": "r"},
        "level on its own scale",
        "reported-days-are-past",
    ),
    ({"level_as_at": "2020-01-01"}, "level as at", "levels-belong-to-their-scale"),
    ({"themes": "unheard-of"}, "themes", "theme-exists"),
    ({"version": "x"}, "version", "version-is-kept"),
    ({"check": "x"}, "check", "version-is-kept"),
    ({"reference": "lamp-2020/99"}, "reference", "item-exists"),
    ({"reference": "lamp-2020/2"}, "reference", "one-row-an-item"),
]


@pytest.mark.parametrize(("cells", "column", "rule"), REFUSALS, ids=[each[2] for each in REFUSALS])
def test_a_cell_is_refused_by_its_row_column_and_rule(client, cells, column, rule):
    before = get_head()
    shown = _edited(client, **cells)
    assert (column, rule) in [each[1:] for each in _faults(shown)]
    assert rule in shown.text
    refused = client.post(PAGE, {"apply": "1"})
    assert refused.status_code == 422
    assert get_head() == before


def test_a_due_date_is_only_moved_later_and_with_a_reason(client, keeper):
    set_due_date(recommendation=ITEM, due_on=date(2030, 1, 1), by=keeper, at=_clock())
    unsaid = _edited(client, due_date="2031-01-01")
    assert [each[2] for each in _faults(unsaid)] == ["changes-have-reasons"]
    earlier = _edited(client, due_date="2029-01-01", reason="Sooner.")
    assert [each[2] for each in _faults(earlier)] == ["extensions-are-later"]
    lifted = _edited(client, due_date="", reason="The duty was repealed.")
    assert [each.command for each in lifted.context["found"].changes] == ["lift_due_date"]


def test_work_is_not_hung_on_a_recommendation_that_is_split(client):
    shown = _send(client, _edit(_export(client), {"lamp-2020/3": {"owner": "team:people"}}))
    assert [each[2] for each in _faults(shown)] == ["work-hangs-on-items"]


def test_a_row_that_somebody_else_changed_is_a_conflict_with_what_stands_now(client, keeper):
    content = _edit(_export(client), {ITEM: {"working title": "Mine"}})
    retitle(recommendation=ITEM, title="Theirs", by=keeper, at=_clock())
    shown = _send(client, content)
    assert [each[1:] for each in _faults(shown)] == [("working title", "second-editor-sees-first")]
    assert "Theirs" in shown.text
    assert client.post(PAGE, {"apply": "1"}).status_code == 422
    assert _now(_clock()).title == "Theirs"


def test_a_change_between_the_preview_and_its_application_loses_nothing(client, keeper):
    _edited(client, working_title="Mine")
    retitle(recommendation=ITEM, title="Theirs", by=keeper, at=_clock())
    assert client.post(PAGE, {"apply": "1"}).status_code == 422
    assert _now(_clock()).title == "Theirs"


def test_a_refusal_by_a_command_itself_undoes_what_the_others_did(lamp, keeper, at):
    add_theme(ref="fairness", title="Fairness", kind=ThemeKind.THEME, by=keeper, at=at)
    before = get_head()
    tag(recommendation="lamp-2020/2", theme="fairness", by=keeper, at=at)
    stale = {"theme": "fairness", "seen": before.size - 1}
    changes = [
        Change(2, ITEM, "working title", "", "New", "retitle", {"title": "New"}),
        Change(3, "lamp-2020/2", "themes", "fairness", "", "untag", stale),
    ]
    head = get_head()
    with pytest.raises(SheetRefused) as refused:
        apply_spreadsheet(changes=changes, sha256="0" * 64, by=keeper, at=at)
    assert [(fault.line, fault.column) for fault in refused.value.faults] == [(3, "themes")]
    assert get_head() == head
    assert _now(at).title == ""


def test_only_the_secretariat_applies(lamp, owner, at):
    change = Change(2, ITEM, "working title", "", "Mine", "retitle", {"title": "Mine"})
    with pytest.raises(Refused):
        apply_spreadsheet(changes=[change], sha256="0" * 64, by=owner, at=at)


@pytest.mark.slow
def test_of_five_thousand_rows_three_wrong_ones_are_named_and_nothing_is_applied(
    client, keeper, at
):
    plan = PublicationPlan(
        ref="long",
        inquiry="lamp",
        title="Long report",
        published_on=date(2021, 1, 1),
        scale=ACTIONED,
        recommendations=tuple(
            RecommendationPlan(str(number), f"Do thing {number}.") for number in range(1, 5001)
        ),
    )
    accept_publication(plan=plan, by=keeper, at=at - timedelta(1))
    edits = {f"long/{number}": {"working title": f"Thing {number}"} for number in range(1, 101)}
    edits["long/17"] = {"owner": "team:nobody"}
    edits["long/2400"] = {"exact wording": "Do nothing."}
    edits["long/4999"] = {"due date": "31/11/2027"}
    shown = _send(client, _edit(_export(client, "?publication=long"), edits))
    assert shown.context["found"].rows == 5000
    wrong = [
        (18, "owner", "party-exists"),
        (2401, "exact wording", "exact-wording-is-published"),
        (5000, "due date", "dates-are-dates"),
    ]
    assert _faults(shown) == wrong
    assert client.post(PAGE, {"apply": "1", "leave_out": ["18", "2401"]}).status_code == 422
    assert not any(row.title for row in list_items(as_of=AsOf.now(at)))
    left = {"apply": "1", "leave_out": ["18", "2401", "5000"]}
    assert client.post(PAGE, left).status_code == 302
    titled = [row.ref for row in list_items(as_of=AsOf.now(_clock())) if row.title]
    assert len(titled) == 99


def test_a_formula_in_a_workbook_is_refused(client):
    from openpyxl import load_workbook

    content = client.get(reverse("work:export", args=["xlsx"])).content
    book = load_workbook(io.BytesIO(content))
    book.active["G2"] = "=1+1"
    stream = io.BytesIO()
    book.save(stream)
    shown = _send(client, stream.getvalue(), "register.xlsx")
    assert _faults(shown) == [(2, "working title", "no-formulas")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("register.xlsx", b"not a workbook"),
        ("register.csv", b"PK\x03\x04"),
        ("register.csv", b"reference,version\r\na,1\r\n"),
        ("register.docx", b"reference,version\r\na,1\r\n"),
        ("register.csv", b"reference,version,check,strange\r\na,1,2,3\r\n"),
    ],
)
def test_a_file_that_is_no_exported_register_is_refused_at_once(client, name, content):
    assert _send(client, content, name).status_code == 422
    assert client.get(PAGE).context["waiting"] is None


def test_a_spreadsheet_can_be_put_away(client):
    _edited(client, working_title="Mine")
    assert client.get(PAGE).context["waiting"] is not None
    client.post(PAGE, {"discard": "1"})
    assert client.get(PAGE).context["waiting"] is None


def test_an_export_honours_the_filter_and_the_day(client, keeper, at):
    assert len(_export(client, "?owner=team:learning").splitlines()) == 2
    retitle(recommendation=ITEM, title="Later name", by=keeper, at=_clock())
    assert b"Later name" in _export(client)
    past = _export(client, f"?as_of={(at - timedelta(2)).date()}")
    assert b"Train every sergeant" in past
    assert b"Later name" not in past


def test_an_export_holds_only_what_the_reader_reaches(lamp, signed_in):
    assert b"lamp-2020" not in _export(signed_in("association"))


def _clock():
    from django.utils import timezone

    return timezone.now()
