"""A sum of cells that are released elsewhere, told so roughly that it gives none of them back.

Where one cell of a sum is hidden, the sum said exactly would be that cell with a subtraction. What
is rounded to whole steps, each as wide as twice the threshold of people, leaves it between bounds
that far apart; the counts themselves are left out.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from evenhand.core import Cell, Marker, Role, Table
from evenhand.disclosure import Policy, ReleasedTable, review
from evenhand.indicators.workforce.targeted import MEASURED

STEPS = (1.0, 2.0, 5.0, 10.0)
"""Hundredths that shares are rounded to, the finest that is wide enough."""

EXACT = ("count", "of", "sentence")
"""Columns that say how many, or from which how many follows."""

SHARES = ("value", "low", "high")
ROUND = ("chance",)
"""Shares of simulated futures: of no people, so to whole hundredths whatever the size."""


def release_coarsely(table: Table, policy: Policy) -> ReleasedTable:
    """All of it to whoever is cleared; to others the shares in steps, and no count.

    ``table`` has ``of``, the people whose answer is known. A row of which fewer are known than any
    step allows, or the policy asks for, is hidden.
    """
    if not policy.count_below:
        return review(table, policy)
    measured = table.cells.get(MEASURED, ["%"] * len(table))
    steps = [
        _step(of, str(each), policy) for of, each in zip(table.cells["of"], measured, strict=True)
    ]
    cells = {name: list(column) for name, column in table.cells.items()}
    for name in (each for each in EXACT if each in cells):
        cells[name] = [Marker.SUPPRESSED] * len(table)
    for name in (each for each in SHARES if each in cells):
        cells[name] = [_round(cell, step) for cell, step in zip(cells[name], steps, strict=True)]
    for name in (each for each in ROUND if each in cells):
        cells[name] = [round(cell) if isinstance(cell, float) else cell for cell in cells[name]]
    # Rounded, none of it is a count, or falls with one, any more.
    columns = tuple(
        column
        if column.role in (Role.DIMENSION, Role.NOTE)
        else replace(column, role=Role.NOTE, measure="", of="", uses=(), decimals=0)
        for column in table.columns
    )
    return review(replace(table, columns=columns, cells=cells, sums={}, nests={}), policy)


def _step(of: Cell, measured: str, policy: Policy) -> float:
    """The width of a step in hundredths or people, nan where none is wide enough."""
    if not isinstance(of, int) or of < max(policy.population_below, 1):
        return float("nan")
    people = 2 * policy.count_below
    if measured != "%":
        return float(people)
    wide = [step for step in STEPS if step * of / 100 >= people]
    return wide[0] if wide else float("nan")


def _round(cell: Cell, step: float) -> Cell:
    if not isinstance(cell, float):
        return cell if isinstance(cell, Marker) else Marker.SUPPRESSED
    if np.isnan(step):
        return Marker.SUPPRESSED
    return float(round(cell / step) * step)
