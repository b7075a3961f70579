"""The measured whole at a glance: signals by indicator, and units side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from evenhand.accountability.audiences import Audience
from evenhand.core import Signal
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.measures.queries.figures import FigureRow, Filter, list_figures


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """How often each signal was given for one indicator."""

    dataset: str
    indicator: str
    counts: Counter[str]

    @property
    def total(self) -> int:
        """Comparisons made."""
        return sum(self.counts.values())

    @property
    def rank(self) -> tuple[int, ...]:
        """Most concern first."""
        return tuple(-self.counts[signal.value] for signal in Signal)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """How often each signal was given for one unit."""

    unit: str
    counts: Counter[str]

    @property
    def rank(self) -> tuple[int, ...]:
        """Most concern first."""
        return tuple(-self.counts[signal.value] for signal in Signal)


def list_by_indicator(rows: list[FigureRow]) -> list[IndicatorLine]:
    """Signals by indicator, most concern first."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for row in rows:
        counts.setdefault((row.dataset, row.indicator), Counter())[row.signal] += 1
    lines = [IndicatorLine(dataset, name, found) for (dataset, name), found in counts.items()]
    return sorted(lines, key=lambda line: (line.dataset, line.rank, line.indicator))


def list_by_unit(rows: list[FigureRow]) -> list[UnitLine]:
    """Signals by unit, most concern first; rows of no unit are left out."""
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        if row.unit:
            counts.setdefault(row.unit, Counter())[row.signal] += 1
    lines = [UnitLine(unit, found) for unit, found in counts.items()]
    return sorted(lines, key=lambda line: (line.rank, line.unit))


def list_all(*, as_of: AsOf, audience: Audience) -> list[FigureRow]:
    """Every comparison of the runs that count, as this audience may see it."""
    return list_figures(Filter(), as_of=as_of, audience=audience)
