"""Progress on stderr: rows and files while reading, pages while writing, a word between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Teller:
    """Receives what the rooms below tell, and moves one bar."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("Starting", total=None, detail="")

    def rows(self, stage: str, *, files: int, of: int, rows: int) -> None:
        """Files done and rows read so far."""
        self._bar.update(
            self._task,
            description=stage.capitalize(),
            completed=files,
            total=of,
            detail=f"files, {rows:,} rows",
        )

    def stage(self, stage: str) -> None:
        """A part of the work that has nothing to count."""
        self._bar.update(
            self._task, description=stage.capitalize(), completed=0, total=None, detail=""
        )

    def pages(self, done: int, total: int, what: str) -> None:  # noqa: ARG002 - named by protocol
        """Pages written."""
        self._bar.update(
            self._task, description="Writing", completed=done, total=total, detail="pages"
        )


@contextmanager
def telling() -> Iterator[Teller]:
    """A bar on stderr for as long as the work lasts, gone when it is done."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[detail]}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        yield Teller(bar)
