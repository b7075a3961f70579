"""The same comparison within strata: where people live, and what they were searched for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evenhand.core import Cell, Column, Role, Table
from evenhand.datasets import Cube
from evenhand.indicators.characteristics import Characteristic, build_self_defined
from evenhand.indicators.compare import Floats, Ints, build_sums
from evenhand.indicators.definition import Indicator
from evenhand.indicators.panel import Panel
from evenhand.indicators.recode import lay_out, list_values
from evenhand.indicators.tables import GROUP, PLACE, WHERE, as_cells, count_columns
from evenhand.stats import (
    Estimates,
    Proportion,
    Rate,
    mantel_haenszel_rate_ratio,
    mantel_haenszel_risk_ratio,
    rate_ratio,
    risk_ratio,
)

CRUDE, LIKE = "all together", "like for like"

FEWEST = 2
"""Strata it takes to compare like with like."""


@dataclass(frozen=True, slots=True)
class _Strata:
    """Counts and sizes by (place, group, stratum), for the places that have strata."""

    places: list[int]
    count: Ints
    of: Floats


def name_like_for_like(indicator: Indicator) -> str:
    """What the table of an indicator is called."""
    return f"{indicator.id}-like-for-like"


def build_like_for_like(indicator: Indicator, panel: Panel, cube: Cube) -> Table:
    """Is the difference still there when like is compared with like?

    A rate is compared within each unit of a service (each service of the whole) and pooled, since
    a ratio over everywhere is distorted by where people live. A share is compared within each
    object of search, since drugs and weapons are found at different rates. Mantel–Haenszel, with
    Greenland and Robins' variance; strata where a side has nobody hold no comparison.
    """
    characteristic = build_self_defined()
    strata = (
        _by_part(indicator, panel, characteristic)
        if indicator.is_rate
        else _by_object(indicator, panel, cube, characteristic)
    )
    other = characteristic.index(characteristic.comparator)
    groups = [g for g in characteristic.known if g != other]
    crude, like = _compare(indicator, strata, groups, other)
    rows = [(place, group) for place in strata.places for group in groups]
    whole = build_sums(indicator, panel, characteristic)
    count, of = whole.count[strata.places], np.nan_to_num(whole.of[strata.places])
    cells: dict[str, Sequence[Cell]] = _cells(panel, characteristic, rows, other=other)
    cells |= {
        "count": count[:, groups].ravel().tolist(),
        "of": [round(n) for n in of[:, groups].ravel().tolist()],
        "other_count": np.repeat(count[:, other], len(groups)).tolist(),
        "other_of": [round(n) for n in np.repeat(of[:, other], len(groups)).tolist()],
    }
    twice = {name: [*values, *values] for name, values in cells.items()}
    ratios = {
        name: as_cells(np.concatenate([getattr(crude, name).ravel(), getattr(like, name).ravel()]))
        for name in ("value", "low", "high")
    }
    return Table(
        name=name_like_for_like(indicator),
        title=f"{indicator.title}: like for like",
        columns=_columns(indicator),
        cells={**twice, "compared": [CRUDE] * len(rows) + [LIKE] * len(rows), **ratios},
        sums={**WHERE, "group": "All"},
        within={"group": "characteristic"},
    )


def _compare(
    indicator: Indicator, strata: _Strata, groups: list[int], other: int
) -> tuple[Estimates, Estimates]:
    """Crude and pooled ratios by (place, group)."""
    shape = (len(strata.places), len(groups), strata.count.shape[2])
    count, of = strata.count[:, groups], strata.of[:, groups]
    other_count = np.broadcast_to(strata.count[:, [other]], shape)
    other_of = np.broadcast_to(strata.of[:, [other]], shape)
    sides = ((count, of), (other_count, other_of))
    sums = [(c.sum(axis=2), n.sum(axis=2)) for c, n in sides]
    if indicator.is_rate:
        pooled = mantel_haenszel_rate_ratio(*(Rate(*side) for side in sides)).estimate
        return rate_ratio(*(Rate(*side) for side in sums)), pooled
    pooled = mantel_haenszel_risk_ratio(*(Proportion(*side) for side in sides)).estimate
    return risk_ratio(*(Proportion(*side) for side in sums)), pooled


def _by_part(indicator: Indicator, panel: Panel, characteristic: Characteristic) -> _Strata:
    """Strata are the parts of a place; those without residents of any group hold none."""
    sums = build_sums(indicator, panel, characteristic)
    parts: dict[int, list[int]] = {}
    for position in range(len(panel.places)):
        parent = panel.places.parent(position)
        if parent != position and np.isfinite(sums.of[position]).any():
            parts.setdefault(parent, []).append(position)
    parents = [place for place, own in parts.items() if len(own) >= FEWEST]
    most = max((len(parts[place]) for place in parents), default=FEWEST)
    shape = (len(parents), len(characteristic.groups), most)
    count, of = np.zeros(shape, dtype=np.int64), np.zeros(shape)
    for row, place in enumerate(parents):
        own = parts[place]
        known = np.nan_to_num(sums.of[own])
        of[row, :, : len(own)] = known.T
        count[row, :, : len(own)] = np.where(known > 0, sums.count[own], 0).T
    return _Strata(parents, count, of)


def _by_object(
    indicator: Indicator, panel: Panel, cube: Cube, characteristic: Characteristic
) -> _Strata:
    cells = cube.cells("service", "unit", "frame", "self_defined", "object")
    codes = [code for code, _ in list_values("object")]
    laid = {
        name: panel.places.roll_up(
            lay_out(cells, panel.places, ("object", codes), characteristic, measure=name)
        )
        for name in (indicator.count, indicator.of)
    }
    count, of = (laid[name].swapaxes(1, 2) for name in (indicator.count, indicator.of))
    recorded = build_sums(indicator, panel, characteristic).of.sum(axis=1) > 0
    several = (of.sum(axis=1) > 0).sum(axis=1) >= FEWEST
    here = np.flatnonzero(recorded & several).tolist()
    return _Strata(here, count[here], of[here].astype(np.float64))


def _cells(
    panel: Panel, characteristic: Characteristic, rows: list[tuple[int, int]], *, other: int
) -> dict[str, Sequence[Cell]]:
    return {
        "service": [panel.places.all[place].service for place, _ in rows],
        "unit": [panel.places.all[place].unit for place, _ in rows],
        "characteristic": [characteristic.id for _ in rows],
        "group": [characteristic.groups[group].label for _, group in rows],
        "comparator": [characteristic.groups[other].label for _ in rows],
    }


def _columns(indicator: Indicator) -> tuple[Column, ...]:
    count, of = count_columns(indicator)
    instead = {"group": "comparator"}
    part = "" if indicator.is_rate else "other_of"
    return (
        *PLACE,
        *GROUP,
        Column("comparator", Role.NOTE, "Compared with"),
        count,
        of,
        Column(
            "other_count",
            Role.COUNT,
            f"Comparator’s {count.title.lower()}",
            measure=count.measure,
            instead=instead,
            of=part,
        ),
        Column(
            "other_of",
            of.role,
            f"Comparator’s {of.title.lower()}",
            of.unit,
            measure=of.measure,
            instead=instead,
        ),
        Column("compared", Role.NOTE, "Compared"),
        Column("value", Role.DERIVED, "Ratio", decimals=2),
        Column("low", Role.DERIVED, "Low (95%)", decimals=2),
        Column("high", Role.DERIVED, "High (95%)", decimals=2),
    )
