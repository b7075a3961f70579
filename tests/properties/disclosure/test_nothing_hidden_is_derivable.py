"""No suppressed cell follows from what is shown, whatever the table."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core import Column, Marker, Role, Table
from evenhand.disclosure import PUBLIC, review


def build(counts: np.ndarray) -> Table:
    rows, columns = counts.shape
    full = np.zeros((rows + 1, columns + 1), dtype=int)
    full[:rows, :columns] = counts
    full[rows, :] = full[:rows].sum(axis=0)
    full[:, columns] = full[:, :columns].sum(axis=1)
    units = [f"u{i}" for i in range(rows)] + ["All"]
    groups = [f"g{j}" for j in range(columns)] + ["All"]
    cells = list(product(range(rows + 1), range(columns + 1)))
    return Table(
        "t",
        "T",
        (
            Column("unit", Role.DIMENSION, "Unit"),
            Column("group", Role.DIMENSION, "Group"),
            Column("n", Role.COUNT, "n"),
        ),
        {
            "unit": [units[i] for i, _ in cells],
            "group": [groups[j] for _, j in cells],
            "n": [int(full[i, j]) for i, j in cells],
        },
        sums={"unit": "All", "group": "All"},
    )


def derivable_by_rank(table: Table) -> list[int]:
    """Hidden cells fixed by the shown sums, by the rank of the whole system of equations."""
    rows = table.rows()
    hidden = [i for i, row in enumerate(rows) if row["n"] is Marker.SUPPRESSED]
    position = {i: k for k, i in enumerate(hidden)}
    equations = []
    for dimension, other in (("unit", "group"), ("group", "unit")):
        for value in {row[other] for row in rows}:
            line = [i for i, row in enumerate(rows) if row[other] == value]
            equation = np.zeros(len(hidden))
            for i in line:
                if i in position:
                    equation[position[i]] = -1.0 if rows[i][dimension] == "All" else 1.0
            if equation.any():
                equations.append(equation)
    if not equations:
        return []
    matrix = np.array(equations)
    rank = np.linalg.matrix_rank(matrix)
    return [
        i
        for i, k in position.items()
        if np.linalg.matrix_rank(np.vstack([matrix, np.eye(len(hidden))[k]])) == rank
    ]


tables = st.integers(1, 6).flatmap(
    lambda rows: st.integers(1, 6).flatmap(
        lambda columns: st.lists(
            st.one_of(st.integers(0, 6), st.integers(0, 200)),
            min_size=rows * columns,
            max_size=rows * columns,
        ).map(lambda flat: np.array(flat).reshape(rows, columns))
    )
)


@settings(max_examples=150, deadline=None)
@given(tables)
def test_no_hidden_count_is_fixed_by_the_sums_that_are_shown(counts):
    released = review(build(counts), PUBLIC).table
    assert derivable_by_rank(released) == []


@settings(max_examples=100, deadline=None)
@given(tables)
def test_every_small_count_is_hidden_and_every_shown_count_is_the_true_one(counts):
    table = build(counts)
    released = review(table, PUBLIC).table
    for true, shown in zip(table.cells["n"], released.cells["n"], strict=True):
        assert shown is Marker.SUPPRESSED or shown == true
        if 0 < true < PUBLIC.count_below:
            assert shown is Marker.SUPPRESSED


@settings(max_examples=50, deadline=None)
@given(tables)
def test_the_same_counts_are_hidden_in_the_same_pattern_every_time(counts):
    assert review(build(counts), PUBLIC) == review(build(counts), PUBLIC)
