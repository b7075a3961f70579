"""Whatever a paper holds, each of its words stands in the draft as often as in the paper."""

from __future__ import annotations

import html
import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core import EvenhandError
from evenhand.datasets.papers import build_json, read_paper

_WORD = re.compile(r"[^\W_]+")
_LINES = (
    "", "", "", "Recommendation 1", "Recommendation 2 [Board responsible] Do more. This means:",
    "3. Recommendation 3", "(a) first part", "(b) second part;", "(d) skipped to:", "(i) roman",
    "a. dotted", "1. numbered words", "2. 2. twice numbered", "7. Action completed.",
    "8. Action completed in part.", "1.1 Decimal paragraph", "2 Bare heading", "  1. nested",
    "  • a bullet", "- a dash", "Progress so far", "Challenges", "Next steps", "Next steps: go on",
    "Owner: Somebody", "Due: 31/11/2020", "Status:", "Report: 4", "Date: 3 May 2010", "By: Chair",
    "Report 4 of the 3 May 2010 meeting of the Board, and more", "Summary", "A. Recommendations",
    "That members", "That members note it.", "B. Supporting information", "C. Legal implications",
    "D. Background papers", "Appendix 1", "Annex B: Terms", "A Short Heading", "=====", "-----",
    "Unit Start Date End Date", "North 01/02/2010 03/04/2010", "South East 01/02/2010 31/02/2010",
    "West 05/02/2010 01/01/2010", "A\tB", "c\td", "x | y", "A sentence that says something.",
    "another line that goes on and on without any capital letters or full stops to its very end",
)  # fmt: skip


def words_of(draft):
    held = Counter()
    for passage in draft.list_passages():
        held.update(_WORD.findall(f"{passage.marker} {passage.text}"))
    for table in draft.tables:
        held.update(_WORD.findall(" ".join(table.header)))
        held.update(_WORD.findall(" ".join(c.text for row in table.rows for c in row)))
    return held


def lost(text, draft):
    return Counter(_WORD.findall(text)) - words_of(draft)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(_LINES), min_size=1, max_size=40))
def test_no_word_of_a_text_made_of_the_grammars_own_lines_is_lost(lines):
    text = "\n".join(lines)
    if text.strip():
        assert not lost(text, read_paper(text.encode(), filename="a.txt"))


@settings(max_examples=300, deadline=None)
@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=400)
)
def test_no_word_of_any_text_is_lost(text):
    try:
        draft = read_paper(text.encode(), filename="a.txt")
    except EvenhandError:
        return  # blank, or a web page by its first words: refused, not half read
    assert not lost(text, draft)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(_LINES), min_size=1, max_size=30), st.randoms())
def test_no_word_of_a_page_is_lost_whatever_its_tags(lines, rng):
    tags = ("p", "h1", "h2", "h3", "li", "div", "b", "td", "span", "blockquote", "dt")
    page, text = ["<html><body>"], "\n".join(lines)
    for line in lines:
        tag = rng.choice(tags)
        page.append(
            f"<{tag}>{html.escape(line)}</{tag} >"
            if rng.random() < 0.8
            else f"<ol type=a><li>{html.escape(line)}</ol>"
        )
        page.append("\n")
    draft = read_paper("".join(page).encode(), filename="a.html")
    assert not lost(text, draft)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(_LINES), min_size=1, max_size=20), st.randoms())
def test_no_word_of_a_word_file_is_lost_whatever_its_styles(word, lines, rng):
    styles = ("Normal", "Heading 1", "Heading 3", "List Bullet", "List Number", "Title")

    def write(document):
        for line in lines:
            document.add_paragraph(style=rng.choice(styles)).add_run(line).bold = rng.random() < 0.3

    draft = read_paper(word(write), filename="a.docx")
    assert not lost("\n".join(lines), draft)


_CELLS = st.sampled_from(
    [
        "",
        "No",
        "Recommendation",
        "Owner",
        "Due",
        "Notes",
        "1",
        "2(a)",
        "31/11/2020",
        "Do it, soon",
        "x",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(_CELLS, min_size=1, max_size=6), min_size=1, max_size=12))
def test_no_cell_of_a_sheet_is_lost(rows):
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    try:
        draft = read_paper(text.encode(), filename="a.csv")
    except EvenhandError:
        return
    tables = [
        row
        for table in draft.tables
        for row in (table.header, *[[c.text for c in r] for r in table.rows])
    ]
    held = Counter(_WORD.findall(" ".join(cell for row in tables for cell in row)))
    held.update(_WORD.findall(" ".join(passage.text for passage in draft.front)))
    assert not Counter(_WORD.findall(text)) - held


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(_LINES), min_size=1, max_size=40))
def test_every_draft_is_plain_json_and_the_same_each_time(lines):
    import json

    text = "\n".join(lines).encode()
    if text.strip():
        first, second = (read_paper(text, filename="a.txt") for _ in range(2))
        assert first == second
        assert json.loads(json.dumps(build_json(first))) == build_json(first)
