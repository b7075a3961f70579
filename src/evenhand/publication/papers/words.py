"""Words with figures in them: a number in a paper is never text, it is a figure with its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evenhand.accountability.judgement.criteria import render_number

THOUSAND = 1000
"""From here on a measured figure is printed whole: its decimals say nothing any more."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a snapshot: ``key`` names the question that it answers there.

    A count is an int. What was measured is a float, printed with three digits that count.
    """

    key: str
    value: float

    @property
    def printed(self) -> str:
        """As it stands in every form of the paper, with thousands commas.

        Examples
        --------
        >>> Figure("all.items", 1246).printed, Figure("measured.x", 1.3249).printed
        ('1,246', '1.32')
        """
        if isinstance(self.value, int) or abs(self.value) >= THOUSAND:
            return f"{self.value:,.0f}"
        return render_number(self.value)


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
