"""A measure put to the whole service at once: both sides, statistics, adjusted p, signals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from evenhand.core import Signal
from evenhand.indicators.absence import Absence
from evenhand.indicators.definition import Direction
from evenhand.indicators.estimate import Statistics
from evenhand.indicators.signals import build_signals
from evenhand.indicators.workforce.characteristics import Characteristic
from evenhand.indicators.workforce.definition import Kind, Measure
from evenhand.indicators.workforce.estimates import (
    estimate,
    estimate_benchmark,
    find_adjusted,
)
from evenhand.indicators.workforce.pairs import (
    WHOLE,
    Ints,
    Pairs,
    Scene,
    build_group_pairs,
    build_place_pairs,
    list_group_blocks,
)
from evenhand.indicators.workforce.tensors import Floats, Tensors
from evenhand.indicators.workforce.thresholds import WORKFORCE_THRESHOLDS, WorkforceThresholds
from evenhand.indicators.workforce.waits import build_waiting, compare_waits
from evenhand.stats import benjamini_hochberg


@dataclass(frozen=True, slots=True)
class Below:
    """For each comparison with the grade below: which it is, who is unknown there, everybody."""

    step: Ints
    kinds: Floats
    total: Floats


@dataclass(frozen=True, slots=True)
class Evaluated:
    """All comparisons of one measure over one characteristic, or (None) between units.

    ``family`` is the number of comparisons each adjusted p was adjusted over; ``until`` the
    months a wait was compared up to; ``adjusted`` which comparisons are made within strata;
    ``against`` what a benchmark is, in words; ``before`` the facts of the earlier time that the
    groups are compared with themselves at; ``below`` the grades that a ladder's steps are set
    against.
    """

    scene: Scene
    characteristic: Characteristic | None
    pairs: Pairs
    statistics: Statistics
    p_adjusted: Floats
    family: Ints
    unknown_share: Floats
    signal: list[Signal]
    until: Ints | None = None
    adjusted: NDArray[np.bool_] | None = None
    against: str = ""
    before: str = ""
    below: Below | None = None

    @property
    def measure(self) -> Measure:
        """The measure that was put."""
        return self.scene.measure

    def __len__(self) -> int:
        return len(self.pairs)


def evaluate_groups(
    scene: Scene,
    tensors: Tensors,
    characteristic: Characteristic,
    *,
    thresholds: WorkforceThresholds = WORKFORCE_THRESHOLDS,
) -> Evaluated | None:
    """Is any group treated differently from the comparator? None where nobody can be compared."""
    if scene.measure.kind is Kind.WAIT:
        return _evaluate_waits(scene, tensors, characteristic, thresholds)
    blocks = list_group_blocks(scene, tensors, characteristic)
    pairs = build_group_pairs(blocks, characteristic) if blocks else None
    if pairs is None or not len(pairs):
        return None
    return conclude(scene, characteristic, pairs, estimate(scene.measure.kind, pairs), thresholds)


def evaluate_places(
    scene: Scene,
    tensors: Tensors,
    *,
    thresholds: WorkforceThresholds = WORKFORCE_THRESHOLDS,
) -> Evaluated | None:
    """Does any unit differ from the rest of the service? None where there are no two units."""
    pairs = build_place_pairs(scene, tensors)
    if not len(pairs):
        return None
    return conclude(scene, None, pairs, estimate(scene.measure.kind, pairs), thresholds)


def conclude(
    scene: Scene,
    characteristic: Characteristic | None,
    pairs: Pairs,
    statistics: Statistics,
    thresholds: WorkforceThresholds,
) -> Evaluated:
    """Adjusted p within the family, the share not known, and the signal of each comparison."""
    share = np.divide(
        pairs.unknown_of, pairs.total_of, out=np.zeros(len(pairs)), where=pairs.total_of > 0
    )
    found = Evaluated(
        scene=scene,
        characteristic=characteristic,
        pairs=pairs,
        statistics=statistics,
        p_adjusted=statistics.p,
        family=np.ones(len(pairs), np.int64),
        unknown_share=share,
        signal=[],
        adjusted=find_adjusted(scene.measure.kind, pairs),
    )
    return adjust_together([found], thresholds)[0]


def adjust_together(
    found: Sequence[Evaluated], thresholds: WorkforceThresholds = WORKFORCE_THRESHOLDS
) -> list[Evaluated]:
    """Adjust the p-values of a measure's comparisons together, and give each its signal.

    A measure is read over all its characteristics at once, so its comparisons are one family: of
    the whole service; of its units, and of groups within them; and of intersections.
    """
    adjusted = [np.full(len(each), np.nan) for each in found]
    sizes = [np.zeros(len(each), np.int64) for each in found]
    for family in range(FAMILIES):
        rows = [_family(each) == family for each in found]
        p = np.concatenate(
            [each.statistics.p[mask] for each, mask in zip(found, rows, strict=True)]
        )
        stepped = np.split(benjamini_hochberg(p), np.cumsum([mask.sum() for mask in rows])[:-1])
        for i, mask in enumerate(rows):
            adjusted[i][mask] = stepped[i]
            sizes[i][mask] = np.isfinite(p).sum()
    made = [
        replace(each, p_adjusted=p, family=size)
        for each, p, size in zip(found, adjusted, sizes, strict=True)
    ]
    return [replace(each, signal=_signals(each, thresholds)) for each in made]


FAMILIES = 3


def _family(found: Evaluated) -> Ints:
    """Of each comparison: the whole service, its units, or an intersection."""
    if found.characteristic is not None and found.characteristic.parts:
        return np.full(len(found), 2)
    return np.where(found.pairs.unit == WHOLE, 0, 1)


def _signals(found: Evaluated, thresholds: WorkforceThresholds) -> list[Signal]:
    measure, pairs, statistics = found.measure, found.pairs, found.statistics
    p_adjusted = found.p_adjusted
    worrying = (
        measure.worrying if found.characteristic else measure.across_units or Direction.EITHER
    )
    absence = np.full(len(pairs), Absence.PRESENT, np.uint8)
    if measure.kind is Kind.BENCHMARK:
        absence[np.isnan(statistics.other.value)] = Absence.NOT_SUPPLIED
    if measure.kind is Kind.WAIT:
        signal = signal_waits(statistics, p_adjusted, worrying, thresholds)
    else:
        signal = build_signals(
            statistics, p_adjusted, absence, worrying=worrying, thresholds=thresholds.ratios
        )
    few = pairs.of < thresholds.fewest_people
    called = (Signal.CONCERN, Signal.WATCH)
    return [
        Signal.TOO_SMALL if tiny and each in called else each
        for each, tiny in zip(signal, few.tolist(), strict=True)
    ]


def evaluate_against(
    scene: Scene,
    characteristic: Characteristic,
    pairs: Pairs,
    *,
    benchmark: Floats,
    against: str,
    thresholds: WorkforceThresholds = WORKFORCE_THRESHOLDS,
) -> Evaluated:
    """Is every group present as often as a share that is taken as known?"""
    found = conclude(scene, characteristic, pairs, estimate_benchmark(pairs, benchmark), thresholds)
    return replace(found, against=against)


def _evaluate_waits(
    scene: Scene,
    tensors: Tensors,
    characteristic: Characteristic,
    thresholds: WorkforceThresholds,
) -> Evaluated | None:
    waits = compare_waits(
        build_waiting(tensors, scene.measure.count.facts, characteristic), thresholds
    )
    if waits is None:
        return None
    found = conclude(scene, characteristic, waits.pairs, waits.statistics, thresholds)
    return replace(found, until=waits.until)


def signal_waits(
    statistics: Statistics,
    p_adjusted: Floats,
    worrying: Direction,
    thresholds: WorkforceThresholds,
) -> list[Signal]:
    """One signal per wait: as for ratios, with months in place of the ratio."""
    months, notable = statistics.ratio, thresholds.notable_months
    with np.errstate(invalid="ignore"):
        longer = months.value > 0
        bad = _is_bad(worrying, longer)
        beyond = np.where(longer, months.low >= notable, months.high <= -notable)
        far = np.abs(months.value) >= notable
        concern = bad & beyond & (p_adjusted <= thresholds.ratios.concern_p)
        watch = bad & far & (p_adjusted <= thresholds.ratios.watch_p)
        open_ended = (months.high >= notable) | (months.low <= -notable)
        blind = ~(statistics.detectable <= thresholds.detectable_months)
    codes = np.select([concern, watch, np.isnan(months.value) | (blind & open_ended)], [0, 1, 2], 3)
    order = (Signal.CONCERN, Signal.WATCH, Signal.TOO_SMALL, Signal.NONE)
    return [order[code] for code in codes]


def _is_bad(worrying: Direction, longer: NDArray[np.bool_]) -> NDArray[np.bool_]:
    if worrying is Direction.EITHER:
        return np.ones(longer.shape, dtype=bool)
    return longer if worrying is Direction.HIGHER else ~longer
