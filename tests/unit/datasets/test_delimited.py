"""Delimited text: dialects, pieces, and the lines that rows stand on."""

from __future__ import annotations

import io
from contextlib import nullcontext

import pyarrow as pa
import pytest

from evenhand.datasets.delimited import Chunk, chunks, parse_chunk, read_chunks
from evenhand.datasets.sources import Limits, TextMember

WANTED = {0: pa.string(), 1: pa.string()}


def read(text: str | bytes, *, limits: Limits | None = None) -> list[Chunk]:
    body = text.encode() if isinstance(text, str) else text
    member = TextMember("t.csv", len(body), lambda: nullcontext(io.BytesIO(body)))
    return list(read_chunks(member, known={"a", "b"}.__contains__, limits=limits or Limits()))


def rows(text: str | bytes) -> list[tuple[int, str, str]]:
    found = []
    for chunk in read(text):
        parsed = parse_chunk(chunk, WANTED)
        columns = [parsed.rows.column(i).to_pylist() for i in (0, 1)]
        found += list(zip(parsed.lines.tolist(), *columns, strict=True))
    return found


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,2\n3,4\n",
        "a,b\r\n1,2\r\n3,4",
        "\ufeffa,b\n1,2\n3,4\n",
        '\ufeff"a","b"\n"1","2"\n"3","4"\n',
        "a;b\n1;2\n3;4\n",
        "a\tb\n1\t2\n3\t4\n",
        "a|b\n1|2\n3|4\n",
    ],
)
def test_dialects_give_the_same_rows(text: str) -> None:
    assert rows(text) == [(2, "1", "2"), (3, "3", "4")]


def test_a_separator_line_of_a_spreadsheet_is_no_header() -> None:
    assert rows("sep=;\na;b\n1;2\n") == [(3, "1", "2")]


def test_lines_are_counted_over_empty_ones_and_ends_inside_cells() -> None:
    assert rows('a,b\n\n1,"x\ny"\n\n3,4\n') == [(3, "1", "x\ny"), (6, "3", "4")]


def test_a_header_with_a_line_end_inside_counts_both_lines() -> None:
    body = 'a,b,"c\nd"\n1,2,3\n'
    assert rows(body) == [(3, "1", "2")]


def test_a_doubled_quotation_mark_is_one() -> None:
    assert rows('a,b\n"say ""no""",2\n') == [(2, 'say "no"', "2")]


def test_an_open_quotation_mark_swallows_no_row() -> None:
    (chunk,) = read('a,b\n1,"2\n3,4\n5,6\n')
    parsed = parse_chunk(chunk, WANTED)
    assert parsed.lines.tolist() == [2, 3, 4]
    assert parsed.unclosed == (True,)


def test_rows_of_the_wrong_width_are_named_and_left_out() -> None:
    (chunk,) = read("a,b\n1,2\n3\n4,5,6\n7,8\n")
    parsed = parse_chunk(chunk, WANTED)
    assert parsed.lines.tolist() == [2, 5]
    assert parsed.wrong == ((3, 4),)


@pytest.mark.parametrize("size", [8, 9, 10, 13, 64])
def test_pieces_of_any_size_hold_the_same_rows(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a,b\n" + "".join(
        f'{i},"{i * i}\n{i}"\n' if i % 5 == 0 else f"{i},{i}\n" for i in range(40)
    )
    whole = rows(text)
    monkeypatch.setattr(chunks, "CHUNK_BYTES", size * 4)
    assert len(read(text)) > 1
    assert rows(text) == whole


@pytest.mark.parametrize("size", [20, 33, 47, 60])
def test_a_long_line_is_passed_over_in_pieces_of_any_size(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "CHUNK_BYTES", size)
    limits = Limits(line_bytes=15)
    text = "a,b\n1,2\n" + "x" * 100 + "\n3,4\n" + "y" * 50 + "\n5,6"
    found = read(text, limits=limits)
    assert [line for chunk in found for line in chunk.too_long] == [3, 5]
    assert found[-1].last
    lines = [line for chunk in found for line in parse_chunk(chunk, WANTED).lines.tolist()]
    assert lines == [2, 4, 6]


def test_windows_letters_are_read_and_marked() -> None:
    (chunk,) = read("a,b\ncafé,£\n".encode("cp1252"))
    assert chunk.recoded
    assert parse_chunk(chunk, WANTED).rows.column(1).to_pylist() == ["£"]


def test_a_header_alone_is_one_empty_piece() -> None:
    (chunk,) = read("a,b\n")
    assert (chunk.lines, chunk.last) == (0, True)
    assert parse_chunk(chunk, WANTED).rows.num_rows == 0
