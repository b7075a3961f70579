"""Who is there: representation against a benchmark, and each grade against the grade below."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from evenhand.indicators.workforce.benchmarks import Benchmark, build_share_pairs, share_pairs
from evenhand.indicators.workforce.catalogue import LADDER_STEP, REPRESENTATION, TEMPORARY_MIX
from evenhand.indicators.workforce.characteristics import Characteristic
from evenhand.indicators.workforce.definition import Measure
from evenhand.indicators.workforce.estimates import estimate
from evenhand.indicators.workforce.evaluate import Below, Evaluated, conclude, evaluate_against
from evenhand.indicators.workforce.pairs import (
    WHOLE,
    Ints,
    Pairs,
    Scene,
    build_scene,
    list_group_blocks,
)
from evenhand.indicators.workforce.tensors import Floats, Tensors
from evenhand.indicators.workforce.thresholds import WORKFORCE_THRESHOLDS, WorkforceThresholds


def evaluate_representation(
    tensors: Tensors,
    characteristic: Characteristic,
    benchmark: Benchmark,
    *,
    thresholds: WorkforceThresholds = WORKFORCE_THRESHOLDS,
) -> Evaluated | None:
    """Is every group present at each grade and unit as it is in the population?"""
    scene = build_scene(REPRESENTATION, tensors)
    pairs = build_share_pairs(list_group_blocks(scene, tensors, characteristic), characteristic)
    shares = benchmark.of(characteristic)
    if not len(pairs) or not np.isfinite(shares).any():
        return None
    return evaluate_against(
        scene,
        characteristic,
        pairs,
        benchmark=shares[pairs.group],
        against=benchmark.name,
        thresholds=thresholds,
    )


def evaluate_ladder(
    tensors: Tensors,
    characteristic: Characteristic,
    *,
    thresholds: WorkforceThresholds = WORKFORCE_THRESHOLDS,
) -> Evaluated | None:
    """At which grade does a group’s share drop against the grade that feeds it?"""
    scene = build_scene(LADDER_STEP, tensors)
    heads = heads_by_step(scene, tensors, characteristic)
    above, below = rungs(scene.steps)
    pairs = ladder_pairs(heads, above, below, characteristic=characteristic)
    if not len(pairs):
        return None
    # Where the unknown belong is not asked here: they are left out of both grades alike.
    nothing = np.zeros((len(pairs), 0))
    known = replace(pairs, kinds=nothing, kinds_of=nothing)
    found = conclude(scene, characteristic, pairs, estimate(LADDER_STEP.kind, known), thresholds)
    lower = np.full(len(scene.steps), WHOLE)
    lower[above] = below
    feeding = lower[pairs.step]
    kinds = heads[:, list(characteristic.unknown)][feeding]
    return replace(found, below=Below(feeding, kinds, heads.sum(axis=1)[feeding]))


def heads_by_step(scene: Scene, tensors: Tensors, characteristic: Characteristic) -> Floats:
    """Everybody in the last snapshot, by grade and group."""
    counts = tensors.groups(
        "ladder", "heads", ("step", "stratum"), of=characteristic, axes=scene.axes(tensors)
    )
    return np.asarray(counts.sum(axis=1))


NO_ORDER = "00"
"""The height of a grade that stands on no ladder: nothing is above it."""


def rungs(steps: tuple[str, ...]) -> tuple[Ints, Ints]:
    """Positions of each grade that has a grade below it on its own ladder, and of that grade."""
    above, below = [], []
    keys = [[*step.split("/"), "", ""][:2] for step in steps]
    for i, (role, order) in enumerate(keys):
        lower = [j for j in range(i) if keys[j][0] == role and NO_ORDER < keys[j][1] < order]
        if lower:
            above.append(i)
            below.append(lower[-1])
    return np.array(above, np.int64), np.array(below, np.int64)


def ladder_pairs(
    heads: Floats, above: Ints, below: Ints, *, characteristic: Characteristic
) -> Pairs:
    """Each group's heads of those known at a grade, against its heads at the grade below."""
    known = heads[:, list(characteristic.known)].sum(axis=1)
    groups = np.array(characteristic.known, np.int64)
    row, chosen = np.divmod(np.arange(len(above) * len(groups)), max(len(groups), 1))
    upper, lower, group = above[row], below[row], groups[chosen]
    kept = (known[upper] > 0) & (known[lower] > 0) & (heads[lower, group] > 0)
    upper, lower, group = upper[kept], lower[kept], group[kept]
    unknown = list(characteristic.unknown)
    return Pairs(
        np.full(len(upper), WHOLE), upper, group,
        heads[upper, group], known[upper], heads[lower, group], known[lower],
        heads[:, unknown][upper], heads[:, unknown][upper],
        heads.sum(axis=1)[upper], heads.sum(axis=1)[upper],
    )  # fmt: skip


def evaluate_temporary_mix(
    tensors: Tensors,
    characteristic: Characteristic,
    *,
    thresholds: WorkforceThresholds = WORKFORCE_THRESHOLDS,
) -> Evaluated | None:
    """Are temporary promotions given to each group as it stands in the grade they come from?"""
    return evaluate_pool(TEMPORARY_MIX, tensors, characteristic, thresholds=thresholds)


def evaluate_pool(
    measure: Measure,
    tensors: Tensors,
    characteristic: Characteristic,
    *,
    thresholds: WorkforceThresholds,
) -> Evaluated | None:
    """People picked at each grade, against each group's share of everybody's months there."""
    facts = measure.count.facts
    steps = tensors.axis("step", facts, "ladder")
    scene = Scene(measure, steps, tensors.axis("stratum", facts, "ladder"))
    picked, pool = (
        tensors.groups(
            name, counted, ("step", "stratum"), of=characteristic, axes=scene.axes(tensors)
        ).sum(axis=1)
        for name, counted in ((facts, measure.count.measure), ("ladder", "all_months"))
    )
    known = list(characteristic.known)
    there = np.flatnonzero((picked[:, known].sum(axis=1) > 0) & (pool[:, known].sum(axis=1) > 0))
    row, chosen = np.divmod(np.arange(len(there) * len(known)), max(len(known), 1))
    at = there[row], np.array(known, np.int64)[chosen]
    pairs = share_pairs(
        np.full(len(steps), WHOLE), np.arange(len(steps)), picked,
        characteristic=characteristic, at=at,
    )  # fmt: skip
    if not len(pairs):
        return None
    share = pool[:, known] / np.maximum(pool[:, known].sum(axis=1, keepdims=True), 1)
    expected = np.zeros(pool.shape)
    expected[:, known] = share
    return evaluate_against(
        scene,
        characteristic,
        pairs,
        benchmark=expected[at],
        against="everybody’s time at the grade they come from",
        thresholds=thresholds,
    )
