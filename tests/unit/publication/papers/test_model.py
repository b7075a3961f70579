"""The model of a paper: what it refuses, and how it is kept and read again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core import LedgerBroken, UsageProblem
from evenhand.publication.papers import (
    STANDING,
    Figure,
    Grid,
    Ledger,
    Listing,
    Paper,
    Paragraph,
    Picture,
    Section,
    Subheading,
    digest,
    lay_beside,
    missing_sections,
    plain,
    read_lines,
    read_paper,
    read_text,
    typed_numbers,
    unknown_names,
    write_paper,
)
from evenhand.publication.papers.model import letter

TABLE = Grid("Counts", ("What", "How many"), ((("a",), (Figure("a", 1),)),))


@pytest.mark.parametrize("alt", ["", "  ", "Title"])
def test_a_picture_without_words_of_its_own_is_refused(alt):
    with pytest.raises(UsageProblem, match="no text alternative"):
        Picture("Title", alt, "<svg/>", TABLE)


def test_what_is_no_drawing_is_refused():
    with pytest.raises(UsageProblem, match="not an SVG"):
        Picture("Title", "It shows one bar.", "<img>", TABLE)


def test_a_table_needs_a_caption_headings_and_rows_that_fit():
    with pytest.raises(UsageProblem, match="no caption"):
        Grid(" ", ("a",), ())
    with pytest.raises(UsageProblem, match="column without a heading"):
        Grid("c", ("a", ""), ())
    with pytest.raises(UsageProblem, match="does not fit"):
        Grid("c", ("a", "b"), ((("x",),),))


def test_headings_have_words_and_sections_differ(paper):
    with pytest.raises(UsageProblem):
        Subheading(" ")
    with pytest.raises(UsageProblem):
        Subheading("a", 3)
    with pytest.raises(UsageProblem, match="one key"):
        replace(paper, sections=(paper.sections[0], paper.sections[0]))


def test_every_figure_that_is_printed_is_found(paper):
    keys = [figure.key for figure in paper.figures()]
    once = ["lantern.embedded", "lantern.partial", "harbour.embedded"]
    assert keys == ["all.items", *once, *once, "all.items"]  # the picture's table again; the annex


def test_sections_are_lettered_past_z():
    assert [letter(place) for place in (0, 1, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "B",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def test_an_issued_paper_is_read_again_as_it_was(paper, corrected):
    for each in (paper, corrected):
        text = write_paper(each)
        assert read_paper(text) == each
        assert write_paper(read_paper(text)) == text


WORDS = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.builds(Figure, st.text(min_size=1, max_size=9), st.integers(0, 10**9)),
    ),
    max_size=4,
).map(tuple)


@settings(deadline=None)  # a busy machine is no reason to fail
@given(st.lists(WORDS, max_size=5), st.booleans())
def test_any_words_survive_being_kept(items, ordered):
    section = Section("x", "X", (Listing(tuple(items), ordered), *map(Paragraph, items)))
    paper = Paper("T", "B", (), (section,), Ledger("s", "now", 1, "00", 0), TABLE)
    assert read_paper(write_paper(paper)) == paper


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"is":"Nothing"}', '{"is":"Figure"}', '"a"'])
def test_a_text_that_is_no_paper_is_refused(text):
    with pytest.raises(LedgerBroken):
        read_paper(text)


def test_one_letter_more_gives_another_digest(paper):
    other = replace(paper, title=paper.title + "x")
    assert digest(write_paper(paper)) != digest(write_paper(other))


def test_prose_takes_its_figures_from_the_snapshot():
    blocks = read_text(
        "Of {{ all.items }}, {{gone}} stay.\nMore.\n\n- a\n  b\n- c", {"all.items": 4}
    )
    assert [type(block).__name__ for block in blocks] == ["Paragraph", "Listing"]
    assert blocks[0].words == ("Of ", Figure("all.items", 4), ", {{gone}} stay. More.")
    assert [plain(item) for item in blocks[1].items] == ["a b", "c"]
    assert unknown_names(["{{gone}} {{all.items}} {{gone}}"], {"all.items": 4}) == ("gone",)
    assert read_text(" \n\n ", {}) == ()


def test_recommendations_are_numbered_one_a_line():
    [listing] = read_lines("- note it\n\nask again\n", {}, ordered=True)
    assert listing == Listing((("note it",), ("ask again",)), ordered=True)
    assert read_lines("\n", {}, ordered=True) == ()


def test_numbers_typed_by_hand_are_named():
    assert typed_numbers(["In 2027, 12% of {{all.items}}; £4,500. R7 stays."]) == (
        "2027",
        "12%",
        "£4,500",
    )


def test_a_section_that_says_nothing_is_missing_unless_it_may_be():
    assert {each.key for each in missing_sections({})} == {
        each.key for each in STANDING if not each.optional
    }
    assert missing_sections({each.key: "None." for each in STANDING}) == ()


def test_versions_are_laid_beside_one_another(paper):
    assert not any(pair.changed for pair in lay_beside(paper, paper))
    summary = Section("summary", "Summary", (Paragraph(("All is not told.",)),))
    other = replace(paper, sections=(summary, *paper.sections[1:]))
    [pair] = [pair for pair in lay_beside(paper, other) if pair.changed]
    assert (pair.section, pair.before, pair.after) == (
        "Summary",
        "All is told.",
        "All is not told.",
    )


def test_a_section_that_one_version_lacks_stands_alone(paper):
    shorter = replace(paper, sections=paper.sections[:-1])
    gone = [pair for pair in lay_beside(paper, shorter) if pair.changed]
    assert gone
    assert all(pair.after == "" for pair in gone)
    assert lay_beside(shorter, paper) == [
        type(pair)(pair.section, pair.after, pair.before) if pair.changed else pair
        for pair in lay_beside(paper, shorter)
    ]
