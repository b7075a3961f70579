"""Self-defined ethnicity of a workforce file: a code and the edition that the file speaks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenhand.codelists import get_codelist
from evenhand.datasets.arrow import Array, from_index
from evenhand.datasets.words import Hashes, Index, hash_words, render_found
from evenhand.datasets.workforce.cells import find_absence, read_characteristic
from evenhand.datasets.workforce.meaning import Meaning
from evenhand.datasets.workforce.tables import ABSENT, ETHNICITY_EDITIONS

NO_EDITION = ""
"""The edition of an answer that was not given."""


class Ethnicity:
    """Reads the column in the edition that knows most of a file's answers; on a tie the first.

    A spelling that only another edition knows is taken in that one. ``pairs`` are all
    (edition, code) that a row can have, those of absence first.
    """

    def __init__(self) -> None:
        self.pairs: list[tuple[str, str]] = [(NO_EDITION, code) for code in ABSENT]
        for edition in ETHNICITY_EDITIONS:
            self.pairs += [(edition, code.code) for code in get_codelist(edition).values]
        self._place = {pair: place for place, pair in enumerate(self.pairs)}
        self._tables: dict[str, list[int]] = {}
        self._chosen: dict[str, int] = {}

    def read(
        self, index: Index, texts: list[str], owners: NDArray[np.int64], files: list[str]
    ) -> Index:
        """The pair of each row, -1 where no edition knows the spelling."""
        tables = np.asarray([self._look_up(text) for text in texts], dtype=np.int32).T
        if not len(index):
            return index
        answers = (tables >= len(ABSENT)).astype(np.float64)
        editions = self._choose(answers[:, index], owners, files)
        filled = np.stack([_fill(tables, first) for first in range(len(tables))])
        read: Index = filled[editions[owners], index]
        return read

    def class_of(self, text: str) -> Meaning:
        """The fault of a spelling that no edition knows."""
        return Meaning(None, "code-known", render_found(text))

    def _look_up(self, text: str) -> list[int]:
        if text not in self._tables:
            cell = text.strip()
            absent = find_absence(cell)
            self._tables[text] = [
                self._place[NO_EDITION, absent] if absent else self._find(cell, edition)
                for edition in ETHNICITY_EDITIONS
            ]
        return self._tables[text]

    def _find(self, cell: str, edition: str) -> int:
        value = read_characteristic(cell, (edition,)).value
        if value in ABSENT or (value is not None and value == "NS"):
            return self._place[NO_EDITION, str(value)] if value in ABSENT else 0
        return self._place.get((edition, str(value)), -1)

    def _choose(
        self, answers: NDArray[np.float64], owners: NDArray[np.int64], files: list[str]
    ) -> NDArray[np.int64]:
        """The edition of each file: decided by its first piece, for the rest of it too."""
        known = [np.bincount(owners, weights=row, minlength=len(files)) for row in answers]
        best: NDArray[np.int64] = np.argmax(np.stack(known), axis=0)
        for place, file in enumerate(files):
            best[place] = self._chosen.setdefault(file, int(best[place]))
        return best

    def codes(self, rows: Index) -> Array:
        """The code of each row."""
        return _column(rows, [code for _, code in self.pairs])

    def editions(self, rows: Index) -> Array:
        """The edition of each row, blank where no answer was given."""
        return _column(rows, [edition for edition, _ in self.pairs])

    def hashes(self) -> Hashes:
        """A fixed number per pair."""
        return hash_words("ethnicity", ["/".join(pair) for pair in self.pairs])


def _fill(tables: Index, first: int) -> Index:
    """The pairs by the first edition, and where it has none by the others in order."""
    result: Index = tables[first]
    for table in tables:
        result = np.where(result < 0, table, result)
    return result


def _column(rows: Index, words: list[str]) -> Array:
    distinct = sorted(set(words))
    table = np.asarray([distinct.index(word) for word in words], dtype=np.int32)
    return from_index(table[rows], distinct)
