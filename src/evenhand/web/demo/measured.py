"""What the demo measures: two years of invented stops, each quarter recorded when it was known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from evenhand.core import Month
from evenhand.datasets import load_population, load_stops
from evenhand.datasets.synthetic import write_synthetic
from evenhand.monitoring.demonstration import SEED
from evenhand.web.accounts.models import User
from evenhand.web.demo.acts import moment_of
from evenhand.web.measures.measuring import list_windows, measure_stops_run, open_lake
from evenhand.web.measures.plans import RunPlan, last_day
from evenhand.web.measures.services import record_run, review_finding

MONTHS = 24
KNOWN_AFTER = 20
"""Days from the end of a month until its records have been gathered, checked and measured."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A run and the day on which it is put on the record."""

    on: date
    plan: RunPlan


def measure_demo(folder: Path, *, at: datetime) -> list[Measured]:
    """Invent a service's stops up to the month before last, and measure a year each quarter."""
    service = write_synthetic(folder / "records", seed=SEED, months=MONTHS, first=first_month(at))
    lake = open_lake(folder)
    load_stops([service.archive], lake=lake, at=at)
    people = load_population(service.population, areas=service.areas)
    runs = (
        measure_stops_run(lake, people, period=window, synthetic=True)
        for window in list_windows(service.period)
    )
    return [Measured(last_day(run.period.last) + timedelta(KNOWN_AFTER), run) for run in runs]


def first_month(at: datetime) -> Month:
    """The first of the months that the demo measures; the last is the month before last."""
    return Month.at(Month(at.year, at.month).index - MONTHS - 1)


def record_measured(each: Measured, users: Mapping[str, User]) -> None:
    """Put a run on the record, and look at what concerns most, as an analyst would."""
    now = moment_of(each.on, dict(users))
    analyst = users["analyst"]
    record_run(plan=each.plan, by=analyst, at=now.at)
    public = [f for f in each.plan.figures if f.policy == "public" and f.signal == "concern"]
    for figure, (verb, reason) in zip(public, REVIEWS, strict=False):
        review_finding(
            run=each.plan.ref, key=figure.key, verb=verb, reason=reason, by=analyst, at=now.at
        )


REVIEWS = (
    ("accept", ""),
    ("accept", "The same in both ethnicity fields."),
    (
        "dismiss",
        "Most people searched here live elsewhere: residents do not describe who is there. "
        "Made up for this demonstration.",
    ),
)
"""What the demo's analyst says of the first concerns of each run."""
