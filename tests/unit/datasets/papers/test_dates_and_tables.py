"""Dates as they are written, and tables with and without their columns."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.datasets.papers.dates import list_dates, read_date
from evenhand.datasets.papers.flat_tables import find_table
from evenhand.datasets.papers.places import Place
from evenhand.datasets.papers.tables import build_table, type_cell


@pytest.mark.parametrize(
    "text",
    [
        "26 May 2011",
        "26th May 2011",
        "26/05/2011",
        "26/5/11",
        "2011-05-26",
        "26.05.2011",
        "May 26, 2011",
        "Thursday 26 May 2011",
        "26 May 11",
        "2011-05-26 00:00:00",
    ],
)
def test_dates_are_read_day_first_however_they_are_written(text):
    assert read_date(text).value == date(2011, 5, 26)


@given(st.dates(date(1970, 1, 1), date(2068, 12, 31)))
def test_every_real_date_comes_back(day):
    for form in ("%d/%m/%Y", "%d %B %Y", "%Y-%m-%d", "%d %b %y", "%d-%m-%y"):
        assert read_date(day.strftime(form)).value == day


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("31/11/2011", "impossible-date"),
        ("30 February 2020", "impossible-date"),
        ("12/25/2011", "impossible-date"),
        ("00/01/2011", "impossible-date"),
        ("TBC", "not-a-date"),
        ("May 2011", "not-a-date"),
        ("", "not-a-date"),
        ("1.5", "not-a-date"),
    ],
)
def test_what_is_no_date_says_which_rule_it_breaks(text, rule):
    reading = read_date(text)
    assert (reading.value, reading.rule) == (None, rule)


def test_dates_inside_a_sentence_are_found():
    assert list_dates("Exit Surveys, Sub Committee (18 April 2011)") == [date(2011, 4, 18)]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("1,200", "number", 1200.0),
        ("−3.5", "number", -3.5),
        ("45%", "percent", 45.0),
        ("£386,367", "money", 386367.0),
        ("n/a", "blank", None),
        ("12 months", "text", "12 months"),
        ("31/11/2011", "impossible date", None),
    ],
)
def test_cells_have_types_and_values(text, kind, value):
    cell = type_cell(text)
    assert (cell.text, cell.type, cell.value) == (text, kind, value)


def test_a_cell_unlike_its_column_is_a_fault():
    rows = (("Unit", "Staff"), ("N", "12"), ("S", "9"), ("E", "a few"), ("W", "31"))
    table = build_table(rows, number=1, place=Place(1))
    assert table.types == ("text", "number")
    assert [(f.rule, f.row, f.column) for f in table.faults] == [("not-a-number", 3, "Staff")]


def test_a_blank_cell_and_a_short_row_are_no_faults():
    rows = (("Unit", "Start", "End"), ("N", "1/1/2020", ""), ("S", "2/1/2020"))
    table = build_table(rows, number=1, place=Place(1))
    assert not table.faults
    assert [len(row) for row in table.rows] == [3, 3]


def test_two_start_columns_give_no_span_to_check():
    rows = (("Start", "Start again", "End"), ("3/1/2020", "3/1/2020", "1/1/2020"))
    assert not build_table(rows, number=1, place=Place(1)).faults


@pytest.mark.parametrize("sign", ["\t", " | ", "   "])
def test_separated_columns_are_split_at_their_separators(sign):
    lines = [
        sign.join(row)
        for row in (
            ("Unit name", "Staff"),
            ("North end", "1"),
            ("South end", "2"),
            ("East end", "3"),
        )
    ]
    found = find_table(lines)
    assert found is not None
    assert not found.inferred
    assert found.rows[1] == ("North end", "1")


def test_columns_are_found_again_from_the_types_of_words():
    found = find_table(
        [
            "Unit Staff Total Share Lead Rank",
            "North 12 40% Inspector",
            "South 9 31% Sergeant",
            "Far East 3 12% Sergeant",
            "West 8 20% Sergeant",
        ]
    )
    assert found is not None
    assert found.inferred
    assert found.rows[0] == ("Unit", "Staff Total", "Share", "Lead Rank")
    assert found.rows[3] == ("Far East", "3", "12%", "Sergeant")


def test_a_row_with_too_few_words_is_kept_whole_and_told():
    found = find_table(["Unit Staff", "North 1", "South 2", "East 3", "West"])
    assert found is not None
    assert found.rows[4] == ("West", "")
    assert found.unsettled == (4,)


@pytest.mark.parametrize(
    "lines",
    [
        ["AC", "Assistant Commissioner", "HR", "Human Resources", "IAG", "Independent Group"],
        ["You can go to", "the station at", "any time and", "ask for it"],
        ["North 1", "South 2", "East 3", "West 4"],
        ["Unit Staff", "North 1"],
    ],
)
def test_prose_lists_and_headless_rows_are_not_taken_for_tables(lines):
    assert find_table(lines) is None
