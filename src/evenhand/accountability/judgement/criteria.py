"""A criterion: the target, how a figure is compared with it, and for how long it must hold."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from evenhand.core import UsageProblem


class TargetKind(StrEnum):
    """Which side of the target's numbers is good."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BETWEEN = "between"


class Comparison(StrEnum):
    """What has to lie within the target: the figure alone, or its whole interval."""

    POINT = "point"
    INTERVAL = "interval"

    @property
    def words(self) -> str:
        """The rule as a page states it."""
        return _RULES[self]


class Distance(StrEnum):
    """How far apart two figures are: by how many times (a ratio), or by how much (all else)."""

    RATIO = "ratio"
    DIFFERENCE = "difference"


_RULES = {
    Comparison.POINT: (
        "Met when the figure lies within the target; too small to tell when the smallest "
        "difference these numbers could have shown is larger than the margin agreed."
    ),
    Comparison.INTERVAL: (
        "Met only when the whole interval lies within the target, not met when it lies wholly "
        "outside. Where it reaches across: too small to tell, unless the numbers could have "
        "shown a difference of the margin agreed; then it is not met, for it was not shown."
    ),
}


@dataclass(frozen=True, slots=True)
class Target:
    """The values that count as good, both ends included.

    Examples
    --------
    >>> Target.parity(1.25).words
    'between 0.8 and 1.25'

    A parity band treats the two directions alike: four fifths and five fourths are equally far.
    """

    kind: TargetKind
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        wanted = {
            TargetKind.AT_LEAST: (True, False),
            TargetKind.AT_MOST: (False, True),
            TargetKind.BETWEEN: (True, True),
        }[self.kind]
        given = (self.low is not None, self.high is not None)
        numbers = [each for each in (self.low, self.high) if each is not None]
        if given != wanted or not all(math.isfinite(each) for each in numbers):
            raise UsageProblem(
                "a target is “at least” a lowest value, “at most” a highest, or “between” both.",
                rule="target-shape",
            )
        if self.low is not None and self.high is not None and self.low > self.high:
            raise UsageProblem("a target’s lowest value is above its highest.", rule="target-shape")

    @classmethod
    def parity(cls, ratio: float) -> Target:
        """As far below equal treatment as above it: between 1/ratio and ratio."""
        if not 1 <= ratio < math.inf:
            raise UsageProblem(
                "a parity band is given by its upper ratio, from 1.", rule="target-shape"
            )
        return cls(TargetKind.BETWEEN, 1 / ratio, ratio)

    @property
    def words(self) -> str:
        """How a page says it."""
        if self.low is not None and self.high is not None:
            return f"between {render_number(self.low)} and {render_number(self.high)}"
        if self.low is not None:
            return f"at least {render_number(self.low)}"
        return f"at most {render_number(self.high or 0)}"

    def holds(self, value: float) -> bool:
        """Whether a figure is within it."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def holds_all(self, low: float, high: float) -> bool:
        """Whether a whole interval is within it."""
        return self.holds(low) and self.holds(high)

    def holds_none(self, low: float, high: float) -> bool:
        """Whether a whole interval is outside it."""
        below = self.low is not None and high < self.low
        return below or (self.high is not None and low > self.high)

    def exceeds(self, value: float, *, low: float, high: float) -> bool:
        """Whether a figure is worse than everything in an earlier interval: beyond its bad end.

        A target with two ends has two bad directions: away from the band on either side.
        """
        worse_below = self.low is not None and value < low
        worse_above = self.high is not None and value > high
        return worse_below or worse_above


@dataclass(frozen=True, slots=True)
class Criterion:
    """What was agreed before anybody judged.

    ``margin`` is the smallest difference from the target that would matter: a ratio from 1 where
    ``distance`` is a ratio (1.1: a tenth more), an amount from 0 otherwise. None: not agreed.
    ``measured_in`` is said after a figure (``per cent``); empty for a ratio.
    """

    target: Target
    comparison: Comparison
    sustain_months: int
    distance: Distance = Distance.RATIO
    margin: float | None = None
    measured_in: str = ""

    def __post_init__(self) -> None:
        if self.sustain_months < 1:
            raise UsageProblem("a sustain period is a month or more.", rule="sustain-period")
        least = 1.0 if self.distance is Distance.RATIO else 0.0
        if self.margin is not None and not least <= self.margin < math.inf:
            raise UsageProblem(
                f"this margin is a number from {least:g}.",
                remedy="For a ratio, 1.1 means a tenth more or less.",
                rule="margin-shape",
            )

    @property
    def words(self) -> str:
        """The target and the period in one phrase."""
        unit = f" {self.measured_in}" if self.measured_in else ""
        months = "month" if self.sustain_months == 1 else "months"
        return f"{self.target.words}{unit}, sustained for {self.sustain_months} {months}"


def render_number(value: float) -> str:
    """A figure with three digits that count, and no zeros that say nothing."""
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    places = max(0, 2 - math.floor(math.log10(abs(value))))
    text = f"{value:.{min(places, 12)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
