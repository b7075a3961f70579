"""Which places stand out: funnels for their own size, shrunken values, honest ranks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenhand.core import Cell, Column, Role, Table
from evenhand.indicators.compare import Floats, build_sums
from evenhand.indicators.definition import Indicator
from evenhand.indicators.panel import Panel
from evenhand.indicators.tables import PLACE, WHERE, as_cells, count_columns, value_columns
from evenhand.stats import Proportion, Rate, funnel, rank_intervals, shrink

FEWEST = 5
"""Places it takes for a funnel: with fewer, their spread cannot be told from chance."""

STANDINGS = {
    -2: "far below",
    -1: "below",
    0: "within chance",
    1: "above",
    2: "far above",
}


@dataclass(frozen=True, slots=True)
class _Standing:
    """The columns of one family of places."""

    places: list[int]
    columns: dict[str, Floats]
    words: list[Cell]


def build_standings(
    indicator: Indicator, panel: Panel, *, rng: np.random.Generator
) -> tuple[Table, Table]:
    """How units stand within their services, and how services stand among one another."""
    units = _build_standing(indicator, panel, "unit", rng=rng)
    return units, _build_standing(indicator, panel, "service", rng=rng)


def _build_standing(
    indicator: Indicator, panel: Panel, level: str, *, rng: np.random.Generator
) -> Table:
    """How does each place stand among its like, for its size?

    Each service's units are one family, and the services another; they are two tables, since what
    is worked out over a family falls whole when one of its counts is hidden. Limits allow for the
    spread
    between places beyond chance (additive τ²). Shrunken values draw each place towards its family
    by as much as its own size leaves open; ranks are intervals. A family of fewer than five has
    no row.
    """
    anything = panel.characteristics[0]
    sums = build_sums(indicator, panel, anything)
    count, of = sums.count.sum(axis=1), np.nansum(sums.of, axis=1)
    families = [
        _stand(indicator, family, count, of, rng=rng)
        for family in _families(panel, level)
        if (of[family] > 0).sum() >= FEWEST and count[family].any()
    ]
    rows = [i for family in families for i in family.places]
    scale = 1.0 if indicator.is_rate else indicator.per
    figures = {
        name: [cell for f in families for cell in as_cells(f.columns[name] * scale)]
        for name in _VALUES
    }
    ranks = {
        name: [cell for f in families for cell in as_cells(f.columns[name])] for name in _RANKS
    }
    return Table(
        name=f"{indicator.id}-standing-of-{level}s",
        title=f"{indicator.title}: how places stand",
        columns=_columns(indicator, level),
        cells={
            "service": [panel.places.all[i].service for i in rows],
            "unit": [panel.places.all[i].unit for i in rows],
            "count": count[rows].tolist(),
            "of": [round(n) for n in of[rows].tolist()],
            **figures,
            "standing": [word for family in families for word in family.words],
            **ranks,
        },
        sums=WHERE,
    )


_VALUES = (
    "value",
    "target",
    "inner_low",
    "inner_high",
    "outer_low",
    "outer_high",
    "shrunken",
    "shrunken_low",
    "shrunken_high",
)
_RANKS = ("rank_low", "rank_high")


def _families(panel: Panel, level: str) -> list[list[int]]:
    """Positions of every service's units, or of the services."""
    places = panel.places
    parents: dict[int, list[int]] = {}
    for position in places.units if level == "unit" else places.services:
        parent = places.parent(position)
        if parent != position:
            parents.setdefault(parent, []).append(position)
    return list(parents.values())


def _stand(
    indicator: Indicator, family: list[int], count: Floats, of: Floats, *, rng: np.random.Generator
) -> _Standing:
    sizes = of[family]
    counts = np.where(sizes > 0, count[family], 0)
    units = Rate(counts, sizes / indicator.per) if indicator.is_rate else Proportion(counts, sizes)
    plot = funnel(units, spread="additive")
    shrunken = shrink(units)
    ranks = rank_intervals(shrunken, rng=rng)
    return _Standing(
        places=family,
        columns={
            "value": plot.value,
            "target": np.full(len(family), float(plot.target)),
            "inner_low": plot.inner.low,
            "inner_high": plot.inner.high,
            "outer_low": plot.outer.low,
            "outer_high": plot.outer.high,
            "shrunken": shrunken.estimate.value,
            "shrunken_low": shrunken.estimate.low,
            "shrunken_high": shrunken.estimate.high,
            "rank_low": ranks.estimate.low,
            "rank_high": ranks.estimate.high,
        },
        words=[STANDINGS[int(code)] for code in plot.standing.tolist()],
    )


def _columns(indicator: Indicator, level: str) -> tuple[Column, ...]:
    pooled = (level,)
    own = value_columns(indicator)[0]

    def derived(name: str, title: str, decimals: int | None = 1) -> Column:
        return Column(name, Role.DERIVED, title, indicator.unit, decimals=decimals, over=pooled)

    return (
        *PLACE,
        *count_columns(indicator),
        own,
        derived("target", "All together"),
        derived("inner_low", "Chance, low (95%)"),
        derived("inner_high", "Chance, high (95%)"),
        derived("outer_low", "Chance, low (99.8%)"),
        derived("outer_high", "Chance, high (99.8%)"),
        derived("shrunken", "Value drawn towards the others"),
        derived("shrunken_low", "Low (95%)"),
        derived("shrunken_high", "High (95%)"),
        Column("standing", Role.DERIVED, "Against the limits", over=pooled),
        Column("rank_low", Role.DERIVED, "Place at best", decimals=0, over=pooled),
        Column("rank_high", Role.DERIVED, "Place at worst", decimals=0, over=pooled),
    )
