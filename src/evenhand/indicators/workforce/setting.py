"""Which service, up to which month: what every sentence and table of a run has in common."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.core import Month, Period
from evenhand.indicators.workforce.definition import Kind, Measure
from evenhand.indicators.workforce.labels import (
    as_words,
    grade_label,
    grade_people,
    grade_words,
)
from evenhand.indicators.workforce.pairs import WHOLE


@dataclass(frozen=True, slots=True)
class Setting:
    """The service measured, the last month looked at, and the units in order."""

    service: str
    label: str
    at: Month
    units: tuple[str, ...]

    def period_of(self, measure: Measure) -> Period:
        """The months a measure's events are counted over; one month for a snapshot."""
        if not measure.months or measure.kind is Kind.BENCHMARK or _is_snapshot(measure):
            return Period(self.at, self.at)
        return Period(Month.at(self.at.index - measure.months + 1), self.at)

    def unit_name(self, unit: int) -> str:
        """The unit's name, empty for the whole service."""
        return "" if unit == WHOLE else self.units[unit]

    def place_words(self, unit: int) -> str:
        """The unit, or the service, as a sentence names it."""
        return self.label if unit == WHOLE else self.units[unit]


SNAPSHOTS = ("heads",)


def _is_snapshot(measure: Measure) -> bool:
    return measure.count.measure in SNAPSHOTS


def step_label(measure: Measure, step: str) -> str:
    """A step as a heading: the grade, the stage with its process, the course, the item."""
    parts = step.split("/")
    if measure.steps == "grade":
        role, grade = parts[0], parts[-1]
        label = grade_label(grade) if grade else "Grade not recorded"
        return label if role in ("officer", "") or len(parts) < 3 else f"{label} ({as_words(role)})"
    if measure.steps == "stage" and len(parts) >= 3:
        return f"{'/'.join(parts[2:])} ({as_words(parts[0]).lower()})"
    if measure.steps in ("kind", "characteristic"):
        return as_words(step)
    return step


def step_words(measure: Measure, step: str) -> str:
    """A step as a sentence names it: “among sergeants”, “at the stage Interview (promotion)”."""
    if measure.steps == "grade":
        grade = step.split("/")[-1]
        if not grade:
            return "where the grade is not recorded"
        from_one = measure.words.at.startswith("from")
        return measure.words.at.format(grade_words(grade) if from_one else grade_people(grade))
    label = step_label(measure, step)
    if measure.steps in ("kind", "characteristic"):
        label = label.lower()
    return measure.words.at.format(label)
