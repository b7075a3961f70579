"""Columns of few distinct values: each distinct spelling is looked up once, not once per row."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenhand.datasets.arrow import Array, compute, from_index, to_numbers

Index = NDArray[np.int32]
Hashes = NDArray[np.uint64]

SHOWN = 60
"""Longest value of a category that a report prints; a longer one is free text, perhaps private."""
_MANY_DIGITS = re.compile(r"\d{4}|@")


def split_words(column: Array) -> tuple[Index, list[str]]:
    """A text column as positions in a list of its distinct values; null reads as blank."""
    if not pa.types.is_dictionary(column.type):
        column = compute.dictionary_encode(column)
    encoded: Any = column
    values = encoded.dictionary.to_pylist()
    index = encoded.indices
    if index.null_count:
        index = compute.fill_null(index, pa.scalar(len(values), index.type))
        values.append("")
    return to_numbers(index).astype(np.int32, copy=False), values


def render_found(value: str) -> str:
    """A value of a category as a report may print it, or only its class."""
    value = " ".join(value.split())
    if len(value) > SHOWN or _MANY_DIGITS.search(value):
        return f"text of {len(value):,} characters"
    return f"“{value}”"


@dataclass(slots=True)
class Lexicon:
    """Spellings met so far and the category each means; categories only ever grow.

    ``find`` gives the category of a spelling, or None where it is unknown.
    """

    name: str
    find: Callable[[str], str | None]
    categories: list[str]
    _known: dict[str, int]
    _places: dict[str, int]

    @classmethod
    def over(
        cls, name: str, find: Callable[[str], str | None], categories: list[str] | None = None
    ) -> Lexicon:
        """A lexicon that starts with these categories."""
        first = list(categories or [])
        return cls(name, find, first, {}, {code: place for place, code in enumerate(first)})

    def look_up(self, values: list[str]) -> Index:
        """The place of each spelling's category, -1 where it is unknown."""
        known = self._known
        for value in values:
            if value not in known:
                known[value] = self._place(self.find(value.strip()))
        return np.asarray([known[value] for value in values], dtype=np.int32)

    def place(self, category: str) -> int:
        """Where a category stands, added at the end when it is new."""
        return self._place(category)

    def _place(self, category: str | None) -> int:
        if category is None:
            return -1
        if category not in self._places:
            self._places[category] = len(self.categories)
            self.categories.append(category)
        return self._places[category]

    def hashes(self) -> Hashes:
        """A fixed random-looking number per category, the same in every run."""
        return hash_words(self.name, self.categories)

    def column(self, index: Index) -> Array:
        """The categories of rows as a column."""
        return from_index(index, self.categories)


def hash_words(name: str, words: list[str]) -> Hashes:
    """A 64-bit number for each word of a column, from BLAKE2b of both."""
    digests = (
        hashlib.blake2b(f"{name}\0{word}".encode(), digest_size=8).digest() for word in words
    )
    return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64)
