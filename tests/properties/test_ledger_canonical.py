"""Equal facts have equal bytes, unequal facts unequal bytes, and only those bytes are read."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evenhand.accountability.ledger import canonical_bytes, read_canonical
from evenhand.accountability.ledger.canonical import LARGEST_INTEGER
from evenhand.core import LedgerBroken, UsageProblem

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
leaves = st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | texts
facts = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


def normal(value: Any) -> Any:
    """The value with its text in NFC: a naive second implementation of what the form keeps."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [normal(item) for item in value]
    if isinstance(value, dict):
        return {normal(key): normal(item) for key, item in value.items()}
    return value


def collides(value: Any) -> bool:
    """Whether two keys become one by normalisation, which is refused."""
    if isinstance(value, list):
        return any(map(collides, value))
    if isinstance(value, dict):
        return len(normal(value)) != len(value) or any(map(collides, value.values()))
    return False


@given(facts)
def test_what_is_written_is_read_as_the_same_facts(value: Any) -> None:
    assume(not collides(value))
    body = canonical_bytes(value)
    assert read_canonical(body) == normal(value)
    assert canonical_bytes(read_canonical(body)) == body
    assert json.loads(body) == normal(value)


@given(facts, facts)
def test_bytes_are_equal_exactly_when_the_facts_are(one: Any, other: Any) -> None:
    assume(not collides(one) and not collides(other))
    # repr tells True from 1, which == does not; sorting makes it blind to the order of keys.
    same = json.dumps(normal(one), sort_keys=True) == json.dumps(normal(other), sort_keys=True)
    assert (canonical_bytes(one) == canonical_bytes(other)) == same


@given(st.dictionaries(texts, leaves, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_keys_given_does_not_matter(value: dict[str, Any], random: Any) -> None:
    assume(not collides(value))
    keys = list(value)
    random.shuffle(keys)
    assert canonical_bytes({key: value[key] for key in keys}) == canonical_bytes(value)


@given(facts)
def test_composed_and_decomposed_text_are_one(value: Any) -> None:
    assume(not collides(value))
    text = json.dumps(value, ensure_ascii=False)
    apart = json.loads(unicodedata.normalize("NFD", text))
    together = json.loads(unicodedata.normalize("NFC", text))
    assume(not collides(apart) and not collides(together))
    assert canonical_bytes(apart) == canonical_bytes(together)


@given(facts)
def test_keys_are_in_order_of_their_utf_16_code_units(value: Any) -> None:
    assume(not collides(value))

    def in_order(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key.encode("utf-16-be") for key, _ in pairs]
        assert keys == sorted(keys)
        return dict(pairs)

    json.loads(canonical_bytes(value), object_pairs_hook=in_order)


@given(facts, st.floats())
def test_a_float_anywhere_is_refused(value: Any, number: float) -> None:
    for holder in ([value, number], {"a": value, "b": [number]}):
        with pytest.raises(UsageProblem):
            canonical_bytes(holder)
    with pytest.raises(LedgerBroken):
        read_canonical(json.dumps([value, number]).encode())


@given(facts)
def test_any_other_json_text_of_the_same_facts_is_not_read(value: Any) -> None:
    assume(not collides(value))
    body = canonical_bytes(value)
    for other in (json.dumps(value).encode(), json.dumps(value, indent=1).encode(), body + b" "):
        if other != body:
            with pytest.raises(LedgerBroken):
                read_canonical(other)


@given(st.binary(max_size=40))
def test_bytes_are_read_or_refused_and_nothing_else(body: bytes) -> None:
    try:
        value = read_canonical(body)
    except LedgerBroken:
        return
    assert canonical_bytes(value) == body
