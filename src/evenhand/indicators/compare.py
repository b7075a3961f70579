"""Compare groups within places, and places with the rest: whole columns at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.indicators.characteristics import Characteristic
from evenhand.indicators.definition import Indicator
from evenhand.indicators.panel import GIVEN, Panel

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Every comparison of one indicator and characteristic, as columns of equal length.

    ``count`` of ``of`` in the group, ``other_count`` of ``other_of`` in its comparator;
    ``unknown`` and ``unknown_of`` are those of no known group at the same place, ``unknown_parts``
    and ``unknown_of_parts`` the same with a column for each kind of unknown; ``first_*`` are the
    counts with exact repeats removed. For a rate, ``of`` is person-years.
    """

    place: Ints
    group: Ints
    comparator: Ints
    count: Ints
    of: Floats
    other_count: Ints
    other_of: Floats
    unknown: Ints
    unknown_of: Floats
    unknown_parts: Ints
    unknown_of_parts: Floats
    total: Ints
    total_of: Floats
    first_count: Ints
    first_of: Floats
    first_other_count: Ints
    first_other_of: Floats

    def __len__(self) -> int:
        return len(self.place)


@dataclass(frozen=True, slots=True)
class Sums:
    """One indicator's numerator and denominator by place and group, over the whole period."""

    count: Ints
    of: Floats


def build_sums(
    indicator: Indicator, panel: Panel, characteristic: Characteristic, *, first_only: bool = False
) -> Sums:
    """Numerator and denominator by (place, group), summed over the months."""
    cells = panel.counts[characteristic.id].sum(axis=1)
    cells = cells[:, :, GIVEN] if first_only else cells.sum(axis=2)
    count = cells[..., panel.measure(indicator.count)]
    if not indicator.is_rate:
        of = cells[..., panel.measure(indicator.of)]
        if indicator.yes_only:
            count, of = _blanked(count, of, panel)
        return Sums(count, of.astype(np.float64))
    return Sums(count, panel.exposure(characteristic.id))


def _blanked(count: Ints, of: Ints, panel: Panel) -> tuple[Ints, Ints]:
    """Services whose every recorded answer is yes did not record the noes: they have no share."""
    count, of = count.copy(), of.copy()
    places = panel.places
    for service in places.services:
        if of[service].sum() and count[service].sum() == of[service].sum():
            name = places.all[service].service
            rows = [i for i, place in enumerate(places) if place.service == name]
            count[rows], of[rows] = 0, 0
    if places.whole is not None:
        inside = [i for i in places.services if places.all[i].service not in places.apart]
        count[places.whole], of[places.whole] = count[inside].sum(axis=0), of[inside].sum(axis=0)
    return count, of


def build_group_pairs(indicator: Indicator, panel: Panel, characteristic: Characteristic) -> Pairs:
    """Each known group beside the comparator, at every place."""
    given = build_sums(indicator, panel, characteristic)
    first = build_sums(indicator, panel, characteristic, first_only=True)
    other = characteristic.index(characteristic.comparator)
    groups = np.array([g for g in characteristic.known if g != other], dtype=np.int64)
    here = panel.places_of(characteristic)
    place, group = np.repeat(here, len(groups)), np.tile(groups, len(here))
    unknown = list(characteristic.unknown)
    return Pairs(
        place=place,
        group=group,
        comparator=np.full_like(place, other),
        count=given.count[place, group],
        of=given.of[place, group],
        other_count=given.count[place, other],
        other_of=given.of[place, other],
        unknown=given.count[:, unknown].sum(axis=1)[place],
        unknown_of=np.nan_to_num(given.of[:, unknown]).sum(axis=1)[place],
        unknown_parts=given.count[:, unknown][place],
        unknown_of_parts=given.of[:, unknown][place],
        total=given.count.sum(axis=1)[place],
        total_of=np.nan_to_num(given.of).sum(axis=1)[place],
        first_count=first.count[place, group],
        first_of=first.of[place, group],
        first_other_count=first.count[place, other],
        first_other_of=first.of[place, other],
    )


def build_place_pairs(indicator: Indicator, panel: Panel) -> Pairs:
    """Each unit beside the rest of its service, and each service beside the others."""
    anything = panel.characteristics[0]
    given, first = (
        build_sums(indicator, panel, anything, first_only=only) for only in (False, True)
    )
    places = [i for i in range(len(panel.places)) if panel.places.parent(i) != i]
    place = np.array(places, dtype=np.int64)
    parent = np.array([panel.places.parent(i) for i in places], dtype=np.int64)
    none = np.zeros(len(place))
    nothing = np.zeros((len(place), 0))

    whole = panel.places
    inside = np.array(
        [bool(whole.all[i].unit) or whole.all[i].service not in whole.apart for i in places],
        dtype=bool,
    )

    def sides(sums: Sums) -> tuple[Ints, Floats, Ints, Floats]:
        count, of = sums.count.sum(axis=1), sums.of.sum(axis=1)
        own, own_of = np.where(inside, count[place], 0), np.where(inside, of[place], 0.0)
        return count[place], of[place], count[parent] - own, of[parent] - own_of

    (count, of, other, other_of), (first_count, first_of, first_other, first_other_of) = (
        sides(given),
        sides(first),
    )
    return Pairs(
        place=place,
        group=place,
        comparator=parent,
        count=count,
        of=of,
        other_count=other,
        other_of=other_of,
        unknown=none.astype(np.int64),
        unknown_of=none,
        unknown_parts=nothing.astype(np.int64),
        unknown_of_parts=nothing,
        total=np.where(inside, count, 0) + other,
        total_of=np.where(inside, of, 0.0) + other_of,
        first_count=first_count,
        first_of=first_of,
        first_other_count=first_other,
        first_other_of=first_other_of,
    )
