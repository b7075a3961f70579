"""The columns of a loaded stop, in the order in which the lake keeps them."""

from __future__ import annotations

import pyarrow as pa

_COLUMNS: list[tuple[str, pa.DataType]] = [
    ("service", pa.string()),
    ("unit", pa.string()),
    ("month", pa.string()),
    ("file_month", pa.string()),
    ("at", pa.timestamp("us")),
    ("time_known", pa.bool_()),
    ("subject", pa.string()),
    ("self_defined", pa.string()),
    ("frame", pa.string()),
    ("officer", pa.string()),
    ("sex", pa.string()),
    ("age", pa.string()),
    ("legislation", pa.string()),
    ("object", pa.string()),
    ("outcome", pa.string()),
    ("linked", pa.bool_()),
    ("stripped", pa.bool_()),
    ("operation", pa.bool_()),
    ("latitude", pa.float64()),
    ("longitude", pa.float64()),
    ("repeat", pa.int32()),
    ("file", pa.string()),
    ("line", pa.int64()),
    ("fingerprint", pa.int64()),
]
SCHEMA = pa.schema(_COLUMNS)
"""``at`` and ``month`` follow the clock in London. ``repeat`` is 0 where the row is met for the
first time, else how many like it came before. ``fingerprint`` stands for the row's content."""

CODED = ("subject", "officer", "sex", "age", "legislation", "object", "outcome")
FLAGS = ("linked", "stripped", "operation")
