"""Months and runs of months, as a police year is published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import total_ordering

from evenhand.core.errors import UsageProblem

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_NAMES = "January February March April May June July August September October November December"


@total_ordering
@dataclass(frozen=True, slots=True)
class Month:
    """One calendar month."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 12:
            raise UsageProblem(
                f"there is no month {self.number}.", remedy="Write 2026-01 to 2026-12."
            )

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read ``2026-03``; anything else is refused."""
        match = _MONTH.fullmatch(text)
        if not match:
            raise UsageProblem(f"{text!r} is not a month.", remedy="Write it as 2026-03.")
        return cls(int(match[1]), int(match[2]))

    @property
    def index(self) -> int:
        """Months since year 0: two months differ by the number of months between them."""
        return self.year * 12 + self.number - 1

    @classmethod
    def at(cls, index: int) -> Month:
        """The month with this :attr:`index`."""
        return cls(index // 12, index % 12 + 1)

    @property
    def words(self) -> str:
        """``March 2026``."""
        return f"{_NAMES.split()[self.number - 1]} {self.year}"

    def __lt__(self, other: Month) -> bool:
        return self.index < other.index

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


@dataclass(frozen=True, slots=True)
class Period:
    """A run of months, both ends included."""

    first: Month
    last: Month

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise UsageProblem(
                f"a period cannot end ({self.last}) before it starts ({self.first})."
            )

    def __iter__(self) -> Iterator[Month]:
        return (Month.at(i) for i in range(self.first.index, self.last.index + 1))

    def __len__(self) -> int:
        return self.last.index - self.first.index + 1

    def __contains__(self, month: object) -> bool:
        return isinstance(month, Month) and self.first <= month <= self.last

    @property
    def words(self) -> str:
        """``January 2019 to December 2020``, or the one month's name."""
        if self.first == self.last:
            return self.first.words
        return f"{self.first.words} to {self.last.words}"

    def __str__(self) -> str:
        return f"{self.first}/{self.last}" if self.first != self.last else str(self.first)
