"""One spelling for every fact."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest

from evenhand.accountability.ledger.canonical import (
    DEEPEST,
    LARGEST_INTEGER,
    LONGEST,
    canonical_bytes,
    read_canonical,
)
from evenhand.core import LedgerBroken, UsageProblem


class Level(StrEnum):
    EMBEDDED = "embedded"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-7, "-7"),
        (LARGEST_INTEGER, "9007199254740991"),
        ("", '""'),
        ('a"b\\c', '"a\\"b\\\\c"'),
        ("line\nend\x01\x7f", '"line\\nend\\u0001\x7f"'),
        ("café – £", '"café – £"'),
        ([1, [2], {}], "[1,[2],{}]"),
        ((1, 2), "[1,2]"),
        ({"b": 1, "a": {"d": None, "c": []}}, '{"a":{"c":[],"d":null},"b":1}'),
        (Level.EMBEDDED, '"embedded"'),
        ({Level.EMBEDDED: 1}, '{"embedded":1}'),
    ],
)
def test_each_kind_of_value_has_its_one_spelling(value: object, text: str) -> None:
    assert canonical_bytes(value) == text.encode()
    assert canonical_bytes(read_canonical(text.encode())) == text.encode()


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (float("nan"), "a float"),
        (float("inf"), "a float"),
        (0.5, "a float"),
        (1.0, "a float"),
        (Decimal("0.5"), "a Decimal"),
        (date(2026, 3, 2), "a date"),
        (b"bytes", "a bytes"),
        ({1, 2}, "a set"),
        ({1: "a"}, "a key is a int"),
        (LARGEST_INTEGER + 1, "beyond"),
        (-LARGEST_INTEGER - 1, "beyond"),
        ("\ud800", "surrogate"),
        ({"\ud800": 1, "é": 2}, "surrogate"),
        ({"é": 1, "e\u0301": 2}, "two keys"),
        ("x" * LONGEST, "bytes is above"),
    ],
)
def test_what_has_no_one_spelling_is_refused_with_the_reason(value: object, reason: str) -> None:
    with pytest.raises(UsageProblem, match=reason):
        canonical_bytes(value)


def test_nesting_is_allowed_to_its_bound_and_refused_beyond() -> None:
    value: object = 1
    for _ in range(DEEPEST):
        value = [value]
    assert read_canonical(canonical_bytes(value)) == value
    with pytest.raises(UsageProblem, match="nested"):
        canonical_bytes([value])


@pytest.mark.parametrize(
    "body",
    [
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b' {"a":1}',
        b'{"a":1}\n',
        b'{"a":1,"a":1}',
        b'"\\u0041"',
        b'"\\/"',
        '"e\u0301"'.encode(),
        b"1.0",
        b"1e3",
        b"-0",
        b"01",
        b"NaN",
        b"Infinity",
        b"9007199254740992",
        b'"\\ud800"',
        b"\xff",
        b"\xef\xbb\xbf1",
        b"",
        b"[" * 5000 + b"]" * 5000,
        b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1),
        b"1" * 5000,
        '{"\uff5e":1,"\U0001f600":2}'.encode(),
    ],
)
def test_another_spelling_is_not_read(body: bytes) -> None:
    with pytest.raises(LedgerBroken, match="canonical"):
        read_canonical(body)


def test_many_braces_inside_text_are_no_nesting() -> None:
    value = {"text": "{[" * 100}
    assert read_canonical(canonical_bytes(value)) == value


def test_a_combining_mark_after_an_escape_is_read() -> None:
    # Normalising the whole line would join the n of the escape \n with the tilde after it.
    value = {"text": "\n\u0303"}
    assert read_canonical(canonical_bytes(value)) == value


def test_a_refusal_holds_nothing_of_the_value() -> None:
    with pytest.raises(UsageProblem) as refused:
        canonical_bytes({"name": ["a secret name", 0.25]})
    assert "secret" not in str(refused.value)
    assert "0.25" not in str(refused.value)
