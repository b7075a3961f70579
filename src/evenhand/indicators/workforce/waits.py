"""Months until something happens, group by group: curves, restricted means, the log-rank test."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenhand.core import NINETY_FIVE, UsageProblem
from evenhand.datasets.arrow import compute
from evenhand.indicators.estimate import Statistics
from evenhand.indicators.workforce.characteristics import REST, Characteristic
from evenhand.indicators.workforce.pairs import WHOLE, Ints, Pairs
from evenhand.indicators.workforce.tensors import CLOCK, Floats, Tensors, positions
from evenhand.indicators.workforce.thresholds import WorkforceThresholds
from evenhand.stats import (
    Estimates,
    Reason,
    Spells,
    restricted_mean,
    restricted_mean_difference,
    stratified_log_rank,
)

POWER = (1.959964 + 0.841621) / 1.959964
"""Half an interval times this is the difference that would be noticed four times in five."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everybody's spells by step, cohort and group: arrays ``(steps, cohorts, groups, months)``."""

    steps: tuple[str, ...]
    cohorts: tuple[str, ...]
    characteristic: Characteristic
    entries: Ints
    events: Ints
    censored: Ints

    @property
    def months(self) -> int:
        """How many months the clock runs."""
        return int(self.events.shape[-1])

    def pooled(self, step: str) -> Spells:
        """The spells of one step, cohorts together: shape ``(groups, months)``."""
        if step not in self.steps:
            raise UsageProblem(
                f"nobody was followed at {step!r}.",
                remedy=f"Steps followed: {', '.join(self.steps)}.",
                rule="step-was-followed",
            )
        i = self.steps.index(step)
        return Spells(
            self.events[i].sum(axis=0),
            self.censored[i].sum(axis=0),
            entries=self.entries[i].sum(axis=0),
        )


@dataclass(frozen=True, slots=True)
class Waits:
    """The comparisons of a wait: the two sides, their statistics, the months compared up to."""

    pairs: Pairs
    statistics: Statistics
    until: Ints


def build_waiting(tensors: Tensors, facts: str, characteristic: Characteristic) -> Waiting:
    """Count entries, events and endings from the cells of a cube of spells."""
    table = tensors.cubes[facts].cells("step", "cohort", *CLOCK, *characteristic.columns)
    table = table.filter(compute.is_valid(table["cohort"]))
    steps, cohorts = tensors.axis("step", facts), tensors.axis("cohort", facts)
    parts = characteristic.parts or (characteristic,)
    group = np.zeros(table.num_rows, np.int64)
    for part, column in zip(parts, characteristic.columns, strict=True):
        codes = [each.code for each in part.groups]
        group = group * len(codes) + positions(table[column], codes)
    where = (positions(table["step"], steps), positions(table["cohort"], cohorts), group)
    entry, leaving, event = (np.asarray(table[name].to_numpy(), np.int64) for name in CLOCK)
    people = np.asarray(table["spells"].to_numpy(), np.int64)
    months = int(leaving.max(initial=0)) + 2
    shape = (len(steps), len(cohorts), len(characteristic.groups), months)
    entries, events, censored = (np.zeros(shape, np.int64) for _ in range(3))
    np.add.at(entries, (*where, entry), people)
    for counts, kept in ((events, event == 1), (censored, event == 0)):
        np.add.at(counts, (*(place[kept] for place in where), leaving[kept]), people[kept])
    return Waiting(steps, cohorts, characteristic, entries, events, censored)


def compare_waits(waiting: Waiting, thresholds: WorkforceThresholds) -> Waits | None:
    """Every group's wait at every step against the comparator's; None when nobody was followed.

    Restricted means are over all cohorts together; the test compares people of like cohorts.
    """
    characteristic = waiting.characteristic
    compared = np.array(characteristic.compared, np.int64)
    people = waiting.entries.sum(axis=(1, 3))
    step, chosen = np.divmod(np.arange(len(waiting.steps) * len(compared)), max(len(compared), 1))
    group = compared[chosen]
    there = people[step, group] > 0
    step, group = step[there], group[there]
    if not len(step):
        return None
    ours, theirs = _two_sides(waiting, step, group)
    until = find_until(_pool(ours), _pool(theirs), thresholds)
    statistics = _compare(ours, theirs, until)
    pairs = _pairs(waiting, step, group, (ours, theirs))
    return Waits(pairs, statistics, until)


Sides = tuple[Ints, Ints, Ints]
"""Entries, events and endings of one side: each ``(comparisons, cohorts, months)``."""


def _two_sides(waiting: Waiting, step: Ints, group: Ints) -> tuple[Sides, Sides]:
    known = list(waiting.characteristic.known)
    ours, theirs = [], []
    for counts in (waiting.entries, waiting.events, waiting.censored):
        own = counts[step, :, group]
        if waiting.characteristic.reference == REST:
            other = counts[:, :, known].sum(axis=2)[step] - own
        else:
            other = counts[step, :, waiting.characteristic.reference]
        ours.append(own)
        theirs.append(other)
    return (ours[0], ours[1], ours[2]), (theirs[0], theirs[1], theirs[2])


def _pool(side: Sides) -> Spells:
    entries, events, censored = (counts.sum(axis=1) for counts in side)
    return Spells(events, censored, entries=entries)


def find_until(ours: Spells, theirs: Spells, thresholds: WorkforceThresholds) -> Ints:
    """The last month up to which enough people of both groups are still waiting; 0 for none."""
    fewest = np.minimum(ours.at_risk, theirs.at_risk) >= thresholds.followed
    enough = np.logical_and.accumulate(fewest, axis=-1).sum(axis=-1) - 1
    last = min(thresholds.longest_wait, fewest.shape[-1] - 1)
    until: Ints = np.clip(enough, 0, last).astype(np.int64)
    return until


def _compare(ours: Sides, theirs: Sides, until: Ints) -> Statistics:
    size = len(until)
    columns = {name: np.full((3, size), np.nan) for name in ("own", "other", "difference")}
    reason = np.full(size, Reason.NO_POPULATION, np.uint8)
    for months in np.unique(until[until > 0]).tolist():
        rows = np.flatnonzero(until == months)
        here, there = (_pool(_some(side, rows)) for side in (ours, theirs))
        found = {
            "own": restricted_mean(here, until=months),
            "other": restricted_mean(there, until=months),
            "difference": restricted_mean_difference(here, there, until=months),
        }
        for name, estimates in found.items():
            columns[name][:, rows] = estimates.value, estimates.low, estimates.high
        reason[rows] = found["difference"].reason
    difference = _estimates(columns["difference"], reason, "difference of restricted means")
    own, other = (
        _estimates(columns[name], np.zeros(size, np.uint8), "restricted mean")
        for name in ("own", "other")
    )
    reach = (difference.high - difference.low) / 2 * POWER
    nothing = np.full(size, np.nan)
    p = np.full(size, np.nan)
    rows = np.flatnonzero(until > 0)
    if len(rows):
        p[rows] = _test(_some(ours, rows), _some(theirs, rows))
    return Statistics(own, other, difference, nothing, p, nothing, nothing, reach)


def _some(side: Sides, rows: Ints) -> Sides:
    return side[0][rows], side[1][rows], side[2][rows]


def _test(ours: Sides, theirs: Sides) -> Floats:
    """The stratified log-rank test of each comparison; cohorts without anybody say nothing."""
    entries, events, censored = (
        np.stack([own, other], axis=2) for own, other in zip(ours, theirs, strict=True)
    )
    test = stratified_log_rank(Spells(events, censored, entries=entries))
    return np.asarray(test.p, np.float64)


def _estimates(columns: Floats, reason: np.ndarray, method: str) -> Estimates:
    value, low, high = columns
    reason = np.where(np.isnan(value) & (reason == 0), Reason.NO_POPULATION, reason)
    return Estimates(value, low, high, reason.astype(np.uint8), method, NINETY_FIVE)


def _pairs(waiting: Waiting, step: Ints, group: Ints, sides: tuple[Sides, Sides]) -> Pairs:
    ours, theirs = sides
    unknown = list(waiting.characteristic.unknown)
    people, happened = waiting.entries.sum(axis=(1, 3)), waiting.events.sum(axis=(1, 3))
    counts = [
        counts.sum(axis=(1, 2)).astype(np.float64)
        for counts in (ours[1], ours[0], theirs[1], theirs[0])
    ]
    return Pairs(
        unit=np.full(len(step), WHOLE),
        step=step,
        group=group,
        count=counts[0],
        of=counts[1],
        other_count=counts[2],
        other_of=counts[3],
        kinds=happened[:, unknown][step].astype(np.float64),
        kinds_of=people[:, unknown][step].astype(np.float64),
        total=happened.sum(axis=1)[step].astype(np.float64),
        total_of=people.sum(axis=1)[step].astype(np.float64),
    )
