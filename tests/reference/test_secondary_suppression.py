"""Secondary suppression of a published table of benefits, beside another program's answer.

Source: ``sdc-gauss-z1`` of the starting examples: the table ``z1`` of SSBtools, suppressed by
Gaussian elimination in its default order (Statistics Norway, GaussSuppression, MIT licence; run on
R), and the attacker's intervals by linear programming. Counts of 1 to 3 are hidden; the margins are
published. Nine and more cells could be hidden; six are enough.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from evenhand.core import Column, Marker, Role, Table
from evenhand.disclosure import Policy, review

ROWS = ("annet", "arbeid", "soshjelp", "trygd")
COLUMNS = ("A", "B", "C", "D", "E", "F", "G", "H")
COUNTS = np.array(
    [
        [11, 7, 5, 13, 9, 12, 6, 9],
        [11, 1, 8, 2, 14, 9, 4, 3],
        [55, 29, 35, 17, 63, 24, 22, 38],
        [36, 18, 25, 13, 52, 22, 8, 15],
    ]
)
UP_TO_THREE = Policy("up to three", 1, "a test", 4, 0, False, "Counts of 1 to 3, as in the source.")
SMALL = {("arbeid", "B"), ("arbeid", "D"), ("arbeid", "H")}
# sdc-gauss-z1: six cells in all, three of them small
OPTIMAL = 6


@pytest.fixture(scope="module")
def hidden() -> set[tuple[str, str]]:
    full = np.vstack([COUNTS, COUNTS.sum(axis=0)])
    full = np.hstack([full, full.sum(axis=1, keepdims=True)])
    names = [(row, column) for row in (*ROWS, "all") for column in (*COLUMNS, "all")]
    table = Table(
        name="z1",
        title="Benefits by kind and place",
        columns=(
            Column("kind", Role.DIMENSION, "Kind"),
            Column("place", Role.DIMENSION, "Place"),
            Column("count", Role.COUNT, "Count", measure="people"),
        ),
        cells={
            "kind": [row for row, _ in names],
            "place": [column for _, column in names],
            "count": full.ravel().tolist(),
        },
        sums={"kind": "all", "place": "all"},
    )
    released = review(table, UP_TO_THREE).table.rows()
    return {
        (str(row["kind"]), str(row["place"]))
        for row in released
        if row["count"] is Marker.SUPPRESSED
    }


def test_every_small_count_is_hidden_and_as_few_others_as_the_other_program_hides(hidden):
    assert hidden >= SMALL
    assert not any("all" in cell for cell in hidden)
    assert len(hidden) <= OPTIMAL


def test_what_an_attacker_can_say_of_a_hidden_count_leaves_it_open(hidden):
    """As in the source, each hidden count lies anywhere in an interval that is no single number."""
    cells = sorted(hidden)
    lines = [("kind", row) for row in ROWS] + [("place", column) for column in COLUMNS]
    equations, totals = [], []
    for axis, name in lines:
        inside = [float(cell[axis == "place"] == name) for cell in cells]
        if any(inside):
            equations.append(inside)
            totals.append(
                sum(_count(cell) for cell, here in zip(cells, inside, strict=True) if here)
            )
    for number, cell in enumerate(cells):
        ends = []
        for sign in (1.0, -1.0):
            aim = np.zeros(len(cells))
            aim[number] = sign
            found = linprog(aim, A_eq=equations, b_eq=totals, bounds=(0, None))
            ends.append(sign * found.fun)
        assert ends[1] - ends[0] >= 3, f"{cell} is known to within {ends}"
        assert ends[0] <= _count(cell) <= ends[1]


def _count(cell: tuple[str, str]) -> int:
    return int(COUNTS[ROWS.index(cell[0]), COLUMNS.index(cell[1])])
