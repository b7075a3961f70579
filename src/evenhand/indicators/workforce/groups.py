"""Every group's own figure, the unknown and everybody included: where the totals stand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evenhand.core import Column, Role, Table
from evenhand.indicators.tables import as_cells
from evenhand.indicators.workforce.characteristics import Characteristic, Group
from evenhand.indicators.workforce.definition import Kind
from evenhand.indicators.workforce.findings import (
    Draft,
    add_groups,
    add_place,
    count_column,
    of_column,
)
from evenhand.indicators.workforce.pairs import WHOLE, Block, Scene, list_group_blocks
from evenhand.indicators.workforce.setting import Setting, step_label
from evenhand.indicators.workforce.tensors import Floats, Tensors
from evenhand.indicators.workforce.waits import build_waiting
from evenhand.stats import Estimates, Proportion, Rate, proportion, rate


def build_group_table(
    scene: Scene, tensors: Tensors, characteristic: Characteristic, setting: Setting
) -> Table | None:
    """Each group's count and value at each unit and step, with totals; None where there are none.

    For representation the value is the share of those whose answer is known.
    """
    measure = scene.measure
    if measure.kind is Kind.WAIT:
        blocks = [_waiting(scene, tensors, characteristic)]
    else:
        blocks = list_group_blocks(scene, tensors, characteristic)
    blocks = [block for block in blocks if len(block)]
    if not blocks:
        return None
    unit, step, count, of = _with_total(blocks)
    rows, groups = count.shape
    row, group = np.divmod(np.arange(rows * groups), groups)
    members: list[Group | None] = [*characteristic.groups, None]
    draft = Draft()
    add_place(draft, setting, unit[row], [_step(scene, i) for i in step[row].tolist()])
    add_groups(draft, characteristic, [members[i] for i in group.tolist()])
    draft.add(*count_column(measure, "count", count.ravel()))
    if measure.kind is not Kind.BENCHMARK:
        draft.add(*of_column(measure, of.ravel()))
    if measure.kind is not Kind.WAIT:
        _add_values(draft, scene, _value(scene, characteristic, count, of))
    slug = "-".join(characteristic.columns)
    name = f"groups-{measure.id}-{slug}"
    return draft.finish(name, f"{measure.title}, by group", characteristic, pooled=measure.pooled)


def _waiting(scene: Scene, tensors: Tensors, characteristic: Characteristic) -> Block:
    """People followed and events at each step; what share had it by now is no measure of a wait."""
    waiting = build_waiting(tensors, scene.measure.count.facts, characteristic)
    steps = np.arange(len(waiting.steps))
    events, people = (
        counts.sum(axis=-1).astype(np.float64) for counts in (waiting.events, waiting.entries)
    )
    return Block(np.full(len(steps), WHOLE), steps, events, people)


def _add_values(draft: Draft, scene: Scene, own: Estimates) -> None:
    measure = scene.measure
    scale = 1.0 if measure.kind is Kind.RATE else 100.0
    unit_words = "in 100 a year" if measure.kind is Kind.RATE else "%"
    for name, title, values in (
        ("value", "Value", own.value),
        ("low", "Low (95%)", own.low),
        ("high", "High (95%)", own.high),
    ):
        column = Column(name, Role.DERIVED, title, unit_words, decimals=1)
        draft.add(column, as_cells(values.ravel() * scale))


def _step(scene: Scene, step: int) -> str:
    return "" if step == WHOLE else step_label(scene.measure, scene.steps[step])


def _with_total(blocks: Sequence[Block]) -> tuple[np.ndarray, np.ndarray, Floats, Floats]:
    """Units, steps, and the counts of every group and of everybody, strata added up."""
    unit = np.concatenate([block.unit for block in blocks])
    step = np.concatenate([block.step for block in blocks])
    sides = []
    for name in ("count", "of"):
        flat = np.concatenate([getattr(block, name).sum(axis=1) for block in blocks])
        sides.append(np.concatenate([flat, flat.sum(axis=1, keepdims=True)], axis=1))
    kept = sides[1][:, -1] > 0
    return unit[kept], step[kept], sides[0][kept], sides[1][kept]


def _value(scene: Scene, characteristic: Characteristic, count: Floats, of: Floats) -> Estimates:
    if scene.measure.kind is Kind.RATE:
        return rate(Rate(np.where(of > 0, count, 0), of), per=100.0)
    if scene.measure.kind is Kind.SHARE:
        return proportion(Proportion(count, of))
    known = count[:, list(characteristic.known)].sum(axis=1)[:, None]
    shown = np.zeros(count.shape[1], dtype=bool)
    shown[list(characteristic.known)] = True
    return proportion(Proportion(np.where(shown, count, 0), np.where(shown, known, 0)))
