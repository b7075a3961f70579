"""Which months break the run of ordinary ups and downs, by rules stated beforehand?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenhand.core import UsageProblem
from evenhand.stats.columns import Floats, Mask


@dataclass(frozen=True, slots=True)
class RunRules:
    """Which patterns count as a signal; each number is how many points in a row it takes.

    ``shift`` points on one side of the centre line; ``trend`` points each higher (or each lower)
    than the one before, None for no such rule; ``two_of_three`` points beyond two thirds of the way
    to the same limit; ``outside`` a single point beyond a limit.
    """

    name: str
    shift: int
    trend: int | None
    two_of_three: bool = True
    outside: bool = True

    def __post_init__(self) -> None:
        for rule, length in (("shift", self.shift), ("trend", self.trend)):
            if length is not None and length < 3:
                raise UsageProblem(
                    f"{rule} must be at least 3 points, not {length!r}.", rule="runs-are-long"
                )


MAKING_DATA_COUNT = RunRules("NHS England, Making Data Count", shift=7, trend=7)
"""As the programme's own charting package has them (NHSRplotthedots 0.2.2)."""

WESTERN_ELECTRIC = RunRules("Western Electric (1956), zones A and C", shift=8, trend=None)
"""Statistical Quality Control Handbook, section B: the tests for 1, 2 of 3 and 8 points."""

NELSON = RunRules("Nelson (1984), tests 1, 2, 3 and 5", shift=9, trend=6)
"""Nelson LS (1984), J Qual Technol 16:237–239."""


@dataclass(frozen=True, slots=True)
class Signals:
    """The points that belong to each pattern; all of the chart's shape.

    ``shift``, ``trend`` and ``two_of_three`` are +1 (upwards) or −1 at every point of the pattern,
    ``outside`` at the point itself; 0 elsewhere.
    """

    outside: Floats
    two_of_three: Floats
    shift: Floats
    trend: Floats

    @property
    def any(self) -> Mask:
        """Whether a point belongs to any pattern."""
        return np.asarray(
            (self.outside != 0) | (self.two_of_three != 0) | (self.shift != 0) | (self.trend != 0)
        )


@dataclass(frozen=True, slots=True)
class Points:
    """What the rules look at: each point's value and centre, and its limits.

    ``present`` is False where there is no point; a pattern never runs across a gap, nor across the
    start of a new ``phase`` (whole numbers that grow by one at each recalculation).
    """

    value: Floats
    centre: Floats
    low: Floats
    high: Floats
    present: Mask
    phase: Floats


def find_signals(points: Points, rules: RunRules) -> Signals:
    """Apply the rules along the last axis; whole charts at a time.

    A point on the centre line ends a run; two equal points end a trend.
    """
    side = np.where(points.present, np.sign(points.value - points.centre), 0.0)
    beyond = (points.value > points.high).astype(float) - (points.value < points.low)
    outside = np.where(points.present & rules.outside, beyond, 0.0)
    shift = _runs(side, points.phase, rules.shift)
    trend = np.zeros_like(side)
    if rules.trend is not None:
        trend = _trends(points, rules.trend)
    near = _two_of_three(points, side) if rules.two_of_three else np.zeros_like(side)
    return Signals(outside, near, shift, trend)


def _runs(sign: Floats, phase: Floats, length: int) -> Floats:
    """Where ``length`` equal signs, none 0, stand in a row within one phase: all their points."""
    ending = _window_ends(sign, phase, length)
    return _spread_back(ending, length)


def _window_ends(sign: Floats, phase: Floats, length: int) -> Floats:
    """The sign at each point that completes ``length`` equal signs in one phase, else 0."""
    ending = np.zeros_like(sign)
    if sign.shape[-1] < length:
        return ending
    signs = np.lib.stride_tricks.sliding_window_view(sign, length, axis=-1)
    together = np.abs(signs.sum(axis=-1)) == length
    together &= phase[..., length - 1 :] == phase[..., : phase.shape[-1] - length + 1]
    ending[..., length - 1 :] = np.where(together, signs[..., -1], 0.0)
    return ending


def _spread_back(ending: Floats, length: int) -> Floats:
    """Mark the ``length`` points up to each end; one shared by two keeps the earlier pattern."""
    marked = np.zeros_like(ending)
    for back in range(min(length, ending.shape[-1]) - 1, -1, -1):
        moved = np.zeros_like(ending)
        moved[..., : ending.shape[-1] - back] = ending[..., back:]
        marked = np.where(moved != 0, moved, marked)
    return marked


def _trends(points: Points, length: int) -> Floats:
    """``length`` points each beyond the last are ``length`` − 1 steps the same way."""
    value = np.where(points.present, points.value, np.nan)
    step = np.zeros_like(value)
    step[..., 1:] = np.nan_to_num(np.sign(np.diff(value, axis=-1)))
    # A step belongs to the phase of both its points; across a change of phase there is none.
    step[..., 1:] *= points.phase[..., 1:] == points.phase[..., :-1]
    return _spread_back(_window_ends(step, np.zeros_like(step), length - 1), length)


def _two_of_three(points: Points, side: Floats) -> Floats:
    """Points beyond two thirds of the way to the limit, two of any three on that side.

    All three must lie on the same side of the centre, as in the Making Data Count package.
    """
    reach = np.where(side > 0, points.high - points.centre, points.centre - points.low)
    far = np.where(np.abs(points.value - points.centre) > 2 / 3 * reach, side, 0.0)
    marked = np.zeros_like(side)
    same = _window_ends(side, points.phase, 3)
    if side.shape[-1] < 3:
        return marked
    count = np.abs(np.lib.stride_tricks.sliding_window_view(far, 3, axis=-1).sum(axis=-1))
    ending = np.zeros_like(side)
    ending[..., 2:] = np.where(count >= 2, same[..., 2:], 0.0)
    return np.where(_spread_back(ending, 3) == far, far, 0.0)
