"""What a simulated workforce is to be: its size, its span, and the differences planted in it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from evenhand.core import Month, UsageProblem
from evenhand.datasets.synthetic.workforce.figures import GROUPS, LADDERS, STAGES, UNITS

FEWEST_PEOPLE = 500
"""Fewer people leave whole ranks empty, and nothing can be measured of an empty rank."""
FEWEST_MONTHS = 12
"""A year: reviews, surveys and training fall once a year."""


@dataclass(frozen=True, slots=True)
class Group:
    """The people a difference is planted for: those with one of these codes."""

    characteristic: str
    codes: tuple[str, ...]

    def __post_init__(self) -> None:
        known = GROUPS.get(self.characteristic, {})
        if not self.codes or not set(self.codes) <= set(known):
            raise UsageProblem(
                f"the simulator draws no such group of {self.characteristic}.",
                rule="synthetic-group",
                remedy=f"It draws {', '.join(f'{name}: {list(c)}' for name, c in GROUPS.items())}.",
            )


BLACK = Group("ethnicity", ("B1", "B2", "B9"))
WOMEN = Group("sex", ("female",))


@dataclass(frozen=True, slots=True)
class SlowerStep:
    """One group applies for one promotion at ``ratio`` times the rate of everybody else.

    Its chance of promotion in any month is that multiple, its pass rates are the same: the
    hazard ratio of the step is ``ratio``.
    """

    group: Group = BLACK
    from_grade: str = "constable"
    ratio: float = 0.5


@dataclass(frozen=True, slots=True)
class FilteringStage:
    """One group passes one stage at ``ratio`` times the rate of everybody else."""

    group: Group = WOMEN
    process_kind: str = "specialist"
    stage: str = "interview"
    ratio: float = 0.7


@dataclass(frozen=True, slots=True)
class LosingUnit:
    """Everybody in one unit leaves at ``ratio`` times the rate of the others."""

    unit: str = UNITS[0]
    ratio: float = 2.0


@dataclass(frozen=True, slots=True)
class WorkforceShape:
    """How many people, over how long, with which differences; every other difference is chance.

    ``people`` are employed at the start and about as many at the end. ``slower``, ``filters`` and
    ``losing`` may be empty: then nothing differs but by chance. ``snapshot_every`` thins the
    monthly strength (12 for one a year). ``waves`` staff surveys fall in the last years.
    """

    people: int = 50_000
    months: int = 120
    first: Month = field(default_factory=lambda: Month(2016, 1))
    slower: tuple[SlowerStep, ...] = (SlowerStep(),)
    filters: tuple[FilteringStage, ...] = (FilteringStage(),)
    losing: tuple[LosingUnit, ...] = (LosingUnit(),)
    snapshot_every: int = 1
    waves: int = 3

    def __post_init__(self) -> None:
        _require(self.people >= FEWEST_PEOPLE, f"at least {FEWEST_PEOPLE} people are needed")
        _require(self.months >= FEWEST_MONTHS, f"at least {FEWEST_MONTHS} months are needed")
        _require(self.snapshot_every >= 1, "a snapshot is taken every 1 or more months")
        _require(self.waves >= 0, "there are 0 or more surveys")
        steps = {grade for ladder in LADDERS.values() for grade in ladder.grades[:-1]}
        for step in self.slower:
            _require(step.from_grade in steps, f"nobody is promoted from {step.from_grade}")
            _require(0 < step.ratio <= 1, "a slower step has a ratio above 0, at most 1")
        for filtered in self.filters:
            stages = dict(STAGES.get(filtered.process_kind, ()))
            _require(filtered.stage in stages, f"{filtered.process_kind} has no such stage")
            _require(0 < filtered.ratio <= 1, "a filtering stage has a ratio above 0, at most 1")
        for unit in self.losing:
            _require(unit.unit in UNITS, f"there is no unit {unit.unit}")
            _require(unit.ratio > 0, "a unit that loses people has a ratio above 0")

    @classmethod
    def without_differences(cls, *, people: int = 50_000, months: int = 120) -> WorkforceShape:
        """A workforce in which every difference is chance: for counting false alarms."""
        return cls(people=people, months=months, slower=(), filters=(), losing=())


@dataclass(frozen=True, slots=True)
class PlantedTruth:
    """One planted difference in numbers a measure can be held to.

    ``where`` is the grade, the stage or the unit. ``ratio`` is that of monthly promotion chances,
    of pass rates, or of monthly leaving rates. ``sentence`` says it in words.
    """

    kind: str
    group: Group | None
    where: str
    ratio: float
    sentence: str


def restricted_mean_months(
    role_type: str, from_grade: str, *, horizon: int, ratio: float = 1.0
) -> float:
    """How many of the first ``horizon`` months in a grade are spent in it before promotion?

    The truth that a Kaplan–Meier restricted mean estimates, leaving counted as censoring. Nobody
    is promoted in the first months of a grade; afterwards each month brings the same chance, so
    the share not yet promoted after m months is (1 - chance)^(m - wait).

    Examples
    --------
    >>> slow = restricted_mean_months("officer", "constable", horizon=240, ratio=0.5)
    >>> usual = restricted_mean_months("officer", "constable", horizon=240)
    >>> round(slow - usual, 1)
    14.5

    At half the chance, officers stay constables some 14 months longer within twenty years.
    """
    ladder = LADDERS[role_type]
    step = ladder.grades.index(from_grade)
    wait, chance = ladder.wait[step], min(ladder.chance(step) * ratio, 1.0)
    months = np.arange(horizon)
    # At the middle of a month one more chance has passed than whole months since the wait.
    staying = np.where(months < wait, 1.0, (1 - chance) ** np.maximum(months - wait + 1, 0))
    return float(staying.sum())


def _require(holds: bool, problem: str) -> None:
    if not holds:
        raise UsageProblem(f"{problem}.", rule="synthetic-workforce")
