"""The code that gives figures again, for an analyst who does not take our word for it."""

from __future__ import annotations

from collections.abc import Sequence

from evenhand.accountability.audiences import Audience
from evenhand.indicators.workforce.characteristics import CROSS
from evenhand.web.measures.names import CHANGE
from evenhand.web.measures.queries import FigureRow, Filter

_STOPS = """\
# From the loads of measurement {run}
from evenhand.core import Month, Period
from evenhand.datasets import Lake
from evenhand.datasets.population import read_residents
from evenhand.disclosure import get_policy
from evenhand.monitoring import measure_lake
from evenhand.monitoring.release import build_release

months = Period(Month.parse("{first}"), Month.parse("{last}"))
people = read_residents(Lake("lake/residents"))
measured = measure_lake(Lake("lake/stops"), people, period=months)
findings = build_release(measured, get_policy("{policy}")).findings
rows = findings.where({where})
"""
_WORKFORCE = """\
# From the loads of measurement {run}
from pathlib import Path

import numpy as np

from evenhand.core import Month
from evenhand.datasets.workforce import TABLES, WorkforceLake
from evenhand.disclosure import get_policy
from evenhand.indicators.workforce import measure_workforce
from evenhand.monitoring.run import SEED
from evenhand.monitoring.workforce import build_workforce_release

lake = WorkforceLake(Path("lake/workforce"))
tables = {{name: parts for name in TABLES if (parts := lake.list_parts(name))}}
rng = np.random.default_rng(SEED)
measured = measure_workforce(tables, at=Month.parse("{last}"), crossed={crossed}, rng=rng)
findings = build_workforce_release(measured, get_policy("{policy}")).findings
rows = findings.where({where})
"""
_CODES = {"stops": _STOPS, "workforce": _WORKFORCE}


def render_code(
    narrow: Filter, rows: list[FigureRow], *, audience: Audience, measured: Sequence[str]
) -> str:
    """Python that gives these rows again from the lake of the installation.

    ``measured`` are the characteristics of the run: intersections among them are asked for again.
    Empty for a change, which is worked out of two measurements: give the code of each.
    """
    first = rows[0]
    if first.indicator.endswith(CHANGE):
        return ""
    names = ("indicator", "step", "characteristic", "group", "comparator", "unit")
    asked = {name: getattr(narrow, name) for name in names if getattr(narrow, name)}
    where = ", ".join(f"{name}={value!r}" for name, value in asked.items())
    return _CODES[first.dataset].format(
        run=first.run,
        first=f"{first.starts:%Y-%m}",
        last=f"{first.ends:%Y-%m}",
        policy=audience.value,
        crossed=tuple(tuple(each.split(CROSS)) for each in measured if CROSS in each),
        where=where,
    )
