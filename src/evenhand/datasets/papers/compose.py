"""From blocks to draft: the same grammar whatever format the paper came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evenhand.datasets.papers.assemble import Assembler
from evenhand.datasets.papers.blocks import Block, Reading, Style
from evenhand.datasets.papers.checks import list_doubts
from evenhand.datasets.papers.draft import Doubt, PaperDraft, Passage, Recommendation, Role
from evenhand.datasets.papers.flat_tables import FoundTable, join_tables
from evenhand.datasets.papers.front import Front, find_sign_off, read_front
from evenhand.datasets.papers.outline import read_outline
from evenhand.datasets.papers.places import Place
from evenhand.datasets.papers.register_rows import read_register
from evenhand.datasets.papers.sheets import Sheet, SheetCell, SheetRow


def compose_draft(reading: Reading, *, empty: PaperDraft) -> PaperDraft:
    """The draft of a paper whose file was read into blocks; ``empty`` names the file."""
    blocks, found = join_tables(reading.blocks)
    front = read_front(blocks)
    assembler = Assembler(read_outline(blocks[front.body :], front.title))
    for index, block in enumerate(blocks[: front.body]):
        if index not in front.used:
            assembler.unplaced.append(_passage(block))
    assembler.read(blocks[front.body :])
    draft = _fill(empty, front, assembler, blocks)
    doubts = [*reading.doubts, *front.doubts, *assembler.doubts, *_inferred(found)]
    draft, tabled = _take_from_tables(draft)
    draft, signed = _sign(draft, blocks)
    return replace(draft, doubts=(*doubts, *tabled, *signed, *list_doubts(draft)))


def _passage(block: Block) -> Passage:
    marker = block.marker.printed if block.marker else ""
    role = Role.HEADING if block.style is Style.HEADING else Role.PARAGRAPH
    words = block.text or "\n".join("\t".join(row) for row in block.rows)
    return Passage(words, block.place, role, marker, block.level)


def _fill(
    empty: PaperDraft, front: Front, assembler: Assembler, blocks: Sequence[Block]
) -> PaperDraft:
    sections = [section.close() for section in assembler.sections]
    summary = next((s for s in sections if s.kind == "summary" and not s.letter), None)
    return replace(
        empty,
        title=front.title,
        report_number=front.report_number,
        committee=front.committee,
        meeting_date=front.meeting_date,
        date=front.date,
        author=front.author,
        front=tuple(_passage(blocks[index]) for index in sorted(front.used)),
        summary_passages=summary.passages if summary else (),
        sections=tuple(section for section in sections if section is not summary),
        for_members=assembler.list_for_members(),
        recommendations=tuple(assembler.recommendations),
        tables=tuple(assembler.tables),
        unplaced=tuple(assembler.unplaced),
    )


def _inferred(found: dict[Place, FoundTable]) -> list[Doubt]:
    doubts = []
    for place, table in found.items():
        if table.inferred:
            doubts.append(
                Doubt(
                    f"table at {place.words}",
                    f"columns {' | '.join(table.rows[0])}",
                    "its columns were lost in plain text and found again from the words",
                    "Compare the headings and the rows with the paper.",
                    "columns-inferred",
                )
            )
        for row in table.unsettled:
            doubts.append(
                Doubt(
                    f"table at {place.words}, row {row}",
                    "one cell",
                    "it has fewer words than the table has columns",
                    "Put the words in their columns.",
                    "row-not-aligned",
                    row,
                )
            )
    return doubts


def _take_from_tables(draft: PaperDraft) -> tuple[PaperDraft, list[Doubt]]:
    """Recommendations kept as rows of a table, where the paper makes none in its text."""
    if draft.recommendations:
        return draft, []
    taken: list[Recommendation] = []
    tables, doubts = list(draft.tables), []
    for index, table in enumerate(tables):
        rows = [tuple(SheetCell(name) for name in table.header)]
        rows += [tuple(SheetCell(cell.text.strip()) for cell in row) for row in table.rows]
        sheet = Sheet("", tuple(SheetRow(number, cells) for number, cells in enumerate(rows)))
        register = read_register(sheet, number=table.number, place=table.place)
        if register is None or not register.recommendations:
            continue
        taken += register.recommendations
        known = {(fault.row, fault.column) for fault in table.faults}
        more = register.table.faults if register.table else ()
        faults = (*table.faults, *(f for f in more if (f.row, f.column) not in known))
        tables[index] = replace(table, faults=faults)
        doubts.append(
            Doubt(
                f"table {table.number}, {table.place.words}",
                f"{len(register.recommendations):,} recommendations",
                "each row of the table was taken for one",
                "Remove those that are none.",
                "recommendations-from-table",
            )
        )
    return replace(draft, recommendations=tuple(taken), tables=tuple(tables)), doubts


def _sign(draft: PaperDraft, blocks: Sequence[Block]) -> tuple[PaperDraft, list[Doubt]]:
    """Take author and date from a memo's sign-off where the head gave neither."""
    signed = find_sign_off(blocks) if not draft.author and not draft.date else None
    if signed is None:
        return draft, []
    doubt = Doubt(
        signed.where,
        f"signed on {signed.date.isoformat()}, taken for author and date",
        "the head of the paper gives neither",
        "Check both.",
        "signed-off",
    )
    return replace(draft, author=signed.author, date=signed.date), [doubt]
