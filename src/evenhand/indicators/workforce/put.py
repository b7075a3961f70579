"""One measure as it was put to a run: its comparisons, and its tables."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.core import Table
from evenhand.indicators.workforce.definition import Measure
from evenhand.indicators.workforce.evaluate import Evaluated


@dataclass(frozen=True, slots=True)
class Put:
    """A measure, its comparisons, its findings, and its own figures as tables."""

    measure: Measure
    evaluated: tuple[Evaluated, ...]
    findings: tuple[Table, ...]
    figures: tuple[Table, ...]
