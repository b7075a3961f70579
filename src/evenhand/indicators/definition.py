"""What an indicator is: a question, what is counted, over whom, and how it is compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Direction(StrEnum):
    """Which way a difference has to point to worry us."""

    HIGHER = "higher"
    LOWER = "lower"
    EITHER = "either"


RESIDENTS = "residents"
"""The denominator of a rate: the resident population times the years observed."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words an indicator's sentences are made of.

    For a rate, ``deed`` completes “Black people were …”. For a share, it completes “12% of
    searches of Black people …”. ``counted`` and ``base`` are the plurals of what is counted and
    of what it is counted over.
    """

    deed: str
    counted: str
    base: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One question about even treatment, as a typed value.

    ``count`` and ``of`` are measures of the cube; ``of`` is :data:`RESIDENTS` for a rate over
    the population. ``characteristics`` are those whose groups are compared; ``across_units``
    says whether units are compared with the rest of their service too. ``yes_only`` warns that
    some services fill the field in only when the answer is yes: all of nothing is no share.
    """

    id: str
    version: int
    title: str
    question: str
    count: str
    of: str
    worrying: Direction
    wording: Wording
    characteristics: tuple[str, ...]
    across_units: Direction | None = None
    per: float = 1.0
    unit: str = ""
    explanation: str = ""
    yes_only: bool = False
    cautions: tuple[str, ...] = field(default=())

    @property
    def is_rate(self) -> bool:
        """Whether the denominator is a population rather than the events themselves."""
        return self.of == RESIDENTS
