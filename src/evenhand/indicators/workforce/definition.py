"""What a measure of the workforce is: a question, what is counted of whom, and its cautions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evenhand.indicators.definition import Direction


class Kind(StrEnum):
    """How the two sides of a comparison are set against one another."""

    SHARE = "share"  # people of people: score ratio, exact test
    RATE = "rate"  # events over person-years: exact rate ratio
    BENCHMARK = "benchmark"  # a share against a share that is taken as known
    WAIT = "wait"  # months until something happens: restricted means, log-rank


@dataclass(frozen=True, slots=True)
class Count:
    """A column of counts: the facts it is counted from, and its name there."""

    facts: str
    measure: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a measure's sentences.

    ``deed`` completes “12 of 40 women …”. ``counted`` and ``base`` head the columns of what is
    counted and of what it is counted over. ``at`` completes “In the whole service, …” for one
    step, with ``{}`` for the step: “at the stage {}”, “among {}”.
    """

    deed: str
    counted: str
    base: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One question about the even treatment of the people of the service, as a typed value.

    ``count`` and ``of`` say what is counted of whom. ``steps`` is what a step is (a rank, a stage,
    a course; empty when there are none) and ``pooled`` whether all steps together count nobody
    twice. ``adjusted_for`` says within what like is compared with like; empty: not adjusted.
    ``across_units`` says which way a unit must differ from the rest to worry us, None where units
    are not compared; ``within_units`` whether groups are compared inside each unit. ``months`` is
    how far back events are counted. ``anonymous`` holds the figures to the survey's threshold for
    every reader. ``without`` are characteristics that the question is not put for, because the
    answer is in the question: seniority comes with age.
    """

    id: str
    version: int
    title: str
    question: str
    kind: Kind
    worrying: Direction
    words: Words
    count: Count
    of: Count
    caution: str
    steps: str = ""
    pooled: bool = True
    of_steps: bool = True
    adjusted_for: str = ""
    across_units: Direction | None = None
    within_units: bool = False
    crossed: bool = False
    anonymous: bool = False
    months: int = 12
    without: tuple[str, ...] = ()
    note: str = "0012-workforce"

    @property
    def is_rate(self) -> bool:
        """Whether the denominator is time at risk rather than people."""
        return self.kind is Kind.RATE

    @property
    def of_known(self) -> bool:
        """Whether it is a group's share of everybody whose answer is known: counted of itself."""
        return self.count == self.of and self.kind is not Kind.WAIT
