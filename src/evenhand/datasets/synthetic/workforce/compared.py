"""What the simulated workforce is compared with: a population like it, and targets."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from evenhand.core import Month
from evenhand.datasets.synthetic.places import TITLE
from evenhand.datasets.synthetic.workforce import figures
from evenhand.datasets.workforce.tables import ABSENT, TABLES

POPULATION = 1_500_000
"""People of working age in the invented area."""


def build_benchmarks(first: Month) -> pa.Table:
    """Working-age people by group, in the very shares in which the workforce is drawn.

    So representation differs from the benchmark by chance and by what is planted, not otherwise.
    """
    rows: list[dict[str, Any]] = []
    for characteristic, shares in figures.GROUPS.items():
        known = {code: share for code, share in shares.items() if code not in ABSENT}
        edition = "ethnicity-2011" if characteristic == "ethnicity" else ""
        total = sum(known.values())
        rows += [
            {
                "area": TITLE,
                "year": first.year,
                "edition": edition,
                "characteristic": characteristic,
                "grp": code,
                "count": round(POPULATION * share / total),
            }
            for code, share in known.items()
        ]
    return pa.Table.from_pylist(rows, schema=TABLES["benchmarks"].arrow)


def build_targets(last: Month) -> pa.Table:
    """Targets like those that services have published, for the last month’s year and after.

    A quarter women and a quarter from minority ethnic groups among officers; 2,000 recruits; a
    share of women among superintendents that few people decide. Some are past, some ahead.
    """
    people, learning = "People and careers", "Learning and development"
    rows: list[dict[str, Any]] = [
        {"characteristic": "sex", "grp": "female", "share": 0.25, "by": last.year, "owner": people},
        {"characteristic": "sex", "grp": "female", "share": 0.35, "by": last.year + 3,
         "owner": people},
        {"characteristic": "ethnicity", "grp": "bme", "share": 0.25, "by": last.year,
         "owner": people},
        {"characteristic": "ethnicity", "grp": "bme", "grade": "constable", "heads": 2000,
         "by": last.year + 3, "owner": learning},
        {"characteristic": "sex", "grp": "female", "grade": "superintendent", "share": 0.5,
         "by": last.year + 4, "owner": people},
    ]  # fmt: skip
    blank = {"indicator": "representation", "grade": "", "share": None, "heads": None}
    dated = [blank | row | {"by": dt.date(row["by"], 3, 31)} for row in rows]
    return pa.Table.from_pylist(dated, schema=TABLES["targets"].arrow)
