"""The grammar on small cases: where a paragraph belongs, and when that is doubted."""

from __future__ import annotations

from evenhand.datasets.papers import read_paper


def read(text):
    return read_paper(text.encode(), filename="a.txt")


def rules(draft):
    return [doubt.rule for doubt in draft.doubts]


def only(draft):
    (recommendation,) = draft.recommendations
    return recommendation


def test_a_list_inside_progress_is_not_taken_for_items():
    draft = read(
        "Recommendation 1\nDo it:\n\n(a) first\n\nProgress so far\n\nThree steps:\n\n"
        "(i) one\n\n(ii) two\n\n(b) second\n"
    )
    first, second = only(draft).items
    assert first.progress == "Three steps:\n(i) one\n(ii) two"
    assert second.text == "second"


def test_a_lettered_list_inside_progress_is_doubted_where_it_could_be_an_item():
    draft = read(
        "Recommendation 1\nDo it:\n\n(a) first\n\n(b) second\n\nProgress\n\nSteps:\n\n"
        "(a) one\n\n(b) two\n\n(c) three\n"
    )
    assert [i.label for i in only(draft).items] == ["a", "b"]
    assert only(draft).items[1].progress == "Steps:\n(a) one\n(b) two\n(c) three"
    assert "item-or-list" in rules(draft)


def test_the_ninth_item_is_i_and_not_roman_one():
    items = "\n\n".join(f"({x}) part {x}" for x in "abcdefghij")
    assert [i.label for i in only(read(f"Recommendation 1\nDo it:\n\n{items}")).items] == list(
        "abcdefghij"
    )


def test_numbered_items_follow_a_colon_and_decimals_their_recommendation():
    draft = read("Recommendation 1\nDo these:\n\n1. one\n\n2. two\n")
    assert [(i.label, i.text) for i in only(draft).items] == [("1", "one"), ("2", "two")]
    draft = read("Recommendation 3\nDo these.\n\n3.1 One\n\n3.2 Two\n")
    assert [i.label for i in only(draft).items] == ["3.1", "3.2"]


def test_comment_after_an_item_without_a_label_is_progress_and_doubted():
    draft = read("Recommendation 1\nDo it:\n\n(a) first.\n\nThe service did it.\n")
    assert only(draft).items[0].text == "first."
    assert only(draft).items[0].progress == "The service did it."
    assert "unlabelled-narrative" in rules(draft)


def test_a_recommendation_without_items_carries_its_own_narrative():
    draft = read(
        "Recommendation 1: Stop it.\n\nOwner: Director\n\nDue: 1 May 2020\n\nProgress\n\n"
        "Stopped.\n\nStatus: complete\n"
    )
    recommendation = only(draft)
    assert (recommendation.text, recommendation.progress) == ("Stop it.", "Stopped.")
    assert (recommendation.responsible, str(recommendation.due)) == ("Director", "2020-05-01")
    assert recommendation.completed


def test_a_value_on_the_line_below_its_label_is_taken():
    draft = read(
        "Recommendation 1\nStop it.\n\nResponsible:\n\nThe Director\n\nProgress\n\nNone.\n"
    )
    assert only(draft).responsible == "The Director"
    assert only(draft).progress == "None."


def test_a_sentence_about_a_recommendation_does_not_open_one():
    draft = read("Recommendation 1\nStop.\n\nProgress\n\nRecommendation 2 has been dealt with.\n")
    assert [r.number for r in draft.recommendations] == ["1"]


def test_recommendations_for_members_are_never_the_registers_even_when_numbered_so():
    draft = read(
        "Title\n\nReport: 1\n\nA. Recommendations\n\nThat members\n\n1. note it\n\n2. agree it\n\n"
        "B. Supporting information\n\n1. Words.\n\nRecommendation 1\nDo it.\n"
    )
    assert [ask.text for ask in draft.for_members] == ["note it", "agree it"]
    assert [r.text for r in draft.recommendations] == ["Do it."]


def test_a_numbered_list_is_of_recommendations_only_under_such_a_title():
    body = "\n\n1. We ask for a thing.\n\n2. We ask for more.\n\n3. We ask for all.\n"
    assert len(read("Recommendations of the panel" + body).recommendations) == 3
    assert not read("Minutes of the panel" + body).recommendations


def test_a_list_under_a_heading_of_recommendations_ends_with_its_section():
    draft = read(
        "Panel report\n\nWhat we heard\n\nMuch was said about many things.\n\nRecommendations\n\n"
        "1. Do a thing.\n\n2. Do more.\n\n3. Do all.\n\nThanks\n\n1. To all who came.\n"
    )
    assert [r.text for r in draft.recommendations] == ["Do a thing.", "Do more.", "Do all."]


def test_disagreeing_numbers_and_dates_in_the_head_are_doubted():
    draft = read(
        "Report 5 of the 1 May 2010 meeting of the Northmoor Board, on stops.\n\nStops\n\n"
        "Report: 6\nDate: 2 May 2010\n\nSummary\n\nWords.\n"
    )
    assert {"report-number-disagrees", "dates-disagree"} <= set(rules(draft))


def test_an_impossible_date_in_the_head_is_doubted():
    draft = read("Stops\n\nReport: 6\nDate: 31 June 2010\n\nSummary\n\nWords.\n")
    assert draft.date is None
    assert "impossible-date" in rules(draft)


def test_every_doubt_says_where_why_and_what_to_check():
    draft = read("Recommendation 1\nDo it:\n\n(a) one\n\n(c) two\n\n9. See below.\n")
    assert draft.doubts
    for doubt in draft.doubts:
        assert all((doubt.where, doubt.understood, doubt.why, doubt.check, doubt.rule))
