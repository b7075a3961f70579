"""The stop and search indicators put to a cube and a population: tables not yet released."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from evenhand.core import Table
from evenhand.datasets import Cube, Population
from evenhand.indicators.breakdown import build_breakdown
from evenhand.indicators.change import evaluate_change
from evenhand.indicators.change_findings import build_change_findings
from evenhand.indicators.characteristics import (
    Characteristic,
    build_age,
    build_detailed,
    build_officer_perceived,
    build_self_defined,
    build_sex,
)
from evenhand.indicators.control import build_control
from evenhand.indicators.evaluate import Evaluated, evaluate_groups, evaluate_places
from evenhand.indicators.findings import build_findings
from evenhand.indicators.like_for_like import build_like_for_like
from evenhand.indicators.panel import Panel, build_panel
from evenhand.indicators.spans import find_spans
from evenhand.indicators.standing import build_standings
from evenhand.indicators.stops import BROAD_ETHNICITY, STOPS
from evenhand.indicators.tables import build_group_table
from evenhand.indicators.thresholds import THRESHOLDS, Thresholds
from evenhand.indicators.trend import build_trend
from evenhand.indicators.years import build_years


@dataclass(frozen=True, slots=True)
class Measured:
    """Every table of one run, none of them released yet."""

    panel: Panel
    evaluated: tuple[Evaluated, ...]
    findings: tuple[Table, ...]
    groups: tuple[Table, ...]
    trends: tuple[Table, ...]
    controls: tuple[Table, ...]
    years: tuple[Table, ...]
    changes: tuple[Table, ...]
    breakdowns: tuple[Table, ...]
    standings: tuple[Table, ...]
    like_for_like: tuple[Table, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """All of them, for review together, each saying who is apart."""
        made = (
            self.findings
            + self.groups
            + self.trends
            + self.controls
            + self.years
            + self.changes
            + self.breakdowns
            + self.standings
            + self.like_for_like
        )
        apart = {"service": self.panel.places.apart}
        return tuple(replace(table, apart=apart) for table in made)


def build_characteristics(cube: Cube) -> tuple[Characteristic, ...]:
    """The characteristics this cube can be asked about, detail in the editions it holds."""
    frames = cube.cells("frame", "self_defined")["frame"].unique().to_pylist()
    return (
        build_self_defined(),
        build_officer_perceived(),
        build_detailed([str(frame) for frame in frames]),
        build_sex(),
        build_age(),
    )


def measure_stops(
    cube: Cube,
    population: Population | None,
    *,
    rng: np.random.Generator,
    thresholds: Thresholds = THRESHOLDS,
) -> Measured:
    """Is the power to stop and search used evenly, at every place the rows name?

    Parameters
    ----------
    cube
        Of :data:`evenhand.datasets.STOPS_CUBE`.
    population
        Residents by area and ethnic group; None leaves the rates out, each with its reason.
    rng
        For the ranks, which are drawn; the same generator gives the same figures.
    thresholds
        The lines between the signals.
    """
    panel = build_panel(cube, population, build_characteristics(cube), thresholds=thresholds)
    evaluated = []
    for indicator in STOPS:
        for id_ in indicator.characteristics:
            evaluated.append(
                evaluate_groups(indicator, panel, panel.characteristic(id_), thresholds=thresholds)
            )
        if indicator.across_units and len(panel.places) > 1:
            evaluated.append(evaluate_places(indicator, panel, thresholds=thresholds))
    groups = [
        build_group_table(indicator, panel, panel.characteristic(id_))
        for indicator in STOPS
        for id_ in (indicator.characteristics or BROAD_ETHNICITY[:1])
    ]
    trends = [
        build_trend(indicator, panel, panel.characteristic(BROAD_ETHNICITY[0]))
        for indicator in STOPS
        if indicator.is_rate
    ]
    years, changes = _build_changes(panel, thresholds)
    return Measured(
        panel=panel,
        evaluated=tuple(evaluated),
        findings=tuple(build_findings(e, panel) for e in evaluated),
        groups=tuple(groups),
        trends=tuple(trends),
        controls=tuple(build_control(indicator, panel) for indicator in STOPS),
        years=years,
        changes=changes,
        breakdowns=(
            build_breakdown(cube, panel.places, "legislation", title="Searches by power used"),
            build_breakdown(cube, panel.places, "object", title="Searches by what was looked for"),
        ),
        standings=tuple(
            table for indicator in STOPS for table in build_standings(indicator, panel, rng=rng)
        ),
        like_for_like=tuple(
            build_like_for_like(indicator, panel, cube)
            for indicator in STOPS
            if indicator.characteristics
        ),
    )


def _build_changes(
    panel: Panel, thresholds: Thresholds
) -> tuple[tuple[Table, ...], tuple[Table, ...]]:
    """The two latest years beside one another, and their change; none in under two years."""
    spans = find_spans(panel.period)
    if spans is None:
        return (), ()
    broad = panel.characteristic(BROAD_ETHNICITY[0])
    changes = [
        evaluate_change(indicator, panel, broad, spans=spans, thresholds=thresholds)
        for indicator in STOPS
    ]
    return (
        tuple(build_years(indicator, panel, broad, spans) for indicator in STOPS),
        tuple(build_change_findings(change, panel.places) for change in changes),
    )
