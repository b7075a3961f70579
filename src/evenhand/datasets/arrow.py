"""Arrow columns from numpy and from words, under types that hold and without importing pandas.

``pyarrow.array`` imports pandas wherever it is installed, to see whether it was given a Series;
that alone can take longer than reading the file. The published type stubs of ``compute`` and
``csv`` refuse calls that pyarrow documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.csv
from numpy.typing import NDArray

Array: TypeAlias = "pa.Array[Any]"

compute: Any = pyarrow.compute
csv: Any = pyarrow.csv

_TYPES: dict[str, pa.DataType] = {
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float64": pa.float64(),
}


def from_numbers(values: NDArray[Any], *, missing: NDArray[np.bool_] | None = None) -> Array:
    """A column over the same memory; null where ``missing``."""
    type_ = _TYPES[values.dtype.name]
    valid = None if missing is None else _bits(~missing)
    buffers = [valid, _buffer(np.ascontiguousarray(values))]
    return pa.Array.from_buffers(type_, len(values), buffers)


def from_flags(values: NDArray[np.bool_], *, missing: NDArray[np.bool_] | None = None) -> Array:
    """A column of true and false; null where ``missing``."""
    valid = None if missing is None else _bits(~missing)
    return pa.Array.from_buffers(pa.bool_(), len(values), [valid, _bits(values)])


def from_words(words: Sequence[str]) -> Array:
    """A column of strings."""
    encoded = [word.encode() for word in words]
    ends = np.cumsum([0, *(len(word) for word in encoded)], dtype=np.int32)
    buffers = [None, _buffer(ends), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.string(), len(words), buffers)


def from_index(index: NDArray[np.int32], words: Sequence[str]) -> Array:
    """A dictionary column: for each row the place of its word."""
    column: Any = pa.DictionaryArray
    made: Array = column.from_arrays(from_numbers(index), from_words(words))
    return made


def one_word(word: str) -> Any:
    """A string as a scalar."""
    return from_words([word])[0]


def one_number(value: np.generic) -> Any:
    """A number as a scalar."""
    return from_numbers(np.asarray([value]))[0]


def to_numbers(column: Any) -> NDArray[Any]:
    """A number column without nulls as numpy, over the same memory."""
    if column.null_count:
        raise ValueError("a column with nulls has no numbers to show")
    width = column.type.to_pandas_dtype()
    values = np.frombuffer(column.buffers()[1] or b"", dtype=width)
    return values[column.offset : column.offset + len(column)]


def _bits(values: NDArray[np.bool_]) -> pa.Buffer:
    return _buffer(np.packbits(values, bitorder="little"))


def _buffer(values: NDArray[Any]) -> pa.Buffer:
    return pa.py_buffer(values.data)


BLANK = one_word("")
NO_TEXT: Any = pa.Array.from_buffers(
    pa.string(), 1, [_bits(np.zeros(1, np.bool_)), *from_words([""]).buffers()[1:]]
)[0]
