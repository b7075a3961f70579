"""A web page to blocks: its words, headings, lists and tables; nothing in it is run or fetched.

Parsed by libxml2 as a stream of tags: the standard library's parser takes time in the square of a
hostile page's length, and a tree of a million nested tags cannot be walked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from evenhand.core import UnreadableFile
from evenhand.datasets.papers.blocks import BlockList, Reading, Style
from evenhand.datasets.papers.draft import Doubt
from evenhand.datasets.papers.encoding import decode_text
from evenhand.datasets.papers.markers import letter_label, roman_numeral

_DROPPED = frozenset("script style noscript template svg math iframe object embed canvas".split())  # noqa: SIM905
_ASIDE = frozenset("nav header footer aside title".split())  # noqa: SIM905
_BREAKS = frozenset(
    (  # noqa: SIM905 - a list of tags reads best as words
        "p div section article main h1 h2 h3 h4 h5 h6 li ul ol dl dt dd br hr blockquote "
        "pre table caption tr figure figcaption address fieldset form body details "
        "summary"
    ).split()
)
#: tables inside tables inside tables are layout; deeper ones are read as words
_DEEPEST_TABLE = 6
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[\s\xa0]+")
_OPENED = re.compile(r"<(?:script|style)\b", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:script|style)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


@dataclass(slots=True)
class OpenList:
    """A list being read: how its items are numbered, and how far it has come."""

    kind: str
    count: int

    def label(self) -> str:
        """The mark of the next item."""
        number, self.count = self.count, self.count + 1
        if number > 0 and self.kind in ("a", "A", "i", "I"):
            label = letter_label(number) if self.kind in "aA" else roman_numeral(number)
            return f"({label})" if self.kind in "ai" else f"({label.lower()})"
        return f"{number}." if self.kind == "1" else "•"


@dataclass(slots=True)
class OpenTable:
    """A table being read, row by row."""

    rows: list[list[str]] = field(default_factory=list)
    in_cell: bool = False
    span: int = 1


class _PageReader:
    """Collects blocks as tags open and close; keeps no tree, so depth costs nothing."""

    def __init__(self) -> None:
        self.blocks = BlockList()
        self.removed = self.handlers = 0
        self._words: list[tuple[str, bool]] = []
        self._dropped = self._heading = self._bold = 0
        self._aside: list[bool] = []
        self._asides = self._too_deep = 0
        self._lists: list[OpenList] = []
        self._tables: list[OpenTable] = []
        self._mark = ""
        self._same_chunk = False  # after a line break the next block still stands with this one

    def start(self, tag: str, named: Mapping[str, str]) -> None:
        """Open a tag: end the block before it where it starts one."""
        self.handlers += sum(name.lower().startswith("on") for name in named)
        if self._dropped or tag in _DROPPED:
            self.removed += not self._dropped
            self._dropped += 1
            return
        hidden = "hidden" in named or bool(_HIDDEN.search(named.get("style", "")))
        aside = tag in _ASIDE or hidden
        if tag in _BREAKS or aside:
            self._flush()
            self._same_chunk = tag == "br"
        self._aside.append(aside)
        self._asides += aside
        self._bold += tag in ("b", "strong")
        if re.fullmatch("h[1-6]", tag):
            self._heading = int(tag[1])
        self._open_list(tag, named)
        self._open_table(tag, named)

    def _open_list(self, tag: str, named: Mapping[str, str]) -> None:
        if tag in ("ol", "ul"):
            start = int(named["start"]) if re.fullmatch(r"\d{1,6}", named.get("start", "")) else 1
            self._lists.append(OpenList(named.get("type", "1") if tag == "ol" else "", start))
        elif tag == "li":
            if self._lists and re.fullmatch(r"\d{1,6}", named.get("value", "")):
                self._lists[-1].count = int(named["value"])
            self._mark = self._lists[-1].label() if self._lists else "•"

    def _open_table(self, tag: str, named: Mapping[str, str]) -> None:
        if tag == "table" and len(self._tables) == _DEEPEST_TABLE:
            self._too_deep += 1
        elif tag == "table":
            self._tables.append(OpenTable())
        elif self._too_deep:
            return
        elif self._tables and tag == "tr":
            self._end_cell()
            self._tables[-1].rows.append([])
        elif self._tables and tag in ("td", "th"):
            self._end_cell()
            if not self._tables[-1].rows:
                self._tables[-1].rows.append([])
            span = named.get("colspan", "1")
            # a span wider than any table that is read would only fill memory
            self._tables[-1].span = min(int(span), 100) if re.fullmatch(r"\d{1,4}", span) else 1
            self._tables[-1].in_cell = True

    def end(self, tag: str) -> None:
        """Close a tag; the parser closes those that the page forgot."""
        if self._dropped:
            self._dropped -= 1
            return
        if tag in _BREAKS or (self._aside and self._aside[-1]):
            self._flush()
        if self._aside:
            self._asides -= self._aside.pop()
        self._bold -= tag in ("b", "strong")
        if re.fullmatch("h[1-6]", tag):
            self._heading = 0
        if tag in ("ol", "ul") and self._lists:
            self._lists.pop()
        if tag in ("td", "th", "tr") and not self._too_deep:
            self._end_cell()
        if tag == "table" and self._too_deep:
            self._too_deep -= 1
        elif tag == "table":
            self._end_table()

    def data(self, words: str) -> None:
        """Keep the words, unless they are a program or a style."""
        if not self._dropped:
            self._words.append((words, self._bold > 0))

    def close(self) -> Reading:
        """Everything read, once the page has ended."""
        self._end_cell()
        while self._tables:
            self._end_table()
        self._flush()
        if self.removed or self.handlers:
            self.blocks.doubts.append(
                Doubt(
                    "whole page",
                    f"{self.removed:,} scripts, styles and embedded objects and "
                    f"{self.handlers:,} event handlers left out",
                    "a paper needs none; none was run",
                    "Compare with the page if words seem to be missing.",
                    "active-content-removed",
                )
            )
        return self.blocks.reading()

    def _flush(self) -> None:
        """End the block: in a cell its words wait for the cell, elsewhere they become a block."""
        if self._tables and self._tables[-1].in_cell:
            self._words.append(("\n", False))
            return
        runs = [(text, bold) for text, bold in self._words if text]
        self._words = []
        text = _SPACE.sub(" ", "".join(text for text, _ in runs)).strip()
        if not text:
            return
        self.blocks.chunk += not self._same_chunk
        self._same_chunk = False
        place = self.blocks.place()
        level = max(0, len(self._lists) - 1)
        style = Style.HEADING if self._heading else Style.PARAGRAPH
        if self._asides:
            style = Style.FURNITURE
        mark, self._mark = self._mark, ""
        strong = all(bold for words, bold in runs if words.strip())
        self.blocks.add_strong(
            f"{mark} {text}".strip(),
            strong=strong,
            style=style,
            place=place,
            level=self._heading or level,
        )

    def _end_cell(self) -> None:
        if not self._tables or not self._tables[-1].in_cell:
            return
        table = self._tables[-1]
        text = _SPACE.sub(" ", "".join(words for words, _ in self._words)).strip()
        self._words, table.in_cell, self._mark = [], False, ""
        table.rows[-1] += [text] + [""] * (table.span - 1)

    def _end_table(self) -> None:
        self._end_cell()
        if not self._tables:
            return
        table = self._tables.pop()
        rows = tuple(tuple(row) for row in table.rows if any(row))
        if self._tables and self._tables[-1].in_cell:
            # a table inside a cell: its words stay in that cell
            self._words.append((" ".join(cell for row in rows for cell in row), False))
        elif rows and max(len(row) for row in rows) > 1:
            self.blocks.chunk += 1
            self.blocks.add_table(rows, place=self.blocks.place())
        else:
            for row in rows:  # one column is a layout, not a table
                self.blocks.chunk += 1
                self.blocks.add(row[0], place=self.blocks.place())


def read_html(content: bytes, *, filename: str) -> Reading:
    """The blocks of a web page."""
    from lxml import etree  # type: ignore[import-untyped]

    text, doubts = decode_text(_to_utf8(content), filename=filename)
    parser = etree.HTMLParser(target=_PageReader(), encoding="utf-8", huge_tree=True)
    try:
        parser.feed(text.encode("utf-8", "replace"))
        reading: Reading = parser.close()
    except etree.LxmlError as error:
        raise UnreadableFile(
            "the page cannot be read as HTML.",
            file=filename,
            rule="page-whole",
            remedy="Copy its words and paste them as text.",
        ) from error
    if len(_OPENED.findall(text)) > len(_CLOSED.findall(text)):
        doubts.append(
            Doubt(
                "end of the page",
                "the page may have been cut short",
                "a script or style was never closed, so what follows it was left out",
                "Paste the missing words as text.",
                "page-cut-short",
            )
        )
    return Reading(reading.blocks, (*doubts, *reading.doubts))


def _to_utf8(content: bytes) -> bytes:
    """The page in UTF-8 where it declares another encoding that really decodes it."""
    declared = _CHARSET.search(content[:4096])
    if not declared or content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return content
    try:
        return content.decode(declared[1].decode("ascii", "replace")).encode()
    except (LookupError, UnicodeError):
        return content
