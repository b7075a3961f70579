"""An indicator put to every place at once: counts, statistics, adjusted p, signals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.core import Signal
from evenhand.indicators.absence import Absence, find_absence
from evenhand.indicators.characteristics import Characteristic
from evenhand.indicators.compare import Floats, Ints, Pairs, build_group_pairs, build_place_pairs
from evenhand.indicators.definition import Direction, Indicator
from evenhand.indicators.estimate import Statistics, estimate_rates, estimate_shares
from evenhand.indicators.panel import Panel
from evenhand.indicators.places import Places
from evenhand.indicators.signals import build_signals
from evenhand.indicators.thresholds import THRESHOLDS, Thresholds
from evenhand.stats import benjamini_hochberg


@dataclass(frozen=True, slots=True)
class Evaluated:
    """All comparisons of one indicator over one characteristic, or (None) between places.

    ``family`` is the number of comparisons each adjusted p was adjusted over.
    """

    indicator: Indicator
    characteristic: Characteristic | None
    pairs: Pairs
    statistics: Statistics
    p_adjusted: Floats
    family: Ints
    unknown_share: Floats
    absence: NDArray[np.uint8]
    signal: list[Signal]

    def __len__(self) -> int:
        return len(self.pairs)


def evaluate_groups(
    indicator: Indicator,
    panel: Panel,
    characteristic: Characteristic,
    *,
    thresholds: Thresholds = THRESHOLDS,
) -> Evaluated:
    """Is any group treated differently from the comparator, at any place?"""
    pairs = build_group_pairs(indicator, panel, characteristic)
    return _evaluate(
        indicator,
        characteristic,
        panel,
        pairs=pairs,
        worrying=indicator.worrying,
        thresholds=thresholds,
    )


def evaluate_places(
    indicator: Indicator, panel: Panel, *, thresholds: Thresholds = THRESHOLDS
) -> Evaluated:
    """Does any unit differ from the rest of its service, or any service from the others?"""
    pairs = build_place_pairs(indicator, panel)
    worrying = indicator.across_units or Direction.EITHER
    return _evaluate(indicator, None, panel, pairs=pairs, worrying=worrying, thresholds=thresholds)


def _evaluate(
    indicator: Indicator,
    characteristic: Characteristic | None,
    panel: Panel,
    *,
    pairs: Pairs,
    worrying: Direction,
    thresholds: Thresholds,
) -> Evaluated:
    visited = panel.visited.get(characteristic.id) if characteristic else None
    absence = find_absence(indicator, pairs, visited)
    present = absence == Absence.PRESENT
    statistics = (
        estimate_rates(pairs, present, per=indicator.per)
        if indicator.is_rate
        else estimate_shares(pairs, present)
    )
    p_adjusted, family = adjust_by_level(statistics.p, pairs.place, panel.places)
    return Evaluated(
        indicator=indicator,
        characteristic=characteristic,
        pairs=pairs,
        statistics=statistics,
        p_adjusted=p_adjusted,
        family=family,
        unknown_share=_unknown_share(indicator, pairs),
        absence=absence,
        signal=build_signals(
            statistics, p_adjusted, absence, worrying=worrying, thresholds=thresholds
        ),
    )


def adjust_by_level(p: Floats, place: Ints, places: Places) -> tuple[Floats, Ints]:
    """Benjamini–Hochberg by level: units, services and the whole are three families."""
    level = np.zeros(len(places), dtype=np.int64)
    level[places.services] = 1
    if places.whole is not None:
        level[places.whole] = 2
    adjusted, family = np.full(len(p), np.nan), np.zeros(len(p), dtype=np.int64)
    for each in range(3):
        rows = level[place] == each
        if rows.any():
            adjusted[rows] = benjamini_hochberg(p[rows])
            family[rows] = np.isfinite(p[rows]).sum()
    return adjusted, family


def _unknown_share(indicator: Indicator, pairs: Pairs) -> Floats:
    """Of the events (for a rate) or of the base (for a share), how much has no known group."""
    unknown = pairs.unknown if indicator.is_rate else pairs.unknown_of
    total = pairs.total if indicator.is_rate else pairs.total_of
    return np.divide(unknown, total, out=np.zeros(len(pairs)), where=total > 0)
