"""The cube over synthetic events in Parquet, beside one hand-written GROUP BY of the finest grain.

Twenty columns, 44 services over ten years; how often each answer is given is as uneven as in
published records. ``ratio`` is the time of the cube (every set of ``STOPS_CUBE``) over that of one
GROUP BY of all its dimensions with the same counts, each the median of repeats in a process of its
own; ``ratio_to_largest_set`` is against a GROUP BY of its largest single set. The promise is a
ratio of at most 1.5, under 3 GB, and time that grows no faster than the rows.

Sizes: ``EVENHAND_CUBE_ROWS="1000000 50000000"`` or arguments; by default 1, 10 and 50 million.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evenhand.datasets import STOPS_CUBE, build_cube
from evenhand.datasets.engine import open_engine

SIZES = (1_000_000, 10_000_000, 50_000_000)
REPEATS = int(os.environ.get("EVENHAND_CUBE_REPEATS", "3"))
FILE_ROWS = 10_000_000
BUILD = Path(__file__).resolve().parents[1] / "build"

_EVENTS = """
WITH draws AS (
  SELECT i, random() AS a, random() AS b, random() AS c, random() AS d, random() AS e,
         random() AS f, random() AS g, random() AS h, random() AS k, random() AS l, random() AS m
  FROM range({rows}) AS numbers(i)
), placed AS (
  SELECT *, TIMESTAMP '2015-01-01' + to_seconds((b * 3652 * 86400)::BIGINT) AS moment FROM draws
)
SELECT 'service-' || lpad(floor(pow(a, 2) * 44)::INT::VARCHAR, 2, '0') AS service,
       '' AS unit, strftime(moment, '%Y-%m') AS month, moment AS "at",
       e > 0.05 AS time_known,
       CASE WHEN c < 0.75 THEN 'person' WHEN c < 0.97 THEN 'person-and-vehicle' ELSE 'vehicle' END
         AS subject,
       CASE WHEN f < 0.94 THEN 'E' || floor(pow(d, 3) * 18)::INT ELSE 'NR' END AS self_defined,
       'ethnicity-2011' AS frame,
       CASE WHEN f < 0.9 THEN 'officer-' || (floor(pow(d, 3) * 18)::INT // 4)
         ELSE 'not-recorded' END AS officer,
       CASE WHEN g < 0.9 THEN 'male' WHEN g < 0.99 THEN 'female' ELSE 'not-recorded' END AS sex,
       'age-' || floor(h * 6)::INT AS age,
       'power-' || floor(pow(k, 5) * 18)::INT AS legislation,
       'object-' || floor(pow(k, 4) * 16)::INT AS object,
       CASE WHEN l < 0.7 THEN 'no-further-action' WHEN l < 0.83 THEN 'arrest' ELSE 'caution' END
         AS outcome,
       CASE WHEN m < 0.2 THEN true WHEN m < 0.45 THEN false END AS linked,
       CASE WHEN m < 0.03 THEN true WHEN m < 0.6 THEN false END AS stripped,
       51 + a AS latitude, -b AS longitude,
       CASE WHEN e < 0.045 THEN 1 ELSE 0 END AS repeat, i AS line
FROM placed
"""


def run(sizes: tuple[int, ...] = ()) -> dict[str, Any]:
    """Time the cube and the single GROUP BYs at each size; seconds, ratios, peak memory."""
    chosen = sizes or tuple(int(n) for n in os.environ.get("EVENHAND_CUBE_ROWS", "").split())
    BUILD.mkdir(exist_ok=True)
    found = []
    with tempfile.TemporaryDirectory(dir=BUILD, prefix="cube-") as folder:
        for rows in chosen or SIZES:
            _generate(Path(folder), rows)
            found.append(_measure(folder, rows))
    per_row = [one["cube_seconds"] / one["rows"] for one in found]
    return {"sizes": found, "per_row_last_over_first": round(per_row[-1] / per_row[0], 2)}


def _measure(folder: str, rows: int) -> dict[str, Any]:
    times: dict[str, list[float]] = {"cube": [], "finest": [], "largest": []}
    peaks: dict[str, float] = {}
    for _ in range(REPEATS):  # in turn, so that a busy machine is busy for all of them
        for name, work in (("cube", _cube), ("finest", _finest), ("largest", _largest)):
            seconds, peak = _alone(work, folder)
            times[name].append(seconds)
            peaks[name] = max(peak, peaks.get(name, 0.0))
    cube, finest, largest = (statistics.median(times[n]) for n in ("cube", "finest", "largest"))
    return {
        "rows": rows,
        "cube_seconds": round(cube, 2),
        "finest_group_by_seconds": round(finest, 2),
        "largest_set_group_by_seconds": round(largest, 2),
        "ratio": round(cube / finest, 2),
        "ratio_to_largest_set": round(cube / largest, 2),
        "cube_peak_mib": round(peaks["cube"]),
        "finest_peak_mib": round(peaks["finest"]),
    }


def _generate(folder: Path, rows: int) -> None:
    """Rows are added to what smaller sizes made, file by file, to keep memory and disk low."""
    there = sum(int(path.stem.rpartition("-")[2]) for path in folder.glob("*.parquet"))
    with open_engine() as engine:
        engine.execute("SELECT setseed(0.2026)")
        while there < rows:
            part = min(FILE_ROWS, rows - there)
            target = folder / f"part-{there}-{part}.parquet"
            engine.sql(_EVENTS.format(rows=part)).write_parquet(str(target))
            there += part


def _cube(folder: str) -> None:
    with open_engine() as engine:
        cube = build_cube(engine.read_parquet(f"{folder}/*.parquet"), STOPS_CUBE)
    if cube.table.num_rows == 0:
        raise RuntimeError("the cube is empty")


def _finest(folder: str) -> None:
    _group_by(folder, STOPS_CUBE.names)


def _largest(folder: str) -> None:
    _group_by(folder, STOPS_CUBE.sets[0])


def _group_by(folder: str, dimensions: tuple[str, ...]) -> None:
    """What an analyst would write: the counts by these columns, in one statement.

    The groups are counted and not fetched: the finest grain has millions, which nobody reads.
    """
    columns = ", ".join(dimensions)
    counts = ", ".join(
        f"count(*) FILTER ({measure.when}) AS {measure.name}" for measure in STOPS_CUBE.measures
    )
    sums = ", ".join(f"sum({measure.name})" for measure in STOPS_CUBE.measures)
    grouped = f"SELECT {columns}, {counts} FROM '{folder}/*.parquet' GROUP BY {columns}"
    with open_engine() as engine:
        engine.execute(f"SELECT count(*), {sums} FROM ({grouped})").fetchall()


def _alone(work: Callable[[str], None], folder: str) -> tuple[float, float]:
    """Seconds, and the peak memory in MiB of a process that does nothing else."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_timed, args=(work, folder, sender))
    process.start()
    seconds, peak = receiver.recv()
    process.join()
    return seconds, peak


def _timed(work: Callable[[str], None], folder: str, sender: Any) -> None:
    start = time.perf_counter()
    work(folder)
    seconds = time.perf_counter() - start
    sender.send((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


if __name__ == "__main__":
    print(json.dumps(run(tuple(int(size) for size in sys.argv[1:])), indent=2))
