"""What becomes of a group's share if things go on, or if levers are moved: asked of what is loaded.

Counting the workforce takes seconds and moving a lever none, so the counts of the loads last asked
about are kept in the process.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from evenhand.accountability.audiences import Audience
from evenhand.core import Cell, Column, Marker, NothingToMeasure, Role, Table
from evenhand.datasets.workforce import WorkforceLake
from evenhand.disclosure import ReleasedTable, get_policy
from evenhand.indicators.workforce import find_last_month
from evenhand.indicators.workforce.counting import build_cubes
from evenhand.indicators.workforce.facts import Window, find_window
from evenhand.indicators.workforce.outlook import Levers, Outlook, build_stock, look_ahead
from evenhand.indicators.workforce.sources import open_sources
from evenhand.indicators.workforce.tensors import Tensors, build_tensors
from evenhand.monitoring.coarse import release_coarsely
from evenhand.monitoring.run import SEED

READ = ("strength", "movements")
DRAWS = 1000
YEARS = 10
FEWEST = 10
"""Below so many people a share of the future says something of each of them."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What is loaded of who is there and what moved them, counted once."""

    tensors: Tensors
    window: Window

    def list_groups(self) -> Iterator[tuple[str, str, str]]:
        """Every group that can be followed: characteristic, its code, its name."""
        for name, characteristic in self.tensors.characteristics.items():
            for position in characteristic.known:
                group = characteristic.groups[position]
                yield name, group.code, f"{characteristic.title}: {group.people}"


def count_loaded(lake: WorkforceLake) -> Counted:
    """The counts of what is loaded now.

    Raises
    ------
    NothingToMeasure
        There is no strength.
    """
    loads = tuple(load.id for name in READ for load in lake.list_loads(name))
    return _count(lake.root, loads)


@lru_cache(maxsize=2)
def _count(root: Path, loads: tuple[str, ...]) -> Counted:  # noqa: ARG001 - kept by them
    lake = WorkforceLake(root)
    tables = {name: parts for name in READ if (parts := lake.list_parts(name))}
    if len(tables) < len(READ):
        raise NothingToMeasure(
            "who is there and who came, rose and left has not all been loaded, so nobody can be "
            "followed.",
            rule="flows-are-there",
            remedy="An analyst loads the monthly snapshots (strength) and the movements first.",
        )
    at = find_last_month(tables)
    with open_sources(tables) as sources:
        window = find_window(sources, at)
        tensors = build_tensors(build_cubes(sources, window, crossed=()), crossed=())
    return Counted(tensors, window)


def follow(counted: Counted, characteristic: str, group: str, levers: Levers) -> Outlook | None:
    """The simulated futures of a group under these levers; None where it is too few people."""
    found = counted.tensors.characteristics[characteristic]
    stock = build_stock(counted.tensors, counted.window, found, group)
    if stock.people[0].sum() < FEWEST:
        return None
    rng = np.random.default_rng(SEED)
    return look_ahead(stock, years=YEARS, rng=rng, levers=levers, draws=DRAWS)


def build_years(
    outlook: Outlook, *, first: int, target: float | None, audience: Audience
) -> ReleasedTable:
    """The share in each year ahead with its interval, and the target beside it, in hundredths.

    It is of all officers together, the sum of the grades: whoever is not cleared is told it in
    rounded steps, as targets are.
    """
    share = outlook.share()
    columns = (
        Column("ahead", Role.NOTE, "Years ahead", decimals=0),
        Column("year", Role.DIMENSION, "Year"),
        Column("of", Role.NOTE, "Of those known", decimals=0),
        Column("value", Role.DERIVED, "Share, middle of the futures", "%", decimals=1),
        Column("low", Role.DERIVED, "Low (95%)", "%", decimals=1),
        Column("high", Role.DERIVED, "High (95%)", "%", decimals=1),
        Column("target", Role.DERIVED, "Target", "%", decimals=1),
    )
    count = len(share.value)
    cells: dict[str, list[Cell]] = {
        "ahead": list(range(count)),
        "year": [str(first + number) for number in range(count)],
        "of": [int(outlook.stock.people.sum())] * count,
        "value": (share.value * 100).tolist(),
        "low": (share.low * 100).tolist(),
        "high": (share.high * 100).tolist(),
        "target": [Marker.NOT_APPLICABLE if target is None else 100 * target] * count,
    }
    table = Table("outlook", "The share in each year ahead", columns, cells)
    return release_coarsely(table, get_policy(audience.value))
