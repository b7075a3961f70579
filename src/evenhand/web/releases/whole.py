"""The whole in figures: how many recommendations stand at which state and level, as charts.

Drawn from released records and nothing else. A count here is of recommendations, never of people,
so nothing in it has to be hidden; the review still seals every table, for only sealed tables are
drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.accountability.machines import WORK
from evenhand.core import Column, Role, Table
from evenhand.disclosure import Policy, ReleasedTable, review
from evenhand.publication import Bars, Block, TableView

Record = Mapping[str, Any]

OF_RECOMMENDATIONS = Policy(
    name="recommendations",
    version=1,
    audience="anyone",
    count_below=0,
    population_below=0,
    hide_all_or_none=False,
    reason="Counts of published recommendations: a one points to a text, and to no person.",
)

UNREPORTED = "Nothing reported"


@dataclass(frozen=True, slots=True)
class Whole:
    """The charts of the whole and their tables, by name."""

    blocks: tuple[Block, ...]
    tables: Mapping[str, ReleasedTable]


def build_whole(records: Iterable[Record]) -> Whole:
    """How the released recommendations stand, by report: states of the work, and each scale.

    Levels of different scales are never added together; each scale has a chart of its own.
    Recommendations that are split are counted by their parts.
    """
    items = [record for record in records if not record["parts"]]
    if not items:
        return Whole((), {})
    blocks = [_states(items)]
    scales = dict.fromkeys(record["scale"]["ref"] for record in items)
    blocks += [_levels(ref, [r for r in items if r["scale"]["ref"] == ref]) for ref in scales]
    return Whole(
        tuple(blocks), {each.table.name: each for block in blocks for each in block.released}
    )


def _states(items: Sequence[Record]) -> Block:
    words = [state.words for state in WORK.states]
    pairs = [(_report(record), record["status"]["work"]["words"]) for record in items]
    table = _count(
        "states", "Recommendations by state of the work", ("state", "State"), pairs, words
    )
    return _block("states", "How far is the work?", table, "state", pairs, words)


def _levels(ref: str, items: Sequence[Record]) -> Block:
    scale = items[0]["scale"]
    words = [*(level["words"] for level in scale["levels"]), UNREPORTED]
    pairs = [
        (_report(r), r["status"]["level"]["words"] if "level" in r["status"] else UNREPORTED)
        for r in items
    ]
    title = f"Levels reported on the scale “{scale['title']}”"
    table = _count(f"levels-{ref}", title, ("level", "Level reported"), pairs, words)
    question = f"What has been reported, on the scale “{scale['title']}”?"
    return _block(f"levels-{ref}", question, table, "level", pairs, words)


def _report(record: Record) -> str:
    title, edition = record["publication"]["title"], record["publication"]["edition"]
    return f"{title} (edition {edition})" if edition > 1 else str(title)


def _count(
    name: str,
    title: str,
    split: tuple[str, str],
    pairs: Sequence[tuple[str, str]],
    words: Sequence[str],
) -> ReleasedTable:
    """Every report by every word of the split, zeros included."""
    counts = Counter(pairs)
    cells = [(report, word) for report in dict.fromkeys(r for r, _ in pairs) for word in words]
    table = Table(
        name,
        title,
        (
            Column("report", Role.DIMENSION, "Report"),
            Column(split[0], Role.DIMENSION, split[1]),
            Column("recommendations", Role.COUNT, "Recommendations", measure="recommendations"),
        ),
        {
            "report": [report for report, _ in cells],
            split[0]: [word for _, word in cells],
            "recommendations": [counts[cell] for cell in cells],
        },
    )
    return review(table, OF_RECOMMENDATIONS)


def _block(
    ident: str,
    question: str,
    table: ReleasedTable,
    part: str,
    pairs: Sequence[tuple[str, str]],
    words: Sequence[str],
) -> Block:
    counts = Counter(word for _, word in pairs)
    total = len(pairs)
    told = [f"{counts[word]:,} {word.lower()}" for word in words if counts[word]]
    plural = "" if total == 1 else "s"
    alt = f"Of {total:,} recommendation{plural}: {', '.join(told)}."
    view = TableView(table, ("report", "recommendations"), across=part)
    chart = Bars(
        title=table.table.title,
        alt=f"Bars, one for each report, divided by {part}. {alt}",
        table=table,
        view=view,
        label="report",
        value="recommendations",
        part=part,
    )
    return Block(id=ident, question=question, summary=(alt,), charts=(chart,))
