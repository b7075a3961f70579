"""Cells of the cubes as arrays: one axis for units, steps, strata, and the groups compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenhand.datasets import Cube
from evenhand.datasets.arrow import compute, from_words
from evenhand.indicators.workforce.characteristics import (
    QUESTIONS,
    Characteristic,
    build_characteristic,
    cross,
)

Floats = NDArray[np.float64]

CLOCK = ("entry", "leaving", "event")


@dataclass(frozen=True, slots=True)
class Tensors:
    """The cubes of a run with one order of units, steps, strata and groups for all of them.

    ``units`` are the units' names in order. ``characteristics`` are those that were met, with
    the groups that occur anywhere, so that counts from different facts line up.
    """

    cubes: Mapping[str, Cube]
    units: tuple[str, ...]
    characteristics: Mapping[str, Characteristic]
    _axes: dict[tuple[frozenset[str], str], tuple[str, ...]] = field(default_factory=dict)

    def holds(self, *facts: str) -> bool:
        """Whether all of these facts were counted."""
        return all(name in self.cubes for name in facts)

    def has(self, facts: str, characteristic: Characteristic) -> bool:
        """Whether these facts know this characteristic."""
        return set(characteristic.columns) <= set(self.cubes[facts].spec.names)

    def axis(self, name: str, *facts: str) -> tuple[str, ...]:
        """The values that a dimension takes in any of these facts, in order."""
        key = (frozenset(facts), name)
        if key not in self._axes:
            met: set[str] = set()
            for each in facts:
                if name in self.cubes[each].spec.names:
                    met |= set(_met(self.cubes[each], name))
            self._axes[key] = tuple(sorted(met))
        return self._axes[key]

    def array(
        self,
        facts: str,
        measure: str,
        dimensions: Sequence[str],
        *,
        axes: Mapping[str, Sequence[str]],
    ) -> Floats:
        """The counts of one measure, one axis a dimension; what does not occur is 0.

        ``axes`` gives the order of the values of each dimension that is not a characteristic.
        """
        table = self.cubes[facts].cells(*dimensions)
        orders = [axes[name] if name in axes else self._codes(name) for name in dimensions]
        shape = tuple(len(order) for order in orders)
        counts = np.zeros(shape)
        where = [
            positions(table[name], order) for name, order in zip(dimensions, orders, strict=True)
        ]
        kept = np.logical_and.reduce([place >= 0 for place in where]) if where else slice(None)
        values = np.asarray(table[measure].to_numpy(), dtype=np.float64)
        if where:
            np.add.at(counts, tuple(place[kept] for place in where), values[kept])
        elif len(values):
            counts += values.sum()
        return counts

    def groups(
        self,
        facts: str,
        measure: str,
        dimensions: Sequence[str],
        *,
        of: Characteristic,
        axes: Mapping[str, Sequence[str]],
    ) -> Floats:
        """As :meth:`array`, with the groups of a characteristic as the last axis."""
        counts = self.array(facts, measure, (*dimensions, *of.columns), axes=axes)
        return counts.reshape(*counts.shape[: len(dimensions)], len(of.groups))

    def _codes(self, column: str) -> tuple[str, ...]:
        return tuple(group.code for group in self.characteristics[column].groups)


def build_tensors(cubes: Mapping[str, Cube], *, crossed: Iterable[Sequence[str]]) -> Tensors:
    """Gather units and groups over all cubes, and the intersections wanted."""
    units: set[str] = set()
    met: dict[str, set[str]] = {question.column: set() for question in QUESTIONS}
    for cube in cubes.values():
        if "unit" in cube.spec.names:
            units |= set(_met(cube, "unit"))
        for column in met:
            if column in cube.spec.names:
                met[column] |= set(_met(cube, column))
    single = {
        question.column: build_characteristic(question, sorted(met[question.column]))
        for question in QUESTIONS
        if met[question.column]
    }
    both = [
        cross([single[name] for name in names]) for names in crossed if set(names) <= set(single)
    ]
    together = single | {characteristic.id: characteristic for characteristic in both}
    return Tensors(cubes, tuple(sorted(units - {""})), together)


def _met(cube: Cube, name: str) -> list[str]:
    held = min((s for s in cube.spec.sets if name in s), key=len, default=())
    if not held:
        return []
    values = cube.cells(*held)[name].unique().to_pylist()
    return [str(value) for value in values if value is not None]


def positions(column: pa.ChunkedArray[Any], order: Sequence[str]) -> NDArray[np.int64]:
    """Where each cell stands in an order; -1 for one that is not in it."""
    words = column.cast(pa.string()).combine_chunks()
    found = compute.index_in(words, value_set=from_words(order))
    return np.asarray(compute.fill_null(found, -1).to_numpy(zero_copy_only=False), np.int64)
