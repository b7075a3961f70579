"""A stream that stops a file from unpacking to far more than it should."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from evenhand.core import UnsafeArchive
from evenhand.datasets.sources.limits import Limits


class Bounded:
    """Reads from another stream and counts: what a header declares is not what is believed."""

    def __init__(
        self, stream: BinaryIO, *, name: str, packed: Callable[[], int], limits: Limits
    ) -> None:
        self._stream, self._name, self._packed, self._limits = stream, name, packed, limits
        self._unpacked = 0

    def read(self, size: int) -> bytes:
        """At most ``size`` bytes; refused once the running total breaks a limit."""
        block = self._stream.read(size)
        self._unpacked += len(block)
        if self._unpacked > self._limits.unpacked_bytes:
            self._refuse(f"it unpacks to more than {self._limits.unpacked_bytes:,} bytes.")
        if self._unpacked > self._limits.ratio_from:
            ratio = self._unpacked / max(self._packed(), 1)
            if ratio > self._limits.ratio:
                self._refuse(f"it unpacks to over {self._limits.ratio:g} times its size.")
        return block

    def _refuse(self, problem: str) -> None:
        raise UnsafeArchive(
            problem,
            file=self._name,
            rule="archive-ratio",
            remedy="Do not open it; ask whoever made it for a plain file.",
        )
