"""When there is no number to print, and which reason is given."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from evenhand.core import Marker, Signal
from evenhand.datasets import Population
from evenhand.indicators import STOPS, Place
from evenhand.indicators.absence import Absence, is_absent_throughout
from evenhand.indicators.characteristics import build_self_defined, build_sex
from evenhand.indicators.evaluate import Evaluated, evaluate_groups, evaluate_places
from evenhand.indicators.panel import Panel
from evenhand.indicators.visitors import SPEAKS_FROM

Make = Callable[..., Panel]
Residents = Callable[..., Population]
INDICATORS = {indicator.id: indicator for indicator in STOPS}
STOP, ARREST, FIND = (INDICATORS[id_] for id_ in ("stop-rate", "arrest-rate", "find-rate"))
YEAR = [f"2020-{month:02d}" for month in range(1, 13)]
CITY = (5896, 200, 400, 334, 100)
"""Residents of the City of London by broad group in the published London file, roughly."""


def reasons(evaluated: Evaluated, place: int) -> set[Absence]:
    here = evaluated.pairs.place == place
    return {Absence(int(code)) for code in evaluated.absence[here]}


def busy(count: int, **row: object) -> list[dict[str, object]]:
    """``count`` searches over a whole year."""
    each, rest = divmod(count, 12)
    return [{**row, "month": m, "times": each + (i < rest)} for i, m in enumerate(YEAR)]


def test_too_many_searches_for_the_residents_means_that_they_are_not_the_people_searched(
    panel_of: Make, residents: Residents
) -> None:
    rows = [*busy(841), *busy(305, self_defined="B1")]
    panel = panel_of(*rows, population=residents({("kent", "City"): CITY}))
    found = evaluate_groups(STOP, panel, build_self_defined())
    assert reasons(found, 0) == {Absence.VISITORS}
    assert set(found.signal) == {Signal.UNMEASURABLE}
    assert not np.isfinite(found.statistics.ratio.value).any()


def test_a_place_is_visited_for_every_group_once_one_group_says_so(
    panel_of: Make, residents: Residents
) -> None:
    rows = [*busy(60), *busy(305, self_defined="B1")]
    panel = panel_of(*rows, population=residents({("kent", "City"): CITY}))
    assert panel.visited["ethnicity-self-defined"].tolist() == [True]
    assert panel.visited["ethnicity-officer-perceived"].tolist() == [False]
    assert reasons(evaluate_groups(STOP, panel, build_self_defined()), 0) == {Absence.VISITORS}
    assert Absence.VISITORS not in reasons(evaluate_groups(ARREST, panel, build_self_defined()), 0)


def test_visitors_are_in_no_rate_of_all_services_together(
    panel_of: Make, residents: Residents
) -> None:
    areas = {("kent", "City"): CITY, ("essex", "Essex"): (90_000, 900, 900, 900, 900)}
    rows = [*busy(841), *busy(305, self_defined="B1"), *busy(60, service="essex")]
    panel = panel_of(*rows, population=residents(areas))
    found = evaluate_groups(STOP, panel, build_self_defined())
    whole = panel.places.all.index(Place(""))
    black = build_self_defined().index("black")
    row = (found.pairs.place == whole) & (found.pairs.group == black)
    assert reasons(found, whole) == {Absence.PRESENT}
    assert found.pairs.count[row].tolist() == [0]
    assert found.pairs.other_of[row].tolist() == [90_000]


def test_a_handful_of_searches_does_not_speak_for_a_place(
    panel_of: Make, residents: Residents
) -> None:
    few = SPEAKS_FROM - 1
    rows = [*busy(60), {"self_defined": "B1", "times": few}]
    panel = panel_of(*rows, population=residents({("kent", "Kent"): (60_000, 1, 1, few, 1)}))
    assert reasons(evaluate_groups(STOP, panel, build_self_defined()), 0) == {Absence.PRESENT}


def test_the_limit_is_per_year_observed_and_not_per_period(
    panel_of: Make, residents: Residents
) -> None:
    population = residents({("kent", "Kent"): (60_000, 1, 1, 100, 1)})
    month = [{"times": 60}, {"self_defined": "B1", "times": 12}]  # 1.44 a year for each resident
    year = [*busy(60), *busy(12, self_defined="B1")]  # 0.12 a year
    for rows, expected in ((month, Absence.VISITORS), (year, Absence.PRESENT)):
        panel = panel_of(*rows, population=population)
        assert reasons(evaluate_groups(STOP, panel, build_self_defined()), 0) == {expected}


def test_no_population_means_no_rate_anywhere_and_says_that_residents_are_not_known(
    panel_of: Make,
) -> None:
    panel = panel_of({"times": 30}, {"service": "essex", "unit": "West", "times": 30})
    found = evaluate_groups(STOP, panel, build_self_defined())
    assert {Absence(int(code)) for code in found.absence} == {Absence.NO_RESIDENTS}
    assert set(found.signal) == {Signal.UNMEASURABLE}
    assert Absence.NO_RESIDENTS.marker is Marker.NOT_APPLICABLE


def test_a_group_whose_residents_are_not_known_is_absent_alone(
    panel_of: Make, residents: Residents
) -> None:
    labels = ("White", "Mixed", "Asian or Asian British", "Black or Black British",
              "Chinese or other")  # fmt: skip
    population = residents({("kent", "Kent"): (90_000, 900, 900, 900, 900)}, labels)
    made = build_self_defined()
    panel = panel_of({"times": 9}, {"self_defined": "B1"}, population=population)
    found = evaluate_groups(STOP, panel, made)
    named = {made.groups[g].code: Absence(int(a)) for g, a in
             zip(found.pairs.group, found.absence, strict=True)}  # fmt: skip
    assert named == {
        "mixed": Absence.PRESENT, "black": Absence.PRESENT,
        "asian": Absence.NO_RESIDENTS, "other": Absence.NO_RESIDENTS,
    }  # fmt: skip


def test_a_column_never_filled_in_cannot_be_measured(panel_of: Make) -> None:
    panel = panel_of({"sex": "not-recorded", "times": 50}, {"sex": "not-recorded"})
    found = evaluate_groups(ARREST, panel, build_sex())
    assert reasons(found, 0) == {Absence.NOT_SUPPLIED}
    assert set(found.signal) == {Signal.UNMEASURABLE}
    assert Absence.NOT_SUPPLIED.marker is Marker.NOT_COLLECTED


def test_a_rate_over_searches_of_which_no_ethnicity_is_known_cannot_be_measured(
    panel_of: Make, residents: Residents
) -> None:
    population = residents({("kent", "Kent"): (60_000, 1, 1, 100, 1)})
    panel = panel_of({"self_defined": "NR", "times": 50}, population=population)
    found = evaluate_groups(STOP, panel, build_self_defined())
    assert reasons(found, 0) == {Absence.NOT_SUPPLIED}


def test_a_field_filled_in_only_with_yes_cannot_be_measured(panel_of: Make) -> None:
    panel = panel_of({"linked": True, "times": 50}, {"service": "essex", "times": 20})
    found = evaluate_groups(FIND, panel, build_self_defined())
    by_place = {p: reasons(found, i) for i, p in enumerate(panel.places)}
    assert by_place[Place("kent")] == {Absence.NOT_SUPPLIED}
    assert by_place[Place("essex")] == {Absence.PRESENT}


def test_nothing_counted_is_too_small_to_tell_and_not_a_fault_of_the_records(
    panel_of: Make, residents: Residents
) -> None:
    areas = {("kent", "North"): (900, 9, 9, 9, 9), ("kent", "South"): (900, 9, 9, 9, 9)}
    rows = [{"unit": "North", "subject": "vehicle"}, {"unit": "South"}]
    panel = panel_of(*rows, population=residents(areas))
    found = evaluate_groups(STOP, panel, build_self_defined())
    north = panel.places.all.index(Place("kent", "North"))
    assert reasons(found, north) == {Absence.NOTHING_COUNTED}
    here = [s for s, p in zip(found.signal, found.pairs.place, strict=True) if p == north]
    assert set(here) == {Signal.TOO_SMALL}


def test_places_are_compared_without_regard_to_what_is_known_of_groups(panel_of: Make) -> None:
    panel = panel_of(
        {"unit": "North", "self_defined": "NR", "times": 9}, {"unit": "South", "times": 9}
    )
    found = evaluate_places(ARREST, panel)
    assert {Absence(int(code)) for code in found.absence} == {Absence.PRESENT}


@pytest.mark.parametrize(
    ("absence", "expected"),
    [
        ([1, 1, 1, 1], [True, True, True, True]),
        ([0, 0, 0, 0], [False, False, False, False]),
        ([1, 1, 3, 3], [True, True, True, True]),
        ([1, 0, 3, 2], [False, False, False, False]),
    ],
)
def test_a_place_is_absent_throughout_only_for_one_reason(
    absence: list[int], expected: list[bool]
) -> None:
    place = np.array([4, 4, 7, 7])
    assert is_absent_throughout(np.array(absence, np.uint8), place).tolist() == expected


def test_of_no_comparison_nothing_is_absent() -> None:
    none = np.array([], dtype=np.int64)
    assert is_absent_throughout(none.astype(np.uint8), none).tolist() == []


def test_every_reason_but_presence_has_words_and_a_marker() -> None:
    for absence in Absence:
        assert bool(absence.words) == bool(absence.marker) == (absence is not Absence.PRESENT)
