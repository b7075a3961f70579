"""A paper as a Word file, in the body's own template where it has one.

The template gives page size, header, footer and the look of every style; what it holds between
them is left out. Headings are heading styles, tables repeat their header row, pictures carry their
text alternative, and the file says its language and title, so that a screen reader and Word's own
accessibility checker find what they look for.
"""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.shared import Pt

from evenhand.core import UnreadableFile
from evenhand.publication.papers.html import ledger_sentence
from evenhand.publication.papers.model import (
    Block,
    Correction,
    Grid,
    Listing,
    Paper,
    Paragraph,
    Picture,
    Subheading,
    letter,
    paragraph_numbers,
)
from evenhand.publication.papers.pdf import render_png
from evenhand.publication.papers.widths import share_widths
from evenhand.publication.papers.word_parts import (
    add_listing,
    add_picture,
    add_table,
    empty_body,
    keep_with_next,
    language_of,
    set_a4,
    style_or,
    take_fixed_times,
)
from evenhand.publication.papers.words import plain

MAX_TEMPLATE_BYTES = 5 << 20  # a letterhead with a crest is well below a megabyte


def render_word(paper: Paper, *, template: bytes | None = None) -> bytes:
    """The paper as a ``.docx``.

    Parameters
    ----------
    paper
        The paper.
    template
        A ``.docx`` of the body, whose styles, header and footer are kept; None: Word's usual ones.

    Raises
    ------
    UnreadableFile
        When the template is not a Word file.
    """
    document = open_template(template)
    _Writing(document, paper).run()
    stream = io.BytesIO()
    document.save(stream)
    return take_fixed_times(stream.getvalue())


def open_template(template: bytes | None) -> Any:
    """The template without its text, or an empty document."""
    try:
        document = Document(io.BytesIO(template) if template else None)
    except Exception:  # whatever a broken archive makes python-docx raise, it is not a template
        raise UnreadableFile(
            "the template is not a Word file (.docx).",
            remedy="Save the template as .docx, without macros, and send it again.",
            rule="template-is-docx",
        ) from None
    empty_body(document)
    if template is None:
        set_a4(document)
    return document


class _Writing:
    """One rendering."""

    def __init__(self, document: Any, paper: Paper) -> None:
        self.document, self.paper = document, paper
        self.numbers = paragraph_numbers()

    def run(self) -> None:
        paper, document = self.paper, self.document
        properties = document.core_properties
        properties.title, properties.author = paper.title, paper.body
        properties.language, properties.comments = paper.language, ""
        language_of(document, paper.language)
        document.add_paragraph(paper.body)
        document.add_paragraph(paper.title, style=style_or(document, "Title", "Heading 1"))
        for name, said in (*paper.facts, ("Version", f"{paper.version}, {paper.standing}")):
            self._fact(name, said)
        self._correction(paper.correction)
        for place, section in enumerate(paper.sections):
            self._heading(f"{letter(place)}. {section.title}", 1)
            for block in section.blocks:
                self._block(block)
        self._heading("Where every number comes from", 1)
        self._block(paper.annex)
        self._ledger()

    def _heading(self, text: str, level: int) -> None:
        document = self.document
        heading = document.add_paragraph(text, style=style_or(document, f"Heading {level}"))
        keep_with_next(heading)

    def _fact(self, name: str, said: str) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(said)

    def _correction(self, correction: Correction | None) -> None:
        if correction is None:
            return
        self._fact(
            "Corrected",
            f"this takes the place of version {correction.of_version}, issued on "
            f"{correction.issued}, which is kept.",
        )
        self._fact("What changed", correction.changed)
        self._fact("Why", correction.why)

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph():
                number = next(self.numbers) if block.numbered else 0
                lead = f"{number}.\u2002" if number else ""
                self.document.add_paragraph(lead + plain(block.words))
            case Listing():
                items = [plain(item) for item in block.items]
                add_listing(self.document, items, ordered=block.ordered)
            case Subheading():
                self._heading(block.text, block.level + 1)
            case Grid():
                self._grid(block)
            case Picture():
                add_picture(self.document, render_png(block.svg), title=block.title, alt=block.alt)
                self._grid(block.table)

    def _grid(self, grid: Grid) -> None:
        document = self.document
        caption = document.add_paragraph(grid.caption, style=style_or(document, "Caption"))
        keep_with_next(caption)
        rows = [[plain(cell) for cell in row] for row in grid.rows]
        add_table(
            document,
            caption=grid.caption,
            headers=grid.headers,
            rows=rows,
            numeric=frozenset(grid.numeric),
            shares=share_widths(grid),
        )
        after = document.add_paragraph(grid.note)
        after.paragraph_format.space_before = Pt(4)

    def _ledger(self) -> None:
        ledger = self.paper.ledger
        self._heading("How to check this paper", 1)
        self.document.add_paragraph(ledger_sentence(ledger))
        for name, said in (*ledger.facts, *ledger.roots):
            self._fact(name, said)
