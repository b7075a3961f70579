"""Any number of loaded stops as Parquet, in bounded memory: what the benchmarks run over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from evenhand.core import Month, UsageProblem
from evenhand.datasets.stops.schema import SCHEMA
from evenhand.datasets.synthetic import figures
from evenhand.datasets.synthetic.chance import Index, draw, draw_each
from evenhand.datasets.synthetic.clock import draw_stamps
from evenhand.datasets.synthetic.counts import BROAD, KINDS, RECORDED, RECORDED_IN
from evenhand.datasets.synthetic.rows import draw_position

if TYPE_CHECKING:
    from evenhand.datasets.synthetic.rows import Column

SERVICES = 43
"""As many as England and Wales have territorial forces."""
UNITS = 8
"""Local authorities to a force area: 331 in 43 (Census 2021 frame)."""
MONTHS = 24
REPEATED = 0.045
"""Rows that repeat another exactly in the data.police.uk archive of 2018 to 2020."""
CHUNK = 500_000
"""Rows drawn at a time, and in a row group: about 300 MB while they are being written."""
_FIRST = Month(2024, 1)


def synthetic_rows_parquet(path: Path | str, rows: int, seed: int) -> Path:
    """Write loaded stops, as the lake keeps them, drawn at published frequencies.

    For speed and memory only: rows are independent and nothing is planted in them. The file holds
    plain Parquet types, which every engine reads.

    Parameters
    ----------
    path
        Replaced in one step when all rows are written.
    rows
        How many; memory does not depend on it.
    seed
        The same seed gives the same rows.
    """
    if rows < 1:
        raise UsageProblem(f"there must be at least one row, not {rows}.", rule="synthetic-rows")
    target = Path(path)
    partial = target.with_name(target.name + ".part")
    target.parent.mkdir(parents=True, exist_ok=True)
    tables = _draw_tables(np.random.default_rng(seed), rows)
    first = next(tables)
    # Without the Arrow schema the dictionaries below are read back as the plain strings they are.
    with pq.ParquetWriter(partial, first.schema, store_schema=False) as writer:
        writer.write_table(first)
        for table in tables:
            writer.write_table(table)
    return partial.replace(target)


def _draw_tables(rng: np.random.Generator, rows: int) -> Iterator[pa.Table]:
    for start in range(0, rows, CHUNK):
        size = min(CHUNK, rows - start)
        columns = _where(rng, size) | _when(rng, size) | _who(rng, size) | _why(rng, size)
        columns["line"] = pa.array(np.arange(start + 2, start + 2 + size))
        columns["fingerprint"] = pa.array(rng.integers(-(2**63), 2**63 - 1, size))
        columns["repeat"] = pa.array((rng.random(size) < REPEATED).astype(np.int32))
        yield pa.table({name: columns[name] for name in SCHEMA.names})


def _where(rng: np.random.Generator, size: int) -> dict[str, Column]:
    unit = rng.integers(0, SERVICES * UNITS, size)
    services = [f"service-{number:02d}" for number in range(1, SERVICES + 1)]
    units = [f"Unit {number:03d}" for number in range(1, SERVICES * UNITS + 1)]
    position = draw_position(rng, unit % 32)
    return {
        "service": _coded(unit // UNITS, services),
        "unit": _coded(unit, units),
        "latitude": position["Latitude"],
        "longitude": position["Longitude"],
        "file": _coded(unit // UNITS, [f"{service}.csv" for service in services]),
    }


def _when(rng: np.random.Generator, size: int) -> dict[str, Column]:
    month = rng.integers(0, MONTHS, size)
    names = [str(Month.at(_FIRST.index + position)) for position in range(MONTHS)]
    at = draw_stamps(rng, month, np.zeros(size, dtype=np.bool_), first=_FIRST)
    return {
        "month": _coded(month, names),
        "file_month": _coded(month, names),
        "at": pa.array(at).cast(pa.timestamp("us")),
        "time_known": pa.array(np.ones(size, dtype=np.bool_)),
    }


def _who(rng: np.random.Generator, size: int) -> dict[str, Column]:
    weights = [figures.RESIDENTS[group] * rate for group, rate in figures.RATES.items()]
    group = draw(rng, weights, size)
    broad = np.array([KINDS.index(kind) for kind in BROAD])[group]
    unstated = rng.random(size)
    stated = np.where(unstated < figures.NOT_STATED, len(RECORDED), group)
    blank = unstated > 1 - figures.NOT_RECORDED
    officer = draw_each(rng, [figures.PERCEIVED[kind] for kind in KINDS], broad)
    unseen = rng.random(size) < figures.OFFICER_BLANK
    kind = draw(rng, list(figures.PEOPLE.values()), size)
    return {
        "self_defined": _coded(np.where(blank, len(RECORDED) + 1, stated), [*RECORDED, "NS", "NR"]),
        "frame": _coded(np.zeros(size, dtype=np.int64), [RECORDED_IN]),
        "officer": _coded(
            np.where(unseen, 5, officer), ["white", "black", "asian", "mixed", "other", ""]
        ),
        "sex": _coded(kind, [sex for sex, _ in figures.PEOPLE]),
        "age": _coded(kind, [age for _, age in figures.PEOPLE]),
    }


def _why(rng: np.random.Generator, size: int) -> dict[str, Column]:
    ground = draw(rng, [weight for weight, _ in figures.GROUNDS.values()], size)
    arrest = np.array([share for _, share in figures.GROUNDS.values()])[ground]
    outcomes = ["arrest", *figures.OTHER_OUTCOMES]
    other = 1 + draw(rng, list(figures.OTHER_OUTCOMES.values()), size)
    outcome = np.where(rng.random(size) < arrest, 0, other)
    linked = draw_each(rng, [figures.LINKED[each] for each in outcomes], outcome)
    subject = draw(rng, list(figures.SUBJECTS.values()), size)
    return {
        "subject": _coded(subject, list(figures.SUBJECTS)),
        "legislation": _coded(ground, [power for power, _ in figures.GROUNDS]),
        "object": _coded(ground, [thing for _, thing in figures.GROUNDS]),
        "outcome": _coded(outcome, outcomes),
        "linked": pa.array(linked == 0, mask=linked == 2),
        "stripped": _flags(rng, figures.STRIPPED, size),
        "operation": _flags(rng, figures.OPERATION, size),
    }


def _flags(rng: np.random.Generator, share: float, size: int) -> Column:
    return pa.array(rng.random(size) < share)


def _coded(index: Index | NDArray[np.int32], words: Sequence[str]) -> Column:
    """The words by their positions; a blank is what the lake calls not recorded."""
    distinct = list(dict.fromkeys(word or "not-recorded" for word in words))
    table = np.array([distinct.index(word or "not-recorded") for word in words], dtype=np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(table[index], pa.int32()), distinct)
