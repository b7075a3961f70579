"""Where every row that was set aside came from, and which rule it broke; never what it said."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenhand.datasets.arrow import from_numbers
from evenhand.datasets.faults import FaultKey, FaultLog, Severity
from evenhand.datasets.stops.contract import STOPS
from evenhand.datasets.stops.normalise import Normal

_COLUMNS: list[tuple[str, pa.DataType]] = [
    ("file", pa.string()),
    ("line", pa.int64()),
    ("column", pa.string()),
    ("rule", pa.string()),
    ("found", pa.string()),
    ("rows", pa.int64()),
]
SCHEMA = pa.schema(_COLUMNS)
"""``found`` is a class of value, or a word of a category. ``rows`` is 1 on the first entry of a
row, 0 on its others, and the number of rows where a whole file was set aside: it adds up to the
rows quarantined."""


def record_faults(normal: Normal, files: list[str], log: FaultLog) -> pa.Table:
    """Count every fault of a batch in the log; return the entries of the rows set aside."""
    entries: list[pa.Table] = []
    met = np.zeros(len(normal.lines), dtype=np.bool_)
    for fault in normal.faults:
        for place in np.unique(normal.owners[fault.rows]).tolist():
            rows = fault.rows[normal.owners[fault.rows] == place]
            key = FaultKey(files[place], fault.rule, fault.column, fault.found)
            lines = normal.lines[rows]
            log.add(key, lines=lines[:20].tolist(), count=len(rows))
            if STOPS.rules[fault.rule].severity is Severity.ROW:
                entries.append(_entries(key, lines, ~met[rows]))
                met[rows] = True
    return pa.concat_tables(entries) if entries else pa.Table.from_batches([], schema=SCHEMA)


def build_line_entries(key: FaultKey, lines: tuple[int, ...]) -> pa.Table:
    """Entries for lines that could not be cut into cells."""
    return _entries(key, np.asarray(lines, dtype=np.int64), np.ones(len(lines), dtype=np.bool_))


def build_file_entry(key: FaultKey, rows: int) -> pa.Table:
    """The entry for a file that was set aside whole."""
    cells = [key.file, None, key.column, key.rule, key.found, rows]
    row = dict(zip(SCHEMA.names, cells, strict=True))
    return pa.Table.from_pylist([row], schema=SCHEMA)


def _entries(key: FaultKey, lines: NDArray[np.int64], counted: NDArray[np.bool_]) -> pa.Table:
    same = [pa.scalar(text) for text in (key.file, key.column, key.rule, key.found)]
    file, column, rule, found = (pa.repeat(text, len(lines)) for text in same)
    rows = from_numbers(counted.astype(np.int64))
    return pa.table([file, from_numbers(lines), column, rule, found, rows], schema=SCHEMA)
