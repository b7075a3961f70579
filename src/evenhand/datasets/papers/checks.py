"""What to doubt about a draft as a whole: numbering, labels, dates and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from evenhand.datasets.papers.dates import list_dates
from evenhand.datasets.papers.draft import (
    Doubt,
    Entry,
    PaperDraft,
    PaperTable,
    Passage,
    Recommendation,
    Role,
    Section,
    Strand,
)
from evenhand.datasets.papers.labels import refers_elsewhere
from evenhand.datasets.papers.tables import find_start_column

_SHEETS = ("workbook", "csv")


def list_doubts(draft: PaperDraft) -> tuple[Doubt, ...]:
    """Every doubt about a finished draft that can only be seen from above."""
    shared = (
        *check_found(draft),
        *check_responsible(draft.recommendations),
        *check_tables(draft.tables, draft.date),
        *check_unplaced(draft.unplaced),
    )
    if draft.kind in _SHEETS:  # rows have no head, and their numbers were checked one by one
        return shared
    return (
        *check_head(draft),
        *check_numbers(draft.recommendations),
        *check_entries(draft.recommendations),
        *check_background(draft),
        *check_sections(draft.sections),
        *shared,
    )


def check_found(draft: PaperDraft) -> Iterator[Doubt]:
    """Whether there is anything for the register at all."""
    if not draft.recommendations:
        yield Doubt(
            "whole paper",
            "no recommendations for the register",
            "no “Recommendation 1 …” and no numbered list of recommendations was found",
            "If the paper makes some, add them by hand.",
            "no-recommendations",
        )


def check_head(draft: PaperDraft) -> Iterator[Doubt]:
    """What the head of the paper does not say."""
    missing = [
        name
        for name, value in (
            ("title", draft.title),
            ("date", draft.date),
            ("author", draft.author),
            ("report number", draft.report_number),
            ("meeting", draft.committee),
        )
        if not value
    ]
    if missing:
        yield Doubt(
            "head of the paper",
            f"no {', no '.join(missing)}",
            "the paper does not say, or not plainly",
            "Fill in what is known.",
            "head-incomplete",
        )


def check_numbers(recommendations: Sequence[Recommendation]) -> Iterator[Doubt]:
    """Recommendation numbers that repeat, are absent, or leave a gap."""
    counts = Counter(r.number for r in recommendations if r.number)
    for number, count in counts.items():
        if count > 1:
            yield Doubt(
                f"recommendation {number}",
                f"{count} recommendations with this number",
                "a number should name one recommendation",
                "Renumber or merge.",
                "number-repeated",
            )
    numbers = sorted(int(number) for number in counts if number.isdigit())
    gaps = [n for a, b in pairwise(numbers) for n in range(a + 1, b)]
    if gaps:
        shown = ", ".join(map(str, gaps[:10])) + (" …" if len(gaps) > 10 else "")
        yield Doubt(
            "recommendations",
            f"{len(recommendations)} recommendations",
            f"no recommendation {shown}",
            "Look for what was missed.",
            "number-missing",
        )


def _entries(recommendations: Iterable[Recommendation]) -> Iterator[tuple[str, Entry]]:
    for recommendation in recommendations:
        yield f"recommendation {recommendation.number}", recommendation
        for item in recommendation.items:
            yield f"recommendation {recommendation.number} ({item.label})", item


def check_entries(recommendations: Sequence[Recommendation]) -> Iterator[Doubt]:
    """Items without words, marked completed yet open, or that only point elsewhere."""
    for name, entry in _entries(recommendations):
        if not entry.text:
            yield Doubt(
                f"{name}, {entry.place.words}",
                "no wording",
                "nothing follows its number",
                "Give the exact wording.",
                "wording-missing",
            )
        open_strands = [
            strand.value.replace("_", " ")
            for strand in (Strand.CHALLENGES, Strand.NEXT_STEPS)
            if entry.wording(strand)
        ]
        if entry.completed and open_strands:
            yield Doubt(
                f"{name}, {entry.place.words}",
                "completed",
                f"the paper still gives {' and '.join(open_strands)}",
                "Decide whether it is finished.",
                "completed-but-open",
            )
        for passage in entry.passages:
            said = passage.role is Role.PARAGRAPH and passage.strand is not Strand.TEXT
            if said and refers_elsewhere(passage.text):
                yield _elsewhere(name, passage)


def _elsewhere(name: str, passage: Passage) -> Doubt:
    return Doubt(
        f"{name}, {passage.place.words}",
        passage.strand.value.replace("_", " "),
        "it only points to another part of the paper",
        "Copy or link what it points to.",
        "refers-elsewhere",
    )


def check_responsible(recommendations: Sequence[Recommendation]) -> Iterator[Doubt]:
    """One line for all recommendations that name nobody."""
    unnamed = [
        r.number
        for r in recommendations
        if not r.responsible and not any(item.responsible for item in r.items)
    ]
    if unnamed:
        shown = ", ".join(unnamed[:12]) + (" …" if len(unnamed) > 12 else "")
        yield Doubt(
            f"recommendations {shown}",
            "nobody named as responsible",
            f"{len(unnamed):,} of {len(recommendations):,} say nothing about it",
            "Assign an owner to each.",
            "responsible-not-stated",
        )


def check_tables(tables: Sequence[PaperTable], written: date | None) -> Iterator[Doubt]:
    """Every fault of every table, and what started after the paper was written."""
    for table in tables:
        name = f"table {table.number} ({table.belongs_to})"
        for fault in table.faults:
            yield Doubt(
                f"{name}, row {fault.row:,}, column “{fault.column}”",
                "kept as printed",
                fault.problem,
                "Ask for the right value.",
                fault.rule,
                fault.row,
                fault.column,
            )
        yield from _late_starts(table, written)


def _late_starts(table: PaperTable, written: date | None) -> Iterator[Doubt]:
    column = find_start_column(table)
    if column is None or written is None:
        return
    for index, row in enumerate(table.rows, 1):
        value = str(row[column].value or "")
        if row[column].type == "date" and value > written.isoformat():
            yield Doubt(
                f"table {table.number} ({table.belongs_to}), row {index}, "
                f"column “{table.header[column]}”",
                row[column].text,
                f"it starts after the paper's own date, {written.isoformat()}",
                "Ask for the right date.",
                "start-after-paper",
                index,
                table.header[column],
            )


def check_background(draft: PaperDraft) -> Iterator[Doubt]:
    """Background papers dated after the paper that cites them."""
    if draft.date is None:
        return
    for section in draft.sections:
        if section.kind != "background papers":
            continue
        for passage in section.passages:
            later = [day for day in list_dates(passage.text) if day > draft.date]
            if later:
                yield Doubt(
                    f"section {section.letter or section.title}, {passage.place.words}",
                    f"a background paper of {later[0].isoformat()}",
                    f"the paper that cites it is dated {draft.date.isoformat()}",
                    "Check the year.",
                    "background-after-paper",
                )


def check_sections(sections: Sequence[Section]) -> Iterator[Doubt]:
    """Lettered sections with nothing in them."""
    for index, section in enumerate(sections):
        following = sections[index + 1] if index + 1 < len(sections) else None
        divided = following is not None and following.letter.startswith(f"{section.letter}.")
        if section.letter and len(section.passages) == 1 and not divided:
            yield Doubt(
                f"section {section.letter}, {section.place.words}",
                "an empty section",
                f"nothing stands under “{section.title}”",
                "See whether the paper lost it.",
                "section-empty",
            )


def check_unplaced(unplaced: Sequence[Passage]) -> Iterator[Doubt]:
    """One doubt for each run of words that found no place."""
    run: list[Passage] = []
    for passage in unplaced:
        if run and passage.place.block != run[-1].place.block + 1:
            yield _unplaced(run)
            run = []
        run.append(passage)
    if run:
        yield _unplaced(run)


def _unplaced(run: Sequence[Passage]) -> Doubt:
    count = len(run)
    return Doubt(
        run[0].place.words,
        f"{count} line{'s' if count > 1 else ''} kept apart",
        "it was not understood as part of the paper",
        "Move it if it belongs.",
        "unplaced",
    )
