"""Counts laid out by place, month and group, from the cube, beside the residents they are over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenhand.core import NothingToMeasure, Period
from evenhand.core.period import Month
from evenhand.datasets import Cube, Population
from evenhand.indicators.characteristics import Characteristic
from evenhand.indicators.places import Places, build_places
from evenhand.indicators.recode import build_recode
from evenhand.indicators.residents import add_known, build_residents
from evenhand.indicators.thresholds import THRESHOLDS, Thresholds
from evenhand.indicators.visitors import find_visited

Counts = NDArray[np.int64]

GIVEN, REPEATS = 0, 1
"""Positions on the reading axis: rows met for the first time, and exact repeats of them."""

QUIET_UNIT_MONTH = 7.0
"""A unit's month without a row is taken for a gap, not a true zero, when its other months
average more than this many: a Poisson count of mean 7 is zero less than once in 1,000."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything the indicators are computed from.

    ``counts[characteristic]`` has axes (place, month, group, reading, measure); ``present`` says
    in which months a place has anything at all, so that a gap never counts as a zero.
    ``residents[characteristic]`` has axes (place, group), nan where nobody knows and where
    ``visited[characteristic]`` says that they are not the people searched, so that no rate of any
    kind is worked out over them. ``vehicle_only`` are the searches of vehicles alone at each place,
    which are in no other count.
    """

    places: Places
    period: Period
    measures: tuple[str, ...]
    characteristics: tuple[Characteristic, ...]
    counts: dict[str, Counts]
    present: NDArray[np.bool_]
    residents: dict[str, NDArray[np.float64]]
    visited: dict[str, NDArray[np.bool_]]
    vehicle_only: Counts

    def measure(self, name: str) -> int:
        """The position of a measure on the last axis."""
        return self.measures.index(name)

    def characteristic(self, id: str) -> Characteristic:  # noqa: A002 - the field's own name
        """The characteristic with this id."""
        return next(c for c in self.characteristics if c.id == id)

    def places_of(self, characteristic: Characteristic) -> NDArray[np.int64]:
        """Positions of the places a characteristic is told apart in."""
        here = [i for i, p in enumerate(self.places) if characteristic.in_units or not p.unit]
        return np.array(here, dtype=np.int64)

    def period_of(self, position: int) -> Period:
        """The first and last month a place has records for; the whole period where it has none."""
        months = np.flatnonzero(self.present[position])
        if not months.size:
            return self.period
        start = self.period.first.index
        return Period(Month.at(start + int(months[0])), Month.at(start + int(months[-1])))

    @property
    def years(self) -> NDArray[np.float64]:
        """Years observed at each place: months with data over twelve."""
        return np.asarray(self.present.sum(axis=1) / 12)

    def exposure(self, characteristic: str) -> NDArray[np.float64]:
        """Person-years by place and group; the whole adds only services with residents."""
        residents = self.residents[characteristic]
        person_years: NDArray[np.float64] = residents * self.years[:, None]
        if self.places.whole is not None:
            person_years[self.places.whole] = add_known(person_years[self.places.services])
        return person_years


def build_panel(
    cube: Cube,
    population: Population | None,
    characteristics: Sequence[Characteristic],
    *,
    thresholds: Thresholds = THRESHOLDS,
) -> Panel:
    """Lay the cube's cells out on axes every indicator shares.

    Raises
    ------
    NothingToMeasure
        When the cube holds no cell at all.
    """
    totals = cube.cells("service", "unit", "month", "repeat")
    if totals.num_rows == 0:
        raise NothingToMeasure(
            "no row was left to measure.", remedy="Run evenhand check on the files to see why."
        )
    places = build_places(totals)
    period = _build_period(totals)
    measures = cube.spec.columns
    counts = {
        c.id: places.roll_up(_lay_out(cube, c, places, period, measures)) for c in characteristics
    }
    whole = places.roll_up(_spread(totals, None, places, period, measures)).sum(axis=(2, 3))
    persons, vehicles = (whole[..., measures.index(n)] for n in ("searches", "vehicle_only"))
    present = _find_present(places, persons + vehicles)
    people = {c.id: build_residents(places, c, population) for c in characteristics if c.residents}
    searches = {
        id_: counts[id_][..., measures.index("searches")].sum(axis=(1, 3)) for id_ in people
    }
    years = present.sum(axis=1, keepdims=True) / 12
    visited = {
        id_: find_visited(searches[id_], known * years, thresholds) for id_, known in people.items()
    }
    broad = [c.id for c in characteristics if c.in_units and c.id in visited]
    for c in characteristics:
        if not c.in_units and c.id in visited and broad:
            # A census that counts one small group badly says nothing of visitors.
            visited[c.id] = visited[broad[0]]
    residents = {
        id_: np.where(visited[id_][:, None], np.nan, known) for id_, known in people.items()
    }
    apart = find_apart(places, residents) if population is not None else frozenset()
    if places.whole is not None:
        kept = [i for i in places.services if places.all[i].service not in apart]
        for array in counts.values():
            array[places.whole] = array[kept].sum(axis=0)
    return Panel(
        places=replace(places, apart=apart),
        period=period,
        measures=measures,
        characteristics=tuple(characteristics),
        counts=counts,
        present=present,
        residents=residents,
        visited=visited,
        vehicle_only=vehicles.sum(axis=1),
    )


def find_apart(places: Places, residents: dict[str, NDArray[np.float64]]) -> frozenset[str]:
    """The services that some rate cannot be worked out for, where it can be for others.

    One whole serves every characteristic: what is in it for one field is in it for all.
    """
    if places.whole is None:
        return frozenset()
    services = np.array(places.services)
    known = [np.isfinite(people[services]).any(axis=1) for people in residents.values()]
    without = [services[~here] for here in known if here.any()]
    return frozenset(places.all[i].service for lacking in without for i in lacking.tolist())


def _build_period(totals: pa.Table) -> Period:
    months = sorted(str(month) for month in totals["month"].unique().to_pylist())
    return Period(Month.parse(months[0]), Month.parse(months[-1]))


def _lay_out(
    cube: Cube,
    characteristic: Characteristic,
    places: Places,
    period: Period,
    measures: tuple[str, ...],
) -> Counts:
    framed = () if "" in characteristic.codes else ("frame",)
    cells = cube.cells("service", "unit", "month", "repeat", *framed, characteristic.source)
    return _spread(cells, characteristic, places, period, measures)


def _spread(
    cells: pa.Table,
    characteristic: Characteristic | None,
    places: Places,
    period: Period,
    measures: tuple[str, ...],
) -> Counts:
    """Add cells into a dense array (bottom place, month, group, reading, measure)."""
    place = places.positions(cells)
    month = _month_positions(cells["month"], period)
    reading = (cells["repeat"].to_numpy() > 0).astype(np.int64)
    groups = len(characteristic.groups) if characteristic else 1
    group = build_recode(cells, characteristic) if characteristic else np.zeros_like(place)
    shape = (len(places.bottom), len(period), groups, 2)
    flat = np.ravel_multi_index((place, month, group, reading), shape)
    counts = np.zeros((int(np.prod(shape)), len(measures)), dtype=np.int64)
    for position, name in enumerate(measures):
        values = cells[name].to_numpy().astype(np.float64)
        counts[:, position] = np.bincount(flat, values, minlength=len(counts)).round()
    return counts.reshape(*shape, len(measures))


def _month_positions(column: Any, period: Period) -> NDArray[np.int64]:
    encoded = column.combine_chunks().dictionary_encode()
    starts = np.array(
        [
            Month.parse(str(text)).index - period.first.index
            for text in encoded.dictionary.to_pylist()
        ]
    )
    return np.asarray(starts[encoded.indices.to_numpy()], dtype=np.int64)


def _find_present(places: Places, rows: Counts) -> NDArray[np.bool_]:
    present = rows > 0
    for position in places.units:
        observed = rows[position][present[position]]
        busy = observed.size and observed.mean() > QUIET_UNIT_MONTH
        if not busy:
            present[position] = present[places.parent(position)]
    return present
