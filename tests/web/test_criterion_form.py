"""The form of a criterion offers what is measured here, and says in words what is not."""

from __future__ import annotations

from html import unescape

import pytest

from evenhand.web.judgement import queries
from evenhand.web.judgement.scopes import spell_pair
from evenhand.web.measures.names import indicator_title
from evenhand.web.measures.services import move_run

from .judging import ITEM, Case

ADDRESS = f"/recommendations/{ITEM}/criterion/"
PAIR = spell_pair("sex", "Female", "Male")
TYPED = {
    "kind": "indicator",
    "title": "Women and men stopped",
    "indicator": "stop-rate",
    "unit": "",
    "pair": PAIR,
    "target": "between",
    "low": "0.8",
    "high": "1.25",
    "distance": "ratio",
    "comparison": "interval",
    "sustain_months": "12",
    "reason": "It is what was asked for.",
}
OUTSIDE = TYPED | {
    "kind": "external", "indicator": "", "pair": "", "source": "The college’s returns",
}  # fmt: skip


@pytest.fixture
def case(lamp, cast, at) -> Case:
    return Case(cast, at)


@pytest.fixture
def desk(case, signed_in):
    return signed_in("secretariat")


def said(answer) -> str:
    return unescape(answer.content.decode())


def test_indicators_places_and_comparisons_are_those_that_are_measured(measured, desk):
    form = desk.get(ADDRESS).context["form"]
    assert [name for name, _ in form.fields["indicator"].choices] == ["", "Stops"]
    assert form.fields["indicator"].choices[1][1] == [("stop-rate", indicator_title("stop-rate"))]
    assert form.fields["unit"].choices == [
        ("", "The service as a whole"),
        ("Birch Cross", "Birch Cross"),
    ]
    assert form.fields["pair"].choices[1] == ("Sex", [(PAIR, "Female compared with Male")])


def test_a_chosen_comparison_becomes_the_criterion_and_its_page_is_shown(measured, desk, case):
    answer = desk.post(ADDRESS, TYPED | {"unit": "Birch Cross"}, follow=True)
    assert answer.redirect_chain == [(f"/recommendations/{ITEM}/judgement/", 302)]
    [view] = queries.list_criteria(as_of=case.view, item=ITEM)
    assert view.scope == {
        "indicator": "stop-rate",
        "unit": "Birch Cross",
        "characteristic": "sex",
        "group": "Female",
        "comparator": "Male",
    }
    assert queries.judge_view(view, as_of=case.view).judged.latest.value == 1.5


def test_a_figure_from_outside_takes_nothing_of_an_indicator_left_chosen(measured, desk, case):
    desk.post(ADDRESS, OUTSIDE | {"indicator": "stop-rate", "pair": PAIR})
    [view] = queries.list_criteria(as_of=case.view, item=ITEM)
    assert set(view.scope.values()) == {""}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"indicator": ""}, "Choose the indicator, or a figure from outside above."),
        ({"pair": ""}, "Choose who is compared with whom."),
        ({"indicator": "made-up"}, "not one of the available choices"),
        ({"low": "2"}, "A target’s lowest value is above its highest."),
    ],
)
def test_what_is_missing_is_said_in_words_and_what_was_typed_is_kept(
    measured, desk, case, changed, words
):
    answer = desk.post(ADDRESS, TYPED | changed)
    assert answer.status_code == 422
    assert words in said(answer)
    assert "Women and men stopped" in said(answer)
    assert queries.list_criteria(as_of=case.view, item=ITEM) == []


def test_what_is_not_measured_together_is_refused_and_what_is_measured_is_named(
    measured, desk, monkeypatch
):
    from evenhand.web.judgement import criterion_form
    from evenhand.web.judgement.scopes import Scope, list_scopes

    other = [
        Scope("stops", "find-rate", "", "sex", "Female", "Male"),
        Scope("stops", "stop-rate", "", "age", "Under 18", "Over 34"),
        Scope("stops", "find-rate", "Ash Vale", "sex", "Female", "Male"),
    ]
    monkeypatch.setattr(
        criterion_form, "list_scopes", lambda **asked: sorted([*list_scopes(**asked), *other])
    )
    there = said(desk.post(ADDRESS, TYPED | {"unit": "Ash Vale"}))
    assert "is not measured there. It is for: Birch Cross; The service as a whole." in there
    young = spell_pair("age", "Under 18", "Over 34")
    these = said(desk.post(ADDRESS, TYPED | {"unit": "Birch Cross", "pair": young}))
    assert "does not compare these there. It does: Female compared with Male." in these


def test_where_nothing_is_measured_the_form_says_so_and_takes_a_figure_from_outside(desk, case):
    page = said(desk.get(ADDRESS))
    assert "Nothing has been measured here yet" in page
    assert 'name="indicator"' not in page
    assert desk.post(ADDRESS, TYPED).status_code == 422
    assert desk.post(ADDRESS, OUTSIDE).status_code == 302
    [view] = queries.list_criteria(as_of=case.view, item=ITEM)
    assert view.source == "The college’s returns"


def test_a_comparison_that_is_measured_no_more_is_told_to_who_comes_from_it(
    measured, desk, analyst, at
):
    given = {"indicator": "stop-rate", "characteristic": "sex", "group": "Women"}
    page = said(desk.get(ADDRESS, given | {"comparator": "Men"}))
    assert "not in the latest measurement: choose another" in page
    move_run(run=measured.ref, verb="withdraw", reason="Doubt.", by=analyst, at=at)
    assert "Nothing has been measured here yet" in said(desk.get(ADDRESS))
