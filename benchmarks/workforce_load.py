"""A workforce of 50,000 people over 60 months: simulated, written as CSV, loaded into a lake.

DuckDB reads the same CSV once, all as text, from a warm disk cache, and ``ratio`` is against that;
ours checks every cell, maps every spelling, looks for people twice in a month over the whole file,
and writes. Each runs in a process of its own. The full simulation (120 months) is timed beside.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow.csv as pa_csv

from evenhand.datasets.synthetic.workforce import WorkforceShape, simulate_workforce
from evenhand.datasets.workforce import TABLES, WorkforceLake, load_workforce

BUILD = Path(__file__).resolve().parents[1] / "build"
PEOPLE, MONTHS, FULL_MONTHS = 50_000, 60, 120
AT = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)


def run() -> dict[str, Any]:
    """Seconds and peak memory of simulating, of loading, of loading the same file again."""
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD, prefix="workforce-") as folder:
        simulated = _alone(_simulate, folder, FULL_MONTHS)
        _alone(_write, folder, MONTHS)
        text = _alone(_read_as_text, folder, MONTHS)
        loaded = _alone(_load, folder, MONTHS)
        again = _alone(_load, folder, MONTHS)
    return {
        "rows": loaded["result"],
        "load": loaded,
        "load_again": again,
        "duckdb_text": text,
        "ratio": round(loaded["seconds"] / text["seconds"], 2),
        "simulate_120_months": simulated,
    }


def _simulate(_folder: str, months: int) -> int:
    shape = WorkforceShape(people=PEOPLE, months=months)
    made = simulate_workforce(shape, rng=np.random.default_rng(1))
    return int(sum(table.num_rows for table in made.tables.values()))


def _write(folder: str, months: int) -> int:
    shape = WorkforceShape(people=PEOPLE, months=months, waves=0)
    made = simulate_workforce(shape, rng=np.random.default_rng(1))
    table = TABLES["strength"].require(made.tables["strength"])
    pa_csv.write_csv(table, Path(folder) / "strength.csv")
    return int(table.num_rows)


def _load(folder: str, _months: int) -> int:
    lake = WorkforceLake(Path(folder) / "lake")
    load = load_workforce("strength", [Path(folder) / "strength.csv"], lake=lake, at=AT)
    return load.report.rows_loaded


def _read_as_text(folder: str, _months: int) -> int:
    with duckdb.connect() as engine:
        engine.execute("SET enable_progress_bar = false")
        path = Path(folder) / "strength.csv"
        engine.execute(f"CREATE TABLE t AS FROM read_csv('{path}', all_varchar = true)")
        return int(engine.sql("SELECT count(*) FROM t").fetchall()[0][0])


def _alone(work: Callable[[str, int], int], folder: str, months: int) -> dict[str, Any]:
    """Run in a process of its own, so that imports and memory of one do not count for another."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_timed, args=(work, folder, months, sender))
    process.start()
    result: dict[str, Any] = receiver.recv()
    process.join()
    return result


def _timed(work: Callable[[str, int], int], folder: str, months: int, sender: Any) -> None:
    start = time.perf_counter()
    result = work(folder, months)
    seconds = round(time.perf_counter() - start, 2)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sender.send({"seconds": seconds, "peak_mib": peak, "result": result})
