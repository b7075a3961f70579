"""The same table to findings by us, and by the programs people now use for parts of the question.

fairlearn, aequitas and ACRO live in an environment of their own (``requirements/bench.txt``), which
``make bench`` makes and runs everything in: none of them is a dependency of ours. Each is given the
table of ``benchmarks.disparity`` as a pandas frame, already in memory, imports done, and is timed
once; ``times_the_scan`` is over the median bare DuckDB GROUP BY of the table in the same run, and
so is ours, the GROUP BY included. What each leaves out is said beside it.
"""

from __future__ import annotations

import contextlib
import importlib.util
import logging
import tempfile
import time
import warnings
from collections.abc import Callable
from typing import Any

from benchmarks.disparity import ROWS, build_table, find_all, scan, timed

MODULES = ("fairlearn", "aequitas", "acro")


def run(rows: int = ROWS) -> dict[str, Any]:
    """Time the scan, ours and each peer over one table; seconds and multiples of the scan."""
    absent = [name for name in MODULES if importlib.util.find_spec(name) is None]
    if absent:
        return {"skipped": f"{', '.join(absent)} not installed here; make bench installs them"}
    connection = build_table(rows)
    scanning, _ = timed(lambda: scan(connection))
    ours, _ = timed(lambda: find_all(scan(connection)))
    frame = connection.execute("SELECT unit, grp, outcome FROM people").df()
    logging.disable(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        peers = {name: _once(peer(frame)) for name, peer in PEERS.items()}
    logging.disable(logging.NOTSET)
    seconds = {"ours, the scan and every figure and finding": ours} | peers
    return {
        "rows": rows,
        "scan_seconds": scanning,
        "seconds": seconds,
        "times_the_scan": {name: round(each / scanning, 1) for name, each in seconds.items()},
    }


def _fairlearn(frame: Any, *, within: str | None = None) -> Callable[[], Any]:
    from fairlearn.metrics import MetricFrame, selection_rate

    return lambda: (
        MetricFrame(
            metrics=selection_rate,
            y_true=frame["outcome"],
            y_pred=frame["outcome"],
            sensitive_features=frame["grp"],
            control_features=None if within is None else frame[within],
        ).by_group
    )


def _acro(frame: Any) -> Callable[[], Any]:
    from acro import ACRO

    def crosstab() -> Any:
        # It may write its record of what was asked into the working folder.
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            return ACRO(suppress=True).crosstab(frame["unit"], frame["grp"])

    return crosstab


def _aequitas(frame: Any) -> Callable[[], Any]:
    from aequitas.bias import Bias
    from aequitas.group import Group

    scored = frame[["grp"]].assign(score=frame["outcome"], label_value=frame["outcome"])

    def disparities() -> Any:
        table, _ = Group().get_crosstabs(scored, attr_cols=["grp"])
        return Bias().get_disparity_predefined_groups(
            table,
            original_df=scored,
            ref_groups_dict={"grp": "group 00"},
            alpha=0.05,
            check_significance=True,
            mask_significance=True,
        )

    return disparities


PEERS: dict[str, Callable[[Any], Callable[[], Any]]] = {
    "fairlearn, 20 selection rates: no intervals, no tests": _fairlearn,
    "fairlearn, 1,000 selection rates: no intervals, no tests": lambda frame: _fairlearn(
        frame, within="unit"
    ),
    "aequitas, 20 groups: t-tests on 0/1 values": _aequitas,
    "ACRO, counts of 1,000 cells, primary suppression only": _acro,
}


def _once(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return round(time.perf_counter() - start, 3)


if __name__ == "__main__":
    import json

    print(json.dumps(run(), indent=1, ensure_ascii=False))
