"""Tables that lost their columns on the way to plain text: found again from the types of words.

A run of lines such as ``DCS  SO 28/09/2009 01/04/2011 Male`` has the shape word, word, date, date,
word. The commonest shape fixes the columns; the words seen in each column then settle the rows (and
the header) that have more words than columns. What cannot be settled is said, never guessed away.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from evenhand.datasets.papers.blocks import Block, Rows, Style
from evenhand.datasets.papers.places import Place
from evenhand.datasets.papers.tables import type_cell

#: fewer lines than this, header included, are not taken for a table
_FEWEST_LINES = 4
#: at least this share of the rows must have the commonest shape
_AGREEMENT = 0.6
#: a line of a table has at most this many words; beyond it, it is prose
_MOST_WORDS = 30

Worth = Callable[[list[str], int], float]

_DELIMITED = re.compile(r"\s*\t\s*|\s*\|\s*|\s{2,}")
_HEAD_NOUN = re.compile(
    r".*(?:group|origin|date|name|number|type|rank|title|role|status|grade|band|"
    r"unit|code|rate|total|year|month|borough|office|area|score)s?",
    re.IGNORECASE,
)
_DATE_NOUN = re.compile(r".*(?:date|from|to|start|end|until|due|on)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundTable:
    """Rows found in consecutive blocks, and whether their columns had to be inferred."""

    rows: Rows
    inferred: bool
    unsettled: tuple[int, ...] = ()  # rows with too few words for the columns: kept in the first


def join_tables(blocks: Sequence[Block]) -> tuple[list[Block], dict[Place, FoundTable]]:
    """The blocks with each run that is a table made one block, and what was found at each place."""
    joined: list[Block] = []
    found: dict[Place, FoundTable] = {}
    for run in _runs(blocks):
        table = find_table([block.printed for block in run]) if _may_be_table(run) else None
        if table is None:
            joined += run
            continue
        place = run[0].place
        joined.append(Block("", place, Style.TABLE, chunk=run[0].chunk, rows=table.rows))
        found[place] = table
    return joined, found


def _runs(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    run: list[Block] = []
    for block in blocks:
        if run and block.chunk != run[-1].chunk:
            yield run
            run = []
        run.append(block)
    if run:
        yield run


def _may_be_table(run: Sequence[Block]) -> bool:
    return len(run) >= _FEWEST_LINES and all(
        block.style is Style.PARAGRAPH
        and not block.is_bullet
        and len(block.text.split()) <= _MOST_WORDS
        for block in run
    )


def find_table(lines: Sequence[str]) -> FoundTable | None:
    """The table these lines are, the first of them its header; None when they are prose."""
    if len(lines) < _FEWEST_LINES:
        return None
    split = [tuple(_DELIMITED.split(line.strip(" |"))) for line in lines]
    if len({len(row) for row in split}) == 1 and len(split[0]) > 1:
        return FoundTable(tuple(split), inferred=False)
    return _find_by_types(lines)


def _find_by_types(lines: Sequence[str]) -> FoundTable | None:
    header, *body = ([*line.split()] for line in lines)
    shapes = Counter(tuple(map(_type, row)) for row in body)
    shape, count = shapes.most_common(1)[0]
    anchored = any(kind != "text" for kind in shape)
    if not anchored or len(shape) < 2 or count < _AGREEMENT * len(body):
        return None
    if any(_type(word) != "text" for word in header) or len(header) < len(shape):
        return None
    fitted = [row for row in body if tuple(map(_type, row)) == shape]
    seen = tuple(frozenset(row[i] for row in fitted) for i in range(len(shape)))
    settled = [len(row) >= len(shape) for row in body]
    rows = [
        _fit(row, shape, seen) if known else (" ".join(row), *[""] * (len(shape) - 1))
        for row, known in zip(body, settled, strict=True)
    ]
    unsettled = tuple(index for index, known in enumerate(settled, 1) if not known)
    return FoundTable((_fit_header(header, shape), *rows), inferred=True, unsettled=unsettled)


@cache
def _type(word: str) -> str:
    kind = type_cell(word).type
    return {"impossible date": "date", "blank": "text"}.get(kind, kind)


def _fit(
    row: list[str], shape: tuple[str, ...], seen: tuple[frozenset[str], ...]
) -> tuple[str, ...]:
    def worth(words: list[str], column: int) -> float:
        text = " ".join(words)
        typed = shape[column] != "text"
        score = 3.0 if text in seen[column] else 0.0
        # "Acting Sergeant" where other rows say "Sergeant": a known value with a word before it
        score += 1.0 if len(words) > 1 and words[-1] in seen[column] else 0.0
        score += 3.0 if typed and _type(text) == shape[column] else 0.0
        stray = sum(_type(word) != "text" for word in words)
        return score - (3.0 * stray if not typed or len(words) > 1 else 0.0) - 0.1 * len(words) ** 2

    return _best_split(row, len(shape), worth)


def _fit_header(header: list[str], shape: tuple[str, ...]) -> tuple[str, ...]:
    def worth(words: list[str], column: int) -> float:
        score = -0.1 * len(words) ** 2
        if shape[column] == "date" and _DATE_NOUN.fullmatch(words[-1]):
            score += 3.0
        if len(words) > 1 and _HEAD_NOUN.fullmatch(words[-1]):
            score += 0.5
        # a first column is named in few words, a later one takes its modifier: prefer the later
        return score + 0.01 * column * len(words)

    return _best_split(header, len(shape), worth)


def _best_split(words: list[str], columns: int, worth: Worth) -> tuple[str, ...]:
    """Cut the words into this many runs of at least one word, worth the most together."""
    best: list[dict[int, tuple[float, tuple[int, ...]]]] = [{0: (0.0, ())}]
    for column in range(columns):
        step: dict[int, tuple[float, tuple[int, ...]]] = {}
        last = len(words) - (columns - column - 1)
        for start, (total, cuts) in best[column].items():
            for end in range(start + 1, last + 1):
                value = total + worth(words[start:end], column)
                if end not in step or value > step[end][0]:
                    step[end] = (value, (*cuts, end))
        best.append(step)
    cuts = best[columns][len(words)][1]
    return tuple(
        " ".join(words[start:end]) for start, end in zip((0, *cuts[:-1]), cuts, strict=True)
    )
