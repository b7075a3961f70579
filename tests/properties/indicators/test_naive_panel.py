"""A second counting of everything, in dictionaries and loops, against the panel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.core import Marker
from evenhand.datasets import STOPS_CUBE, Population, build_cube
from evenhand.datasets.cube import build
from evenhand.datasets.population.residents import build_table
from evenhand.datasets.stops.schema import SCHEMA
from evenhand.indicators import STOPS, Indicator
from evenhand.indicators.characteristics import (
    Characteristic,
    build_age,
    build_officer_perceived,
    build_self_defined,
    build_sex,
)
from evenhand.indicators.evaluate import evaluate_groups
from evenhand.indicators.panel import build_panel
from evenhand.indicators.tables import build_group_table

Row = dict[str, Any]
STOP = STOPS[0]
MADE = (build_self_defined(), build_officer_perceived(), build_sex(), build_age())

YES = {
    "searches": lambda row: True,
    "arrests": lambda row: row["outcome"] == "arrest",
    "outcome_known": lambda row: row["outcome"] != "not-recorded",
    "linked": lambda row: row["linked"] is True,
    "linked_known": lambda row: row["linked"] is not None,
    "stripped": lambda row: row["stripped"] is True,
    "strip_known": lambda row: row["stripped"] is not None,
    "timed": lambda row: row["time_known"],
    "stated": lambda row: row["self_defined"] not in ("NS", "NR"),
}
"""The measures, said again in Python."""

ROWS = st.fixed_dictionaries(
    {
        "service": st.sampled_from(["kent", "essex"]),
        "unit": st.sampled_from(["", "North", "South"]),
        "month": st.sampled_from(["2020-01", "2020-02", "2020-04"]),
        "subject": st.sampled_from(["person", "person-and-vehicle", "vehicle"]),
        "frame": st.sampled_from(["ethnicity-2001", "ethnicity-2011"]),
        "self_defined": st.sampled_from(["W1", "W9", "B1", "A1", "O9", "NS", "NR"]),
        "officer": st.sampled_from(["white", "black", "not-recorded"]),
        "sex": st.sampled_from(["male", "female", "not-stated", "not-recorded"]),
        "age": st.sampled_from(["10-17", "25-34", "not-recorded"]),
        "legislation": st.just("mda-s23"),
        "object": st.just("drugs"),
        "outcome": st.sampled_from(["arrest", "no-further-action", "not-recorded"]),
        "linked": st.sampled_from([True, False, None]),
        "stripped": st.sampled_from([True, False, None]),
        "time_known": st.booleans(),
        "repeat": st.sampled_from([0, 0, 1, 2]),
    }
)
LISTS = st.lists(ROWS, min_size=1, max_size=30)
PEOPLE = {
    ("kent", "North"): {"W1": 900, "M1": 12, "A1": 40, "B1": 120, "O9": 6},
    ("kent", "South"): {"W1": 2400, "M1": 8, "A1": 60, "B1": 36, "O9": 0},
}
"""Nobody is known to live in Essex."""

SEVERAL = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module", autouse=True)
def _statement_written_once() -> Iterator[None]:
    """The cube's statement takes longer to write than these few rows take to count."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "build_statement", cache(build.build_statement))
        yield


def group_of(row: Row, made: Characteristic) -> str:
    home = made.codes.get(row["frame"], made.codes.get("", {}))
    return made.groups[made.index(home[row[made.source]])].label


def is_at(row: Row, service: str, unit: str) -> bool:
    return service in ("", row["service"]) and unit in ("", row["unit"])


def count(rows: list[Row], measure: str) -> int:
    return sum(1 for row in rows if row["subject"] != "vehicle" and YES[measure](row))


def months_observed(rows: list[Row], service: str, unit: str) -> int:
    """Months with any row; for a unit of at most seven rows a month, its service's."""
    own = Counter(row["month"] for row in rows if is_at(row, service, unit))
    busy = sum(own.values()) / len(own) > 7
    if unit and not busy:
        own = Counter(row["month"] for row in rows if is_at(row, service, ""))
    return len(own)


def residents(service: str, unit: str, made: Characteristic, group: str) -> float | None:
    """Whole people, or None where nobody knows."""
    places = [place for place in PEOPLE if place[0] == service and unit in ("", place[1])]
    homes = {code: made.groups[made.index(b)].label for code, b in
             made.residents["ethnicity-2011"].items()}  # fmt: skip
    if not places:
        return None
    return sum(n for place in places for code, n in PEOPLE[place].items() if homes[code] == group)


def yes_only(rows: list[Row], indicator: Indicator, service: str) -> bool:
    here = [row for row in rows if is_at(row, service, "")]
    base = count(here, indicator.of)
    return indicator.yes_only and base > 0 and count(here, indicator.count) == base


def naive_share(
    rows: list[Row], indicator: Indicator, made: Characteristic, where: tuple[str, str, str]
) -> tuple[int, int]:
    """Count and base of one group at one place."""
    service, unit, group = where
    own = [
        row
        for row in rows
        if is_at(row, service, unit)
        and group in ("All", group_of(row, made))
        and not yes_only(rows, indicator, row["service"])
    ]
    return count(own, indicator.count), count(own, indicator.of)


def naive_rate(rows: list[Row], where: tuple[str, str, str], made: Characteristic) -> Any:
    """Searches and person-years of one group at one place; the whole only of known services."""
    service, unit, group = where
    services = [service] if service else sorted({row["service"] for row in rows})
    if not service:
        services = [s for s in services if residents(s, "", made, "White") is not None]
    own = [
        row for row in rows
        if is_at(row, service, unit) and group_of(row, made) == group
        and (service or row["service"] in services)
    ]  # fmt: skip
    years = [
        people * months_observed(rows, s, unit) / 12
        for s in services
        if (people := residents(s, unit, made, group)) is not None
    ]
    return count(own, "searches"), sum(years) if years else None


def as_cube(rows: list[Row]) -> Any:
    return build_cube(pa.Table.from_pylist(rows, schema=SCHEMA), STOPS_CUBE)


def population() -> Population:
    table = build_table(
        (f"X-{unit}", unit, service, code, "ethnicity-2011", n)
        for (service, unit), people in PEOPLE.items()
        for code, n in people.items()
    )
    return Population(table, "ethnicity-2011", "test")


@SEVERAL
@given(LISTS)
def test_every_share_is_what_counting_row_by_row_gives(rows: list[Row]) -> None:
    panel = build_panel(as_cube(rows), None, MADE)
    for indicator in STOPS:
        for made in MADE:
            if indicator.is_rate or (made.id not in indicator.characteristics):
                continue
            for row in build_group_table(indicator, panel, made).rows():
                where = (str(row["service"]), str(row["unit"]), str(row["group"]))
                expected = naive_share(rows, indicator, made, where)
                assert (row["count"], row["of"]) == expected, (indicator.id, made.id, where)
                value = expected[0] / expected[1] * 100 if expected[1] else None
                if value is None:
                    assert row["value"] is Marker.UNDEFINED
                else:
                    assert row["value"] == pytest.approx(value)


@SEVERAL
@given(LISTS)
def test_every_rate_is_searches_over_the_residents_times_the_months_observed(
    rows: list[Row],
) -> None:
    panel = build_panel(as_cube(rows), population(), MADE[:2])
    for made in MADE[:2]:
        found = evaluate_groups(STOP, panel, made)
        own, statistics = found.pairs, found.statistics
        for i in range(len(found)):
            place = panel.places.all[own.place[i]]
            pair = [
                naive_rate(rows, (place.service, place.unit, made.groups[g].label), made)
                for g in (own.group[i], own.comparator[i])
            ]
            (x, n), (y, m) = pair
            assert (own.count[i], own.other_count[i]) == (x, y)
            for mine, theirs in ((own.of[i], n), (own.other_of[i], m)):
                assert np.isnan(mine) if theirs is None else mine == pytest.approx(theirs)
            if not found.absence[i] and n and m:
                assert statistics.own.value[i] == pytest.approx(x / n * 1000)
                if y:
                    assert statistics.ratio.value[i] == pytest.approx((x / n) / (y / m))


@SEVERAL
@given(LISTS)
def test_the_share_not_known_is_that_of_the_rows(rows: list[Row]) -> None:
    panel = build_panel(as_cube(rows), None, MADE)
    indicator = next(each for each in STOPS if each.id == "arrest-rate")
    for made in MADE:
        found = evaluate_groups(indicator, panel, made)
        unknown = {group.label for group in made.groups if not group.known}
        for i in range(len(found)):
            place = panel.places.all[found.pairs.place[i]]
            here = [
                row for row in rows
                if is_at(row, place.service, place.unit) and row["subject"] != "vehicle"
                and row["outcome"] != "not-recorded"
            ]  # fmt: skip
            missing = sum(group_of(row, made) in unknown for row in here)
            assert found.unknown_share[i] == pytest.approx(missing / len(here) if here else 0)


@SEVERAL
@given(LISTS)
def test_a_family_is_the_comparisons_of_one_level_that_have_a_p_value(rows: list[Row]) -> None:
    panel = build_panel(as_cube(rows), None, MADE)
    indicator = next(each for each in STOPS if each.id == "arrest-rate")
    found = evaluate_groups(indicator, panel, MADE[0])
    levels = [
        "unit" if place.unit else "service" if place.service else "whole"
        for place in (panel.places.all[i] for i in found.pairs.place)
    ]
    tested = np.isfinite(found.statistics.p)
    sizes = Counter(level for level, has in zip(levels, tested, strict=True) if has)
    assert found.family.tolist() == [sizes[level] for level in levels]
    for level in set(levels):
        own = [i for i, each in enumerate(levels) if each == level and tested[i]]
        # Benjamini and Hochberg (1995), step-up, by hand
        ordered = sorted(own, key=lambda i: found.statistics.p[i], reverse=True)
        least = 1.0
        for rank, i in zip(range(len(ordered), 0, -1), ordered, strict=True):
            least = min(least, found.statistics.p[i] * len(ordered) / rank)
            assert found.p_adjusted[i] == pytest.approx(least)


@SEVERAL
@given(LISTS, st.permutations(range(30)))
def test_the_order_of_rows_changes_nothing(rows: list[Row], order: list[int]) -> None:
    shuffled = [rows[i] for i in order if i < len(rows)]
    first, second = (build_panel(as_cube(each), None, MADE) for each in (rows, shuffled))
    assert first.places == second.places
    assert first.period == second.period
    for made in MADE:
        np.testing.assert_array_equal(first.counts[made.id], second.counts[made.id])
