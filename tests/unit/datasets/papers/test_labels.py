"""The words that say what follows, and those that only look like it."""

from __future__ import annotations

import pytest

from evenhand.datasets.papers.draft import Strand
from evenhand.datasets.papers.labels import (
    Completion,
    completion_of,
    find_label,
    find_recommendation_heading,
    find_responsible,
    refers_elsewhere,
    says_completed,
)


@pytest.mark.parametrize(
    ("text", "strand", "rest"),
    [
        ("Progress so far", Strand.PROGRESS, ""),
        ("Progress so far.", Strand.PROGRESS, ""),
        ("Progress to date:", Strand.PROGRESS, ""),
        ("Progress: two units trained", Strand.PROGRESS, "two units trained"),
        ("CHALLENGES", Strand.CHALLENGES, ""),
        ("Challenges – money", Strand.CHALLENGES, "money"),
        ("Next Steps", Strand.NEXT_STEPS, ""),
        ("Owner: Director of Training", Strand.RESPONSIBLE, "Director of Training"),
        ("Target date: 1 May 2020", Strand.DUE, "1 May 2020"),
        ("Status: complete", Strand.STATUS, "complete"),
    ],
)
def test_labels_are_read_alone_or_with_words_after_a_colon(text, strand, rest):
    label = find_label(text)
    assert label is not None
    assert (label.strand, label.rest) == (strand, rest)


@pytest.mark.parametrize(
    "text",
    ["Progress has been slow.", "Challenges remain in training", "Owner", "The next steps are"],
)
def test_sentences_that_open_with_such_words_are_not_labels(text):
    assert find_label(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Action completed.", Completion.BARE),
        ("Action completed", Completion.BARE),
        ("Completed.", Completion.BARE),
        ("This action has been completed.", Completion.BARE),
        ("Recommendation implemented.", Completion.BARE),
        ("Action completed - a new head took up post", Completion.WITH_WORDS),
        ("Action completed. The board met.", Completion.WITH_WORDS),
        ("Action completed in part.", Completion.UNCLEAR),
        ("Action completed by two of five units.", Completion.UNCLEAR),
        ("Action not yet completed.", Completion.UNCLEAR),
        ("Action to be completed by May.", Completion.UNCLEAR),
        ("The survey was completed in May.", Completion.NOT_SAID),
        ("Completed forms are kept.", Completion.NOT_SAID),
    ],
)
def test_only_a_plain_statement_completes_an_action(text, expected):
    assert completion_of(text) is expected


@pytest.mark.parametrize(
    ("cell", "done"),
    [
        ("Complete", True),
        ("closed", True),
        ("Yes", True),
        ("In progress", False),
        ("Not complete", False),
    ],
)
def test_status_cells_say_whether_it_is_finished(cell, done):
    assert says_completed(cell) is done


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("Recommendation 1", "1", ""),
        ("Recommendation 4 [Board responsible] A wider gate", "4", "A wider gate"),
        ("Recommendation 7: Train everyone", "7", "Train everyone"),
        ("RECOMMENDATION 12 – Train everyone", "12", "Train everyone"),
        ("Rec. 3 Train everyone", "3", "Train everyone"),
        ("Recommendation 2a", "2a", ""),
    ],
)
def test_headings_of_recommendations_are_read(text, number, rest):
    heading = find_recommendation_heading(text)
    assert heading is not None
    assert (heading.number, heading.rest) == (number, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Recommendation 3 has been carried out by the units.",
        "Recommendations 1 to 5",
        "Recommendations",
        "As recommendation 3(a)",
    ],
)
def test_sentences_that_cite_a_recommendation_open_none(text):
    assert find_recommendation_heading(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Recommendation 4 [MPA responsible for implementation]", "MPA"),
        ("Train everyone (Lead: Director of Training)", "Director of Training"),
        ("Train everyone (see above)", ""),
    ],
)
def test_bracketed_notes_name_who_is_responsible(text, name):
    assert find_responsible(text) == name


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("As challenges.", True),
        ("See ‘Challenges’.", True),
        ("As paragraph 53.", True),
        ("As the units take up the new challenges of the year, more will be asked.", False),
        ("See that everyone is trained.", False),
    ],
)
def test_words_that_only_point_elsewhere_are_noticed(text, points):
    assert refers_elsewhere(text) is points
