"""The exact sentence of every kind of finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.datasets import Population
from evenhand.indicators import STOPS
from evenhand.indicators.characteristics import (
    Characteristic,
    build_age,
    build_officer_perceived,
    build_self_defined,
    build_sex,
)
from evenhand.indicators.evaluate import evaluate_groups, evaluate_places
from evenhand.indicators.panel import Panel
from evenhand.indicators.sentences import build_sentences, number, percent

Make = Callable[..., Panel]
Residents = Callable[..., Population]
INDICATORS = {indicator.id: indicator for indicator in STOPS}
ARRESTED = {"outcome": "arrest"}
BLACK = {"self_defined": "B1", "officer": "black"}
KENT = {("kent", "Kent"): (1_200_000, 12_000, 12_000, 24_000, 12_000)}


def say(id_: str, panel: Panel, made: Characteristic, group: str) -> tuple[str, str]:
    """The sentence of one group at the first place, and the one without the unknowns."""
    found = evaluate_groups(INDICATORS[id_], panel, made)
    row = found.pairs.group.tolist().index(made.index(group))
    full, plain = build_sentences(found, panel)
    return full[row], plain[row]


def say_of_places(id_: str, panel: Panel) -> list[str]:
    return build_sentences(evaluate_places(INDICATORS[id_], panel), panel)[0]


def test_a_rate_is_told_in_times_as_often_with_its_interval_and_count(
    panel_of: Make, residents: Residents
) -> None:
    panel = panel_of({"times": 1000}, {**BLACK, "times": 80}, population=residents(KENT))
    full, plain = say("stop-rate", panel, build_self_defined(), "black")
    assert (
        full
        == plain
        == (
            "In Kent, Black people (self-defined) were stopped and searched 4.00 times as "
            "often as White people for their number among residents (95% interval 3.17 to 5.00), "
            "January 2020: 80 searches. It does not show why."
        )
    )


def test_one_search_is_singular_and_its_smallness_is_said(
    panel_of: Make, residents: Residents
) -> None:
    panel = panel_of({"times": 100}, BLACK, population=residents(KENT))
    assert say("stop-rate", panel, build_officer_perceived(), "black")[0] == (
        "In Kent, Black people (officer-perceived) were stopped and searched 0.50 times as "
        "often as White people for their number among residents (95% interval 0.02 to 2.51), "
        "January 2020: 1 search. Too small to tell: these numbers would have shown only a ratio "
        "of about 4.00 or more."
    )


def test_the_unknown_are_named_with_the_bounds_they_imply(
    panel_of: Make, residents: Residents
) -> None:
    rows = [{"times": 1000}, {**BLACK, "times": 80}, {"self_defined": "NS", "times": 120}]
    panel = panel_of(*rows, population=residents(KENT))
    full, plain = say("stop-rate", panel, build_self_defined(), "black")
    unknown = (
        " Ethnicity is not known for 10% of them all; were those all of the one group or all of "
        "the other, the ratio would lie between 3.57 and 10.0."
    )
    assert full == plain.replace(" It does not", f"{unknown} It does not")
    assert "not known" not in plain


def test_a_share_is_told_beside_the_comparators(panel_of: Make) -> None:
    panel = panel_of(
        {"times": 900}, {**ARRESTED, "times": 100}, {**BLACK, "times": 150},
        {**BLACK, **ARRESTED, "times": 50},
    )  # fmt: skip
    assert say("arrest-rate", panel, build_self_defined(), "black")[0] == (
        "In Kent, 25% of searches of Black people (self-defined) ended in arrest, against "
        "10% of searches of White people (2.50 times; 95% interval 1.84 to 3.37), January 2020: "
        "50 of 200. It does not show why."
    )


def test_sex_and_age_need_no_field_beside_them(panel_of: Make) -> None:
    panel = panel_of(
        {"age": "25-34", **ARRESTED, "times": 30}, {"age": "25-34", "times": 70},
        {"sex": "female", **ARRESTED, "times": 30}, {"sex": "female", "times": 70},
    )  # fmt: skip
    assert say("arrest-rate", panel, build_sex(), "female")[0].startswith(
        "In Kent, 30% of searches of women and girls ended in arrest, against 30% of "
        "searches of men and boys (1.00 times; "
    )
    assert (
        "searches of people aged 18–24 ended"
        in (say("arrest-rate", panel, build_age(), "18-24")[0])
    )


def test_a_unit_is_told_beside_the_rest_of_its_service(panel_of: Make) -> None:
    panel = panel_of(
        {"unit": "North", "times": 97}, {"unit": "North", "time_known": False, "times": 3},
        {"unit": "South", "times": 400},
    )  # fmt: skip
    north, south = say_of_places("time-recorded", panel)
    assert north == (
        "In North (Kent), 97.0% of searches record the time of day, against 100% in the "
        "rest of Kent (0.97 times; 95% interval 0.92 to 0.99), January 2020: 97 of 100."
    )
    assert south.startswith("In South (Kent), 100% of searches record the time of day")


def test_a_service_is_told_beside_the_other_services(panel_of: Make) -> None:
    panel = panel_of({**ARRESTED, "times": 3}, {"times": 7}, {"service": "essex", "times": 12})
    essex, kent = say_of_places("arrest-rate", panel)
    assert essex.startswith(
        "In Essex, 0% of searches ended in arrest, against 30% in the other services "
        "(0.00 times; 95% interval 0.00 to "
    )
    assert kent == (
        "In Kent, 3 of 10 searches ended in arrest, and none of 12 in the other services, "
        "January 2020: the ratio is at least 1.08, and how much more cannot be said. It does not "
        "show why."
    )


def test_where_the_comparator_has_none_a_rate_prints_its_bound(
    panel_of: Make, residents: Residents
) -> None:
    panel = panel_of(BLACK, population=residents(KENT))
    assert say("stop-rate", panel, build_self_defined(), "black")[0].startswith(
        "In Kent, there was 1 search of Black people (self-defined) and none of White "
        "people, January 2020: the ratio is at least 2.63, and how much more cannot be said."
    )


def test_where_the_comparator_has_none_a_share_prints_both_denominators(panel_of: Make) -> None:
    panel = panel_of({"times": 60}, {**BLACK, "stripped": True, "times": 9}, {**BLACK, "times": 1})
    assert say("more-than-outer-clothing", panel, build_self_defined(), "black")[0].startswith(
        "In Kent, 9 of 10 searches of Black people (self-defined) took off more than outer "
        "clothing, and none of 60 of White people, January 2020: the ratio is at least "
    )


def test_where_neither_had_any_nothing_is_compared(panel_of: Make) -> None:
    panel = panel_of({"times": 5}, {**BLACK, "times": 4})
    assert say("arrest-rate", panel, build_self_defined(), "black")[0] == (
        "In Kent, Black people (self-defined) cannot be compared with White people: there "
        "were no events in either group, so there is nothing to compare."
    )
    assert say("arrest-rate", panel, build_self_defined(), "asian")[0].endswith(
        "Asian people (self-defined) cannot be compared with White people: there is nobody in the "
        "denominator."
    )


def test_a_unit_that_cannot_be_compared_is_named_once(panel_of: Make) -> None:
    panel = panel_of({"unit": "North"}, {"unit": "South"})
    assert say_of_places("arrest-rate", panel)[0] == (
        "North (Kent) cannot be compared with the rest of Kent: there were no "
        "events in either group, so there is nothing to compare."
    )


def test_without_residents_one_sentence_says_so_for_the_whole_place(panel_of: Make) -> None:
    assert say("stop-rate", panel_of({}), build_self_defined(), "black")[0] == (
        "In Kent, no comparison can be made: no resident population is known for this place."
    )


def test_a_group_without_residents_is_named_where_others_have_them(
    panel_of: Make, residents: Residents
) -> None:
    labels = ("White", "Mixed", "Asian or Asian British", "Black or Black British",
              "Chinese or other")  # fmt: skip
    panel = panel_of({}, population=residents({("kent", "Kent"): (9, 9, 9, 9, 9)}, labels))
    assert say("stop-rate", panel, build_self_defined(), "asian")[0].startswith(
        "In Kent, Asian people (self-defined) cannot be compared with White people: "
    )


def test_the_period_is_that_of_the_places_own_records(panel_of: Make) -> None:
    panel = panel_of(
        {"month": "2019-11", "times": 9, **ARRESTED}, {"month": "2020-02", "times": 9, **BLACK},
        {"service": "essex", "month": "2020-12"},
    )  # fmt: skip
    found = evaluate_groups(INDICATORS["arrest-rate"], panel, build_self_defined())
    full, _ = build_sentences(found, panel)
    kent = next(i for i, place in enumerate(panel.places) if place.service == "kent")
    black = next(
        s for s, p, g in zip(full, found.pairs.place, found.pairs.group, strict=True)
        if p == kent and g == build_self_defined().index("black")
    )  # fmt: skip
    assert "November 2019 to February 2020: 0 of 9" in black


COUNTS = st.integers(0, 9)


@pytest.fixture(scope="module")
def numberless() -> re.Pattern[str]:
    return re.compile(r"\bnan\b|\binf\b|None|-0\b|\{|\}|  ")


@given(st.lists(COUNTS, min_size=8, max_size=8))
def test_no_sentence_ever_holds_a_number_that_is_none(
    numberless: re.Pattern[str], counts: Sequence[int]
) -> None:
    from dataclasses import replace

    import numpy as np

    from evenhand.core import Month, Period
    from evenhand.indicators import Place, Places
    from evenhand.indicators.panel import Panel as Laid

    made = build_self_defined()
    laid = np.zeros((1, 1, 7, 2, 3), dtype=np.int64)
    laid[0, 0, [0, 3, 5, 6], 0, 0] = counts[:4]
    laid[0, 0, [0, 3, 5, 6], 0, 1] = np.minimum(counts[:4], counts[4:])
    laid[..., 2] = laid[..., 0]
    residents = np.full((1, 7), np.nan)
    residents[0, :5] = (1200, 0, 12, 24, 60)
    place, month = Place("kent"), Month(2020, 1)
    panel = Laid(
        places=Places((place,), (place,)), period=Period(month, month),
        measures=("searches", "arrests", "outcome_known"), characteristics=(made,),
        counts={made.id: laid}, present=np.array([[True]]), residents={made.id: residents},
        visited={}, vehicle_only=np.array([0]),
    )  # fmt: skip
    for id_ in ("stop-rate", "arrest-rate"):
        for indicator in (INDICATORS[id_], replace(INDICATORS[id_], yes_only=False)):
            for sentences in build_sentences(evaluate_groups(indicator, panel, made), panel):
                for sentence in sentences:
                    assert not numberless.search(sentence), sentence
                    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0%"), (1e-9, "under 0.1%"), (0.0005, "0.1%"), (0.015, "1.5%"), (0.0999, "10.0%"),
        (0.1, "10%"), (0.5, "50%"), (0.9, "90%"), (0.996, "99.6%"), (0.99949, "99.9%"),
        (0.9996, "over 99.9%"), (1, "100%"),
    ],
)  # fmt: skip
def test_only_none_is_0_per_cent_and_only_all_is_100(share: float, words: str) -> None:
    assert percent(share) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0.00"), (0.004, "under 0.01"), (0.5, "0.50"), (1.005, "1.00"), (9.5, "9.50"),
        (12.34, "12.3"), (1234.5, "1,234"), (float("inf"), "any number"),
        (float("nan"), "any number"),
    ],
)  # fmt: skip
def test_a_ratio_is_told_in_the_figures_a_reader_takes_in(value: float, words: str) -> None:
    assert number(value) == words
