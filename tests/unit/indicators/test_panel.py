"""Counts and residents laid out side by side: gaps, readings, units, the whole."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from evenhand.core import NothingToMeasure
from evenhand.datasets import STOPS_CUBE, Cube, Population, build_cube
from evenhand.datasets.stops.schema import SCHEMA
from evenhand.indicators import Place
from evenhand.indicators.characteristics import build_self_defined
from evenhand.indicators.panel import GIVEN, QUIET_UNIT_MONTH, REPEATS, Panel, build_panel

Make = Callable[..., Panel]
Residents = Callable[..., Population]
OWN = "ethnicity-self-defined"


def searches(panel: Panel, place: Place, month: int | None = None) -> int:
    counts = panel.counts[OWN][panel.places.all.index(place)][..., panel.measure("searches")]
    return int(counts.sum() if month is None else counts[month].sum())


def present(panel: Panel, place: Place) -> list[bool]:
    found: list[bool] = panel.present[panel.places.all.index(place)].tolist()
    return found


def test_the_period_runs_from_the_first_month_to_the_last_with_every_month_between(
    panel_of: Make,
) -> None:
    panel = panel_of({"month": "2019-11"}, {"month": "2020-02"})
    assert [str(month) for month in panel.period] == ["2019-11", "2019-12", "2020-01", "2020-02"]


def test_a_month_without_rows_is_absent_and_is_no_time_observed(panel_of: Make) -> None:
    panel = panel_of({"month": "2020-01"}, {"month": "2020-04"})
    assert present(panel, Place("kent")) == [True, False, False, True]
    assert panel.years.tolist() == [2 / 12]


def test_person_years_leave_out_the_months_of_a_gap(panel_of: Make, residents: Residents) -> None:
    population = residents({("kent", "Kent"): (1200, 12, 24, 60, 0)})
    panel = panel_of({"month": "2020-01"}, {"month": "2020-12"}, population=population)
    person_years = panel.exposure(OWN)[0]
    assert person_years[:5].tolist() == [200, 2, 4, 10, 0]
    assert np.isnan(person_years[5:]).all()


def test_a_busy_unit_without_a_row_in_a_month_has_a_gap_there(panel_of: Make) -> None:
    busy = int(QUIET_UNIT_MONTH) + 1
    panel = panel_of(
        {"unit": "North", "month": "2020-01", "times": busy},
        {"unit": "North", "month": "2020-03", "times": busy},
        {"unit": "South", "month": "2020-02"},
    )
    assert present(panel, Place("kent", "North")) == [True, False, True]
    assert present(panel, Place("kent")) == [True, True, True]


def test_a_quiet_unit_without_a_row_in_a_month_has_a_true_zero(panel_of: Make) -> None:
    quiet = int(QUIET_UNIT_MONTH)
    panel = panel_of(
        {"unit": "North", "month": "2020-01", "times": quiet},
        {"unit": "South", "month": "2020-02"},
    )
    assert present(panel, Place("kent", "North")) == [True, True]


def test_a_quiet_unit_shares_the_gaps_of_its_service(panel_of: Make) -> None:
    panel = panel_of(
        {"unit": "North", "month": "2020-01"},
        {"unit": "North", "month": "2020-03"},
        {"service": "essex", "month": "2020-02"},
    )
    assert present(panel, Place("kent", "North")) == [True, False, True]
    assert present(panel, Place("")) == [True, True, True]


def test_repeats_are_kept_apart_from_rows_met_for_the_first_time(panel_of: Make) -> None:
    panel = panel_of({"times": 5}, {"repeat": 1, "times": 2}, {"repeat": 2})
    counts = panel.counts[OWN][0, 0, :, :, panel.measure("searches")].sum(axis=0)
    assert counts[[GIVEN, REPEATS]].tolist() == [5, 3]


def test_vehicle_only_rows_are_counted_apart_and_in_no_search(panel_of: Make) -> None:
    panel = panel_of({"times": 4}, {"subject": "vehicle", "self_defined": "B1", "times": 3})
    assert searches(panel, Place("kent")) == 4
    assert panel.vehicle_only.tolist() == [3]


def test_person_and_vehicle_searches_are_searches_of_persons(panel_of: Make) -> None:
    panel = panel_of({"subject": "person-and-vehicle"}, {"subject": "person"})
    assert searches(panel, Place("kent")) == 2


def test_a_row_of_no_unit_belongs_to_its_service_alone(panel_of: Make) -> None:
    panel = panel_of({"unit": "North", "times": 3}, {"unit": "", "times": 2})
    assert searches(panel, Place("kent", "North")) == 3
    assert searches(panel, Place("kent")) == 5
    assert Place("") not in panel.places.all


def test_the_whole_adds_up_the_services_and_only_where_there_are_several(panel_of: Make) -> None:
    panel = panel_of({"times": 3}, {"service": "essex", "unit": "West", "times": 4})
    assert searches(panel, Place("")) == 7
    assert [place.name for place in panel.places] == [
        "essex / West", "essex", "kent", "all services",
    ]  # fmt: skip


def test_a_service_without_residents_has_none_rather_than_nobody(
    panel_of: Make, residents: Residents
) -> None:
    population = residents({("kent", "Kent"): (1200, 12, 24, 60, 0)})
    panel = panel_of({}, {"service": "btp"}, population=population)
    assert np.isnan(panel.exposure(OWN)[panel.places.all.index(Place("btp"))]).all()


def test_the_whole_has_the_person_years_of_the_services_with_residents_only(
    panel_of: Make, residents: Residents
) -> None:
    areas = {("kent", "Kent"): (1200, 12, 24, 60, 0), ("essex", "Essex"): (240, 0, 0, 12, 0)}
    panel = panel_of({}, {"service": "essex"}, {"service": "btp"}, population=residents(areas))
    whole = panel.exposure(OWN)[panel.places.all.index(Place(""))]
    assert whole[:5].tolist() == [120, 1, 2, 6, 0]


def test_where_no_service_has_residents_neither_has_the_whole(panel_of: Make) -> None:
    panel = panel_of({}, {"service": "essex"})
    assert np.isnan(panel.exposure(OWN)).all()


def test_a_units_residents_are_those_of_the_area_of_its_name(
    panel_of: Make, residents: Residents
) -> None:
    areas = {("kent", "North"): (600, 0, 0, 12, 0), ("kent", "South"): (600, 0, 0, 24, 0)}
    panel = panel_of({"unit": "north"}, {"unit": "East"}, population=residents(areas))
    found = dict(zip(panel.places, panel.residents[OWN].tolist(), strict=True))
    assert found[Place("kent", "north")][:5] == [600, 0, 0, 12, 0]
    assert np.isnan(found[Place("kent", "East")]).all()
    assert found[Place("kent")][:5] == [1200, 0, 0, 36, 0]


def test_a_service_part_of_whose_areas_are_missing_has_no_denominator(panel_of: Make) -> None:
    import pyarrow as pa

    from evenhand.datasets import load_population

    area = {"area code": "E07000106", "area name": "Canterbury"}
    labels = ("White", "Mixed", "Asian", "Black", "Other")
    rows = pa.Table.from_pylist([area | {"ethnic group": g, "residents": 1000} for g in labels])
    population = load_population(rows)
    assert [each.service for each in population.incomplete] == ["kent"]
    panel = panel_of({"unit": "Canterbury"}, population=population)
    found = dict(zip(panel.places, panel.residents[OWN].tolist(), strict=True))
    assert np.isnan(found[Place("kent")]).all()
    assert found[Place("kent", "Canterbury")][0] == 1000


@pytest.mark.parametrize(
    ("labels", "counts", "expected"),
    [
        (("White", "Mixed", "Asian", "Black", "Other"), (9, 1, 2, 6, 3), [9, 1, 2, 6, 3]),
        (
            ("White", "Mixed", "Asian (or Asian British)", "Chinese", "Black (or Black British)",
             "Other"),
            (9, 1, 2, 4, 6, 3), [9, 1, 6, 6, 3],
        ),
        (
            ("White", "Mixed", "Asian or Asian British", "Black or Black British",
             "Chinese or other"),
            (9, 1, 2, 6, 3), [9, 1, None, 6, None],
        ),
    ],
    ids=["broad", "chinese-apart", "chinese-in-other"],
)  # fmt: skip
def test_residents_in_broad_groups_count_where_the_groups_are_the_same(
    panel_of: Make, residents: Residents, labels: tuple[str, ...], counts: tuple[int, ...],
    expected: list[float | None],
) -> None:  # fmt: skip
    population = residents({("kent", "Kent"): counts}, labels)
    found = panel_of({}, population=population).residents[OWN][0, :5].tolist()
    assert [None if np.isnan(n) else n for n in found] == expected


def test_nothing_to_measure_is_said_and_not_divided_by() -> None:
    cube: Cube = build_cube(SCHEMA.empty_table(), STOPS_CUBE)
    with pytest.raises(NothingToMeasure, match="no row was left"):
        build_panel(cube, None, [build_self_defined()])
