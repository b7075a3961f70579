"""What the demo measures: two years of invented stops, each quarter recorded when it was known."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from evenhand.core import Month
from evenhand.datasets import load_stops
from evenhand.datasets.population import keep_residents
from evenhand.datasets.synthetic import write_synthetic
from evenhand.datasets.synthetic.workforce import WorkforceShape, simulate_workforce
from evenhand.datasets.workforce import load_workforce
from evenhand.monitoring.demonstration import SEED
from evenhand.web.accounts.models import User
from evenhand.web.demo.moments import moment_of
from evenhand.web.loads.datasets import open_lake, open_workforce
from evenhand.web.loads.services import adopt_load
from evenhand.web.measures.measuring import (
    list_windows,
    measure_stops_run,
    measure_workforce_years,
)
from evenhand.web.measures.plans import RunPlan, last_day
from evenhand.web.measures.services import record_run, review_finding

MONTHS = 24
PEOPLE, HISTORY = 10_000, 60  # five years of a middling service
YEARS = 3
"""Year-ends of the workforce that are measured: a change needs two that share no months."""

CROSSED = (("sex", "ethnicity"),)
"""The one intersection that the demo measures; a real service can ask for any."""

KNOWN_AFTER = 20
"""Days from the end of a month until its records have been gathered, checked and measured."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A run, the loads new in it, and the day on which both are put on the record."""

    on: date
    plan: RunPlan
    loads: tuple[tuple[str, str], ...]


def measure_demo(folder: Path, *, at: datetime) -> list[Measured]:
    """Invent a service's stops up to the month before last, and measure a year each quarter.

    Each quarter's records are loaded when that quarter is measured, as they would come.
    """
    service = write_synthetic(folder / "records", seed=SEED, months=MONTHS, first=first_month(at))
    lake, residents = open_lake(folder, "stops"), open_lake(folder, "residents")
    kept = keep_residents([service.population, service.areas], lake=residents, at=at)
    made: list[Measured] = []
    seen: set[str] = set()
    for window in list_windows(service.period):
        archive = folder / "records" / f"until-{window.last}.zip"
        _write_months(service.archive, archive, after=made[-1].plan.period.last if made else None,
                      until=window.last)  # fmt: skip
        load_stops([archive], lake=lake, at=at)
        archive.unlink()
        plan = measure_stops_run(lake, residents, period=window, synthetic=True)
        day = last_day(window.last) + timedelta(KNOWN_AFTER)
        new = sorted(set(plan.loads) - seen)
        loads = tuple(("residents" if load == kept.id else "stops", load) for load in new)
        made.append(Measured(day, plan, loads))
        seen |= set(plan.loads)
    return made


def measure_demo_workforce(folder: Path, *, at: datetime) -> list[Measured]:
    """Invent the people of a service, load everything about them, and measure some year-ends.

    Smaller than the service of the stops, so that a newcomer need not wait. The files came at once,
    so every year is put on the record when the last was known, the earliest first.
    """
    last = Month.at(first_month(at).index + MONTHS - 1)
    shape = WorkforceShape(people=PEOPLE, months=HISTORY, first=Month.at(last.index - HISTORY + 1))
    made = simulate_workforce(shape, rng=np.random.default_rng(SEED))
    lake = open_workforce(folder)
    loads = [
        (name, load_workforce(name, [table], lake=lake, at=at).id)
        for name, table in made.tables.items()
        if table.num_rows
    ]
    day = last_day(last) + timedelta(KNOWN_AFTER)
    plans = measure_workforce_years(lake, crossed=CROSSED, synthetic=True, years=YEARS)
    return [
        Measured(day, plan, () if number else tuple(loads)) for number, plan in enumerate(plans)
    ]


def _write_months(archive: Path, out: Path, *, after: Month | None, until: Month) -> None:
    """The files of some months as an archive of their own."""
    with zipfile.ZipFile(archive) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as part:
        for entry in whole.infolist():
            month = Month.parse(entry.filename.partition("/")[0])
            if month <= until and (after is None or month > after):
                part.writestr(entry, whole.read(entry))


def first_month(at: datetime) -> Month:
    """The first of the months that the demo measures; the last is the month before last."""
    return Month.at(Month(at.year, at.month).index - MONTHS - 1)


def record_measured(each: Measured, users: Mapping[str, User]) -> None:
    """Put a run on the record, and look at what concerns most, as an analyst would."""
    now = moment_of(each.on, dict(users))
    analyst = users["analyst"]
    for dataset, load in each.loads:
        adopt_load(dataset=dataset, lake_id=load, by=analyst, at=now.at)
    record_run(plan=each.plan, by=analyst, at=now.at)
    public = [f for f in each.plan.figures if f.policy == "public" and f.signal == "concern"]
    for figure, (verb, reason) in zip(public, REVIEWS[each.plan.dataset], strict=False):
        review_finding(
            run=each.plan.ref, key=figure.key, verb=verb, reason=reason, by=analyst, at=now.at
        )


REVIEWS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "stops": (
        ("accept", ""),
        ("accept", "The same in both ethnicity fields."),
        (
            "dismiss",
            "Most people searched here live elsewhere: residents do not describe who is there. "
            "Made up for this demonstration.",
        ),
    ),
    "workforce": (
        ("accept", "The same in each of the last years."),
        (
            "dismiss",
            "The unit was closed and its people moved: leaving it is not leaving the service. "
            "Made up for this demonstration.",
        ),
    ),
}
"""What the demo's analyst says of the first concerns of each run, by its dataset."""
