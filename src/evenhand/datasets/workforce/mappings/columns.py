"""Columns of a published table to those of a contract, each distinct value looked at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from evenhand.codelists import get_codelist
from evenhand.core import UnreadableFile
from evenhand.datasets.arrow import csv, from_index, from_words
from evenhand.datasets.words import split_words


def recode(column: Any, meaning: Callable[[str], str]) -> Any:
    """Every cell by what its words mean."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    index, words = split_words(whole.cast(pa.string()))
    return from_index(index, [meaning(word) for word in words] or [""])


def constant(word: str, rows: int) -> Any:
    """The same word in every row."""
    return pa.repeat(from_words([word])[0], rows)


def service_code(name: str) -> str:
    """The code of a police service, or the name as published where there is none."""
    found = get_codelist("police-service").find(name)
    return found.code if found is not None else " ".join(name.split())


def open_csv(path: Path) -> pa.Table:
    """A comma-separated file, packed or not, with every cell as text."""
    try:
        with pa.input_stream(str(path), compression="detect") as stream:
            head = csv.open_csv(stream).schema.names
        with pa.input_stream(str(path), compression="detect") as stream:
            types = dict.fromkeys(head, pa.string())
            options = csv.ConvertOptions(column_types=types, strings_can_be_null=False)
            table: pa.Table = csv.read_csv(stream, convert_options=options)
    except (pa.ArrowInvalid, OSError) as error:
        raise UnreadableFile(
            "the file is not comma-separated text that can be read.",
            file=path.name,
            rule="is-csv",
            remedy="Give the file as it was published.",
        ) from error
    return table


def open_parquet(path: Path) -> pa.Table:
    """A Parquet file."""
    try:
        return pq.read_table(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise UnreadableFile(
            "this is not a Parquet file that can be read.", file=path.name, rule="parquet-readable"
        ) from error
