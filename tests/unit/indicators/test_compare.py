"""Which counts are set against which: groups within a place, and a place against the rest."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from evenhand.datasets import Population
from evenhand.indicators import STOPS, Indicator, Place
from evenhand.indicators.characteristics import build_detailed, build_self_defined, build_sex
from evenhand.indicators.compare import Pairs, build_group_pairs, build_place_pairs, build_sums
from evenhand.indicators.panel import Panel

Make = Callable[..., Panel]
Residents = Callable[..., Population]
INDICATORS = {indicator.id: indicator for indicator in STOPS}
STOP, ARREST, FIND = (INDICATORS[id_] for id_ in ("stop-rate", "arrest-rate", "find-rate"))
ARRESTED = {"outcome": "arrest"}


def pair(pairs: Pairs, place: int, group: int) -> dict[str, float]:
    row = int(np.flatnonzero((pairs.place == place) & (pairs.group == group))[0])
    names = ("count", "of", "other_count", "other_of", "unknown", "unknown_of", "total", "total_of")
    return {name: getattr(pairs, name)[row].item() for name in names}


@pytest.fixture
def rows() -> list[dict[str, object]]:
    """Twelve searches of White, six of Black, two of Asian people, five of unknown ethnicity."""
    return [
        {"times": 9},
        {**ARRESTED, "times": 3},
        {"self_defined": "B1", "times": 4},
        {"self_defined": "B2", **ARRESTED, "times": 2},
        {"self_defined": "A1", "outcome": "not-recorded", "times": 2},
        {"self_defined": "NS", **ARRESTED, "times": 1},
        {"self_defined": "NS", "times": 2},
        {"self_defined": "NR", "times": 2},
    ]


def test_a_share_sets_events_of_the_group_against_those_of_the_comparator(
    panel_of: Make, rows: list[dict[str, object]]
) -> None:
    made = build_self_defined()
    pairs = build_group_pairs(ARREST, panel_of(*rows), made)
    assert pair(pairs, 0, made.index("black")) == {
        "count": 2, "of": 6, "other_count": 3, "other_of": 12,
        "unknown": 1, "unknown_of": 5, "total": 6, "total_of": 23,
    }  # fmt: skip
    assert pair(pairs, 0, made.index("asian"))["of"] == 0  # its outcomes are not recorded
    assert pairs.unknown_parts[0].tolist() == [1, 0]
    assert pairs.unknown_of_parts[0].tolist() == [3, 2]


def test_a_rate_sets_searches_over_person_years(
    panel_of: Make, residents: Residents, rows: list[dict[str, object]]
) -> None:
    made = build_self_defined()
    population = residents({("kent", "Kent"): (2400, 0, 120, 240, 12)})
    pairs = build_group_pairs(STOP, panel_of(*rows, population=population), made)
    assert pair(pairs, 0, made.index("black")) == {
        "count": 6, "of": 20, "other_count": 12, "other_of": 200,
        "unknown": 5, "unknown_of": 0, "total": 25, "total_of": 231,
    }  # fmt: skip


def test_every_known_group_but_the_comparator_has_a_row_at_every_place(panel_of: Make) -> None:
    made = build_sex()
    pairs = build_group_pairs(ARREST, panel_of({"unit": "North"}, {"unit": "South"}), made)
    assert pairs.place.tolist() == [0, 0, 1, 1, 2, 2]
    assert set(pairs.comparator.tolist()) == {made.index("male")}
    assert set(pairs.group.tolist()) == {made.index("female"), made.index("other")}


def test_detailed_groups_are_not_compared_within_units(panel_of: Make) -> None:
    made = build_detailed(["ethnicity-2011"])
    panel = panel_of({"unit": "North"}, {"unit": "South"}, characteristics=[made])
    pairs = build_group_pairs(ARREST, panel, made)
    assert {panel.places.all[i] for i in pairs.place.tolist()} == {Place("kent")}


def test_without_repeats_each_row_counts_once(panel_of: Make) -> None:
    panel = panel_of(
        {"times": 4}, {"repeat": 1, **ARRESTED}, {"self_defined": "B1", **ARRESTED},
        {"self_defined": "B1", "repeat": 1, **ARRESTED}, {"self_defined": "B1", "repeat": 2},
    )  # fmt: skip
    made = build_self_defined()
    pairs = build_group_pairs(ARREST, panel, made)
    row = int(np.flatnonzero(pairs.group == made.index("black"))[0])
    assert (pairs.count[row], pairs.of[row]) == (2, 3)
    assert (pairs.first_count[row], pairs.first_of[row]) == (1, 1)
    assert (pairs.other_count[row], pairs.other_of[row]) == (1, 5)
    assert (pairs.first_other_count[row], pairs.first_other_of[row]) == (0, 4)


def test_the_whole_leaves_out_services_without_residents_from_rates_and_shares_alike(
    panel_of: Make, residents: Residents
) -> None:
    population = residents({("kent", "Kent"): (2400, 0, 120, 240, 12)})
    panel = panel_of({"times": 3}, {"service": "btp", "times": 50}, population=population)
    made = build_self_defined()
    whole = panel.places.all.index(Place(""))
    assert build_sums(STOP, panel, made).count[whole, 0] == 3
    assert build_sums(ARREST, panel, made).of[whole, 0] == 3
    assert panel.places.apart == {"btp"}


def test_a_unit_is_compared_with_the_rest_of_its_service(panel_of: Make) -> None:
    panel = panel_of(
        {"unit": "North", "times": 3}, {"unit": "North", **ARRESTED, "times": 2},
        {"unit": "South", "times": 8}, {"unit": "", **ARRESTED, "times": 1},
        {"service": "essex", "unit": "West", "times": 7},
    )  # fmt: skip
    pairs = build_place_pairs(ARREST, panel)
    north = panel.places.all.index(Place("kent", "North"))
    found = pair(pairs, north, north)
    assert found == {
        "count": 2, "of": 5, "other_count": 1, "other_of": 9,
        "unknown": 0, "unknown_of": 0, "total": 3, "total_of": 14,
    }  # fmt: skip
    kent = panel.places.all.index(Place("kent"))
    assert pair(pairs, kent, kent)["other_of"] == 7
    assert panel.places.whole not in pairs.place.tolist()


def test_a_lone_service_is_compared_with_nobody(panel_of: Make) -> None:
    assert len(build_place_pairs(ARREST, panel_of({}, {}))) == 0


def test_a_service_that_only_ever_writes_yes_has_no_share_and_its_yeses_are_in_no_total(
    panel_of: Make,
) -> None:
    yes, no = {"linked": True}, {"linked": False}
    panel = panel_of(
        {"service": "kent", "unit": "North", **yes, "times": 4},
        {"service": "essex", **yes, "times": 2},
        {"service": "essex", **no, "times": 6},
    )
    made = build_self_defined()
    sums = build_sums(FIND, panel, made)
    by_place = dict(
        zip(panel.places, zip(sums.count[:, 0], sums.of[:, 0], strict=True), strict=True)
    )
    assert by_place[Place("kent")] == by_place[Place("kent", "North")] == (0, 0)
    assert by_place[Place("essex")] == by_place[Place("")] == (2, 8)


def test_a_service_that_only_ever_writes_no_keeps_its_share_of_none(panel_of: Make) -> None:
    sums = build_sums(FIND, panel_of({"linked": False, "times": 5}), build_self_defined())
    assert (sums.count[0, 0], sums.of[0, 0]) == (0, 5)


def test_an_indicator_that_is_not_yes_only_keeps_a_share_of_all(panel_of: Make) -> None:
    sums = build_sums(ARREST, panel_of({**ARRESTED, "times": 5}), build_self_defined())
    assert (sums.count[0, 0], sums.of[0, 0]) == (5, 5)


@pytest.mark.parametrize("indicator", STOPS, ids=lambda indicator: indicator.id)
def test_no_share_counts_more_than_it_is_a_share_of(panel_of: Make, indicator: Indicator) -> None:
    panel = panel_of(
        {"linked": None, "stripped": None, "time_known": False, "outcome": "not-recorded"},
        {"linked": True, "stripped": True, **ARRESTED, "self_defined": "NS"},
        {"linked": False, "stripped": False},
    )
    if not indicator.is_rate:
        sums = build_sums(indicator, panel, build_self_defined())
        assert (sums.count <= sums.of).all()
