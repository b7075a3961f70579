"""What happened, gathered piece by piece as columns, and made into canonical tables at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenhand.datasets.arrow import Array, from_flags, from_index, from_numbers
from evenhand.datasets.synthetic.chance import Index
from evenhand.datasets.synthetic.workforce import figures
from evenhand.datasets.synthetic.workforce.people import People
from evenhand.datasets.workforce.tables import ABSENT, CHARACTERISTICS

NO_DAY = np.iinfo(np.int64).min
"""Stands for a day that is not known."""


class Words:
    """Texts and the number each has; new ones are added as they come."""

    def __init__(self, first: Sequence[str] = ()) -> None:
        self.list = list(first)
        self._places = {word: place for place, word in enumerate(self.list)}

    def place(self, word: str) -> int:
        """The number of a text."""
        if word not in self._places:
            self._places[word] = len(self.list)
            self.list.append(word)
        return self._places[word]


class Log:
    """Rows of one table: ``add`` takes columns of equal length, numbers or one value for all."""

    def __init__(self) -> None:
        self._pieces: defaultdict[str, list[Index]] = defaultdict(list)
        self._words: defaultdict[str, Words] = defaultdict(Words)

    def add(self, count: int, **values: Index | int | str | tuple[Index, Sequence[str]]) -> None:
        """More rows. A text is the same for all; a pair is positions and the texts they mean."""
        for name, value in values.items():
            self._pieces[name].append(self._numbers(name, value, count))

    def _numbers(
        self, name: str, value: Index | int | str | tuple[Index, Sequence[str]], count: int
    ) -> Index:
        if isinstance(value, str):
            return np.full(count, self._words[name].place(value))
        if isinstance(value, tuple):
            index, texts = value
            table = np.asarray([self._words[name].place(text) for text in texts], dtype=np.int64)
            return table[index] if len(table) else index
        return np.broadcast_to(np.asarray(value, dtype=np.int64), (count,))

    def numbers(self, name: str) -> Index:
        """One column as numbers, all pieces together."""
        pieces = self._pieces[name]
        return np.concatenate(pieces) if pieces else np.empty(0, dtype=np.int64)

    def words(self, name: str) -> Array:
        """One column as texts."""
        return from_index(self.numbers(name).astype(np.int32), self._words[name].list or [""])


def as_days(days: Index) -> Array:
    """Days since 1970 as dates; null where not known."""
    missing = days == NO_DAY
    numbers = np.where(missing, 0, days).astype(np.int32)
    return from_numbers(numbers, missing=missing).view(pa.date32())


def as_counts(values: Index, *, missing: NDArray[np.bool_] | None = None) -> Array:
    """Whole numbers in the width of the canonical tables."""
    return from_numbers(values.astype(np.int32), missing=missing)


def as_flags(values: Index | NDArray[np.bool_]) -> Array:
    """Zero and one as false and true."""
    return from_flags(values.astype(np.bool_))


def person_keys(count: int) -> list[str]:
    """A pseudonym for each person, which says nothing about them."""
    return [f"P{number:07d}" for number in range(count)]


def characteristics_of(people: People, who: Index, days: Index) -> dict[str, Array]:
    """The columns of characteristics of these people; their age band as of these days."""
    columns = {
        name: from_index(people[name][who].astype(np.int32), list(shares))
        for name, shares in figures.GROUPS.items()
    }
    ages = (days - people["born"][who]) / 365.25
    edges = np.asarray([start for _, start in figures.AGES[1:]])
    band = np.searchsorted(edges, ages, side="right").astype(np.int32)
    columns["age_band"] = from_index(band, [name for name, _ in figures.AGES])
    answered = np.asarray([code not in ABSENT for code in figures.GROUPS["ethnicity"]])
    given = answered[people["ethnicity"][who]].astype(np.int32)
    edition = from_index(given, ["", "ethnicity-2011"])
    return {name: columns[name] for name in CHARACTERISTICS} | {"ethnicity_edition": edition}
