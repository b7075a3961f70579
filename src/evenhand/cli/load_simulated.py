"""A simulated workforce into a lake: something to try every measure on before real files exist."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from evenhand.core import Month
from evenhand.datasets.sources import NamedTable
from evenhand.datasets.synthetic.workforce import WorkforceShape, simulate_workforce
from evenhand.datasets.workforce import WorkforceLake, load_workforce

MONTHS = 60
"""Five years up to last month: long enough for promotions to be waited for."""


def load_simulated(
    people: int, *, seed: int, lake: WorkforceLake, at: dt.datetime
) -> dict[str, Any]:
    """Simulate, load every table by its contract, and say what was planted."""
    last = at.year * 12 + at.month - 2  # the month before this one, counted as Month.index
    shape = WorkforceShape(people=people, months=MONTHS, first=Month.at(last - MONTHS + 1))
    made = simulate_workforce(shape, rng=np.random.default_rng(seed))
    loaded = {}
    for name, table in made.tables.items():
        source = NamedTable(f"{name} (made up)", table)
        done = load_workforce(name, [source], lake=lake, at=at)
        loaded[name] = f"{done.report.rows_loaded:,} rows (made up)"
    return {"loaded": loaded, "planted": [truth.sentence for truth in made.truths]}
