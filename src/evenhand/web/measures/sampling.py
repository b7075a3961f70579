"""What can be drawn from: the decisions that are loaded, each in its stratum."""

from __future__ import annotations

from evenhand.datasets.workforce import WorkforceLake

STRATA = {"vetting": ("decision", "grounds"), "conduct": ("kind", "outcome")}
"""The datasets whose decisions can be looked at again, and what their strata are."""

_DAY = {"vetting": "on", "conduct": "opened_on"}


def build_frame(lake: WorkforceLake, dataset: str) -> dict[str, tuple[str, ...]]:
    """Each decision by its key (person, day, number of that day) with its stratum."""
    frame: dict[str, tuple[str, ...]] = {}
    rows = lake.read(dataset).select(["person", _DAY[dataset], *STRATA[dataset]]).to_pylist()
    for row in sorted(rows, key=lambda row: tuple(str(value) for value in row.values())):
        start = f"{row['person']} {row[_DAY[dataset]]}"
        number = 1
        while (key := f"{start} {number}") in frame:
            number += 1
        frame[key] = tuple(str(row[name] or "not stated") for name in STRATA[dataset])
    return frame
