"""Words with figures in them: a number in a paper is never text, it is a figure with its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the snapshot: ``key`` names the question that it answers there."""

    key: str
    value: int

    @property
    def printed(self) -> str:
        """As it stands in every form of the paper: whole, with thousands commas."""
        return f"{self.value:,}"


Run = str | Figure
Words = tuple[Run, ...]
"""What a paragraph or a cell holds: text and figures, in reading order."""


def plain(words: Words) -> str:
    """The words as one text."""
    return "".join(run.printed if isinstance(run, Figure) else run for run in words)


def figures_in(many: Iterable[Words]) -> Iterator[Figure]:
    """Every figure of these words, in reading order."""
    for words in many:
        yield from (run for run in words if isinstance(run, Figure))
