"""What the simulated workforce is compared with: a population like it, and targets."""

from __future__ import annotations

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
    """Two targets three years after the last month: a share of women, a number of recruits."""
    by = f"{last.year + 3}-03-31"
    common = {"indicator": "representation", "by": by, "owner": "Director of people (made up)"}
    rows = [
        common | {"characteristic": "sex", "grp": "female", "grade": "", "share": 0.40},
        common | {"characteristic": "ethnicity", "grp": "bme", "grade": "constable", "heads": 2000},
    ]
    schema = TABLES["targets"]
    blank = {"share": None, "heads": None}
    dated = [blank | row | {"by": _date(row["by"])} for row in rows]
    return pa.Table.from_pylist(dated, schema=schema.arrow)


def _date(text: object) -> Any:
    return pa.scalar(str(text)).cast(pa.date32()).as_py()
