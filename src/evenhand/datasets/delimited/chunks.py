"""A file's text in pieces of whole lines, however long the file or a line of it may be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from evenhand.datasets.delimited.dialect import HEADER_BYTES, Heading, read_heading
from evenhand.datasets.delimited.encoding import require_no_nul, require_text, to_utf8
from evenhand.datasets.sources.limits import CHUNK_BYTES, Limits
from evenhand.datasets.sources.member import TextMember

_QUOTE_STEPS = 1000  # lines gone back in search of one that ends outside quotes


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole lines of one file: ``first_line`` is the number of the first of them in the file.

    ``too_long`` are the numbers of lines that were passed over unread because of their length.
    """

    member: TextMember
    heading: Heading
    body: bytes
    first_line: int
    lines: int
    quoted: bool
    recoded: bool
    too_long: tuple[int, ...]
    last: bool


def read_chunks(
    member: TextMember, *, known: Callable[[str], bool], limits: Limits
) -> Iterator[Chunk]:
    """Read one file piece by piece; memory holds one piece and one longest line."""
    with member.open() as stream:
        block = _read_full(stream, CHUNK_BYTES + 1)
        require_text(block[: limits.line_bytes], member.name)
        heading = read_heading(block[:HEADER_BYTES], member.name, known=known)
        cutter = _Cutter(stream, block, heading, limits)
        while True:
            body, first_line, too_long, last = cutter.take()
            require_no_nul(body, member.name)
            body, recoded = to_utf8(body)
            yield Chunk(
                member=member,
                heading=heading,
                body=body,
                first_line=first_line,
                lines=body.count(b"\n"),
                quoted=b'"' in body,
                recoded=recoded or heading.recoded,
                too_long=too_long,
                last=last,
            )
            if last:
                return


class _Cutter:
    """Cuts the stream after whole lines, passing over lines that are too long to be rows."""

    def __init__(self, stream: BinaryIO, block: bytes, heading: Heading, limits: Limits) -> None:
        self._stream, self._limit = stream, limits.line_bytes
        self._ended = len(block) <= CHUNK_BYTES
        self._rest = block[heading.size :]
        self._line = heading.lines + 1

    def take(self) -> tuple[bytes, int, tuple[int, ...], bool]:
        """The next whole lines, the first one's number, the lines passed over, whether all."""
        block = self._rest
        if not self._ended:
            more = _read_full(self._stream, max(CHUNK_BYTES + 1 - len(block), 1))
            block, self._ended = block + more, len(block) + len(more) <= CHUNK_BYTES
        first = self._line
        if self._ended:
            body, self._rest = block, b""
            if body and not body.endswith(b"\n"):
                body += b"\n"
        else:
            end = _end_of_lines(block)
            body, self._rest = block[:end], block[end:]
        body, too_long = self._drop_long(body, first)
        self._line = first + body.count(b"\n")
        if len(self._rest) > self._limit and b"\n" not in self._rest[: self._limit + 1]:
            too_long += (self._line,)
            self._skip_line()
        return body, first, too_long, self._ended and not self._rest

    def _drop_long(self, body: bytes, first: int) -> tuple[bytes, tuple[int, ...]]:
        """Blank out lines above the limit, keeping their line ends so that numbers stay right."""
        if len(body) <= self._limit or not _has_long_line(body, self._limit):
            return body, ()
        lines = body.split(b"\n")
        long = [i for i, line in enumerate(lines) if len(line) > self._limit]
        for i in long:
            lines[i] = b""
        return b"\n".join(lines), tuple(first + i for i in long)

    def _skip_line(self) -> None:
        while True:
            end = self._rest.find(b"\n")
            if end >= 0:
                self._rest = self._rest[end + 1 :]
                break
            self._rest = self._stream.read(CHUNK_BYTES)
            if not self._rest:
                self._ended = True
                break
        self._line += 1


def _has_long_line(body: bytes, limit: int) -> bool:
    start = 0
    while len(body) - start > limit:
        end = body.rfind(b"\n", start, start + limit + 1)
        if end < 0:
            return True
        start = end + 1
    return False


def _end_of_lines(block: bytes) -> int:
    """Where the last line that ends outside quotes ends."""
    end = block.rfind(b"\n") + 1
    quotes = block.count(b'"', 0, end)
    for _ in range(_QUOTE_STEPS):
        if not end or quotes % 2 == 0:
            break
        earlier = block.rfind(b"\n", 0, max(end - 1, 0)) + 1
        quotes -= block.count(b'"', earlier, end)
        end = earlier
    # A quotation mark that is never closed: cut at any line end, the parser will see to it.
    return end if end and quotes % 2 == 0 else block.rfind(b"\n") + 1


def _read_full(stream: BinaryIO, size: int) -> bytes:
    """Exactly ``size`` bytes unless the stream ends first."""
    parts: list[bytes] = []
    while size > 0:
        part = stream.read(size)
        if not part:
            break
        parts.append(part)
        size -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)
