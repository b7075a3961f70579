"""A Word file to blocks: its paragraphs with their automatic marks, its headings and tables.

Read from the XML itself rather than through python-docx, which leaves out the automatic numbers
"(a)", "1." and the words in content controls and text boxes: here nothing may be lost.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass, field

from evenhand.core import UnreadableFile
from evenhand.datasets.papers.blocks import BlockList, Reading, Style
from evenhand.datasets.papers.draft import Doubt
from evenhand.datasets.papers.labels import find_label
from evenhand.datasets.papers.packages import Package, open_package
from evenhand.datasets.papers.places import Place
from evenhand.datasets.papers.word_lists import W, WordLists, read_lists
from evenhand.datasets.papers.word_styles import WordStyles, read_numbering, read_styles

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ELSEWHERE = re.compile(r"word/(header|footer|footnotes|endnotes|comments)\d*\.xml")
_EMBEDDED = re.compile(r"word/(?:embeddings|activeX)/")
_OFF = ("0", "false", "off", "none")


@dataclass(slots=True)
class Paragraph:
    """The words of a paragraph in runs, each bold or not; a line break is a run of its own."""

    runs: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list[ElementTree.Element] = field(default_factory=list)
    deleted: int = 0
    inserted: int = 0
    new_pages: int = 0

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(text for text, _ in self.runs)

    @property
    def strong(self) -> bool:
        """Whether every word of it is bold."""
        spoken = [bold for text, bold in self.runs if text.strip()]
        return bool(spoken) and all(spoken)


@dataclass(slots=True)
class _WordReader:
    """Walks a document's body."""

    styles: WordStyles
    lists: WordLists
    blocks: BlockList = field(default_factory=BlockList)
    page: int = 1
    deleted: int = 0
    inserted: int = 0

    def read(self, parent: ElementTree.Element) -> None:
        """Read the paragraphs and tables of a body, a content control or a text box."""
        for child in parent:
            if child.tag == f"{W}p":
                self._read_paragraph(child)
            elif child.tag == f"{W}tbl":
                self._read_table(child)
            elif child.tag not in (f"{W}sectPr", f"{W}sdtPr", f"{W}sdtEndPr"):
                self.read(child)

    def _read_paragraph(self, element: ElementTree.Element) -> None:
        paragraph = read_paragraph(element)
        self.deleted += paragraph.deleted
        self.inserted += paragraph.inserted
        self.page += paragraph.new_pages
        self.blocks.chunk += 1
        properties = element.find(f"{W}pPr")
        style_id = _value(properties, "pStyle")
        heading = self.styles.heading_level(style_id)
        mark, depth = self._mark(properties, style_id) if paragraph.text.strip() else ("", 0)
        lines = _split_label(paragraph)
        for index, line in enumerate(lines):
            self.blocks.add_strong(
                f"{mark} {line}".strip() if index == 0 else line,
                strong=paragraph.strong,
                style=Style.HEADING if heading else Style.PARAGRAPH,
                place=self._place(),
                level=heading or depth,
            )
        for box in paragraph.boxes:
            self.read(box)

    def _mark(self, properties: ElementTree.Element | None, style_id: str) -> tuple[str, int]:
        own = None if properties is None else properties.find(f"{W}numPr")
        list_id, depth = read_numbering(own)
        if own is None or not list_id:
            list_id, depth = self.styles.numbering(style_id)
        return self.lists.mark(list_id, depth), depth

    def _place(self) -> Place:
        return self.blocks.place(page=self.page)

    def _read_table(self, element: ElementTree.Element) -> None:
        rows = []
        for row in element.iter(f"{W}tr"):
            cells: list[str] = []
            for cell in row.findall(f".//{W}tc"):
                texts = [read_paragraph(p) for p in cell.iter(f"{W}p")]
                self.deleted += sum(p.deleted for p in texts)
                self.inserted += sum(p.inserted for p in texts)
                words = "\n".join(p.text.strip() for p in texts if p.text.strip())
                span = _value(cell.find(f"{W}tcPr"), "gridSpan")
                cells += [words] + [""] * (min(int(span), 100) - 1 if span.isdigit() else 0)
            rows.append(tuple(cells))
        filled = tuple(row for row in rows if any(row))
        self.blocks.chunk += 1
        if filled and max(len(row) for row in filled) > 1:
            self.blocks.add_table(filled, place=self._place())
        else:
            for line in (line for row in filled for line in row[0].splitlines()):
                self.blocks.add(line, place=self._place())


def _value(parent: ElementTree.Element | None, name: str) -> str:
    child = None if parent is None else parent.find(f"{W}{name}")
    return "" if child is None else child.get(f"{W}val", "")


def _split_label(paragraph: Paragraph) -> list[str]:
    """Its lines; a label in bold at the start of one ("Progress so far  The unit …") parts off."""
    lines = [line for line in paragraph.text.split("\n") if line.strip()]
    bold = ""
    for text, strong in paragraph.runs:
        if not strong and text.strip():
            break
        bold += text
    label = bold.strip()
    if lines and label and not paragraph.strong and find_label(label):
        rest = lines[0].strip()[len(label) :].strip()
        if lines[0].strip().startswith(label) and rest and not find_label(lines[0].strip()):
            return [label, rest, *lines[1:]]
    return lines


def read_paragraph(element: ElementTree.Element) -> Paragraph:
    """The words of one paragraph, with its text boxes set aside and its deletions counted."""
    paragraph = Paragraph()
    stack: list[tuple[ElementTree.Element, bool]] = [(child, False) for child in reversed(element)]
    while stack:
        node, bold = stack.pop()
        if node.tag in (_FALLBACK, f"{W}pPr", f"{W}instrText"):
            continue
        if node.tag in (f"{W}del", f"{W}moveFrom"):
            paragraph.deleted += 1
        elif node.tag == f"{W}txbxContent":
            paragraph.boxes.append(node)
        else:
            paragraph.inserted += node.tag in (f"{W}ins", f"{W}moveTo")
            bold = _is_bold(node) if node.tag == f"{W}r" else bold
            _take_text(node, bold, paragraph)
            stack += [(child, bold) for child in reversed(node)]
    return paragraph


def _is_bold(run: ElementTree.Element) -> bool:
    mark = run.find(f"{W}rPr/{W}b")
    return mark is not None and mark.get(f"{W}val", "1") not in _OFF


_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def _take_text(node: ElementTree.Element, bold: bool, paragraph: Paragraph) -> None:
    if node.tag == f"{W}t":
        paragraph.runs.append((node.text or "", bold))
    elif node.tag in _SIGNS:
        paragraph.runs.append((_SIGNS[node.tag], bold))
        paragraph.new_pages += node.get(f"{W}type") == "page"
    elif node.tag == f"{W}lastRenderedPageBreak":
        paragraph.new_pages += 1


def read_word(content: bytes, *, filename: str) -> Reading:
    """The blocks of a Word file (.docx); one with macros is refused unread."""
    package = open_package(content, filename=filename)
    document = package.find_xml("word/document.xml")
    body = None if document is None else document.find(f"{W}body")
    if body is None:
        raise UnreadableFile(
            "it has no document body.",
            file=filename,
            rule="package-whole",
            remedy="Open and save it again in a word processor.",
        )
    reader = _WordReader(
        read_styles(package.find_xml("word/styles.xml")),
        read_lists(package.find_xml("word/numbering.xml")),
    )
    reader.read(body)
    _read_elsewhere(package, reader.blocks)
    reader.blocks.doubts += _doubts(package, reader)
    return reader.blocks.reading()


def _read_elsewhere(package: Package, blocks: BlockList) -> None:
    """Headers, footers, notes and comments: kept apart from the argument, not lost."""
    for name in package.names:
        root = package.find_xml(name) if _ELSEWHERE.fullmatch(name) else None
        for element in () if root is None else _paragraphs(root):
            text = read_paragraph(element).text.strip()
            blocks.chunk += 1
            blocks.add(text, style=Style.FURNITURE, place=blocks.place())


def _paragraphs(root: ElementTree.Element) -> Iterator[ElementTree.Element]:
    return root.iter(f"{W}p")


def _doubts(package: Package, reader: _WordReader) -> Iterator[Doubt]:
    if reader.deleted or reader.inserted:
        yield Doubt(
            "whole file",
            f"{reader.inserted:,} tracked insertions taken in, "
            f"{reader.deleted:,} tracked deletions left out",
            "the file holds changes not yet accepted",
            "Accept or reject the changes in Word and import again.",
            "tracked-changes",
        )
    if any(_EMBEDDED.match(name) for name in package.names):
        yield Doubt(
            "whole file",
            "embedded objects left out",
            "they are files of their own",
            "Import them by themselves if they matter.",
            "embedded-objects",
        )
