"""Bring the figures of a dataset up to date with the loads that count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from evenhand.core import NothingToMeasure
from evenhand.datasets import Lake, Population, load_population
from evenhand.web.accounts.models import User
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.loads.datasets import open_lake
from evenhand.web.loads.queries import list_loads
from evenhand.web.measures import queries as measures
from evenhand.web.measures.measuring import measure_stops_run
from evenhand.web.measures.plans import RunPlan
from evenhand.web.measures.services import move_run, record_run


def measure_again(dataset: str, *, by: User, at: datetime, because: str) -> RunPlan | None:
    """Withdraw every run made from a load that counts no more, then measure what is there.

    Returns the run now on the record, or None where no row is left to measure.
    """
    as_of = AsOf.now(at)
    lake = open_lake(settings.HOME.folder, dataset)
    _take_out_withdrawn(lake, dataset, as_of, at)
    there = {load.id for load in lake.list_loads()}
    runs = measures.list_runs(as_of=as_of, dataset=dataset)
    for run in runs:
        if run.stands and not set(run.loads) <= there:
            move_run(run=run.ref, verb="withdraw", reason=because, by=by, at=at)
    try:
        plan = MEASURES[dataset](lake, settings.HOME.folder)
    except NothingToMeasure:
        return None
    known = {run.ref: run for run in runs}
    if plan.ref not in known:
        record_run(plan=plan, by=by, at=at)
    elif not known[plan.ref].stands:
        move_run(run=plan.ref, verb="restore", reason=because, by=by, at=at)
    return plan


def find_residents(home: Path) -> Population | None:
    """Residents by area and group, from the folder ``residents`` of the installation."""
    folder = home / "residents"
    found = sorted(folder.glob("population.*")) if folder.is_dir() else []
    areas = sorted(folder.glob("areas.*")) if found else []
    return load_population(found[0], areas=areas[0] if areas else None) if found else None


def _measure_stops(lake: Lake, home: Path) -> RunPlan:
    return measure_stops_run(lake, find_residents(home))


MEASURES: dict[str, Callable[[Lake, Path], RunPlan]] = {"stops": _measure_stops}
"""How each dataset is measured from what is loaded of it."""


def _take_out_withdrawn(lake: Lake, dataset: str, as_of: AsOf, at: datetime) -> None:
    """Finish a withdrawal that a killed process recorded and did not carry out."""
    there = {load.id for load in lake.list_loads()}
    for load in list_loads(as_of=as_of):
        lake_id = load.ref.removeprefix(f"{dataset}-")
        if load.dataset == dataset and not load.stands and lake_id in there:
            lake.withdraw(lake_id, at=at, reason=load.reason)
