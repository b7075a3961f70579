"""A PDF to blocks: its lines put back into paragraphs by where they stand on the page."""

from __future__ import annotations

import io
import logging
import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from evenhand.core import EvenhandError, UnreadableFile, UnsafeArchive
from evenhand.datasets.papers.blocks import BlockList, Reading, Style
from evenhand.datasets.papers.draft import Doubt
from evenhand.datasets.papers.labels import find_label
from evenhand.datasets.papers.limits import MAX_PAGES, MAX_UNPACKED_BYTES, in_mib
from evenhand.datasets.papers.markers import find_marker

if TYPE_CHECKING:
    from pypdf import PdfReader

#: a gap between lines larger than this many line heights starts a paragraph
_PARAGRAPH_GAP = 0.75
#: letters this much larger than the page's own are a heading
_HEADING_SIZE = 1.15
#: a line in this outer part of a page, on this many pages and on one in this many, runs along
_EDGE = 0.12
_RUNNING_PAGES = 3
_RUNNING_SHARE = 3
#: fewer letters than this on a page with a picture: the page is a scan
_SCAN_LETTERS = 20


@dataclass(frozen=True, slots=True)
class PdfLine:
    """One printed line: its words, its place on the page, its letters' size and weight."""

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    first_width: float = 0.0
    edge: bool = False
    furniture: bool = False


@dataclass(frozen=True, slots=True)
class PdfTable:
    """A ruled table and where it stands."""

    rows: tuple[tuple[str, ...], ...]
    page: int
    top: float
    last_page: int = 0


def read_pdf(content: bytes, *, filename: str) -> Reading:
    """The blocks of a PDF that holds text; a locked one and one of scans are refused."""
    # both libraries report every oddity of a file to the log; what matters is raised
    for name in ("pypdf", "pdfminer"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    _check_pdf(content, filename)
    try:
        lines, tables, scans, pages = _read_pages(content)
    except EvenhandError:
        raise
    except Exception as error:  # the parser's errors have no common base
        raise _damaged(filename) from error
    if not lines and not tables:
        raise UnreadableFile(
            f"its {pages:,} pages hold pictures of text (a scan), and no text.",
            file=filename,
            rule="pdf-has-text",
            remedy="Run text recognition (OCR) on it, or ask for the original.",
        )
    blocks = BlockList()
    _add_blocks(blocks, _mark_running(lines), tables)
    blocks.doubts += [
        Doubt(
            f"page {page}",
            "nothing",
            "the page is a picture: its words cannot be read",
            "Type in what it says.",
            "page-is-a-scan",
        )
        for page in scans
    ]
    return blocks.reading()


def _damaged(filename: str) -> UnreadableFile:
    return UnreadableFile(
        "it is damaged or not a whole PDF.",
        file=filename,
        rule="pdf-whole",
        remedy="Fetch it again, or print it to a new PDF.",
    )


def _check_pdf(content: bytes, filename: str) -> None:
    """Refuse what is locked, too long, or unpacks to too much, before its pages are laid out."""
    from pypdf import PdfReader
    from pypdf.errors import LimitReachedError

    try:
        reader = PdfReader(io.BytesIO(content))
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = 0 if locked else len(reader.pages)
        unpacked = 0 if locked else _unpacked_size(reader)
    except LimitReachedError as error:
        raise _too_large(filename) from error
    except Exception as error:  # the parser's errors have no common base
        raise _damaged(filename) from error
    if locked:
        raise UnreadableFile(
            "it is locked with a password.",
            file=filename,
            rule="not-encrypted",
            remedy="Save it without a password.",
        )
    if pages > MAX_PAGES:
        raise UnreadableFile(
            f"it has {pages:,} pages; at most {MAX_PAGES:,} are read.",
            file=filename,
            rule="pdf-pages",
            remedy="Split it, and import the part with the recommendations.",
        )
    if unpacked > MAX_UNPACKED_BYTES:
        raise _too_large(filename)


def _too_large(filename: str) -> UnsafeArchive:
    return UnsafeArchive(
        f"it unpacks to more than {in_mib(MAX_UNPACKED_BYTES)}.",
        file=filename,
        rule="package-size",
        remedy="Print it to a new PDF without pictures.",
    )


def _unpacked_size(reader: PdfReader) -> int:
    """The size of every stream but pictures, unpacked one at a time; stops when it is too much."""
    from pypdf.generic import StreamObject

    total = 0
    for number in [n for numbers in reader.xref.values() for n in numbers]:
        item: Any = reader.get_object(number)
        if isinstance(item, StreamObject) and item.get("/Subtype") != "/Image":
            total += len(item.get_data())
        if total > MAX_UNPACKED_BYTES:
            break
    return total


def _read_pages(content: bytes) -> tuple[list[PdfLine], list[PdfTable], list[int], int]:
    import pdfplumber

    lines: list[PdfLine] = []
    tables: list[PdfTable] = []
    scans: list[int] = []
    with pdfplumber.open(io.BytesIO(content)) as document:
        for number, page in enumerate(document.pages, 1):
            found = page.find_tables()
            tables += [_table(one, number) for one in found]
            boxes = [one.bbox for one in found]
            lines += _page_lines(page, number, boxes)
            if page.images and len(page.chars) < _SCAN_LETTERS:
                scans.append(number)
            page.close()
        return lines, [t for t in tables if t.rows], scans, len(document.pages)


def _table(found: Any, page: int) -> PdfTable:
    rows = tuple(
        tuple(re.sub(r"\s+", " ", cell or "").strip() for cell in row) for row in found.extract()
    )
    return PdfTable(tuple(row for row in rows if any(row)), page, found.bbox[1], page)


def _page_lines(page: Any, number: int, boxes: Sequence[Any]) -> Iterator[PdfLine]:
    words = page.extract_words(extra_attrs=["fontname", "size"], keep_blank_chars=False)
    words = [word for word in words if not any(_inside(word, box) for box in boxes)]
    rows: list[list[Any]] = []
    for word in sorted(words, key=lambda one: (one["bottom"], one["x0"])):
        tall = word["bottom"] - word["top"]
        if rows and abs(word["bottom"] - rows[-1][0]["bottom"]) < 0.4 * tall:
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda one: one["x0"])
        yield PdfLine(
            " ".join(word["text"] for word in row),
            number,
            row[0]["x0"],
            row[-1]["x1"],
            min(word["top"] for word in row),
            max(word["bottom"] for word in row),
            max(word["size"] for word in row),
            all("bold" in word["fontname"].lower() for word in row),
            row[0]["x1"] - row[0]["x0"],
            not _EDGE * page.height < row[0]["bottom"] < (1 - _EDGE) * page.height,
        )


def _inside(word: Any, box: Any) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _mark_running(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Mark lines at a page's edge that recur at one height on many pages, numbers apart."""

    def key(line: PdfLine) -> tuple[str, int]:
        return re.sub(r"\d+", "#", line.text), round(line.top / 3)

    pages: dict[tuple[str, int], set[int]] = {}
    for line in lines:
        if line.edge and not find_label(line.text):
            pages.setdefault(key(line), set()).add(line.page)
    few = max(_RUNNING_PAGES, max((line.page for line in lines), default=0) // _RUNNING_SHARE)
    return [
        replace(one, furniture=one.edge and len(pages.get(key(one), ())) >= few) for one in lines
    ]


def _add_blocks(blocks: BlockList, lines: Sequence[PdfLine], tables: Sequence[PdfTable]) -> None:
    body = [line for line in lines if not line.furniture]
    size = statistics.median(line.size for line in body) if body else 0.0
    margin = max((line.right for line in body), default=0.0)
    left = min((line.left for line in body), default=0.0)
    waiting = _merge_tables(tables, body)
    last: PdfLine | None = None
    for group in _paragraphs(body, margin):
        first = group[0]
        while waiting and (waiting[0].page, waiting[0].top) < (first.page, first.top):
            _add_table(blocks, waiting.pop(0))
        blocks.chunk += not _stands_with(last, first)
        last = group[-1]
        large = first.size > size * _HEADING_SIZE
        blocks.add_strong(
            _join(group),
            strong=all(line.bold for line in group),
            style=Style.HEADING if large else Style.PARAGRAPH,
            place=blocks.place(page=first.page),
            level=0 if large else int(first.left > left + 4 * size),
        )
    for table in waiting:
        _add_table(blocks, table)
    for line in lines:
        if line.furniture:
            blocks.add(line.text, style=Style.FURNITURE, place=blocks.place(page=line.page))


def _merge_tables(tables: Sequence[PdfTable], body: Sequence[PdfLine]) -> list[PdfTable]:
    """Put a table that runs over a page's end together again; a repeated header stays once."""
    merged: list[PdfTable] = []
    for table in sorted(tables, key=lambda one: (one.page, one.top)):
        before = merged[-1] if merged else None
        between = before is None or any(
            (before.last_page, before.top) < (line.page, line.top) < (table.page, table.top)
            for line in body
        )
        width = len(table.rows[0])
        if before is None or between or len(before.rows[0]) != width:
            merged.append(table)
            continue
        rows = table.rows[1:] if table.rows[0] == before.rows[0] else table.rows
        merged[-1] = replace(before, rows=before.rows + rows, last_page=table.page)
    return merged


def _add_table(blocks: BlockList, table: PdfTable) -> None:
    blocks.chunk += 1
    blocks.add_table(table.rows, place=blocks.place(page=table.page))


def _paragraphs(lines: Sequence[PdfLine], margin: float) -> Iterator[list[PdfLine]]:
    """Lines that belong together: close, alike, and broken only because the margin was near."""
    group: list[PdfLine] = []
    for line in lines:
        if group and not _continues(group[-1], line, margin):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _continues(before: PdfLine, line: PdfLine, margin: float) -> bool:
    full = before.right + line.first_width + 0.3 * before.size > margin
    alike = abs(before.size - line.size) < 0.5 and before.bold == line.bold
    if not alike or find_marker(line.text)[0]:
        return False
    if line.page != before.page:
        return full and before.text[-1] not in ".:;?!" and line.text[:1].islower()
    gap = line.top - before.bottom
    return full and gap < _PARAGRAPH_GAP * (before.bottom - before.top)


def _stands_with(before: PdfLine | None, line: PdfLine) -> bool:
    """Whether no more than the usual gap parts two lines: rows of a table, lines of an address."""
    if before is None or before.page != line.page:
        return False
    return line.top - before.bottom < _PARAGRAPH_GAP * (before.bottom - before.top)


def _join(lines: Sequence[PdfLine]) -> str:
    text = ""
    for line in lines:
        # a hyphen at the margin may be the word's own: it stays, and no space is put after it
        glue = "" if re.search(r"\w[-‐]$", text) else " "
        text = f"{text}{glue}{line.text}" if text else line.text
    return text
