"""How much a file may ask of the machine before it is refused, each limit with its reason."""

from __future__ import annotations

from dataclasses import dataclass

KIB, MIB, GIB = 1024, 1024**2, 1024**3


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what is read; every one can be raised by the caller who knows their file.

    ``line_bytes``: the longest line in three years of published stops is under 600 bytes, so a
    line of 128 KiB is no row (it is also the longest cell that Python's csv module takes).
    ``ratio``: those files unpack to at most 33 times their packed size, one published twice to
    about twice that; deflate itself cannot exceed 1,032 (RFC 1951
    spends at least two bits on 258 bytes), which is what bombs come close to. ``ratio_from``: a
    small file may compress to any ratio without harm. ``unpacked_bytes``: the three years are
    166 MB, so this holds all services for some five hundred years. ``members``: 45 services, three
    files each a month, for sixty years.
    """

    line_bytes: int = 128 * KIB
    ratio: float = 200.0
    ratio_from: int = 8 * MIB
    unpacked_bytes: int = 32 * GIB
    members: int = 100_000


LIMITS = Limits()

CHUNK_BYTES = 16 * MIB
"""Text taken into memory at once. Larger files are read in pieces of this size; smaller ones are
put together up to it, so that the fixed cost of a batch is spread over some 75,000 rows."""

CHUNK_ROWS = 262_144
"""Rows of a table taken at once: about as much memory as a chunk of text."""
