"""How long work tells the person who waits for it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told now and then how far the work has come."""

    def __call__(self, stage: str, *, files: int, of: int, rows: int) -> None:
        """``files`` of ``of`` are done, with ``rows`` rows so far."""
