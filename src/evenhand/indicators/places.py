"""The places figures are for: units, the services they are in, and the whole of what was given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

WHOLE = "all services"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A unit of a service, a service (no unit), or the whole (neither)."""

    service: str
    unit: str = ""

    @property
    def name(self) -> str:
        """How findings name it: ``metropolitan`` or ``metropolitan / Camden``."""
        if not self.service:
            return WHOLE
        return f"{self.service} / {self.unit}" if self.unit else self.service


@dataclass(frozen=True, slots=True)
class Places:
    """Every place in a fixed order: units, then services, then the whole.

    ``bottom`` are the (service, unit) pairs of the data; a row whose unit is not known belongs
    to its service alone. ``apart`` are services that are in no whole: nobody lives there, or not
    the people who are searched there, and one whole serves rates and shares alike.
    """

    all: tuple[Place, ...]
    bottom: tuple[Place, ...]
    apart: frozenset[str] = frozenset()

    def __iter__(self) -> Iterator[Place]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    @property
    def services(self) -> list[int]:
        """Positions of the services."""
        return [i for i, place in enumerate(self.all) if place.service and not place.unit]

    @property
    def units(self) -> list[int]:
        """Positions of the units."""
        return [i for i, place in enumerate(self.all) if place.unit]

    @property
    def whole(self) -> int | None:
        """Position of the whole; None when there is one service only."""
        return next((i for i, place in enumerate(self.all) if not place.service), None)

    def parent(self, position: int) -> int:
        """The place a unit or a service is part of; a lone service is its own parent."""
        place = self.all[position]
        if place.unit:
            return self.all.index(Place(place.service))
        return position if self.whole is None else self.whole

    def positions(self, cells: pa.Table) -> NDArray[np.int64]:
        """The bottom position of each cell, from its ``service`` and ``unit``."""
        service = cells["service"].combine_chunks().dictionary_encode()
        unit = cells["unit"].combine_chunks().dictionary_encode()
        order = {place: i for i, place in enumerate(self.bottom)}
        table = np.array(
            [
                [order.get(Place(str(s), str(u)), -1) for u in unit.dictionary.to_pylist()]
                for s in service.dictionary.to_pylist()
            ],
            dtype=np.int64,
        )
        return np.asarray(table[service.indices.to_numpy(), unit.indices.to_numpy()])

    def roll_up(self, counts: NDArray[np.int64]) -> NDArray[np.int64]:
        """Counts of every place from those of the bottom ones (first axis)."""
        order = {place: i for i, place in enumerate(self.all)}
        rolled = np.zeros((len(self.all), *counts.shape[1:]), dtype=counts.dtype)
        for position, place in enumerate(self.bottom):
            rolled[order[Place(place.service)]] += counts[position]
            if place.unit:
                rolled[order[place]] = counts[position]
        if self.whole is not None:
            inside = [place.service not in self.apart for place in self.bottom]
            rolled[self.whole] = counts[inside].sum(axis=0)
        return rolled


def build_places(cells: pa.Table) -> Places:
    """Find the places that cells name and how they nest."""
    pairs = cells.group_by(["service", "unit"]).aggregate([])
    bottom = tuple(
        sorted(
            Place(str(service), str(unit))
            for service, unit in zip(
                pairs["service"].to_pylist(), pairs["unit"].to_pylist(), strict=True
            )
        )
    )
    services = sorted({place.service for place in bottom})
    units = tuple(place for place in bottom if place.unit)
    whole = (Place(""),) if len(services) > 1 else ()
    return Places(units + tuple(Place(service) for service in services) + whole, bottom)
