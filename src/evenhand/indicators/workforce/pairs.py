"""The two sides of every comparison of a measure, as columns over comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.indicators.workforce.characteristics import REST, Characteristic
from evenhand.indicators.workforce.definition import Kind, Measure
from evenhand.indicators.workforce.tensors import Floats, Tensors

Ints = NDArray[np.int64]

WHOLE = -1
"""In place of a unit: the whole service. In place of a step: all of them. Of a group: everybody."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Comparisons as columns; the strata of each as a second axis where like meets like.

    ``unknown`` and ``unknown_of`` are the people of the same unit and step whose answer is not
    known; ``kinds`` and ``kinds_of`` the same for each of the ways of not knowing, and
    ``total`` and ``total_of`` everybody there. Of places, nothing is unknown.
    """

    unit: Ints
    step: Ints
    group: Ints
    count: Floats
    of: Floats
    other_count: Floats
    other_of: Floats
    kinds: Floats
    kinds_of: Floats
    total: Floats
    total_of: Floats
    strata: tuple[Floats, Floats, Floats, Floats] | None = None

    def __len__(self) -> int:
        return len(self.unit)

    @property
    def unknown(self) -> Floats:
        """Counted people whose answer is not known, in all ways."""
        return np.asarray(self.kinds.sum(axis=-1))

    @property
    def unknown_of(self) -> Floats:
        """People counted over whose answer is not known, in all ways."""
        return np.asarray(self.kinds_of.sum(axis=-1))


@dataclass(frozen=True, slots=True)
class Block:
    """Counts of rows (a unit or a step each) by stratum and group, with what each row is."""

    unit: Ints
    step: Ints
    count: Floats
    of: Floats

    def __len__(self) -> int:
        return len(self.unit)


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a measure is put to the tensors: its steps and strata in order."""

    measure: Measure
    steps: tuple[str, ...]
    strata: tuple[str, ...]

    def axes(self, tensors: Tensors) -> dict[str, Sequence[str]]:
        """The order of each dimension that is not a characteristic."""
        return {"unit": tensors.units, "step": self.steps, "stratum": self.strata}


def build_scene(measure: Measure, tensors: Tensors) -> Scene:
    """The steps and strata of the facts that the measure counts."""
    facts = measure.count.facts
    sides = (facts, measure.of.facts) if measure.of_steps else (facts,)
    steps = tensors.axis("step", *sides) if measure.steps else tensors.axis("step", facts)
    return Scene(measure, steps, tensors.axis("stratum", *sides))


def list_group_blocks(
    scene: Scene, tensors: Tensors, characteristic: Characteristic
) -> list[Block]:
    """The whole service by step and together, then each unit, by stratum and group."""
    count, of = (
        side(scene, tensors, ("step", "stratum"), characteristic) for side in (counted, counted_of)
    )
    blocks = []
    if scene.measure.steps:
        blocks.append(_steps(scene, count, of))
    if scene.measure.pooled:
        blocks.append(_together(scene, count, of))
    crossed = len(characteristic.columns) > 1
    if scene.measure.within_units and len(tensors.units) > 1 and not crossed:
        blocks.append(_units(scene, tensors, characteristic))
    return [block if scene.measure.adjusted_for else _flat(block) for block in blocks]


def _units(scene: Scene, tensors: Tensors, characteristic: Characteristic) -> Block:
    """Each unit, all steps together; like with like within each step and stratum where asked."""
    within = ("step", "stratum") if scene.measure.adjusted_for else ("stratum",)
    units, groups = np.arange(len(tensors.units)), len(characteristic.groups)
    count, of = (
        side(scene, tensors, ("unit", *within), characteristic).reshape(len(units), -1, groups)
        for side in (counted, counted_of)
    )
    return Block(units, np.full(len(units), WHOLE), count, of)


def counted(
    scene: Scene, tensors: Tensors, dimensions: tuple[str, ...], characteristic: Characteristic
) -> Floats:
    """The measure's count by these dimensions and by group."""
    side = scene.measure.count
    return tensors.groups(
        side.facts, side.measure, dimensions, of=characteristic, axes=scene.axes(tensors)
    )


def counted_of(
    scene: Scene, tensors: Tensors, dimensions: tuple[str, ...], characteristic: Characteristic
) -> Floats:
    """What the measure is counted over; the same for each step where it has none of its own.

    Months become years: a rate is a year's.
    """
    side = scene.measure.of
    if scene.measure.of_steps:
        found = tensors.groups(
            side.facts, side.measure, dimensions, of=characteristic, axes=scene.axes(tensors)
        )
    else:
        kept = tuple(name for name in dimensions if name == "unit")
        axes = {**scene.axes(tensors), "step": (), "stratum": ()}
        whole = tensors.groups(side.facts, side.measure, kept, of=characteristic, axes=axes)
        sizes = {"step": len(scene.steps), "stratum": 1, "unit": len(tensors.units)}
        shape = [sizes[name] if name in kept else 1 for name in dimensions]
        full = [sizes[name] for name in dimensions]
        spread = whole.reshape(*shape, len(characteristic.groups))
        found = np.broadcast_to(spread, (*full, len(characteristic.groups)))
    return found / 12 if scene.measure.kind is Kind.RATE else found


def _steps(scene: Scene, count: Floats, of: Floats) -> Block:
    steps = np.arange(len(scene.steps))
    return Block(np.full(len(steps), WHOLE), steps, count, of)


def _together(scene: Scene, count: Floats, of: Floats) -> Block:
    """All steps at once; where like meets like, each step and stratum is a stratum."""
    groups = count.shape[-1]
    if not scene.measure.of_steps:
        of = of[:1]
        count = count.sum(axis=0, keepdims=True)
    nowhere = np.array([WHOLE])
    return Block(nowhere, nowhere, count.reshape(1, -1, groups), of.reshape(1, -1, groups))


def _flat(block: Block) -> Block:
    """Strata added up; a denominator that has none of its own stands as it is."""
    count, of = block.count, block.of
    return Block(block.unit, block.step, count.sum(axis=1, keepdims=True), _added(of))


def _added(of: Floats) -> Floats:
    return np.asarray(of.sum(axis=1, keepdims=True))


def build_group_pairs(blocks: Sequence[Block], characteristic: Characteristic) -> Pairs:
    """Every group of every row against the comparator; groups of whom nobody is there are left out.

    Where a characteristic has no comparator group, each is set against everybody else whose
    answer is known.
    """
    made = [_block_pairs(block, characteristic) for block in blocks if len(block)]
    return stack(made)


def _block_pairs(block: Block, characteristic: Characteristic) -> Pairs:
    compared = np.array(characteristic.compared, dtype=np.int64)
    row, chosen = np.divmod(np.arange(len(block) * len(compared)), max(len(compared), 1))
    group = compared[chosen] if len(compared) else compared
    there = block.of.sum(axis=1)[row, group] > 0
    row, group = row[there], group[there]
    sides = [_sides(values, row, group, characteristic) for values in (block.count, block.of)]
    (count, other_count), (of, other_of) = sides
    unknown = list(characteristic.unknown)
    kinds, kinds_of = (values.sum(axis=1)[:, unknown][row] for values in (block.count, block.of))
    total, total_of = (values.sum(axis=(1, 2))[row] for values in (block.count, block.of))
    several = block.count.shape[1] > 1
    return Pairs(
        block.unit[row], block.step[row], group,
        count.sum(axis=1), of.sum(axis=1), other_count.sum(axis=1), other_of.sum(axis=1),
        kinds, kinds_of, total, total_of,
        (count, of, other_count, other_of) if several else None,
    )  # fmt: skip


def _sides(
    values: Floats, row: Ints, group: Ints, characteristic: Characteristic
) -> tuple[Floats, Floats]:
    """The group's and the comparator's counts by stratum, for each comparison."""
    by_group = np.moveaxis(values, -1, 1)
    own = by_group[row, group]
    if characteristic.reference != REST:
        return own, by_group[row, characteristic.reference]
    known = by_group[:, list(characteristic.known)].sum(axis=1)
    return own, known[row] - own


def build_place_pairs(scene: Scene, tensors: Tensors) -> Pairs:
    """Every unit against the rest of the service, together or step by step."""
    measure, axes = scene.measure, scene.axes(tensors)
    dimensions = ("unit", "step", "stratum")
    count = tensors.array(measure.count.facts, measure.count.measure, dimensions, axes=axes)
    of = tensors.array(measure.of.facts, measure.of.measure, dimensions, axes=axes)
    of = of / 12 if measure.kind is Kind.RATE else of
    units, steps = len(tensors.units), len(scene.steps)
    if measure.pooled:
        count, of = count.reshape(units, 1, -1), of.reshape(units, 1, -1)
    if not measure.adjusted_for:
        count, of = count.sum(axis=-1, keepdims=True), of.sum(axis=-1, keepdims=True)
    return pair_places(count, of, pooled=measure.pooled or steps < 1)


def pair_places(count: Floats, of: Floats, *, pooled: bool) -> Pairs:
    """Counts of shape ``(units, steps, strata)``: each unit against all the others."""
    units, steps, strata = count.shape
    rest, rest_of = count.sum(axis=0) - count, of.sum(axis=0) - of
    unit, step = np.divmod(np.arange(units * steps), max(steps, 1))
    there = (of.sum(axis=-1).ravel() > 0) & (rest_of.sum(axis=-1).ravel() > 0)
    flat = [values.reshape(-1, strata)[there] for values in (count, of, rest, rest_of)]
    sums = [values.sum(axis=1) for values in flat]
    nothing = np.zeros((len(sums[0]), 0))
    return Pairs(
        unit=unit[there],
        step=np.full(there.sum(), WHOLE) if pooled else step[there],
        group=np.full(there.sum(), WHOLE),
        count=sums[0],
        of=sums[1],
        other_count=sums[2],
        other_of=sums[3],
        kinds=nothing,
        kinds_of=nothing,
        total=sums[0] + sums[2],
        total_of=sums[1] + sums[3],
        strata=(flat[0], flat[1], flat[2], flat[3]) if strata > 1 else None,
    )


COLUMNS = (
    "unit", "step", "group", "count", "of", "other_count", "other_of", "kinds", "kinds_of",
    "total", "total_of",
)  # fmt: skip


def stack(parts: Sequence[Pairs]) -> Pairs:
    """Comparisons one under another; strata are kept with as many columns as the most have."""
    columns: dict[str, Any] = {
        name: np.concatenate([getattr(part, name) for part in parts]) for name in COLUMNS
    }
    if all(part.strata is None for part in parts):
        return Pairs(**columns)
    width = max(1 if part.strata is None else part.strata[0].shape[1] for part in parts)
    sides = []
    for i, name in enumerate(("count", "of", "other_count", "other_of")):
        wide = [
            _padded(getattr(part, name)[:, None] if part.strata is None else part.strata[i], width)
            for part in parts
        ]
        sides.append(np.concatenate(wide))
    return Pairs(**columns, strata=(sides[0], sides[1], sides[2], sides[3]))


def _padded(values: Floats, width: int) -> Floats:
    return np.pad(values, ((0, 0), (0, width - values.shape[1])))
