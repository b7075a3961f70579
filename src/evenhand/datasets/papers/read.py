"""Reads a paper, whatever its format, into a draft that a secretariat can correct."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

from evenhand.datasets.papers.blocks import Reading
from evenhand.datasets.papers.checks import list_doubts
from evenhand.datasets.papers.compose import compose_draft
from evenhand.datasets.papers.draft import Doubt, PaperDraft, PaperTable, Passage, Section
from evenhand.datasets.papers.places import Place
from evenhand.datasets.papers.read_html import read_html
from evenhand.datasets.papers.read_pdf import read_pdf
from evenhand.datasets.papers.read_text import read_text
from evenhand.datasets.papers.read_word import read_word
from evenhand.datasets.papers.register_rows import RegisterRows, read_register
from evenhand.datasets.papers.sheets import Sheet, read_csv, read_workbook
from evenhand.datasets.papers.sniff import PaperKind, find_kind
from evenhand.datasets.papers.tables import build_table

_READERS: dict[PaperKind, Callable[..., Reading]] = {
    PaperKind.TEXT: read_text,
    PaperKind.HTML: read_html,
    PaperKind.WORD: read_word,
    PaperKind.PDF: read_pdf,
}


def read_paper(content: bytes, *, filename: str, kind: PaperKind | str | None = None) -> PaperDraft:
    """What does this report recommend, who must do it, and what has been done so far?

    The file is read by its format into blocks (paragraphs, headings, lists, tables), and the blocks
    by one grammar for all formats: numbered and lettered lists, labels such as "Progress so far",
    standing sections. Nothing is guessed silently: what was not plain is in ``doubts``, what found
    no place is in ``unplaced``, and every word of the paper is somewhere in the draft.

    Parameters
    ----------
    content
        The file's bytes, at most :data:`~evenhand.datasets.papers.limits.MAX_PAPER_BYTES`.
    filename
        Its name; the ending says which format is expected. A pasted text needs no ending.
    kind
        The format, where the name does not say it.

    Returns
    -------
    PaperDraft
        A frozen draft; :func:`~evenhand.datasets.papers.build_json` makes it plain JSON.

    Raises
    ------
    UnreadableFile
        The file is empty, too large, damaged, locked, a scan, or not what its name says.
    UnsafeArchive
        It holds macros, declares XML entities, or unpacks to more than is safe.
    UsageProblem
        Its ending is not one that is read.

    Notes
    -----
    A draft is a proposal. Do not count it, publish it or act on it before a person has gone through
    its doubts. Papers that are not lists of recommendations come back with their sections only.

    Example
    -------
    >>> paper = b"Recommendation 1\\nTrain every team. This means:\\n\\n(a) new teams first\\n\\n"
    >>> draft = read_paper(paper + b"Action completed.\\n", filename="note.txt")
    >>> [(item.label, item.completed) for item in draft.recommendations[0].items]
    [('a', True)]

    The paper makes one recommendation with one part, which it says is finished.
    """
    found = find_kind(content, filename=filename, kind=kind)
    digest = hashlib.sha256(content).hexdigest()
    empty = PaperDraft(filename, found.value, len(content), digest)
    if found in _READERS:
        return compose_draft(_READERS[found](content, filename=filename), empty=empty)
    reader = read_csv if found is PaperKind.CSV else read_workbook
    sheets, doubts = reader(content, filename=filename)
    return _compose_sheets(sheets, doubts, empty)


def _compose_sheets(sheets: list[Sheet], doubts: list[Doubt], empty: PaperDraft) -> PaperDraft:
    filled = [sheet for sheet in sheets if sheet.rows]
    registers = [read_register(sheet, number=i) for i, sheet in enumerate(filled, 1)]
    tables = [
        register.table if register and register.table else _plain_table(sheet, number)
        for number, (sheet, register) in enumerate(zip(filled, registers, strict=True), 1)
    ]
    found = [register for register in registers if register]
    above = [passage for register in found for passage in register.above]
    draft = replace(
        empty,
        title=above[0].text if above else "",
        front=tuple(above),
        recommendations=tuple(r for register in found for r in register.recommendations),
        sections=tuple(_section(sheet) for sheet in filled if sheet.name),
        tables=tuple(tables),
    )
    doubts = [*doubts, *_doubts(found), *_not_registers(filled, registers)]
    return replace(draft, doubts=(*doubts, *list_doubts(draft)))


def _section(sheet: Sheet) -> Section:
    place = Place(1)
    return Section("", sheet.name, "sheet", (Passage(sheet.name, place),), place)


def _doubts(found: list[RegisterRows]) -> list[Doubt]:
    return [doubt for register in found for doubt in register.doubts]


def _not_registers(filled: list[Sheet], registers: list[RegisterRows | None]) -> list[Doubt]:
    return [
        Doubt(
            f"sheet “{sheet.name}”" if sheet.name else "the file",
            "a table, not a register",
            "no row names a wording and a number, owner, due date or status",
            "Give its columns headings such as Number, Recommendation, Owner, Due, Status.",
            "not-a-register",
        )
        for sheet, register in zip(filled, registers, strict=True)
        if register is None
    ]


def _plain_table(sheet: Sheet, number: int) -> PaperTable:
    """A sheet that is no register, as a table; faults carry the sheet's own row numbers."""
    rows = tuple(tuple(cell.text for cell in row.cells) for row in sheet.rows)
    name = f"sheet “{sheet.name}”" if sheet.name else "rows"
    table = build_table(rows, number=number, place=Place(1), belongs_to=name, title=sheet.name)
    numbers = [row.number for row in sheet.rows[1:]]
    faults = tuple(replace(fault, row=numbers[fault.row - 1]) for fault in table.faults)
    return replace(table, faults=faults)
