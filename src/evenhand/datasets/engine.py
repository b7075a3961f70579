"""The embedded engine: DuckDB, held to a memory limit and with nothing fetched from outside."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

MEMORY = "2GB"
"""Beyond this the engine spills to disk; with Python and Arrow beside it the process stays under
the 3 GB in which a cube of 50 million rows must fit."""


@contextmanager
def open_engine() -> Iterator[duckdb.DuckDBPyConnection]:
    """An in-memory engine that spills to a temporary folder, removed at the end."""
    with tempfile.TemporaryDirectory(prefix="evenhand-engine-") as spill:
        options: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": MEMORY,
            "temp_directory": spill,
            "threads": os.cpu_count() or 1,
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        with duckdb.connect(":memory:", config=options) as engine:
            engine.execute("SET enable_progress_bar = false")  # it would print among the results
            yield engine
