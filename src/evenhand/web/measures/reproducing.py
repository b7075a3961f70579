"""The code that gives figures again, for an analyst who does not take our word for it."""

from __future__ import annotations

from evenhand.accountability.audiences import Audience
from evenhand.web.measures.names import CHANGE
from evenhand.web.measures.queries import FigureRow, Filter

_CODE = """\
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


def render_code(narrow: Filter, rows: list[FigureRow], *, audience: Audience) -> str:
    """Python that gives these rows again from the lake of the installation.

    Empty where there is none to give: a change is worked out with the levels, and the workforce by
    ``evenhand workforce``.
    """
    first = rows[0]
    if first.dataset != "stops" or first.indicator.endswith(CHANGE):
        return ""
    names = ("indicator", "characteristic", "group", "comparator", "unit")
    asked = {name: getattr(narrow, name) for name in names if getattr(narrow, name)}
    where = ", ".join(f"{name}={value!r}" for name, value in asked.items())
    return _CODE.format(
        run=first.run,
        first=f"{first.starts:%Y-%m}",
        last=f"{first.ends:%Y-%m}",
        policy=audience.value,
        where=where,
    )
