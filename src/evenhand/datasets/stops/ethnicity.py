"""Self-defined ethnicity: a code and the edition it belongs to, decided file by file."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenhand.codelists import Kind, get_codelist
from evenhand.datasets.arrow import Array, from_index
from evenhand.datasets.stops.cells import RowFault, list_unknown
from evenhand.datasets.stops.contract import EDITIONS
from evenhand.datasets.words import Index, hash_words, split_words


class SelfDefined:
    """Reads the column in the edition that knows most of a file's cells, and of several that know
    as many in the one that spells most of them as they are spelled.

    A spelling that only another edition knows is taken in that one. ``categories`` are all
    (edition, code) pairs; ``blank`` holds those that mean that nothing was recorded.
    """

    def __init__(self) -> None:
        self._lists = [get_codelist(edition) for edition in EDITIONS]
        self._labels = [set(one.labels()) for one in self._lists]
        self.categories = [(c.id, code.code) for c in self._lists for code in c.codes]
        place = {pair: i for i, pair in enumerate(self.categories)}
        self._places = [{c.code: place[one.id, c.code] for c in one.codes} for one in self._lists]
        self.blank = np.asarray(
            [code.kind is Kind.NOT_RECORDED for one in self._lists for code in one.codes]
        )
        self._tables: dict[str, list[int]] = {}
        self._chosen: dict[str, int] = {}

    def read(
        self, column: Array, owners: NDArray[np.int64], files: list[str], *, title: str
    ) -> tuple[Index, list[RowFault]]:
        """The category of each row, -1 and a fault where no edition knows the spelling."""
        index, values = split_words(column)
        if not len(index):
            return index, []
        tables = np.asarray([self._look_up(value) for value in values], dtype=np.int32).T
        exact = np.asarray([[v.strip() in one for v in values] for one in self._labels])
        scores = (tables >= 0) + exact / (len(index) + 1)  # exactness only breaks a tie
        scores[:, [not value.strip() for value in values]] = 0
        editions = self._choose(scores[:, index], owners, files)
        filled = np.stack([_fill(tables, first) for first in range(len(EDITIONS))])
        result = filled[editions[owners], index]
        unknown = np.flatnonzero(filled[0] < 0)
        return result, list_unknown(index, values, unknown, rule="code-known", title=title)

    def _look_up(self, value: str) -> list[int]:
        if value not in self._tables:
            found = [one.find(value) for one in self._lists]
            self._tables[value] = [
                places[code.code] if code is not None else -1
                for places, code in zip(self._places, found, strict=True)
            ]
        return self._tables[value]

    def _choose(
        self, scores: NDArray[np.float64], owners: NDArray[np.int64], files: list[str]
    ) -> NDArray[np.int64]:
        """The edition of each file: decided by its first piece, for the rest of it too."""
        known = [np.bincount(owners, weights=score, minlength=len(files)) for score in scores]
        best: NDArray[np.int64] = np.argmax(np.stack(known), axis=0)
        for place, file in enumerate(files):
            best[place] = self._chosen.setdefault(file, int(best[place]))
        return best

    def frames(self, index: Index) -> Array:
        """The edition of each row."""
        return _column(index, [edition for edition, _ in self.categories])

    def codes(self, index: Index) -> Array:
        """The code of each row."""
        return _column(index, [code for _, code in self.categories])

    def hashes(self) -> NDArray[np.uint64]:
        """A fixed number per (edition, code)."""
        return hash_words("self_defined", ["/".join(pair) for pair in self.categories])


def _fill(tables: Index, first: int) -> Index:
    """The places by the first edition, and where it has none by the others in order."""
    result: Index = tables[first]
    for table in tables:
        result = np.where(result < 0, table, result)
    return result


def _column(index: Index, words: list[str]) -> Array:
    distinct = sorted(set(words))
    table = np.asarray([distinct.index(word) for word in words], dtype=np.int32)
    return from_index(table[index], distinct)
