"""Run the benchmarks by name, or all of them: ``python -m benchmarks [name …]``.

``register`` and ``public_pages`` run only by name: each first makes a register of its own, which
takes minutes of a core. ``calibration`` asks whether figures are right, not how fast they are, and
writes a method note.
"""

from __future__ import annotations

import importlib
import json
import sys

NAMES = (
    "cells",
    "disparity",
    "peers",
    "cube",
    "archive",
    "whole_run",
    "ledger",
    "workforce_load",
    "workforce",
)
"""Each is a module with ``run() -> dict``: ratios to a named peer in the same run, peak memory."""


def main(names: list[str]) -> None:
    """Print one JSON object a benchmark."""
    for name in names or NAMES:
        result = importlib.import_module(f"benchmarks.{name}").run()
        print(json.dumps({"benchmark": name, **result}, indent=2, default=str))


if __name__ == "__main__":
    main(sys.argv[1:])
