"""The head takes the next event only, in time's order, and survives being stored."""

from __future__ import annotations

from datetime import timedelta

import pytest

from evenhand.accountability.ledger import (
    Event,
    Frontier,
    Head,
    append,
    build_inclusion_proof,
    check_inclusion,
    read_head,
)
from evenhand.core import LedgerBroken, UsageProblem


def test_appending_through_storage_gives_the_root_of_all_events(events: list[Event]) -> None:
    stored = Head().render()
    for event in events:
        stored = append(read_head(stored), event).head.render()
    head = read_head(stored)
    assert head.root == Frontier().extend(event.leaf for event in events).root
    assert head.size == len(events)
    assert head.at == events[-1].at


def test_the_subtrees_it_completes_are_enough_to_prove_any_event(events: list[Event]) -> None:
    head, table = Head(), {}

    def node(level: int, index: int) -> bytes:
        return table[level, index]

    for event in events:
        appended = append(head, event)
        head = appended.head
        table.update({(each.level, each.index): each.hash for each in appended.nodes})
        assert appended.leaf == event.leaf
        for earlier in events[: event.sequence + 1]:
            proof = build_inclusion_proof(earlier.sequence, head.size, node=node)
            assert check_inclusion(proof, leaf=earlier.leaf, root=head.root) == ()


@pytest.mark.parametrize("sequence", [0, 2])
def test_an_event_that_is_not_the_next_is_refused(events: list[Event], sequence: int) -> None:
    head = append(Head(), events[0]).head
    with pytest.raises(UsageProblem, match="not the next one"):
        append(head, events[sequence])


def test_an_event_before_the_last_one_is_refused_and_a_clock_set_back_is_caught_up(
    events: list[Event],
) -> None:
    head = append(Head(), events[0]).head
    early = events[0].at - timedelta(hours=1)
    with pytest.raises(UsageProblem, match="earlier"):
        append(head, Event(1, "update.posted", "person:1", "recommendation:1", early))
    moment = head.not_before(early)
    assert moment == events[0].at
    later = Event(1, "update.posted", "person:1", "recommendation:1", moment)
    assert append(head, later).head.size == 2
    assert head.not_before(events[1].at) == events[1].at


@pytest.mark.parametrize(
    "text",
    [
        '{"at":null,"peaks":[],"size":1}',
        '{"at":null,"peaks":["zz"],"size":1}',
        '{"at":null,"peaks":[],"size":0,"x":1}',
        '{"peaks":[],"size":0}',
        '{"at":"yesterday","peaks":[],"size":0}',
        '{"at":null,"peaks":3,"size":0}',
        "[]",
        "7",
        "not json",
    ],
)
def test_a_stored_head_that_was_altered_is_not_read(text: str) -> None:
    with pytest.raises(LedgerBroken):
        read_head(text)
