"""A personal fact can be on the record, be checked while it is kept, and be erased for good."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest

from evenhand.accountability.ledger import (
    Commitment,
    Event,
    Frontier,
    Opening,
    check_ledger,
    check_opening,
    commit,
    erase,
    list_commitments,
    render_ledger,
)
from evenhand.core import UsageProblem

SALT = bytes(range(32))
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_the_commitment_is_the_hash_of_salt_and_canonical_value() -> None:
    sealed = commit({"b": 1, "a": "x"}, salt=SALT)
    assert (
        sealed.commitment.text == "sha256:" + hashlib.sha256(SALT + b'{"a":"x","b":1}').hexdigest()
    )


def test_the_kept_value_is_found_right_and_any_other_wrong() -> None:
    sealed = commit("Constable at Borough 7", salt=SALT)
    assert sealed.opening is not None
    assert check_opening(sealed.commitment, sealed.opening) == ()
    assert check_opening(sealed.commitment, Opening(SALT, "Sergeant at Borough 7"))
    assert check_opening(sealed.commitment, Opening(bytes(32), "Constable at Borough 7"))


def test_equal_values_do_not_look_equal_under_fresh_salts() -> None:
    assert commit("same", salt=SALT).commitment != commit("same", salt=bytes(32)).commitment


def test_an_event_holds_neither_the_value_nor_the_salt() -> None:
    sealed = commit("Jo Bloggs", salt=SALT)
    event = Event(
        0, "duty.assigned", "person:a", "recommendation:1", NOON, None, sealed.commitment.fact
    )
    assert b"Bloggs" not in event.body
    assert SALT not in event.body
    assert SALT.hex().encode() not in event.body
    assert "Bloggs" not in repr(sealed)


@pytest.mark.parametrize("secret", ["opening", "sealed"])
def test_what_opens_a_commitment_cannot_get_into_an_event(secret: str) -> None:
    sealed = commit("Jo Bloggs", salt=SALT)
    leak = sealed if secret == "sealed" else sealed.opening
    with pytest.raises(UsageProblem, match="has no single spelling"):
        Event(0, "duty.assigned", "person:a", "recommendation:1", NOON, None, {"who": leak})


def test_erasure_leaves_the_root_and_the_verdict_as_they_were() -> None:
    kept = [commit(name, salt=bytes([n]) * 32) for n, name in enumerate(["one", "two", "three"])]
    events = [
        Event(
            n,
            "duty.assigned",
            "person:a",
            "recommendation:1",
            NOON,
            None,
            {"who": s.commitment.fact},
        )
        for n, s in enumerate(kept)
    ]
    before = Frontier().extend(event.leaf for event in events).root
    kept[1] = erase(kept[1])
    assert kept[1].erased
    assert kept[1].opening is None
    outcome = check_ledger(render_ledger(event.body for event in events))
    assert outcome.ok
    assert outcome.root == before
    assert list_commitments(events[1].after) == [kept[1].commitment]
    assert not kept[0].erased
    assert check_opening(kept[0].commitment, kept[0].opening) == ()  # type: ignore[arg-type]


def test_every_commitment_among_the_facts_is_listed() -> None:
    first, second = (commit(n, salt=SALT).commitment for n in (1, 2))
    facts = {"b": [{"who": second.fact}, "sealed"], "a": first.fact, "sealed": "not one"}
    assert list_commitments(facts) == [first, second]
    assert list_commitments(None) == []


@pytest.mark.parametrize("salt", [b"", bytes(16), bytes(33)])
def test_a_salt_of_another_length_is_refused(salt: bytes) -> None:
    with pytest.raises(UsageProblem, match="salt"):
        commit("x", salt=salt)


@pytest.mark.parametrize("text", ["", "sha256:", "sha256:" + "A" * 64, "md5:" + "a" * 64])
def test_a_commitment_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(UsageProblem, match="commitment"):
        Commitment(text)
