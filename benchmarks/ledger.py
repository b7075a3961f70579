"""How fast the ledger grows, is written, is checked and is proved from, beside the bare hashing.

The floor is what any check must do at the least in one Python process: read each line, parse its
JSON with the standard library, and hash it once. ``check_over_floor`` is the price of the rest:
canonical form, shape, order, time, tree and roots.
"""

from __future__ import annotations

import hashlib
import json
import resource
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from evenhand.accountability.ledger import (
    Event,
    Head,
    append,
    check_ledger,
    extract_event,
    render_ledger,
)

EVENTS = 1_000_000  # the size the product promises to check in under 20 seconds
APPENDS = 20_000  # enough for a steady rate
_START = datetime(2019, 1, 1, tzinfo=UTC)
_T = TypeVar("_T")


def run(events: int = EVENTS) -> dict[str, object]:
    """Make, write, check and prove from a ledger of ``events`` synthetic events."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.jsonl"
        appending, _ = _timed(lambda: _append(min(APPENDS, events)))
        writing, _ = _timed(lambda: _write(path, events))
        floor, _ = _timed(lambda: _read_and_hash(path))
        checking, outcome = _timed(lambda: check_ledger(_lines(path)))
        proving, proved = _timed(
            lambda: extract_event(_lines(path), index=events // 3, size=events)
        )
        if not outcome.ok or proved.root != outcome.root:
            raise RuntimeError("the ledger that was made does not hold together")
        return {
            "events": events,
            "file_mib": round(path.stat().st_size / 2**20, 1),
            "appends_per_second": round(min(APPENDS, events) / appending),
            "write_seconds": round(writing, 2),
            "check_seconds": round(checking, 2),
            "floor_seconds": round(floor, 2),
            "check_over_floor": round(checking / floor, 2),
            "peak_memory_mib": round(_peak_mib(), 1),
            "prove_seconds": round(proving, 2),
        }


def _event(sequence: int) -> Event:
    return Event(
        sequence=sequence,
        kind="update.posted",
        actor=f"person:{sequence % 997:04x}",
        subject=f"recommendation:{sequence % 400}",
        at=_START + timedelta(seconds=sequence),
        before={"status": "in progress"},
        after={"status": "in progress", "progress": f"Stage {sequence % 12} – under way."},
    )


def _append(events: int) -> Head:
    head = Head()
    for sequence in range(events):
        head = append(head, _event(sequence)).head
    return head


def _write(path: Path, events: int) -> None:
    with path.open("wb") as stream:
        stream.writelines(render_ledger(_event(sequence).body for sequence in range(events)))


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        yield from stream


def _read_and_hash(path: Path) -> None:
    for line in _lines(path):
        json.loads(line)
        hashlib.sha256(line).digest()


def _timed(work: Callable[[], _T]) -> tuple[float, _T]:
    start = perf_counter()
    result = work()
    return perf_counter() - start, result


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
