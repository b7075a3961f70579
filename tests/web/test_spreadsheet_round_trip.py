"""A register written as a spreadsheet and read back says the same, whatever its words are."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from evenhand.accountability.roles import Actor, Grant, Role
from evenhand.accountability.scales import ACTIONED
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.ledger.queries import list_versions
from evenhand.web.register.queries import list_items, list_scales
from evenhand.web.work.sheets.cells import escape, read_date, tidy, unescape
from evenhand.web.work.sheets.compare import Standing, compare
from evenhand.web.work.sheets.read import read_sheet
from evenhand.web.work.sheets.render import build_lines, render_csv, render_workbook

RENDER = {"register.csv": render_csv, "register.xlsx": render_workbook}
WORDS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("=+-@'\"\n\r\t,;_x0041_ #N/A"),
    ),
    max_size=40,
)


@given(st.text())
@example("'=1")
@example("''@x")
def test_an_escape_can_always_be_undone_and_never_begins_a_formula(text):
    assert unescape(escape(text)) == text
    assert escape(text)[:1] not in set("=+-@")


@given(st.text())
def test_what_may_stand_in_a_cell_is_left_as_it_is_the_second_time(text):
    assert tidy(tidy(text)) == tidy(text)


def test_a_date_is_read_as_we_write_it_and_as_a_british_spreadsheet_does():
    assert read_date("24/05/2007") == read_date("2007-05-24") == "2007-05-24"
    assert read_date("31/11/2007") == "31/11/2007"


@pytest.fixture
def lamp_rows(lamp, at):
    return list_items(as_of=AsOf.now(at), only_items=False)


@pytest.mark.parametrize("filename", RENDER)
@given(text=WORDS, title=WORDS, number=WORDS)
@example(text="=HYPERLINK(1)", title="+44", number="@x")
@example(text="_x0041_", title="'=quoted", number="007")
@example(text="#N/A", title="TRUE", number="1e5")
def test_any_words_come_back_as_they_went(filename, text, title, number):
    row = replace(_ROW, text=text, title=title, number=number)
    scales = {"actioned": ACTIONED}
    lines = build_lines([row], scales=scales, versions={row.subject: 7})
    read = read_sheet(RENDER[filename](lines), filename=filename)
    keeper = Actor("person:k", row.on, (Grant(Role.SECRETARIAT),))
    standing = Standing({row.ref: row}, scales, frozenset(), frozenset(), {}, keeper, row.on)
    found = compare(read, standing=standing)
    assert (found.rows, found.changes, found.faults) == (1, (), ())


@pytest.mark.parametrize("filename", RENDER)
def test_the_whole_demo_goes_out_and_in_without_a_difference(filename, small_demo, at, signed_in):
    rows = list_items(as_of=AsOf.now(at), only_items=False)
    scales = list_scales()
    lines = build_lines(rows, scales=scales, versions=list_versions("recommendation"))
    read = read_sheet(RENDER[filename](lines), filename=filename)
    keeper = Actor("person:k", day_of(at), (Grant(Role.SECRETARIAT),))
    known = {row.ref: row for row in rows}
    found = compare(
        read,
        standing=Standing(known, scales, frozenset(), frozenset(), {}, keeper, day_of(at)),
    )
    assert found.rows == len(rows) > 30
    assert (found.changes, found.faults) == ((), ())


def test_a_workbook_holds_text_and_dates_and_no_formula(lamp_rows):
    rows = [replace(row, title="=cmd|' /C calc'!A0") for row in lamp_rows]
    content = render_workbook(build_lines(rows, scales=list_scales(), versions={}))
    sheet = load_workbook(io.BytesIO(content)).active
    kinds = {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row}
    assert kinds <= {"s", "d", "n", "inlineStr"}
    assert sheet["G2"].value == "'=cmd|' /C calc'!A0"
    assert sheet["T2"].is_date


def test_a_csv_begins_no_cell_with_a_sign_that_runs(lamp_rows):
    rows = [replace(row, title="@SUM(1+1)*cmd|' /C calc'!A0") for row in lamp_rows]
    content = render_csv(build_lines(rows, scales=list_scales(), versions={}))
    assert b",'@SUM(1+1)" in content
    assert b",@SUM" not in content


def _make_row():
    from datetime import date

    from evenhand.web.register.queries import ItemRow, WorkRow

    day = date(2026, 3, 2)
    return ItemRow(
        pk=1, ref="lamp-2020/1", number="1", place=1, heading="", text="Train.", page="",
        is_item=True, parent="", publication="lamp-2020", publication_title="Lamp report",
        inquiry="lamp", inquiry_title="Lamp Inquiry", scale="actioned", addressed_to="",
        addressed_name="", recorded_on=day - timedelta(30), on=day, title="",
        work=WorkRow("not_started", day, ""), level=None, response=None, due=None, duties=(),
        themes=(),
    )  # fmt: skip


_ROW = _make_row()
