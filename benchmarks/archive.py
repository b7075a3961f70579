"""The archive from its zip to a lake and a cube, beside DuckDB reading the same CSVs once.

The archive is the real one of 2018 to 2020 where it is kept beside the repository, else a synthetic
one made here: 1,024 files of the published columns. DuckDB reads the unpacked files from a warm
disk cache, once guessing types and once all as text, and ``ratio`` is against the faster; ours
unpacks, checks, normalises, hashes, quarantines, writes and counts. Each is the median of repeats,
each in a process of its own, so that imports count for neither.
"""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import random
import resource
import statistics
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from evenhand.datasets import STOPS_CUBE, Lake, build_cube, load_stops

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared" / "data" / "stops" / "police-uk-archive-2018-2020.zip"
BUILD = ROOT / "build"
FILES, FILE_ROWS, REPEATS = 1024, 780, 3
AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
HEADER = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,"
    "Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,"
    "Outcome,Outcome linked to object of search,Removal of more than just outer clothing"
)


def run() -> dict[str, Any]:
    """Time ours and DuckDB's; seconds, ratios, peak memory."""
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD, prefix="archive-") as folder:
        archive = REAL if REAL.exists() else _make_archive(Path(folder) / "archive.zip")
        unpacked = Path(folder) / "unpacked"
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(unpacked)  # made or kept by us
        works: dict[str, tuple[Callable[[str], Any], str]] = {
            "ours": (_ours, str(archive)),
            "typed": (_duckdb_typed, str(unpacked)),
            "text": (_duckdb_text, str(unpacked)),
        }
        times: dict[str, list[dict[str, Any]]] = {name: [] for name in works}
        for _ in range(REPEATS):  # in turn, so that a busy machine is busy for all of them
            for name, (work, path) in works.items():
                times[name].append(_alone(work, path))
    ours, typed, text = (statistics.median(t["seconds"] for t in times[n]) for n in works)
    return {
        "archive": "real" if archive == REAL else "synthetic",
        "rows": times["ours"][0]["result"],
        "ours_seconds": round(ours, 2),
        "duckdb_typed_seconds": round(typed, 2),
        "duckdb_text_seconds": round(text, 2),
        "ratio": round(ours / min(typed, text), 2),
        "peak_mib": round(max(t["peak"] for t in times["ours"])),
    }


def _ours(path: str) -> int:
    with tempfile.TemporaryDirectory(dir=BUILD) as folder:
        load = load_stops([path], lake=Lake(folder), at=AT)
        build_cube(load.lake, STOPS_CUBE)
    return load.rows_loaded


def _duckdb_typed(path: str) -> int:
    return _duckdb(path, "")


def _duckdb_text(path: str) -> int:
    return _duckdb(path, ", all_varchar = true")


def _duckdb(path: str, options: str) -> int:
    with duckdb.connect() as engine:
        engine.execute("SET enable_progress_bar = false")
        source = f"read_csv('{path}/*/*.csv'{options})"
        engine.execute(f"CREATE TABLE stops AS FROM {source}")
        return int(engine.sql("SELECT count(*) FROM stops").fetchall()[0][0])


def _alone(work: Callable[[str], Any], path: str) -> dict[str, Any]:
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_timed, args=(work, path, sender))
    process.start()
    found: dict[str, Any] = receiver.recv()
    process.join()
    return found


def _timed(work: Callable[[str], Any], path: str, sender: Any) -> None:
    start = time.perf_counter()
    result = work(path)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sender.send({"seconds": seconds, "peak": peak, "result": result})


def _make_archive(path: Path) -> Path:
    random.seed(2026)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(FILES):
            month = f"{2019 + number // 512}-{number % 12 + 1:02d}"
            name = f"{month}/{month}-service-{number // 12:02d}-stop-and-search.csv"
            rows = (_make_row(month) for _ in range(FILE_ROWS))
            archive.writestr(name, "\n".join([HEADER, *rows]) + "\n")
    return path


def _make_row(month: str) -> str:
    pick = random.choice
    ethnicity, officer = pick(
        [
            ("White - English/Welsh/Scottish/Northern Irish/British", "White"),
            ("Black/African/Caribbean/Black British - African", "Black"),
            ("Asian/Asian British - Pakistani", "Asian"),
            ("Other ethnic group - Not stated", ""),
        ]
    )
    moment = f"{month}-{random.randint(1, 28):02d}T{random.randint(0, 23):02d}"
    cells = [
        pick(["Person search", "Person and Vehicle search", "Vehicle search"]),
        f"{moment}:{random.randint(0, 59):02d}:00+00:00",
        pick(["False", "True", ""]),
        "",
        f"{random.uniform(50, 55):.6f}",
        f"{random.uniform(-3, 1):.6f}",
        pick(["Male", "Female", ""]),
        pick(["10-17", "18-24", "25-34", "over 34", ""]),
        ethnicity,
        officer,
        pick(["Misuse of Drugs Act 1971 (section 23)", ""]),
        pick(["Controlled drugs", "Stolen goods", ""]),
        pick(["A no further action disposal", "Arrest", ""]),
        pick(["True", "False", ""]),
        pick(["True", "False", ""]),
    ]
    return ",".join(cells)


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
