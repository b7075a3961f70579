"""From rows and residents to released findings, and from findings to a site on disk."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from evenhand import __version__
from evenhand.core import Cell, Marker, Period
from evenhand.datasets import (
    STOPS_CUBE,
    Cube,
    Lake,
    Population,
    Progress,
    QualityReport,
    build_cube,
    load_population,
    load_stops,
)
from evenhand.disclosure import PUBLIC, Policy, ReleasedTable
from evenhand.indicators import STOPS, Measured, measure_stops
from evenhand.monitoring.collector import without_collector
from evenhand.monitoring.quality import build_notices, build_quality_page
from evenhand.monitoring.release import Release, build_release
from evenhand.monitoring.site import Labels, build_site
from evenhand.publication import Load, Provenance, SiteReport, write_site

SEED = 0
"""Ranks are drawn at random; from the same start, so that the same rows give the same pages."""


class Stage(Protocol):
    """Told when a part of the work begins that has no rows to count."""

    def __call__(self, stage: str, /) -> None: ...


@dataclass(frozen=True, slots=True)
class Monitoring:
    """One run: what was read, who lives there, and what may be published of it."""

    report: QualityReport
    population: Population | None
    release: Release
    loads: tuple[str, ...]

    @property
    def findings(self) -> ReleasedTable:
        """Every finding, in order of concern."""
        return self.release.findings

    def as_dict(self) -> dict[str, Any]:
        """The run for a script: counts of rows, what was found in the files, and the findings."""
        quality = self.report.as_dict()
        population = self.population
        return {
            "period": str(self.release.period),
            "policy": self.release.policy.name,
            **{key: quality[key] for key in _COUNTS},
            "files": quality["files"],
            "faults": quality["faults"],
            "gaps": quality["gaps"],
            "ignored": quality["ignored"],
            "areas_unmatched": [u.name for u in population.unmatched] if population else [],
            "findings": [_as_object(row) for row in self.findings.table.rows()],
        }


_COUNTS = ("rows_read", "rows_loaded", "rows_quarantined", "rows_repeated")


@without_collector()
def measure(
    stops: Sequence[Any] | Any,
    *,
    population: Any = None,
    areas: Path | None = None,
    policy: Policy = PUBLIC,
    lake: Path | None = None,
    at: dt.datetime | None = None,
    progress: Progress | None = None,
    stage: Stage | None = None,
) -> Monitoring:
    """Is the power to stop and search used evenly, and what may be said of it in public?

    Parameters
    ----------
    stops
        One source or several: an archive or folder of data.police.uk, CSV or Parquet files, or
        tables (pandas, polars, pyarrow, a DuckDB relation), one row a stop.
    population
        Residents by area and ethnic group: a file or a table. Without it, rates are left out.
    areas
        A look-up from area to service in place of the one shipped.
    policy
        The disclosure policy, by default what anyone may see.
    lake
        A folder that keeps the loaded rows; by default they are kept only for this run.
    at
        The moment of the run, with its time zone; dates after it are faults. By default now.
    progress, stage
        Told how the reading goes, and which part of the work begins.

    Returns
    -------
    Monitoring
        With ``findings``, a released table in order of concern.

    Raises
    ------
    UnreadableFile, ContractBroken, UnsafeArchive, NothingToMeasure
        Nothing can be measured; the message says where, by which rule, and what to do.

    Notes
    -----
    Not for comparing officers: the rows hold none, and the methods assume places.
    """
    tell = stage or (lambda _: None)
    sources = list(stops) if isinstance(stops, list | tuple) else [stops]
    tell("reading residents")
    people = load_population(population, areas=areas) if population is not None else None
    with _lake(lake) as held:
        moment = at or dt.datetime.now(dt.UTC)
        load = load_stops(sources, lake=held, at=moment, progress=progress)
        tell("counting and measuring")
        measured = measure_lake(held, people)
        loads = tuple(each.id for each in held.list_loads())
    tell("hiding small numbers")
    return Monitoring(load.report, people, build_release(measured, policy), loads)


def measure_lake(
    lake: Lake, people: Population | None, *, period: Period | None = None
) -> Measured:
    """Is the power used evenly, by the rows already loaded, all of them or those of some months?

    Parameters
    ----------
    lake
        Where the checked rows of stops are kept.
    people
        Residents by area and ethnic group; None leaves the rates out, each with its reason.
    period
        The months to measure; by default every month there is.

    Returns
    -------
    Measured
        Every table, none of them released yet: pass it to
        :func:`~evenhand.monitoring.release.build_release` with a named policy.
    """
    cube: Cube = build_cube(lake, STOPS_CUBE, period=period)
    return measure_stops(cube, people, rng=np.random.default_rng(SEED))


@without_collector()
def publish(
    monitoring: Monitoring, out: Path, labels: Labels, *, progress: Any = None
) -> SiteReport:
    """Write a run's site to a folder, in place of the one of ours that may be there."""
    release = monitoring.release
    provenance = Provenance(
        code_version=__version__,
        loads=tuple(Load(load_id) for load_id in monitoring.loads),
        definitions=tuple((indicator.id, indicator.version) for indicator in STOPS),
        policy=f"{release.policy.name}, version {release.policy.version}",
    )
    site = build_site(
        release,
        labels,
        notices=build_notices(monitoring.report, monitoring.population, release),
        quality=build_quality_page(monitoring.report, release),
        provenance=provenance,
    )
    return write_site(site, out, progress=progress)


@contextmanager
def _lake(folder: Path | None) -> Iterator[Lake]:
    if folder is not None:
        yield Lake(folder)
        return
    with tempfile.TemporaryDirectory(prefix="evenhand-") as temporary:
        yield Lake(temporary)


def _as_object(row: dict[str, Cell]) -> dict[str, Any]:
    """A finding for JSON: what is not there is null, and ``absent`` says why."""
    absent = {name: cell.value for name, cell in row.items() if isinstance(cell, Marker)}
    plain: dict[str, Any] = {
        name: None if isinstance(cell, Marker) else cell for name, cell in row.items()
    }
    plain["unit"] = row["unit"] or row["service"] or "all services"
    if absent:
        plain["absent"] = absent
    return plain
