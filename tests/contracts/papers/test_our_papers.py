"""Papers written for these tests: each good one reads as meant, each bad one for its fault."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.core import UnreadableFile
from evenhand.datasets.papers import build_json


def rules(draft):
    return [doubt.rule for doubt in draft.doubts]


@pytest.fixture
def report(read):
    return read("good/progress-report.txt")


def test_the_head_of_a_report_is_read(report):
    assert report.title == "Fair Ground Review – where the recommendations stand"
    assert (report.report_number, report.author) == ("4b", "Head of Secretariat")
    assert report.committee == "Northmoor Police Oversight Board"
    assert report.date == report.meeting_date == date(2019, 3, 14)
    assert report.summary.startswith("This report tells members")


def test_what_members_are_asked_is_kept_apart_from_the_register(report):
    asked = [(ask.number, ask.lead, ask.text) for ask in report.for_members]
    assert asked == [
        ("1", "That members", "note the position set out below; and"),
        ("2", "That members", "ask for a further report in six months"),
    ]
    assert [r.number for r in report.recommendations] == ["1", "2", "3"]


def test_narrative_lands_under_the_item_and_label_it_follows(report):
    first, second = report.recommendations[0].items
    assert first.progress == (
        "Talks have been offered since January. They cover:\n• pay\n• hours\n\n"
        "A first summary goes to the board in May.\n\nHalf of all leavers accepted."
    )
    assert first.challenges == "Will leavers speak freely?"
    assert first.next_steps == "Publish the summary."
    assert second.progress == "Both checks run."
    assert second.next_steps == "As ‘Challenges’."


def test_lines_an_item_introduces_with_a_colon_belong_to_its_wording(report):
    assert report.recommendations[0].items[1].text == (
        "setting up two checks:\n\nThat reasons are recorded; and\n\nThat somebody reads them."
    )


def test_only_plain_statements_mark_an_item_completed(report):
    second, third = report.recommendations[1:]
    assert [(i.label, i.completed) for i in second.items] == [
        ("a", True),
        ("b", False),
        ("c", False),
    ]
    assert third.completed
    assert "completion-unclear" in rules(report)
    assert "completed-but-open" in rules(report)


def test_a_bracketed_note_names_who_is_responsible(report):
    second = report.recommendations[1]
    assert second.responsible == "Board"
    assert second.text.startswith("Promotions must be open to all")


def test_a_table_without_columns_gets_them_back_and_its_faults_are_named(report):
    (table,) = report.tables
    assert table.belongs_to == "recommendation 2 (b)"
    assert table.header == ("Post", "Business Unit", "Start Date", "End Date", "Held By")
    assert [cell.text for cell in table.rows[3]] == [
        "Acting Sgt",
        "East",
        "03/03/2018",
        "To be agreed",
        "Secondee",
    ]
    assert [(f.rule, f.row, f.column) for f in table.faults] == [
        ("impossible-date", 2, "End Date"),
        ("start-after-end", 3, "Start Date"),
        ("not-a-date", 4, "End Date"),
    ]
    assert {"impossible-date", "start-after-end", "not-a-date", "columns-inferred"} <= set(
        rules(report)
    )


def test_the_sections_closing_remark_is_not_the_last_items_next_step(report):
    assert report.recommendations[2].next_steps == "Keep going."
    supporting = next(s for s in report.sections if s.letter == "B")
    assert supporting.passages[-1].text == "The board thanks all who took part."
    assert "closing-remark" in rules(report)


def test_standing_sections_and_their_numbered_parts_are_named(report):
    assert [(s.letter, s.kind) for s in report.sections] == [
        ("A", "recommendations"),
        ("B", "supporting"),
        ("C", "implications"),
        ("C.1", "equality"),
        ("C.2", "financial"),
        ("D", "background papers"),
        ("E", "contact"),
    ]


def test_a_background_paper_from_the_future_is_doubted(report):
    (doubt,) = [d for d in report.doubts if d.rule == "background-after-paper"]
    assert "2019-11-09" in doubt.understood


def test_a_long_list_broken_at_the_margin_keeps_its_groups_items_and_wording(read):
    draft = read("good/long-list.txt")
    assert [(r.number, r.group) for r in draft.recommendations] == [
        ("1", ("Listening", "On the street")),
        ("2", ("Listening", "On the street")),
        ("3", ("Listening", "In the station")),
        ("4", ("Learning",)),
    ]
    assert [i.label for i in draft.recommendations[1].items] == ["i", "ii", "iii"]
    assert draft.recommendations[1].items[0].text == (
        "meeting them where they already meet, at times that suit them and not only their teachers;"
    )
    assert draft.recommendations[3].text.endswith(
        "\n\nI shall treat all alike, and where I fail I shall say so before I am asked."
    )


def test_a_web_page_reads_like_a_text_and_keeps_no_program(read):
    draft = read("good/web-page.html")
    first, second = draft.recommendations
    assert (draft.title, draft.date) == ("Vehicle stops: update", date(2020, 4, 2))
    assert [(i.label, i.text, i.progress) for i in first.items] == [
        ("a", "printing a card", "Cards were printed."),
        ("b", "training on how to use it", ""),
    ]
    assert first.items[1].next_steps == "• Train the night teams\n• Count the cards"
    assert second.text == "Publish the figures each month"
    assert (second.responsible, second.due) == ("Director of Standards", date(2020, 12, 31))
    assert second.challenges == "nobody owns the figures & the site is old.\n\n[Table 1]"
    words = str(build_json(draft))
    assert "never kept" not in words
    assert "alert" not in words
    assert "steal" not in words
    assert "Not shown to readers" in [p.text for p in draft.unplaced]
    assert "active-content-removed" in rules(draft)


def test_a_register_in_rows_keeps_unknown_columns_as_notes(read):
    draft = read("good/register.csv")
    first, second = draft.recommendations
    assert (first.number, first.group, first.due) == ("1", ("Openness",), date(2020, 12, 31))
    assert first.progress == "Two months out, on paper"
    assert [(i.label, i.text, i.completed) for i in first.items] == [
        ("a", "Publish them as open data, too", True)
    ]
    assert first.notes == {"Cost code": "C-11"}
    assert (second.responsible, second.due) == ("", date(2021, 5, 1))
    assert not draft.tables[0].faults


def test_a_memo_is_read_by_its_headings_and_signed_off(read):
    draft = read("good/memo.txt")
    assert draft.title == "STAYING ON: A NOTE"
    assert [s.title for s in draft.sections] == ["", "Plain speech", "One owner"]
    assert draft.author == "A. N. Example, Superintendent, Westmoor"
    assert draft.date == date(2013, 9, 30)
    assert {"signed-off", "no-recommendations"} <= set(rules(draft))


def test_labels_and_numbers_skipped_or_repeated_are_doubted_and_kept(read):
    draft = read("bad/labels-skipped-and-repeated.txt")
    assert [i.label for i in draft.recommendations[0].items] == ["a", "b", "d", "d"]
    assert {"label-gap", "label-repeat", "number-missing", "number-repeated"} <= set(rules(draft))


def test_windows_text_is_read_and_the_guess_is_told(read):
    draft = read("bad/windows-1252.txt")
    assert draft.title == "Café review – where it stands"
    assert "encoding-guessed" in rules(draft)


def test_text_encoded_twice_is_kept_as_it_came_and_doubted(read):
    draft = read("bad/encoded-twice.txt")
    assert draft.recommendations[0].text == "The boardâ€™s rooms must open."
    assert "encoded-twice" in rules(draft)


def test_every_wrong_cell_of_a_register_is_named_by_row_column_and_rule(read):
    draft = read("bad/rows-with-faults.csv")
    assert [(f.row, f.column, f.rule) for f in draft.tables[0].faults] == [
        (3, "Recommendation", "text-missing"),
        (3, "Due", "impossible-date"),
        (4, "No", "number-repeated"),
        (4, "Due", "not-a-date"),
        (5, "No", "number-missing"),
        (6, "column 5", "too-many-cells"),
        (6, "No", "item-without-recommendation"),
    ]
    assert len(draft.recommendations) == 5, "a wrong row is kept for a person to correct"


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("web-page-named.csv", "content-matches-name"),
        ("web-page-named.txt", "content-matches-name"),
        ("plain-text-named.html", "content-matches-name"),
        ("plain-text-named.pdf", "content-matches-name"),
        ("plain-text-named.docx", "content-matches-name"),
        ("program-named.txt", "known-format"),
        ("rich-text-named.docx", "known-format"),
        ("binary-named.txt", "text-is-text"),
        ("cut-short.pdf", "pdf-whole"),
        ("blank.txt", "not-empty"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_with_its_rule(read, path, rule):
    with pytest.raises(UnreadableFile) as caught:
        read(f"bad/{path}")
    assert caught.value.rule == rule
    assert caught.value.file == path
    assert caught.value.remedy
