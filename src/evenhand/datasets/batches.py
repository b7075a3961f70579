"""Files to batches of text rows, read ahead while the batch before is worked on."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenhand.core import EvenhandError
from evenhand.datasets.arrow import BLANK, Array, compute, from_flags, from_words
from evenhand.datasets.contract import Contract, Kind
from evenhand.datasets.delimited import Chunk, parse_chunks, read_chunks
from evenhand.datasets.delimited.parse import WORDS
from evenhand.datasets.sources import Limits, Member, TableMember
from evenhand.datasets.sources.limits import CHUNK_BYTES

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a file that is in a batch, and what was wrong with its lines."""

    member: Member
    rows: int
    header: tuple[str, ...]
    wrong: tuple[int, ...] = ()
    too_long: tuple[int, ...] = ()
    recoded: bool = False
    unclosed: bool = False
    first: bool = True
    last: bool = True

    @property
    def whole(self) -> bool:
        """Whether the file is in this batch from beginning to end."""
        return self.first and self.last


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one or more pieces, one after another, as text under the contract's names.

    ``failed`` is set instead when a file could not be read; nothing of it is in the batch.
    """

    pieces: tuple[Piece, ...]
    columns: dict[str, Array] = field(default_factory=dict)
    lines: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    failed: EvenhandError | None = None

    @property
    def owners(self) -> NDArray[np.int64]:
        """The piece of each row."""
        return np.repeat(np.arange(len(self.pieces)), [piece.rows for piece in self.pieces])


def read_batches(
    members: Iterable[Member], contract: Contract, *, limits: Limits
) -> Generator[Batch, None, None]:
    """All rows of all files, in order; small files together, large ones in pieces."""
    waiting: list[Chunk] = []
    for member in members:
        try:
            if isinstance(member, TableMember):
                yield from _flush(waiting, contract)
                yield from _read_table(member, contract)
                continue
            for chunk in _checked_chunks(member, contract, limits):
                if waiting and not _go_together(waiting, chunk):
                    yield from _flush(waiting, contract)
                waiting.append(chunk)
        except EvenhandError as error:
            yield from _flush(waiting, contract)
            yield Batch((Piece(member, 0, ()),), failed=error)
    yield from _flush(waiting, contract)


def read_ahead(items: Generator[T, None, None]) -> Generator[T, None, None]:
    """The same items, the next one made in a second thread while this one is used."""
    stop = object()
    with closing(items), ThreadPoolExecutor(1, thread_name_prefix="evenhand-read") as pool:
        coming = pool.submit(next, items, stop)
        while (item := coming.result()) is not stop:
            coming = pool.submit(next, items, stop)
            yield item  # type: ignore[misc]


def _checked_chunks(member: Member, contract: Contract, limits: Limits) -> Iterator[Chunk]:
    for chunk in read_chunks(member, known=contract.knows, limits=limits):  # type: ignore[arg-type]
        contract.match(chunk.heading.columns, member.name)
        yield chunk


def _go_together(waiting: list[Chunk], chunk: Chunk) -> bool:
    first = waiting[0]
    return (
        _is_whole(first)
        and _is_whole(chunk)
        and chunk.heading.columns == first.heading.columns
        and chunk.heading.delimiter == first.heading.delimiter
        and sum(len(w.body) for w in waiting) + len(chunk.body) <= CHUNK_BYTES
    )


def _is_whole(chunk: Chunk) -> bool:
    return chunk.last and chunk.first_line == chunk.heading.lines + 1


def _flush(waiting: list[Chunk], contract: Contract) -> Iterator[Batch]:
    if not waiting:
        return
    chunks = tuple(waiting)
    waiting.clear()
    heading = chunks[0].heading
    places = contract.match(heading.columns, chunks[0].member.name)
    types = {place: _type_of(contract.field(name).kind) for name, place in places.items()}
    parsed = parse_chunks(chunks, types)
    yield Batch(
        pieces=tuple(
            Piece(
                member=chunk.member,
                rows=rows,
                header=heading.columns,
                wrong=wrong,
                too_long=chunk.too_long,
                recoded=chunk.recoded,
                unclosed=unclosed,
                first=chunk.first_line == heading.lines + 1,
                last=chunk.last,
            )
            for chunk, rows, wrong, unclosed in zip(
                chunks, parsed.counts, parsed.wrong, parsed.unclosed, strict=True
            )
        ),
        columns={
            name: _one_array(parsed.rows.column(str(place))) for name, place in places.items()
        },
        lines=parsed.lines,
    )


def _type_of(kind: Kind) -> pa.DataType:
    return pa.string() if kind in (Kind.STAMP, Kind.NUMBER) else WORDS


def _one_array(column: Any) -> Any:
    whole = column if column.num_chunks == 1 else column.combine_chunks()
    return whole.chunk(0) if hasattr(whole, "chunk") else whole


def _read_table(member: TableMember, contract: Contract) -> Iterator[Batch]:
    places = contract.match(member.columns, member.name)
    line, first = member.first_line, True
    coming = iter(member.batches())
    batch = next(coming, None)
    if batch is None:
        yield Batch((Piece(member, 0, member.columns),), _empty(places), np.empty(0, np.int64))
    while batch is not None:
        after = next(coming, None)
        columns = {name: _as_text(batch.column(place)) for name, place in places.items()}
        lines = np.arange(line, line + batch.num_rows)
        if member.skip_blank:
            columns, lines = _drop_blank(columns, lines)
        piece = Piece(member, len(lines), member.columns, first=first, last=after is None)
        yield Batch((piece,), columns, lines)
        line, first, batch = line + batch.num_rows, False, after


def _drop_blank(
    columns: dict[str, Array], lines: NDArray[np.int64]
) -> tuple[dict[str, Array], NDArray[np.int64]]:
    """Without the rows in which every column is blank."""
    filled = np.zeros(len(lines), dtype=np.bool_)
    for column in columns.values():
        words = compute.not_equal(compute.utf8_trim_whitespace(column), BLANK)
        filled |= words.to_numpy(zero_copy_only=False)
    kept = from_flags(filled)
    return {name: column.filter(kept) for name, column in columns.items()}, lines[filled]


def _empty(places: dict[str, int]) -> dict[str, Array]:
    return {name: from_words([]) for name in places}


def _as_text(column: Any) -> Array:
    """A typed column as the text it would have in a CSV file; null as blank."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type):
        zone = "Z" if column.type.tz else ""
        moments = column.cast(pa.timestamp("us", column.type.tz))
        text = compute.strftime(moments.cast(pa.timestamp("us")), format=f"%Y-%m-%dT%H:%M:%S{zone}")
    elif pa.types.is_null(column.type):
        text = pa.nulls(len(column), pa.string())
    else:
        text = column.cast(pa.string())
    filled: Array = compute.fill_null(text, BLANK)
    return filled
