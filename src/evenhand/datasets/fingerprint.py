"""Numbers that stand for a row and for a set of rows, whatever their order and bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

# Constants of SplitMix64: Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
# generators", OOPSLA, figure 14 and section 5.
_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_SECOND_LANE = np.uint64(0x5851F42D4C957F2D)  # any odd number unlike _GAMMA


def mix(values: Hashes) -> Hashes:
    """Scramble 64-bit numbers so that near ones end far apart (a bijection)."""
    z = values + _GAMMA
    z = (z ^ (z >> np.uint64(30))) * _MIX_1
    z = (z ^ (z >> np.uint64(27))) * _MIX_2
    return z ^ (z >> np.uint64(31))


@dataclass(frozen=True, slots=True)
class Content:
    """A fingerprint of a multiset of rows, built up piece by piece in any order.

    The count of the rows and two sums, modulo 2**64, of differently scrambled row numbers. Two
    different sets agree by accident with a chance of about 2**-64 or less; it is no defence against
    somebody who makes rows in order to collide, nor need it be: a file set aside is reported.
    """

    rows: int = 0
    first: int = 0
    second: int = 0

    def plus(self, other: Content) -> Content:
        """Both sets together."""
        return Content(
            self.rows + other.rows,
            (self.first + other.first) % 2**64,
            (self.second + other.second) % 2**64,
        )

    @property
    def id(self) -> str:
        """The fingerprint as text: 32 hexadecimal digits."""
        text = f"{self.rows}:{self.first:016x}:{self.second:016x}"
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def sum_contents(keys: Hashes, owners: NDArray[np.int64], count: int) -> list[Content]:
    """The content of each of ``count`` owners; ``owners`` is sorted, one per key."""
    rows = np.bincount(owners, minlength=count)
    starts = np.concatenate([[0], np.cumsum(rows)[:-1]])
    lanes = [_sum_runs(mix(keys), starts, rows), _sum_runs(mix(keys ^ _SECOND_LANE), starts, rows)]
    return [
        Content(int(n), int(a), int(b)) for n, a, b in zip(rows, lanes[0], lanes[1], strict=True)
    ]


def _sum_runs(values: Hashes, starts: NDArray[np.int64], rows: NDArray[np.int64]) -> Hashes:
    total = np.concatenate([[np.uint64(0)], np.cumsum(values, dtype=np.uint64)])
    sums: Hashes = total[starts + rows] - total[starts]
    return sums
