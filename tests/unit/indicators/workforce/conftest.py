"""Small made-up services: one simulated, and tables written out by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from evenhand.core import Month
from evenhand.datasets.synthetic.workforce import WorkforceShape, simulate_workforce
from evenhand.datasets.workforce import TABLES
from evenhand.indicators.workforce import measure_workforce

AT = Month(2017, 12)

WHO = {
    "sex": "male",
    "ethnicity": "W1",
    "disability": "not-disabled",
    "religion": "none",
    "sexual_orientation": "heterosexual",
    "age_band": "26-40",
    "ethnicity_edition": "ethnicity-2011",
}
PLACE = {"unit": "Camden", "grade": "constable", "part_time": False}
STANDING = {
    **WHO, **PLACE, "role_type": "officer", "grade_order": 1, "specialism": "uniform",
    "started_on": date(2010, 1, 1),
}  # fmt: skip


def table(name, rows, **usual):
    """A canonical table of these rows; what a row does not say is as usual, else blank or null."""
    schema = TABLES[name].arrow
    blank = {f.name: "" if pa.types.is_string(f.type) else None for f in schema}
    return pa.Table.from_pylist([{**blank, **usual, **row} for row in rows], schema=schema)


def strength(people, months):
    """Each person (a dictionary) once a month for all of these months."""
    rows = [{**STANDING, **person, "month": month} for month in months for person in people]
    return table("strength", rows)


@pytest.fixture(scope="session")
def made():
    """A simulated service of 1,500 over two years."""
    return simulate_workforce(WorkforceShape(people=1500, months=24), rng=np.random.default_rng(3))


@pytest.fixture(scope="session")
def measured(made):
    """All of its measures, with a few intersections."""
    return measure_workforce(
        made.tables,
        at=AT,
        rng=np.random.default_rng(1),
        crossed=(("sex", "ethnicity"), ("sex", "ethnicity", "disability")),
    )
