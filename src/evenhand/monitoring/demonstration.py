"""A made-up service from its records to its site: what a newcomer sees first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from evenhand.core import Month
from evenhand.datasets.synthetic import START, write_synthetic
from evenhand.monitoring.run import Monitoring, measure, publish
from evenhand.monitoring.site import Labels
from evenhand.publication import SiteReport

SEED = 20_260_101
"""Any number would do; a fixed one makes the demonstration the same everywhere."""


class Told(Protocol):
    """Who is told how the work goes: rows while reading, stages, pages while writing."""

    def rows(self, stage: str, *, files: int, of: int, rows: int) -> None:
        """Files done and rows read so far."""

    def stage(self, stage: str, /) -> None:
        """A part of the work that has nothing to count."""

    def pages(self, done: int, total: int, what: str) -> None:
        """Pages written."""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The run over the made-up records, and the site that was written of it."""

    run: Monitoring
    written: SiteReport


def demonstrate(
    *,
    records: Path,
    site: Path,
    told: Told,
    seed: int = SEED,
    first: Month = START,
    lake: Path | None = None,
) -> Demonstration:
    """Make a synthetic archive of 32 fictional boroughs, measure it and write its site.

    Everything in it is invented and says so; it is calibrated to published figures. ``first`` is
    the first of its 24 months; ``lake`` keeps the loaded rows where it is given.

    Raises
    ------
    UsageProblem
        When ``site`` holds something that is not a site of ours.
    """
    told.stage("inventing a service")
    service = write_synthetic(records, seed=seed, first=first)
    run = measure(
        [service.archive],
        population=service.population,
        areas=service.areas,
        lake=lake,
        progress=told.rows,
        stage=told.stage,
    )
    labels = Labels(
        title="Stop and search monitor",
        service=service.service,
        source="synthetic records",
        synthetic=True,
    )
    return Demonstration(run, publish(run, site, labels, progress=told.pages))
