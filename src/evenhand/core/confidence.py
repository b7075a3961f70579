"""Confidence is a proportion with a type of its own, so that 95 cannot pass for 0.95."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.core.errors import UsageProblem


@dataclass(frozen=True, slots=True)
class Confidence:
    """A confidence level strictly between one half and one."""

    level: float

    def __post_init__(self) -> None:
        if not 0.5 < self.level < 1:
            raise UsageProblem(
                f"confidence must be a proportion between 0.5 and 1, not {self.level!r}.",
                remedy="Write 0.95 for 95%.",
                rule="confidence-is-a-proportion",
            )

    @property
    def tail(self) -> float:
        """The probability left in each tail of a two-sided interval."""
        return (1 - self.level) / 2

    def __str__(self) -> str:
        return f"{self.level * 100:g}%"


NINETY_FIVE = Confidence(0.95)
