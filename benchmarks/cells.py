"""A million 2×2 cells: ratio, score interval, exact mid-p and adjusted p, beside a scipy loop."""

from __future__ import annotations

import gc
import resource
import time

import numpy as np

from evenhand.stats import Proportion, benjamini_hochberg, fisher, risk_ratio

CELLS = 1_000_000
# The loop over scipy is timed on this many cells drawn at random from the same table: the whole
# million would take it half an hour.
SAMPLED = 2_000
SEED = 20_110_728


def build_cells(size: int, rng: np.random.Generator) -> tuple[Proportion, Proportion]:
    """Groups of some 40 people against some 300, with rare and common events: mostly small."""
    group = np.exp(rng.normal(np.log(40), 1.3, size)).astype(np.int64) + 1
    comparator = np.exp(rng.normal(np.log(300), 1.3, size)).astype(np.int64) + 1
    chance = rng.beta(1.5, 12, size)
    disparity = np.exp(rng.normal(0, 0.3, size))
    return (
        Proportion(rng.binomial(group, np.minimum(chance * disparity, 1)), group),
        Proportion(rng.binomial(comparator, chance), comparator),
    )


def run() -> dict[str, object]:
    """Time the four columns over all cells, then scipy's test cell by cell over a sample."""
    rng = np.random.default_rng(SEED)
    group, comparator = build_cells(CELLS, rng)
    gc.collect()
    before = _peak_megabytes()
    parts = _time_columns(group, comparator)
    seconds = sum(parts.values())
    peak = _peak_megabytes()
    each = _time_scipy(group, comparator, rng)
    exact = parts["fisher mid-p"] / CELLS
    return {
        "name": "a million 2×2 cells",
        "cells": CELLS,
        "seconds": round(seconds, 2),
        "parts_seconds": {name: round(value, 2) for name, value in parts.items()},
        "peak_megabytes": round(peak),
        "peak_megabytes_before": round(before),
        "scipy_fisher_exact_microseconds": round(each * 1e6, 1),
        "ours_all_four_microseconds": round(seconds / CELLS * 1e6, 2),
        "times_faster_all_four": round(each * CELLS / seconds),
        "times_faster_test_alone": round(each / exact),
        "limits": {"seconds": 5, "peak_megabytes": 1500, "times_faster_all_four": 300},
    }


def _time_columns(group: Proportion, comparator: Proportion) -> dict[str, float]:
    start = time.perf_counter()
    risk_ratio(group, comparator)
    ratio = time.perf_counter()
    chance = fisher(group, comparator)
    test = time.perf_counter()
    benjamini_hochberg(chance.p)
    end = time.perf_counter()
    return {
        "risk ratio and score interval": ratio - start,
        "fisher mid-p": test - ratio,
        "Benjamini–Hochberg": end - test,
    }


def _time_scipy(group: Proportion, comparator: Proportion, rng: np.random.Generator) -> float:
    """Seconds that ``scipy.stats.fisher_exact`` takes for one cell."""
    from scipy.stats import fisher_exact

    chosen = rng.integers(0, group.count.size, SAMPLED)
    a, b = group.count[chosen], (group.total - group.count)[chosen]
    c, d = comparator.count[chosen], (comparator.total - comparator.count)[chosen]
    tables = np.stack([np.stack([a, b], -1), np.stack([c, d], -1)], -2)
    fisher_exact(tables[0])
    start = time.perf_counter()
    for table in tables:
        fisher_exact(table)
    return (time.perf_counter() - start) / SAMPLED


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the figures, one a line."""
    for name, value in run().items():
        print(f"{name:36} {value}")


if __name__ == "__main__":
    main()
