"""The five source papers and a real list of 94 recommendations, read as a person reads them.

What each assertion expects was decided by reading the papers through, not by running the reader.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from datetime import date

import pytest

from evenhand.datasets.papers import read_paper

pytestmark = pytest.mark.shared

_WORD = re.compile(r"[^\W_]+")


@pytest.fixture(scope="session")
def seed(shared):
    def read(number):
        (file,) = (shared / "seeds").glob(f"{number:03d}_*.txt")
        return read_paper(file.read_bytes(), filename=file.name)

    return read


@pytest.fixture(scope="session")
def paper_2011(seed):
    return seed(1)


def item(draft, number, label):
    recommendation = next(r for r in draft.recommendations if r.number == str(number))
    return next(i for i in recommendation.items if i.label == label)


def rules(draft):
    return Counter(doubt.rule for doubt in draft.doubts)


def test_the_2011_paper_gives_nine_recommendations_and_forty_one_items(paper_2011):
    labels = {r.number: "".join(i.label for i in r.items) for r in paper_2011.recommendations}
    assert labels == {
        "1": "abcd",
        "2": "abcde",
        "3": "abc",
        "4": "abc",
        "5": "abc",
        "6": "abcdef",
        "7": "abcde",
        "8": "abcd",
        "9": "abcdefgh",
    }
    assert sum(map(len, labels.values())) == 41


def test_the_2011_paper_marks_sixteen_items_completed(paper_2011):
    completed = {
        r.number + i.label for r in paper_2011.recommendations for i in r.items if i.completed
    }
    assert completed == set(
        "2a 2b 2e 4a 4c 5a 5c 6e 6f 8b 8c 8d 9a 9b 9d 9g".split()  # noqa: SIM905
    )


def test_the_head_of_the_2011_paper_is_read(paper_2011):
    assert paper_2011.title == "Race and Faith Inquiry – update on the recommendations"
    assert (paper_2011.report_number, paper_2011.author) == ("6a", "Chief Executive")
    assert (paper_2011.committee, paper_2011.date) == ("MPA Full Authority", date(2011, 5, 26))


@pytest.mark.parametrize(
    ("number", "label", "strand", "start", "end"),
    [
        (1, "a", "progress", "New arrangements regarding", "transferred to the DCFD."),
        (1, "a", "challenges", "How satisfied", "less high profile SSAs?"),
        (1, "a", "next_steps", "To agree the future", "Diversity Executive Board."),
        (1, "b", "text", "Continuing to build", "(MetBPA)"),
        (1, "c", "progress", "The Deputy Commissioner holds", "reasonable adjustments."),
        (1, "d", "progress", "Effective organisational", "investigation of hate crime."),
        (2, "c", "progress", "See next", "recommendation."),
        (2, "d", "text", "developing a robust", "which give rise to concerns."),
        (2, "d", "progress", "A number of elements", "available to every (B) OCU."),
        (4, "b", "next_steps", "A separate Authority", "agenda of this meeting."),
        (5, "b", "progress", "Temporary promotions for", "managed by the MPA."),
        (5, "b", "challenges", "Having reduced", "ethnic origin be improved?"),
        (5, "c", "progress", "Since 1 October 2010", "for different groups."),
        (6, "d", "challenges", "Following the review", "a sustained improvement."),
        (7, "e", "challenges", "The ‘added value’", "the advisory group?"),
        (9, "a", "progress", "Action completed - A new Head", "20 September 2010."),
        (9, "f", "next_steps", "As challenges", "As challenges"),
        (9, "h", "next_steps", "As challenges.", "As challenges."),
    ],
)
def test_narrative_of_the_2011_paper_lands_where_it_belongs(
    paper_2011, number, label, strand, start, end
):
    words = getattr(item(paper_2011, number, label), strand)
    assert words.startswith(start)
    assert words.endswith(end)


def test_only_recommendation_4_of_the_2011_paper_says_who_is_responsible(paper_2011):
    told = {r.number: r.responsible for r in paper_2011.recommendations if r.responsible}
    assert told == {"4": "MPA"}


def test_the_seventeen_temporary_promotions_are_read_with_their_faults(paper_2011):
    (table,) = paper_2011.tables
    assert table.header == (
        "T/Rank",
        "Business Group",
        "Start Date",
        "End Date",
        "Gender",
        "Ethnic Origin",
    )
    assert len(table.rows) == 17
    assert [cell.text for cell in table.rows[0]] == [
        "Ch. Supt",
        "SO",
        "25/03/2005",
        "TBC: Specialist Security Role",
        "Male",
        "White-British",
    ]
    assert [(f.rule, f.row, f.column) for f in table.faults] == [
        ("not-a-date", 1, "End Date"),
        ("start-after-end", 6, "Start Date"),
        ("impossible-date", 14, "End Date"),
    ]
    assert table.belongs_to == "recommendation 5 (b)"
    told = {(d.rule, d.row, d.column) for d in paper_2011.doubts if d.row}
    assert {
        ("start-after-end", 6, "Start Date"),
        ("impossible-date", 14, "End Date"),
        ("start-after-paper", 6, "Start Date"),
    } <= told


def test_members_of_2011_are_asked_one_thing_and_it_is_not_in_the_register(paper_2011):
    (ask,) = paper_2011.for_members
    assert ask.text.startswith("That Members note the approach")


def test_what_is_odd_about_the_2011_paper_is_doubted(paper_2011):
    found = rules(paper_2011)
    assert found["completed-but-open"] == 2  # 9(d) and 9(g)
    assert found["unlabelled-narrative"] == 2  # 2(c) and 4(a)
    assert found["background-after-paper"] == 2  # "25 November 2011", twice
    assert found["number-printed-twice"] == 1  # "12. 12."
    assert found["closing-remark"] == 1  # paragraph 83


def test_the_standing_sections_of_2011_include_numbered_parts(paper_2011):
    assert [(s.letter, s.kind) for s in paper_2011.sections][2:8] == [
        ("C", "implications"),
        ("C.1", "equality"),
        ("C.2", "other"),
        ("C.3", "financial"),
        ("C.4", "legal"),
        ("C.5", "risk"),
    ]


@pytest.mark.parametrize(
    ("number", "report", "day", "committee", "asks", "letters"),
    [
        (0, "12", date(2007, 5, 24), "Equal Opportunities & Diversity Board", 2, "ABCDEF"),
        (1, "6a", date(2011, 5, 26), "MPA Full Authority", 1, "ABCDE"),
        (2, "08", date(2004, 5, 20), "Equal Opportunities & Diversity Board", 1, "ABCDEF"),
        (3, "7", date(2007, 12, 6), "", 3, "ABCDEF"),
        (4, "", date(2013, 9, 30), "", 0, ""),
    ],
)
def test_the_head_and_sections_of_each_source_paper(
    seed, number, report, day, committee, asks, letters
):
    draft = seed(number)
    assert (draft.report_number, draft.date, draft.committee) == (report, day, committee)
    assert len(draft.for_members) == asks
    assert "".join(s.letter for s in draft.sections if len(s.letter) == 1) == letters


@pytest.mark.parametrize("number", [0, 2, 3, 4])
def test_papers_about_recommendations_are_not_mistaken_for_lists_of_them(seed, number):
    draft = seed(number)
    assert not draft.recommendations
    assert rules(draft)["no-recommendations"] == 1


def test_the_paper_on_training_has_a_paragraph_out_of_order_and_an_empty_section(seed):
    found = rules(seed(3))
    assert found["number-out-of-order"] == 1  # 17, 18, 19, 18
    assert found["section-empty"] == 1  # E. Background papers


def test_the_appendix_of_the_2007_paper_is_kept_apart_with_its_own_summary(seed):
    draft = seed(0)
    appendix = draft.sections[-1]
    assert (appendix.kind, appendix.title) == ("appendix", "Promoting Difference Programme")
    assert draft.summary.startswith("The purpose of this paper")


@pytest.mark.parametrize("number", range(5))
def test_no_word_of_a_source_paper_is_lost_or_invented(seed, shared, number):
    (file,) = (shared / "seeds").glob(f"{number:03d}_*.txt")
    draft = seed(number)
    held = Counter()
    for passage in draft.list_passages():
        held.update(_WORD.findall(f"{passage.marker} {passage.text}"))
    for table in draft.tables:
        held.update(_WORD.findall(" ".join(table.header)))
        held.update(_WORD.findall(" ".join(c.text for row in table.rows for c in row)))
    assert held == Counter(_WORD.findall(file.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def calls_to_action(shared):
    file = shared / "data" / "recommendations" / "calls-to-action.txt.gz"
    return gzip.decompress(file.read_bytes())


def test_a_real_list_of_ninety_four_recommendations_reads_whole(calls_to_action):
    draft = read_paper(calls_to_action, filename="calls-to-action.txt")
    assert [r.number for r in draft.recommendations] == [str(n) for n in range(1, 95)]
    printed = len(re.findall(rb"^\t[ivx]+\.", calls_to_action, re.MULTILINE))
    assert sum(len(r.items) for r in draft.recommendations) == printed
    assert draft.recommendations[0].group == ("Legacy", "Child welfare")
    assert draft.recommendations[42].group == (
        "Reconciliation",
        "Canadian Governments and the United Nations Declaration on the Rights of "
        "Indigenous Peoples",
    )
    assert (
        draft.recommendations[9].items[6].text == "Respecting and honouring Treaty relationships."
    )
    assert draft.recommendations[93].text.endswith("fulfill my duties as a Canadian citizen.")
    assert "completed-but-open" not in rules(draft)
