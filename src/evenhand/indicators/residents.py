"""How many residents each group has at each place, from a population by area."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenhand.codelists.codelist import simplify
from evenhand.datasets import Population
from evenhand.indicators.characteristics import Characteristic
from evenhand.indicators.places import Place, Places


def build_residents(
    places: Places, characteristic: Characteristic, population: Population | None
) -> NDArray[np.float64]:
    """Residents by (place, group): nan where nobody knows, never zero for want of a figure.

    A service's residents are those of all its areas; a unit's are those of the area of the same
    name. The whole has none of its own: it adds up the services that were observed. A service some
    of whose areas the table lacks has no figure: a rate over part of them would be too high.
    """
    residents = np.full((len(places), len(characteristic.groups)), np.nan)
    if population is None:
        return residents
    partial = {each.service for each in population.incomplete}
    rows = population.table.to_pylist()
    order = {group.code: i for i, group in enumerate(characteristic.groups)}
    by_area: dict[tuple[str, str], NDArray[np.float64]] = {}
    for row in rows:
        home = characteristic.residents.get(row["edition"], {}).get(row["group"])
        if home is None or not characteristic.groups[order[home]].known:
            continue
        key = (row["service"], row["area_name"])
        by_area.setdefault(key, np.full(len(order), np.nan))
        by_area[key][order[home]] = np.nansum([by_area[key][order[home]], row["residents"]])
    for position, place in enumerate(places):
        if place.service in partial and not place.unit:
            continue
        areas = [people for key, people in by_area.items() if _is_part(place, *key)]
        if areas:
            residents[position] = add_known(np.vstack(areas))
    return residents


def _is_part(place: Place, service: str, area: str) -> bool:
    if not place.service or place.service != service:
        return False
    return not place.unit or simplify(place.unit) == simplify(area)


def add_known(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum of the rows' known numbers; nan where no row knows one, never a zero."""
    added: NDArray[np.float64] = np.nansum(rows, axis=0)
    added[np.isnan(rows).all(axis=0)] = np.nan
    return added
