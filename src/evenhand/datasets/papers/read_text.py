"""Plain text to blocks: lines, blank lines, underlines, indents, and lines broken at a margin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from evenhand.datasets.papers.blocks import BlockList, Reading, Style
from evenhand.datasets.papers.encoding import decode_text
from evenhand.datasets.papers.markers import find_marker

_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,}|~{3,}|\*{3,}|_{3,})\s*")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*\s*")
_MARKDOWN_BOLD = re.compile(r"\s*\*\*([^*]+)\*\*\s*")
#: text is taken as broken at a margin between these widths …
_NARROWEST, _WIDEST = 40, 120
#: … when this share of the lines that have a next one stop just where it would not have fitted
_BROKEN_SHARE = 0.6
_FEWEST_BROKEN = 3
#: pairs of lines looked at to find the margin; more would not change it
_LOOKED_AT = 5_000
#: a rule under more lines than this underlines no heading
_TALLEST_HEADING = 3
_TAB = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A line as printed, its number, its page, and its level of underline (0: none)."""

    text: str
    number: int
    page: int | None
    underlined: int = 0

    @property
    def indent(self) -> int:
        """Width of the space before the words."""
        wide = self.text.expandtabs(_TAB)
        return len(wide) - len(wide.lstrip())

    @property
    def width(self) -> int:
        """Width up to the last word."""
        return len(self.text.expandtabs(_TAB).rstrip())


def read_text(content: bytes, *, filename: str) -> Reading:
    """The blocks of a plain-text paper."""
    text, doubts = decode_text(content, filename=filename)
    found = read_lines(text)
    return Reading(found.blocks, (*doubts, *found.doubts))


def read_lines(text: str) -> Reading:
    """The blocks of text that is already decoded. A form feed starts a new page."""
    chunks = list_chunks(text)
    margin = find_margin(chunks)
    blocks = BlockList()
    for chunk in chunks:
        blocks.chunk += 1
        for line in _join_broken(_take_underlines(chunk), margin):
            place = blocks.place(page=line.page, line=line.number)
            signs, text = _take_signs(line.text)
            level = line.underlined or signs
            if level:
                blocks.add(text, style=Style.HEADING, place=place, level=level)
            else:
                blocks.add(text, place=place, level=1 if line.indent else 0)
    return blocks.reading()


def _take_signs(text: str) -> tuple[int, str]:
    """The heading level and words of a Markdown line: "## Summary", "**Progress so far**"."""
    heading = _MARKDOWN_HEADING.fullmatch(text)
    if heading:
        return len(heading[1]), heading[2]
    bold = _MARKDOWN_BOLD.fullmatch(text)
    return 0, bold[1] if bold else text


def list_chunks(text: str) -> list[list[Line]]:
    """Lines that stand together, with no blank line between them."""
    chunks: list[list[Line]] = [[]]
    page = 1 if "\f" in text else None
    normal = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    for number, line in enumerate(normal.split("\n"), 1):
        if "\f" in line and page is not None:
            page += line.count("\f")
            chunks.append([])
            line = line.replace("\f", " ")
        if line.strip():
            chunks[-1].append(Line(line, number, page))
        elif chunks[-1]:
            chunks.append([])
    return [chunk for chunk in chunks if chunk]


def find_margin(chunks: Sequence[Sequence[Line]]) -> int:
    """The width at which lines were broken, or 0 when each line is a paragraph."""
    pairs = [
        (line.width, line.width + 1 + len(after.text.split()[0]))
        for chunk in chunks
        for line, after in pairwise(chunk)
        if not _UNDERLINE.fullmatch(after.text) and not _UNDERLINE.fullmatch(line.text)
    ][:_LOOKED_AT]
    if len(pairs) < _FEWEST_BROKEN:
        return 0
    fitting = {
        width: sum(used <= width < needed for used, needed in pairs)
        for width in range(_NARROWEST, _WIDEST + 1)
    }
    margin = max(fitting, key=lambda width: (fitting[width], -width))
    return margin if fitting[margin] >= _BROKEN_SHARE * len(pairs) else 0


def _take_underlines(chunk: Sequence[Line]) -> list[Line]:
    """Lines above a rule of = or - become headings; the rule itself says nothing more."""
    lines: list[Line] = []
    for line in chunk:
        if not _UNDERLINE.fullmatch(line.text):
            lines.append(line)
        elif 0 < len(lines) <= _TALLEST_HEADING:
            level = 1 if "=" in line.text else 2
            lines = [Line(one.text, one.number, one.page, one.underlined or level) for one in lines]
    return lines


def _breaks_off(before: Line, line: Line) -> bool:
    """Whether a long line stops in mid-sentence and the next goes on in small letters."""
    end = before.text.rstrip()
    return before.width >= _NARROWEST and end[-1].isalnum() and line.text.strip()[0].islower()


def _join_broken(lines: Sequence[Line], margin: int) -> list[Line]:
    """Join a line to the one before when that one stopped only because the margin was near."""
    joined: list[Line] = []
    last_width = 0
    for line in lines:
        needed = last_width + 1 + len(line.text.split()[0])
        broken = (margin and needed > margin) or (joined and _breaks_off(joined[-1], line))
        alike = joined and joined[-1].underlined == line.underlined
        if broken and alike and not find_marker(line.text.strip())[0]:
            before = joined.pop()
            text = f"{before.text.rstrip()} {line.text.strip()}"
            joined.append(Line(text, before.number, before.page, before.underlined))
        else:
            joined.append(line)
        last_width = line.width
    return joined
