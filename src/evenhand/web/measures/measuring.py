"""From a lake to a run for the record: measure some months and release them for every audience."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np

from evenhand import __version__
from evenhand.accountability.audiences import Audience
from evenhand.core import Month, NothingToMeasure, Period
from evenhand.datasets import Lake
from evenhand.datasets.population import find_kept, read_residents
from evenhand.datasets.workforce import TABLES, WorkforceLake
from evenhand.disclosure import get_policy
from evenhand.indicators import STOPS
from evenhand.indicators.workforce import find_months, measure_workforce
from evenhand.indicators.workforce.measure import PAIRS
from evenhand.monitoring import measure_lake
from evenhand.monitoring.drawn import pick_drawn, pick_like_for_like
from evenhand.monitoring.release import build_release
from evenhand.monitoring.run import SEED
from evenhand.monitoring.workforce import build_workforce_release
from evenhand.web.measures.changes import add_changes
from evenhand.web.measures.plans import RunPlan, build_figures
from evenhand.web.measures.tables import plan_tables

YEAR = 12
QUARTER = 3


def measure_stops_run(
    lake: Lake, residents: Lake, *, period: Period | None = None, synthetic: bool = False
) -> RunPlan:
    """Stops of these months (or all), released for each audience, as a run for the record.

    ``residents`` is where tables of residents are kept; without one there are no rates.
    """
    kept = find_kept(residents)
    measured = measure_lake(lake, read_residents(residents), period=period)
    loads = tuple(each.id for each in (*lake.list_loads(), kept) if each)
    own = measured.panel.period
    releases = [build_release(measured, get_policy(each.value)) for each in Audience]
    figures = tuple(
        figure for each in releases for figure in build_figures(each.findings, period=own)
    )
    return RunPlan(
        ref=f"stops-{own.last}-{_digest(loads, own)}",
        dataset="stops",
        title=f"Stops and searches, {own.words}",
        period=own,
        code_version=__version__,
        definitions={indicator.id: indicator.version for indicator in STOPS},
        loads=loads,
        policies={each.policy.name: each.policy.version for each in releases},
        figures=figures,
        tables=tuple(t for each in releases for t in plan_tables(pick_like_for_like(each))),
        synthetic=synthetic,
    )


def measure_workforce_run(
    lake: WorkforceLake,
    *,
    at: Month,
    service: str = "",
    crossed: Sequence[tuple[str, ...]] = PAIRS,
    synthetic: bool = False,
) -> RunPlan:
    """The workforce up to a month, released for each audience, as a run for the record."""
    tables = {name: parts for name in TABLES if (parts := lake.list_parts(name))}
    if "strength" not in tables:
        raise NothingToMeasure(
            "no strength has been loaded: it is what everybody is counted in.",
            rule="strength-is-there",
            remedy="Load the monthly snapshots of who is there.",
        )
    rng = np.random.default_rng(SEED)
    measured = measure_workforce(tables, at=at, service=service, crossed=crossed, rng=rng)
    loads = tuple(sorted(load.id for name in tables for load in lake.list_loads(name)))
    own = Period(Month.at(at.index - YEAR + 1), at)
    releases = [build_workforce_release(measured, get_policy(each.value)) for each in Audience]
    figures = tuple(
        figure for each in releases for figure in build_figures(each.findings, period=own)
    )
    return RunPlan(
        ref=f"workforce-{at}-{_digest(loads, own)}",
        dataset="workforce",
        title=f"The workforce, up to {at.words}",
        period=own,
        code_version=__version__,
        definitions={put.measure.id: put.measure.version for put in measured.put},
        loads=loads,
        policies={each.policy.name: each.policy.version for each in releases},
        figures=figures,
        tables=tuple(table for each in releases for table in plan_tables(pick_drawn(each))),
        synthetic=synthetic,
    )


MOST_YEARS = 5
"""Year-ends measured of what is loaded: a series that shows a trend, and no more than can wait."""


def measure_workforce_years(
    lake: WorkforceLake,
    *,
    service: str = "",
    crossed: Sequence[tuple[str, ...]] = PAIRS,
    synthetic: bool = False,
    years: int = MOST_YEARS,
) -> Iterator[RunPlan]:
    """The workforce up to the last month, and up to the same month of the years before it.

    Earliest first; each says what has changed since the latest before it that shares no months
    with it. Intersections are measured of the last year alone.
    """
    whole = find_months({"strength": lake.list_parts("strength") or None})
    made: list[RunPlan] = []
    ends = [window.last for window in list_windows(whole, step=YEAR)][-years:] or [whole.last]
    for at in ends:
        wanted = crossed if at == ends[-1] else ()
        plan = measure_workforce_run(
            lake, at=at, service=service, crossed=wanted, synthetic=synthetic
        )
        made.append(add_changes(plan, made))
        yield made[-1]


def list_windows(period: Period, *, months: int = YEAR, step: int = QUARTER) -> Iterator[Period]:
    """The runs of ``months`` months that end with the last month and every ``step`` before it.

    Examples
    --------
    >>> whole = Period(Month(2024, 1), Month(2025, 6))
    >>> [str(each) for each in list_windows(whole)]
    ['2024-01/2024-12', '2024-04/2025-03', '2024-07/2025-06']

    A year at a time, so that every figure holds one of each season.
    """
    last = period.last.index
    ends = range(last, period.first.index + months - 2, -step)
    for end in reversed(ends):
        yield Period(Month.at(end - months + 1), Month.at(end))


def _digest(loads: tuple[str, ...], period: Period) -> str:

    text = "\n".join((*loads, str(period), __version__))
    return hashlib.sha256(text.encode()).hexdigest()[:8]
