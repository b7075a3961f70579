"""Is a place moving away from even treatment, or towards it, against its own past?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.core import Signal
from evenhand.indicators.absence import Absence, find_absence
from evenhand.indicators.characteristics import Characteristic
from evenhand.indicators.compare import Floats, Ints, build_group_pairs
from evenhand.indicators.definition import Direction, Indicator
from evenhand.indicators.evaluate import adjust_by_level
from evenhand.indicators.panel import Panel
from evenhand.indicators.spans import Spans
from evenhand.indicators.thresholds import THRESHOLDS, Thresholds
from evenhand.indicators.years import build_span_sums
from evenhand.stats import (
    Estimates,
    Proportion,
    Rate,
    detectable_risk_ratio,
    fisher,
    ratio_of_ratios,
    ratio_of_ratios_test,
    risk_ratio,
)

DETECTED = 1.959964 + 0.841621
"""Standard errors a difference must span to be found at 5% four times in five: z at 0.975 and at
0.80 (Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, section 4.2)."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Counts and what they are over, of shape (rows, 2): the earlier year, the later."""

    count: Ints
    of: Floats


@dataclass(frozen=True, slots=True)
class Change:
    """One indicator's change at every place, as columns of equal length.

    ``own`` are the group's counts (the place's, where no groups are compared: then ``other`` is
    None); ``level`` what is followed, of shape (rows, 2): the ratio to the comparator, or the
    share; ``ratio`` the later over the earlier. ``family`` is how many p were adjusted together.
    """

    indicator: Indicator
    characteristic: Characteristic | None
    spans: Spans
    place: Ints
    group: Ints
    own: Sides
    other: Sides | None
    level: Floats
    ratio: Estimates
    without_repeats: Floats
    detectable: Floats
    p_adjusted: Floats
    family: Ints
    absence: NDArray[np.uint8]
    signal: list[Signal]

    def __len__(self) -> int:
        return len(self.place)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is compared, where and over which years."""

    indicator: Indicator
    panel: Panel
    characteristic: Characteristic
    spans: Spans
    place: Ints
    group: Ints

    def sides(self, group: Ints | None, *, first_only: bool = False) -> Sides:
        """A group's counts in both years at each row's place; None for all groups together."""
        columns = []
        for months in (self.spans.months[1], self.spans.months[0]):
            sums = build_span_sums(
                self.indicator,
                self.panel,
                self.characteristic,
                months=months,
                first_only=first_only,
            )
            if group is None:
                columns.append(
                    (sums.count.sum(axis=1)[self.place], sums.of.sum(axis=1)[self.place])
                )
            else:
                columns.append((sums.count[self.place, group], sums.of[self.place, group]))
        count, of = (np.stack(each, axis=1) for each in zip(*columns, strict=True))
        return Sides(count, np.where(np.isfinite(of), of, 0.0))


@dataclass(frozen=True, slots=True)
class _Compared:
    """The statistics of a change, before any p is adjusted."""

    level: Floats
    ratio: Estimates
    p: Floats
    without_repeats: Floats
    detectable: Floats


def evaluate_change(
    indicator: Indicator,
    panel: Panel,
    characteristic: Characteristic,
    *,
    spans: Spans,
    thresholds: Thresholds = THRESHOLDS,
) -> Change:
    """Has the gap between groups (or, where none are compared, the share) changed at any place?

    The ratio of group to comparator in the latest twelve months over that in the twelve before, at
    every unit and service with records in all of them. The family that p is adjusted over is all
    of them of one indicator and level.
    """
    grouped = bool(indicator.characteristics)
    pairs = build_group_pairs(indicator, panel, characteristic)
    absence = find_absence(indicator, pairs, panel.visited.get(characteristic.id))
    lasting = spans.complete(panel)
    lasting[[i for i, place in enumerate(panel.places) if not place.service]] = False
    rows = np.flatnonzero(lasting[pairs.place]) if grouped else np.arange(int(lasting.sum()))
    place = pairs.place[rows] if grouped else np.flatnonzero(lasting)
    group = pairs.group[rows] if grouped else np.zeros_like(place)
    asked = _Asked(indicator, panel, characteristic, spans, place, group)
    own = asked.sides(group if grouped else None)
    white = np.full_like(place, characteristic.index(characteristic.comparator))
    other = asked.sides(white) if grouped else None
    compared = _compare_ratios(asked, own, other, white) if other else _compare_shares(asked, own)
    p_adjusted, family = adjust_by_level(compared.p, place, panel.places)
    why = absence[rows] if grouped else _nothing(own)
    return Change(
        indicator=indicator,
        characteristic=characteristic if grouped else None,
        spans=spans,
        place=place,
        group=group,
        own=own,
        other=other,
        level=compared.level,
        ratio=compared.ratio,
        without_repeats=compared.without_repeats,
        detectable=compared.detectable,
        p_adjusted=p_adjusted,
        family=family,
        absence=why,
        signal=_signals(indicator, compared, p_adjusted, absence=why, thresholds=thresholds),
    )


def _nothing(own: Sides) -> NDArray[np.uint8]:
    none = own.of.sum(axis=1) == 0
    return np.where(none, Absence.NOTHING_COUNTED, Absence.PRESENT).astype(np.uint8)


def _compare_ratios(asked: _Asked, own: Sides, other: Sides, white: Ints) -> _Compared:
    """Ratio of ratios; a share is taken as events over its base (see the test's Notes)."""
    group, comparator = Rate(own.count, own.of), Rate(other.count, other.of)
    firsts = asked.sides(asked.group, first_only=True), asked.sides(white, first_only=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt((1 / own.count + 1 / other.count).sum(axis=1))
        first = _levels(*firsts)
        repeats = first[:, 1] / first[:, 0]
    return _Compared(
        level=_levels(own, other),
        ratio=ratio_of_ratios(group, comparator),
        p=ratio_of_ratios_test(group, comparator).p,
        without_repeats=repeats,
        detectable=np.exp(DETECTED * np.where(np.isfinite(spread), spread, np.inf)),
    )


def _levels(own: Sides, other: Sides) -> Floats:
    """The ratio of group to comparator in each year; nan where it has no number."""
    with np.errstate(divide="ignore", invalid="ignore"):
        level = own.count * other.of / (own.of * other.count)
    return np.where(np.isfinite(level), level, np.nan)


def _compare_shares(asked: _Asked, own: Sides) -> _Compared:
    later, earlier = (Proportion(own.count[:, t], own.of[:, t]) for t in (1, 0))
    first = asked.sides(None, first_only=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        level, only = own.count / own.of, first.count / first.of
        repeats = only[:, 1] / only[:, 0]
    return _Compared(
        level=level,
        ratio=risk_ratio(later, earlier),
        p=fisher(later, earlier).p,
        without_repeats=repeats,
        detectable=detectable_risk_ratio(later.total, earlier, method="normal").ratio_above,
    )


def _signals(
    indicator: Indicator,
    compared: _Compared,
    p_adjusted: Floats,
    *,
    absence: NDArray[np.uint8],
    thresholds: Thresholds,
) -> list[Signal]:
    """*Worsening*: adjusted p at most ``watch_p``, and the distance from 1 on the worrying side has
    grown by the factor ``notable_change``; *improving*: it has shrunk by as much. A ratio that
    passes from one side of 1 to the other counts for what of it is on the worrying side.
    """
    notable = np.log(thresholds.notable_change)
    ratio = compared.ratio
    with np.errstate(invalid="ignore", divide="ignore"):
        away = _distance(indicator.worrying, compared.level)
        moved = away[:, 1] - away[:, 0]
        clear = p_adjusted <= thresholds.watch_p
        blind = ~(compared.detectable <= thresholds.detectable_ratio)
        open_ended = (ratio.high >= np.exp(notable)) | (ratio.low <= np.exp(-notable))
        codes = np.select(
            [
                (absence != Absence.PRESENT) & (absence != Absence.NOTHING_COUNTED),
                clear & (moved >= notable),
                clear & (moved <= -notable),
                np.isnan(moved) | np.isnan(ratio.value) | (blind & open_ended & ~clear),
            ],
            [0, 1, 2, 3],
            default=4,
        )
    order = (
        Signal.UNMEASURABLE, Signal.WORSENING, Signal.IMPROVING, Signal.TOO_SMALL, Signal.NONE,
    )  # fmt: skip
    return [order[code] for code in codes.tolist()]


def _distance(direction: Direction, level: Floats) -> Floats:
    """How far from 1 on the worrying side, as a logarithm: 0 on the other."""
    logs = np.log(level)
    if direction is Direction.HIGHER:
        return np.maximum(logs, 0.0)
    if direction is Direction.LOWER:
        return np.maximum(-logs, 0.0)
    return np.abs(logs)
