"""Where every row that was set aside came from, and which rule it broke; never what it said."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenhand.datasets.arrow import from_index, from_numbers
from evenhand.datasets.faults import FaultKey

_COLUMNS: list[tuple[str, pa.DataType]] = [
    ("file", pa.string()),
    ("line", pa.int64()),
    ("column", pa.string()),
    ("rule", pa.string()),
    ("found", pa.string()),
    ("rows", pa.int64()),
]
SCHEMA = pa.schema(_COLUMNS)
"""``found`` is a class of value, or a word of a codelist's column. ``rows`` is 1 on the first entry
of a row and 0 on its others: it adds up to the rows quarantined."""


def build_entries(key: FaultKey, lines: NDArray[np.int64], counted: NDArray[np.bool_]) -> pa.Table:
    """Entries for rows that break one rule in one way; a text that all share is kept once."""
    same = np.zeros(len(lines), dtype=np.int32)
    file, column, rule, found = (
        from_index(same, [text]) for text in (key.file, key.column, key.rule, key.found)
    )
    rows = from_numbers(counted.astype(np.int64))
    return pa.table([file, from_numbers(lines), column, rule, found, rows], names=SCHEMA.names)
