"""A million rows to findings, beside one bare DuckDB GROUP BY of the same table.

The table has 20 groups of very unequal size in 50 units and a 0/1 outcome. ``analysis_over_scan``
is everything after the group-by (intervals, tests, Mantel–Haenszel, funnels, shrinkage, findings)
divided by the group-by alone; the promise is at most 1.5, and under 1% of the scan at 10⁸ rows.
Cost depends on cells, not rows: ``larger`` measures the same over ten times the rows, and
``share_at_1e8_rows`` sets its analysis against its scan lengthened to 10⁸ rows, in proportion.
Other sizes: ``python -m benchmarks.disparity ROWS LARGER``.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any, TypeVar

import duckdb
import numpy as np

from evenhand.stats import (
    Funnel,
    Proportion,
    build_spells,
    compare_groups,
    funnel,
    kaplan_meier,
    like_for_like,
    log_rank,
)
from evenhand.stats.disparity import Comparison, LikeForLike
from evenhand.stats.shrinkage import Shrunken, shrink

ROWS, LARGER, GROUPS, UNITS, SEED = 1_000_000, 10_000_000, 20, 50, 20_26
REPEATS = 9
_SCAN = "SELECT unit, grp, count(*) AS n, sum(outcome) AS x FROM people GROUP BY unit, grp"
_T = TypeVar("_T")


def run(rows: int = ROWS, larger: int = LARGER) -> dict[str, Any]:
    """Time the scan, each part of the analysis and the whole; medians of repeats, in seconds."""
    return _parts(rows) | {"larger": _whole(larger)} | _survival(rows)


def _parts(rows: int) -> dict[str, Any]:
    connection = build_table(rows)
    scanning, found = timed(lambda: scan(connection))
    shaping, cells = timed(lambda: _shape(found))
    comparing, crude = timed(lambda: compare_groups(cells))
    pooling, pooled = timed(lambda: like_for_like(cells))
    by_group = Proportion(cells.count.T, cells.total.T)
    spreading, plot = timed(lambda: funnel(by_group))
    shrinking, shrunk = timed(lambda: shrink(by_group))
    telling, findings = timed(lambda: _findings(crude, pooled, plot, shrunk))
    whole, _ = timed(lambda: find_all(found))
    return {
        "rows": rows,
        "cells": int(cells.count.size),
        "comparisons": len(findings),
        "scan_seconds": scanning,
        "analysis_seconds": whole,
        "analysis_over_scan": round(whole / scanning, 2),
        "parts_seconds": {
            "shape": shaping,
            "rates, ratios, differences, odds, tests": comparing,
            "Mantel–Haenszel": pooling,
            "funnels": spreading,
            "shrinkage": shrinking,
            "findings": telling,
        },
    }


def _whole(rows: int) -> dict[str, Any]:
    connection = build_table(rows)
    scanning, found = timed(lambda: scan(connection))
    analysing, _ = timed(lambda: find_all(found))
    return {
        "rows": rows,
        "scan_seconds": scanning,
        "analysis_seconds": analysing,
        "share_at_1e8_rows": round(analysing / (scanning * 1e8 / rows), 5),
    }


def build_table(rows: int) -> duckdb.DuckDBPyConnection:
    """Names, not codes, as a real file has them; groups from two in five down to a handful."""
    rng = np.random.default_rng(SEED)
    sizes = rng.dirichlet(np.r_[8.0, np.full(GROUPS - 1, 0.6)])
    group = rng.choice(GROUPS, rows, p=sizes)
    unit = rng.choice(UNITS, rows, p=rng.dirichlet(np.full(UNITS, 3.0)))
    outcome = (rng.random(rows) < 0.1 + 0.01 * (group % 5)).astype(np.int8)
    connection = duckdb.connect()
    connection.register("drawn", {"g": group, "u": unit, "y": outcome})
    connection.execute(
        "CREATE TABLE people AS SELECT printf('unit %02d', u) AS unit, "
        "printf('group %02d', g) AS grp, y AS outcome FROM drawn"
    )
    return connection


def _shape(found: dict[str, Any]) -> Proportion:
    """The group-by's rows as units × groups; a combination nobody is in is a total of 0."""
    units, unit = np.unique(found["unit"].astype("U"), return_inverse=True)
    groups, group = np.unique(found["grp"].astype("U"), return_inverse=True)
    order = np.argsort(-np.bincount(group, weights=found["n"]), kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(order.size)
    counts, totals = np.zeros((2, units.size, groups.size), np.int64)
    counts[unit, place[group]] = found["x"]
    totals[unit, place[group]] = found["n"]
    return Proportion(counts, totals)


def scan(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The bare GROUP BY: the only time the rows are read."""
    return connection.execute(_SCAN).fetchnumpy()


def find_all(found: dict[str, Any]) -> list[dict[str, Any]]:
    """From the counted cells to one finding a comparison."""
    cells = _shape(found)
    by_group = Proportion(cells.count.T, cells.total.T)
    return _findings(
        compare_groups(cells), like_for_like(cells), funnel(by_group), shrink(by_group)
    )


def _findings(
    crude: Comparison, pooled: LikeForLike, plot: Funnel, shrunk: Shrunken
) -> list[dict[str, Any]]:
    """One record per comparison, as a page would take it."""
    ratio, groups = crude.ratio, len(crude.groups)
    assert crude.odds is not None
    columns = {
        "ratio": ratio.value,
        "low": ratio.low,
        "high": ratio.high,
        "difference": crude.difference.value,
        "odds": crude.odds.value,
        "p_adjusted": crude.adjusted,
        "like_for_like": np.broadcast_to(pooled.ratio.value, ratio.value.shape),
        "standing": plot.standing.T[:, -groups:],
        "shrunken": shrunk.estimate.value.T[:, -groups:],
        "stands": (crude.adjusted <= 0.05) & np.isfinite(crude.adjusted),
    }
    rows = zip(*(column.ravel().tolist() for column in columns.values()), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _survival(people: int) -> dict[str, float]:
    """Kaplan–Meier and log-rank for 20 groups over as many people and ten years of months."""
    rng = np.random.default_rng(SEED)
    group, month = rng.integers(0, GROUPS, people), rng.integers(0, 120, people)
    event = rng.integers(0, 2, people)
    counting, spells = timed(lambda: build_spells(group, month, event=event, groups=GROUPS))
    testing, _ = timed(lambda: (kaplan_meier(spells), log_rank(spells)))
    return {"survival_count_seconds": counting, "survival_after_count_seconds": testing}


def timed(work: Callable[[], _T]) -> tuple[float, _T]:
    """Median seconds of several runs after one to warm up, and what the last one gave."""
    found, seconds = work(), []
    for _ in range(REPEATS):
        start = time.perf_counter()
        found = work()
        seconds.append(time.perf_counter() - start)
    return round(statistics.median(seconds), 5), found


if __name__ == "__main__":
    import json
    import sys

    print(json.dumps(run(*map(int, sys.argv[1:])), indent=1, ensure_ascii=False))
