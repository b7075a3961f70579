"""What one spelling means in one column, found once for each spelling and not once for each row."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenhand.datasets.arrow import Array, from_flags, from_index, from_numbers
from evenhand.datasets.words import Hashes, Index
from evenhand.datasets.workforce.schema import Holds

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Meaning:
    """A value; or, with ``rule``, the rule that the spelling breaks and the class of what it is."""

    value: Value
    rule: str = ""
    found: str = ""


class Meanings:
    """Spellings met so far in one column, and what each means; only ever grows."""

    def __init__(self, name: str, holds: Holds, read: Callable[[str], Meaning]) -> None:
        self.name, self.holds = name, holds
        self._read = read
        self._places: dict[str, int] = {}
        self._values: dict[Value, int] = {}
        self.list: list[Meaning] = []
        self._hashes = np.empty(0, dtype=np.uint64)

    def look_up(self, texts: list[str]) -> Index:
        """The place of each spelling's meaning."""
        known = self._places
        for text in texts:
            if text not in known:
                known[text] = self._place(self._read(text.strip()))
        return np.asarray([known[text] for text in texts], dtype=np.int32)

    def _place(self, meaning: Meaning) -> int:
        if not meaning.rule and meaning.value in self._values:
            return self._values[meaning.value]
        place = len(self.list)
        self.list.append(meaning)
        if not meaning.rule:
            self._values[meaning.value] = place
        return place

    def place(self, value: Value) -> int:
        """Where a value stands, added when it is new."""
        return self._place(Meaning(value))

    def hashes(self) -> Hashes:
        """A fixed random-looking number for each meaning, the same in every run."""
        done = len(self._hashes)
        if done < len(self.list):
            digests = b"".join(self._digest(one) for one in self.list[done:])
            more = np.frombuffer(digests, dtype="<u8").astype(np.uint64)
            self._hashes = np.concatenate([self._hashes, more])
        return self._hashes

    def _digest(self, meaning: Meaning) -> bytes:
        text = f"{self.name}\0{meaning.value!r}"
        return hashlib.blake2b(text.encode(), digest_size=8).digest()

    def faulty(self) -> NDArray[np.bool_]:
        """Which meanings are none."""
        return np.asarray([bool(meaning.rule) for meaning in self.list], dtype=np.bool_)

    def blank(self) -> NDArray[np.bool_]:
        """Which meanings are that nothing was written."""
        return np.asarray([not one.rule and one.value in (None, "") for one in self.list])

    def column(self, rows: Index) -> Array:
        """The values of rows; blank or null where a row breaks a rule."""
        if self.holds in (Holds.CODE, Holds.TEXT, Holds.PERSON):
            return from_index(rows, [str(one.value or "") for one in self.list] or [""])
        missing = np.asarray([one.value is None for one in self.list], dtype=np.bool_)
        values = np.asarray([one.value or 0 for one in self.list] or [0])
        at = missing[rows] if len(missing) else np.zeros(0, dtype=np.bool_)
        if self.holds is Holds.FLAG:
            return from_flags(values[rows].astype(np.bool_), missing=at)
        if self.holds in (Holds.AMOUNT, Holds.SHARE):
            return from_numbers(values[rows].astype(np.float64), missing=at)
        numbers = from_numbers(values[rows].astype(np.int32), missing=at)
        return numbers.view(pa.date32()) if self.holds in (Holds.DAY, Holds.MONTH) else numbers

    def numbers(self, rows: Index) -> NDArray[np.float64]:
        """The values of rows as numbers; not a number where there is none."""
        table = np.asarray(
            [np.nan if isinstance(one.value, str | None) else float(one.value) for one in self.list]
        )
        return table[rows] if len(table) else np.empty(0)
