"""Bring the figures of a dataset up to date with the loads that count."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from evenhand.core import NothingToMeasure
from evenhand.web.accounts.models import User
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.loads.datasets import list_members, open_lake, open_workforce
from evenhand.web.loads.queries import list_loads, list_unrecorded
from evenhand.web.loads.services import adopt_load
from evenhand.web.measures import queries as measures
from evenhand.web.measures.measuring import measure_stops_run, measure_workforce_years
from evenhand.web.measures.plans import RunPlan
from evenhand.web.measures.services import move_run, record_run


def measure_again(family: str, *, by: User, at: datetime, because: str) -> RunPlan | None:
    """Withdraw every run made from a load that counts no more, then measure what is there.

    A load made from the command line is put on the record first: no figure rests on another.
    ``family`` is what is measured together: ``stops``, or ``workforce`` with all its datasets.
    Where a dataset is measured up to several months, each has its run. Returns the last of the runs
    now on the record, or None where no row is left to measure.
    """
    as_of = AsOf.now(at)
    finish_withdrawals(family, at=at)
    _adopt_unrecorded(family, as_of, by, at)
    there = _list_loads(family)
    runs = measures.list_runs(as_of=as_of, dataset=family)
    for run in runs:
        if run.stands and not set(run.loads) <= there:
            move_run(run=run.ref, verb="withdraw", reason=because, by=by, at=at)
    known, plan = {run.ref: run for run in runs}, None
    try:
        for plan in MEASURES[family](settings.HOME.folder):
            if plan.ref not in known:
                record_run(plan=plan, by=by, at=at)
            elif not known[plan.ref].stands:
                move_run(run=plan.ref, verb="restore", reason=because, by=by, at=at)
    except NothingToMeasure:
        return None
    return plan


def _list_loads(family: str) -> set[str]:
    lakes = [open_lake(settings.HOME.folder, each.id) for each in list_members(family)]
    return {load.id for lake in lakes for load in lake.list_loads()}


def _measure_stops(home: Path) -> Iterator[RunPlan]:
    yield measure_stops_run(open_lake(home, "stops"), open_lake(home, "residents"))


def _measure_workforce(home: Path) -> Iterator[RunPlan]:
    return measure_workforce_years(open_workforce(home))


MEASURES: dict[str, Callable[[Path], Iterator[RunPlan]]] = {
    "stops": _measure_stops,
    "workforce": _measure_workforce,
}
"""How each family of datasets is measured from what is loaded of it."""


def finish_withdrawals(family: str, *, at: datetime) -> None:
    """Take out of the lake what the record says is withdrawn.

    A withdrawal that a killed process recorded is carried out; so is one of a load that a killed
    process had put back into the lake and not yet on the record.
    """
    members = {each.id for each in list_members(family)}
    for load in list_loads(as_of=AsOf.now(at)):
        if load.stands or load.dataset not in members:
            continue
        lake = open_lake(settings.HOME.folder, load.dataset)
        if load.lake_id in {there.id for there in lake.list_loads()}:
            lake.withdraw(load.lake_id, at=at, reason=load.reason)


def _adopt_unrecorded(family: str, as_of: AsOf, by: User, at: datetime) -> None:
    for member in list_members(family):
        for load in list_unrecorded(member.id, as_of=as_of):
            adopt_load(dataset=member.id, lake_id=load.id, by=by, at=at)
