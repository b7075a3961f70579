"""Pieces of a Word file that python-docx leaves to its user: what makes one accessible."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt
from docx.text.paragraph import Paragraph

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: the same paper, the same bytes
PICTURE_WIDTH = Mm(158)
CELL_SIZE = Pt(9)  # the tables of a paper are wide; 9 points is the least that prints legibly


def empty_body(document: Any) -> None:
    """Take out what a template holds, but its page set-up with header and footer."""
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)


def set_a4(document: Any) -> None:
    """Paper of the size that is used here, where no template says which."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)


def style_or(document: Any, *names: str) -> str | None:
    """The first of these paragraph styles that the template has; None: its usual one."""
    known = {style.name for style in document.styles}
    return next((name for name in names if name in known), None)


def keep_with_next(paragraph: Any) -> None:
    """A heading or caption does not stand alone at the foot of a page."""
    paragraph.paragraph_format.keep_with_next = True


def language_of(document: Any, language: str) -> None:
    """State the language for all text, so that it is read aloud in it."""
    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = OxmlElement("w:docDefaults")
        styles.insert(0, defaults)
    properties = _child(_child(defaults, "w:rPrDefault"), "w:rPr")
    found = properties.find(qn("w:lang"))
    if found is None:
        found = OxmlElement("w:lang")
        properties.append(found)
    found.set(qn("w:val"), language)
    for own in document.styles.element.iter(qn("w:lang")):
        own.set(qn("w:val"), language)


def add_listing(document: Any, items: Sequence[str], *, ordered: bool) -> None:
    """A list in the template's list style. Numbers are written out: a reader must be able to cite
    them, and Word would continue the count from one list to the next."""
    style = style_or(document, "List Paragraph" if ordered else "List Bullet")
    for place, item in enumerate(items, start=1):
        lead = f"{place}.\u2002" if ordered else ("" if style else "•\u2002")
        document.add_paragraph(lead + item, style=style)


def add_picture(document: Any, png: bytes, *, title: str, alt: str) -> None:
    """A picture with its text alternative, and its title as a caption."""
    paragraph = document.add_paragraph()
    keep_with_next(paragraph)
    inline = paragraph.add_run().add_picture(io.BytesIO(png), width=PICTURE_WIDTH)._inline
    for properties in (inline.docPr, inline.graphic.graphicData.pic.nvPicPr.cNvPr):
        properties.set("descr", alt)
        properties.set("title", title)
    document.add_paragraph(title, style=style_or(document, "Caption"))


def add_table(
    document: Any,
    *,
    caption: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    numeric: frozenset[int],
    shares: Sequence[float],
) -> None:
    """A table whose first row is its header, repeated on every page; rows are not split."""
    style = style_or(document, "Table Grid", "Light Grid")
    table = document.add_table(rows=1 + len(rows), cols=len(headers), style=style)
    table.autofit = False
    for name in ("w:tblCaption", "w:tblDescription"):
        element = OxmlElement(name)
        element.set(qn("w:val"), caption)
        table._tbl.tblPr.append(element)
    room = _text_width(document)
    widths = [int(room * share / sum(shares)) for share in shares]
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Emu(width)
    for place, (row, texts) in enumerate(zip(table._tbl.tr_lst, (headers, *rows), strict=True)):
        _fill(row, texts, numeric, widths, part=table, header=place == 0)


def _text_width(document: Any) -> int:
    section = document.sections[-1]
    return int(section.page_width - section.left_margin - section.right_margin)


def _fill(
    row: Any,
    texts: Sequence[str],
    numeric: frozenset[int],
    widths: Sequence[int],
    *,
    part: Any,
    header: bool,
) -> None:
    """Written into the elements themselves: python-docx finds each cell anew by counting."""
    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))
    for place, (cell, text) in enumerate(zip(row.tc_lst, texts, strict=True)):
        cell.width = Emu(widths[place])
        paragraph = Paragraph(cell.p_lst[0], part)
        run = paragraph.add_run(text)
        run.bold, run.font.size = header or None, CELL_SIZE
        if place in numeric:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def take_fixed_times(content: bytes) -> bytes:
    """The same archive with no clock in it."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(
                zipfile.ZipInfo(name, FIRST_DAY), source.read(name), zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def _child(parent: Any, name: str) -> Any:
    found = parent.find(qn(name))
    if found is None:
        found = OxmlElement(name)
        parent.append(found)
    return found
