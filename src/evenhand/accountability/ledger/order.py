"""Which events of a sequence are missing, late or repeated, seen one at a time."""

from __future__ import annotations

from dataclasses import dataclass, field

from evenhand.accountability.ledger.fault import Fault, FaultKind


@dataclass(slots=True)
class Gap:
    """Events ``first`` up to, and without, ``after`` had not been seen when ``line`` was read."""

    first: int
    after: int
    line: int


@dataclass(slots=True)
class Order:
    """Follows the sequence numbers of a file; its memory grows only with what is wrong."""

    expected: int = 0
    gaps: list[Gap] = field(default_factory=list)

    def place(self, sequence: int, line: int) -> Fault | None:
        """Take the next event's number; a fault when it stands where another should.

        A jump forward is not yet a fault: the events jumped over may follow. They are
        :meth:`missing` if they never do, and reordered if they do.
        """
        if sequence >= self.expected:
            if sequence > self.expected:
                self.gaps.append(Gap(self.expected, sequence, line))
            self.expected = sequence + 1
            return None
        for gap in self.gaps:
            if gap.first <= sequence < gap.after:
                self._fill(gap, sequence)
                problem = f"event {sequence:,} stands after event {self.expected - 1:,}"
                return Fault(FaultKind.REORDERED, problem, line, sequence)
        problem = f"event {sequence:,} is here a second time"
        return Fault(FaultKind.DUPLICATED, problem, line, sequence)

    def lacks(self, sequence: int) -> bool:
        """Whether this event was jumped over and has not come."""
        return any(gap.first <= sequence < gap.after for gap in self.gaps)

    def missing(self) -> list[Fault]:
        """The events that were jumped over and never came."""
        return [
            Fault(FaultKind.MISSING, f"{_named(gap)} missing before this line", gap.line, gap.first)
            for gap in self.gaps
        ]

    def _fill(self, gap: Gap, sequence: int) -> None:
        parts = [Gap(gap.first, sequence, gap.line), Gap(sequence + 1, gap.after, gap.line)]
        at = self.gaps.index(gap)
        self.gaps[at : at + 1] = [part for part in parts if part.first < part.after]


def _named(gap: Gap) -> str:
    if gap.after - gap.first == 1:
        return f"event {gap.first:,} is"
    return f"events {gap.first:,} to {gap.after - 1:,} are"
