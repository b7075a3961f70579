"""One event can be handed on with its proof, and the proof stands by itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from evenhand.accountability.ledger import (
    Event,
    Frontier,
    SignedCheckpoint,
    check_inclusion,
    check_proof,
    extract_event,
    read_proof,
    render_ledger,
    render_proof_report,
)
from evenhand.core import LedgerBroken, UsageProblem

Vouch = Callable[[int], SignedCheckpoint]


def test_every_event_can_be_proved_under_every_size(
    events: list[Event], lines: list[bytes]
) -> None:
    for size in range(1, len(events) + 1):
        root = Frontier().extend(event.leaf for event in events[:size]).root
        for event in events[:size]:
            proved = extract_event(iter(lines), index=event.sequence, size=size)
            assert proved.event == event
            assert proved.root == root
            assert check_inclusion(proved.proof, leaf=event.leaf, root=root) == ()
            assert check_proof(proved) == ()
            assert read_proof(proved.render()) == proved


def test_a_checkpoint_of_the_same_size_goes_along(lines: list[bytes], vouch: Vouch) -> None:
    assert extract_event(lines, index=2, size=5).checkpoint == vouch(5)
    assert extract_event(lines, index=2, size=6).checkpoint is None
    assert extract_event(lines, index=2, size=8).checkpoint == vouch(8)


def test_a_proof_with_another_checkpoint_does_not_hold(lines: list[bytes], vouch: Vouch) -> None:
    proved = replace(extract_event(lines, index=2, size=8), checkpoint=vouch(5))
    assert any("checkpoint" in problem for problem in check_proof(proved))
    right = vouch(8)
    other = replace(right, checkpoint=replace(right.checkpoint, root=bytes(32)))
    assert any(
        "checkpoint" in problem for problem in check_proof(replace(proved, checkpoint=other))
    )


def test_a_changed_event_in_a_proof_does_not_hold(lines: list[bytes]) -> None:
    text = extract_event(lines, index=2, size=8).render().replace("step 2", "step 9")
    assert check_proof(read_proof(text)) == ("the proof leads to another root",)
    report = render_proof_report(read_proof(text), check_proof(read_proof(text)), witnessed=True)
    assert report.startswith("NOT PROVED: event 2 (update.posted)")


def test_there_is_no_proof_of_what_is_not_there(events: list[Event], lines: list[bytes]) -> None:
    with pytest.raises(UsageProblem, match="there is no event 8"):
        extract_event(lines, index=8, size=8)
    with pytest.raises(LedgerBroken, match="ends after 8 events"):
        extract_event(lines, index=8, size=9)
    with pytest.raises(LedgerBroken, match="ends after 0 events"):
        extract_event(render_ledger([]), index=0, size=1)


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "evenhand-proof/2"},
        {"size": "8"},
        {"size": True},
        {"path": 3},
        {"path": ["zz"]},
        {"path": None},
        {"root": "zz"},
        {"event": {}},
        {"event": None},
        {"checkpoint": 7},
        {"checkpoint": "x"},
        {"extra": 1},
    ],
)
def test_a_file_that_is_no_proof_is_not_read(
    lines: list[bytes], changes: dict[str, object]
) -> None:
    facts = json.loads(extract_event(lines, index=2, size=6).render()) | changes
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    with pytest.raises(LedgerBroken):
        read_proof(text)
    for other in ("", "[]", "7", text + " ", "\n" + text):
        with pytest.raises(LedgerBroken):
            read_proof(other)
