"""What searches were for and under which power, by ethnicity: counts and shares, no verdict."""

from __future__ import annotations

import numpy as np

from evenhand.core import Cell, Column, Role, Table
from evenhand.datasets import Cube
from evenhand.indicators.characteristics import build_self_defined
from evenhand.indicators.places import Places
from evenhand.indicators.recode import lay_out, list_values
from evenhand.indicators.tables import ALL, GROUP, PLACE, WHERE

RARE = 0.01
"""Powers and objects of under 1% of all searches stand together: apart they would be too few to
publish for most groups, and a table of hidden cells tells nobody anything."""

OTHER = "All other"


def build_breakdown(cube: Cube, places: Places, dimension: str, *, title: str) -> Table:
    """Searches of persons by service, ``dimension`` (``legislation`` or ``object``) and ethnicity.

    ``share`` is of the group's own searches at the place, in percent. Rare values stand together.
    """
    characteristic = build_self_defined()
    cells = cube.cells("service", "unit", "frame", "self_defined", dimension)
    values = list_values(dimension)
    here = [i for i, place in enumerate(places) if not place.unit]
    by = (dimension, [code for code, _ in values])
    counts = places.roll_up(lay_out(cells, places, by, characteristic, measure="searches"))
    labels, counts = _pool([label for _, label in values], counts[here])
    counts = np.concatenate([counts, counts.sum(axis=1, keepdims=True)], axis=1)
    counts = np.concatenate([counts, counts.sum(axis=2, keepdims=True)], axis=2)
    labels = [*labels, ALL]
    groups = [group.label for group in characteristic.groups] + [ALL]
    whole = counts[:, -1:, :].astype(np.float64)
    shares = np.divide(counts * 100, whole, out=np.zeros(counts.shape), where=whole > 0)
    rows = len(labels) * len(groups)
    return Table(
        name=f"searches-by-{dimension}",
        title=title,
        columns=(
            *PLACE,
            Column(dimension, Role.DIMENSION, dimension.capitalize()),
            *GROUP,
            Column("count", Role.COUNT, "Searches", measure="searches"),
            Column("share", Role.DERIVED, "Share of the group’s searches", "%", decimals=1),
        ),
        cells={
            "service": [places.all[i].service for i in here for _ in range(rows)],
            "unit": [places.all[i].unit for i in here for _ in range(rows)],
            dimension: [label for label in labels for _ in groups] * len(here),
            "characteristic": [characteristic.id] * counts.size,
            "group": groups * (len(labels) * len(here)),
            "count": counts.ravel().tolist(),
            "share": _cells(shares),
        },
        sums={**WHERE, dimension: ALL, "group": ALL},
        within={"group": "characteristic"},
    )


def _pool(labels: list[str], counts: np.ndarray) -> tuple[list[str], np.ndarray]:
    """Values of at least ``RARE`` of all searches, and the others as one; axis 1 of ``counts``."""
    total = counts.sum(axis=(0, 2))
    common = total >= RARE * total.sum()
    rest = counts[:, ~common].sum(axis=1, keepdims=True)
    kept = [label for label, stays in zip(labels, common, strict=True) if stays]
    if not rest.any():
        return kept, counts[:, common]
    return [*kept, OTHER], np.concatenate([counts[:, common], rest], axis=1)


def _cells(shares: np.ndarray) -> list[Cell]:
    return list(shares.ravel().tolist())
