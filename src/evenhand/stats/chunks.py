"""Long columns worked through in pieces that stay in the processor's cache, on every core."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from evenhand.stats.columns import Floats
from evenhand.stats.pairs import Pair

# Measured on 1,000,000 cells: pieces this long stay in the second-level cache; four times longer
# takes up to twice the time, four times shorter spends as much on calls as on numbers.
CHUNK = 16_384

Limits = tuple[Floats, Floats]
T = TypeVar("T")
Result = TypeVar("Result")


def in_chunks(limits: Callable[[Pair], Limits], pair: Pair) -> Limits:
    """``limits`` of the whole pair, worked out piece by piece."""
    size = pair.x1.size
    if size <= CHUNK:
        return limits(pair)
    low, high = np.empty(size), np.empty(size)
    pieces = [slice(start, start + CHUNK) for start in range(0, size, CHUNK)]
    found = each_on_a_core(lambda piece: limits(pair.take(piece)), pieces)
    for piece, (below, above) in zip(pieces, found, strict=True):
        low[piece], high[piece] = below, above
    return low, high


def each_on_a_core(work: Callable[[T], Result], pieces: Sequence[T]) -> list[Result]:
    """``work`` on every piece, in order; several at once, as numpy lets go of the interpreter."""
    cores = min(os.cpu_count() or 1, len(pieces))
    if cores < 2:
        return [work(piece) for piece in pieces]
    with ThreadPoolExecutor(cores) as pool:
        return list(pool.map(work, pieces))
