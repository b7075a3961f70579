"""From an archive to a finished site, beside DuckDB reading the same CSVs once.

The whole command is timed as a user meets it, start-up and imports included. DuckDB reads the
unpacked files from a warm disk cache: once guessing types, as it does by default, and once all as
text, which is the least a reader can do. ``ratio`` is against the default read; ``ratio_to_text``
against the other. Needs the real archive and census beside the repository.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

import duckdb

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
ARCHIVE = SHARED / "stops" / "police-uk-archive-2018-2020.zip"
CENSUS = SHARED / "denominators" / "census_2021_ts021_ltla.parquet"
REPEATS = 3


def run() -> dict[str, Any]:
    """Seconds, ratios and the command's peak memory; medians of three."""
    if not ARCHIVE.exists():
        return {"skipped": "the real archive is not beside the repository"}
    with tempfile.TemporaryDirectory(prefix="evenhand-bench-") as folder:
        unpacked = Path(folder) / "unpacked"
        with zipfile.ZipFile(ARCHIVE) as opened:
            opened.extractall(unpacked)
        ours, typed, text = [], [], []
        for _ in range(REPEATS):
            ours.append(_measure(Path(folder) / "site"))
            typed.append(_read(unpacked, ""))
            text.append(_read(unpacked, ", all_varchar=true"))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    seconds, read, least = (statistics.median(times) for times in (ours, typed, text))
    return {
        "archive_to_site_seconds": round(seconds, 2),
        "duckdb_typed_read_seconds": round(read, 2),
        "duckdb_text_read_seconds": round(least, 2),
        "ratio": round(seconds / read, 2),
        "ratio_to_text": round(seconds / least, 2),
        "peak_memory_mib": round(peak),
    }


def _measure(out: Path) -> float:
    evenhand = str(Path(sys.executable).with_name("evenhand"))
    command = [evenhand, "measure", str(ARCHIVE), "--json"]
    start = time.perf_counter()
    subprocess.run(
        [*command, "--population", str(CENSUS), "--out", str(out)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def _read(folder: Path, option: str) -> float:
    start = time.perf_counter()
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"CREATE TABLE t AS FROM read_csv('{folder}/*/*.csv'{option})")
    return time.perf_counter() - start


if __name__ == "__main__":
    print(run())
