"""Whatever is done to a ledger's file, the check names it: what, which event, which line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from evenhand.accountability.ledger import (
    Anchor,
    Event,
    FaultKind,
    Frontier,
    SignedCheckpoint,
    SigningKey,
    check_ledger,
    leaf_hash,
    render_ledger,
    render_verification,
    sign_checkpoint,
)
from evenhand.accountability.ledger.export import LONGEST_LINE, render_event_line
from evenhand.accountability.ledger.verify import MOST_FAULTS

Vouch = Callable[[int], SignedCheckpoint]

# The file of conftest: line 1 begins it, lines 2–6 are events 0–4, line 7 a checkpoint, lines 8–10
# events 5–7, line 11 a checkpoint, line 12 its end.


def root_of(events: list[Event]) -> bytes:
    return Frontier().extend(event.leaf for event in events).root


def kinds(lines: list[bytes], **known: object) -> list[tuple[FaultKind, int | None, int | None]]:
    outcome = check_ledger(lines, **known)  # type: ignore[arg-type]
    return [(fault.kind, fault.line, fault.event) for fault in outcome.faults]


def test_an_untouched_file_is_sound_and_vouched_for_to_its_signature(
    lines: list[bytes], events: list[Event], key: SigningKey
) -> None:
    outcome = check_ledger(lines, keys=[key.public])
    assert outcome.ok
    assert (outcome.events, outcome.checkpoints, outcome.witnessed) == (8, 2, 8)
    assert outcome.root == root_of(events)
    assert outcome.complete
    assert "The first 8 events are as they were" in render_verification(outcome)


def test_a_file_alone_is_sound_but_vouched_for_by_nobody(lines: list[bytes]) -> None:
    outcome = check_ledger(lines)
    assert outcome.ok
    assert outcome.witnessed is None
    assert "agrees with itself" in render_verification(outcome)


def test_an_old_paper_vouches_for_the_beginning_of_a_longer_file(
    lines: list[bytes], events: list[Event]
) -> None:
    papers = [Anchor(size, root_of(events[:size])) for size in (0, 3, 6)]
    outcome = check_ledger(lines, anchors=papers)
    assert outcome.ok
    assert outcome.witnessed == 6
    assert "The 2 after that are not vouched for yet" in render_verification(outcome)


def test_an_altered_event_is_named_and_the_others_are_cleared(
    lines: list[bytes], events: list[Event]
) -> None:
    lines[5] = lines[5].replace(b"step 4", b"step 9")
    outcome = check_ledger(lines, anchors=[Anchor(8, root_of(events))])
    assert [(f.kind, f.line, f.event) for f in outcome.faults] == [(FaultKind.ALTERED, 6, 4)]
    assert outcome.altered == (4,)
    assert outcome.witnessed == 8
    assert "every other one is as it was recorded" in render_verification(outcome)


def test_an_altered_hash_is_named_too(lines: list[bytes], events: list[Event]) -> None:
    stated = events[4].leaf.hex().encode()
    lines[5] = lines[5].replace(stated, stated[::-1])
    found = kinds(lines, anchors=[Anchor(8, root_of(events))])
    assert found[0] == (FaultKind.ALTERED, 6, 4)
    lines[5] = lines[5].replace(stated[::-1], b"z" * 64)
    assert kinds(lines)[0] == (FaultKind.ALTERED, 6, 4)


def forge(events: list[Event], at: int) -> list[Event]:
    """Rewrite one event as a careful forger would, with every hash made right again."""
    return [
        Event(e.sequence, e.kind, e.actor, e.subject, e.at, None, {"progress": "all is well"})
        if e.sequence == at
        else e
        for e in events
    ]


def test_a_careful_forgery_is_caught_by_the_root_and_placed_between_two(
    events: list[Event],
) -> None:
    forged = list(render_ledger(event.body for event in forge(events, 6)))
    assert check_ledger(forged).ok
    anchors = [Anchor(5, root_of(events[:5])), Anchor(8, root_of(events))]
    outcome = check_ledger(forged, anchors=anchors)
    (fault,) = outcome.faults
    assert fault.kind is FaultKind.WRONG_ROOT
    assert "among events 5 to 7" in fault.problem
    assert outcome.witnessed == 5


def test_a_careful_forgery_is_caught_by_a_signed_checkpoint(
    events: list[Event], key: SigningKey, vouch: Vouch
) -> None:
    bodies = [event.body for event in forge(events, 2)]
    forged = list(render_ledger(bodies, checkpoints=[vouch(5), vouch(8)]))
    found = kinds(forged, keys=[key.public])
    assert found == [(FaultKind.WRONG_ROOT, 7, None), (FaultKind.WRONG_ROOT, 11, None)]
    thief = SigningKey(key.name, bytes(32))
    signed = replace(vouch(8).checkpoint, root=root_of(forge(events, 2)))
    resigned = list(render_ledger(bodies, checkpoints=[sign_checkpoint(signed, key=thief)]))
    assert check_ledger(resigned).ok
    assert kinds(resigned, keys=[key.public]) == [(FaultKind.BAD_SIGNATURE, 10, None)]


def test_a_missing_event_before_a_checkpoint_is_named_and_not_the_checkpoint(
    lines: list[bytes], events: list[Event]
) -> None:
    del lines[5]
    assert kinds(lines, anchors=[Anchor(8, root_of(events))]) == [(FaultKind.MISSING, 7, 4)]


def test_a_missing_event_inside_a_run_is_named_alone(
    lines: list[bytes], events: list[Event]
) -> None:
    del lines[3]
    assert kinds(lines, anchors=[Anchor(8, root_of(events))]) == [(FaultKind.MISSING, 4, 2)]


def test_a_missing_run_is_named_from_first_to_last(lines: list[bytes]) -> None:
    del lines[2:4]
    (fault,) = check_ledger(lines).faults
    assert (fault.kind, fault.event) == (FaultKind.MISSING, 1)
    assert "events 1 to 2 are missing" in str(fault)


def test_a_repeated_event_is_named(lines: list[bytes]) -> None:
    lines.insert(4, lines[3])
    assert kinds(lines) == [(FaultKind.DUPLICATED, 5, 2)]


def test_an_inserted_event_makes_the_true_one_a_second_of_its_number(
    lines: list[bytes], events: list[Event]
) -> None:
    false = forge(events, 2)[2]
    lines.insert(3, render_event_line(false.body, false.leaf))
    found = kinds(lines, anchors=[Anchor(8, root_of(events))])
    assert found == [(FaultKind.DUPLICATED, 5, 2)]


def test_events_in_another_order_are_named(lines: list[bytes]) -> None:
    lines[2], lines[4] = lines[4], lines[2]
    found = kinds(lines)
    assert {kind for kind, _, _ in found} == {FaultKind.REORDERED}
    assert [event for _, _, event in found] == [2, 1]


def test_an_event_found_much_later_was_reordered_and_the_rest_of_its_gap_is_missing(
    lines: list[bytes],
) -> None:
    moved = lines[3]
    del lines[2:5]
    lines.insert(-1, moved)
    found = kinds(lines)
    assert (FaultKind.REORDERED, 9, 2) in found
    assert [event for kind, _, event in found if kind is FaultKind.MISSING] == [1, 3]


def test_a_file_cut_short_is_named_wherever_it_is_cut(
    lines: list[bytes], events: list[Event]
) -> None:
    whole = b"".join(lines)
    anchors = [Anchor(8, root_of(events))]
    for cut in range(len(whole)):
        found = kinds(whole[:cut].splitlines(keepends=True), anchors=anchors)
        assert found, cut
        if cut > len(lines[0]):
            assert FaultKind.TRUNCATED in {kind for kind, _, _ in found}, cut


def test_a_file_cut_short_and_ended_again_is_caught_from_outside(
    events: list[Event],
) -> None:
    short = list(render_ledger(event.body for event in events[:6]))
    assert check_ledger(short).ok
    assert kinds(short, anchors=[Anchor(8, root_of(events))]) == [(FaultKind.TRUNCATED, None, 6)]


def test_time_going_backwards_is_named(events: list[Event]) -> None:
    early = events[3].at - timedelta(hours=1)
    old = events[3]
    events[3] = Event(3, old.kind, old.actor, old.subject, early, old.before, old.after)
    found = kinds(list(render_ledger(event.body for event in events)))
    assert found == [(FaultKind.TIME_BACKWARDS, 5, 3)]


def test_a_checkpoint_dated_before_its_events_is_named(
    events: list[Event], key: SigningKey, vouch: Vouch
) -> None:
    early = replace(vouch(8).checkpoint, at=events[0].at)
    signed = sign_checkpoint(early, key=key)
    lines = list(render_ledger((e.body for e in events), checkpoints=[signed]))
    assert kinds(lines) == [(FaultKind.TIME_BACKWARDS, 10, None)]


def test_a_checkpoint_that_was_moved_or_taken_out_is_named(lines: list[bytes]) -> None:
    moved = [*lines[:5], lines[6], lines[5], *lines[7:]]
    assert (FaultKind.WRONG_CHECKPOINT, 6, None) in kinds(moved)
    del lines[6]
    assert kinds(lines) == [(FaultKind.WRONG_CHECKPOINT, 11, None)]


def test_a_checkpoint_of_another_record_is_named(
    lines: list[bytes], events: list[Event], vouch: Vouch
) -> None:
    other = SigningKey("other.example", bytes(32))
    foreign = sign_checkpoint(replace(vouch(8).checkpoint, origin=other.name), key=other)
    mixed = list(render_ledger((e.body for e in events), checkpoints=[vouch(5), foreign]))
    assert kinds(mixed) == [(FaultKind.FORK, 11, None)]


def test_events_put_after_the_end_or_before_it_are_named(
    lines: list[bytes], events: list[Event]
) -> None:
    extra = Event(8, "update.posted", "person:1", "recommendation:1", events[-1].at)
    row = render_event_line(extra.body, extra.leaf)
    assert kinds([*lines, row]) == [(FaultKind.UNREADABLE, 13, None)]
    assert kinds([*lines[:-1], row, lines[-1]]) == [(FaultKind.BEYOND_END, 13, None)]


@pytest.mark.parametrize(
    "rubbish",
    [
        b"\n",
        b"not json\n",
        b'{"event":{}}\n',
        b'{"event":{},"leaf":"' + b"0" * 64 + b'"}\n',
        b'{"checkpoint":7}\n',
        b'{"checkpoint":"x"}\n',
        b'{"end":{}}\n',
        b'{"end":{"checkpoints":2,"root":"00","size":"x"}}\n',
        b'{"something":1}\n',
        b"\xff\xfe\n",
    ],
)
def test_a_line_that_is_nothing_is_named(lines: list[bytes], rubbish: bytes) -> None:
    lines.insert(4, rubbish)
    assert any(line == 5 for _, line, _ in kinds(lines))


def test_a_well_hashed_line_that_is_no_event_is_named(lines: list[bytes]) -> None:
    body = b'{"actor":"Jo Bloggs"}'
    lines.insert(4, render_event_line(body, leaf_hash(body)))
    assert kinds(lines) == [(FaultKind.UNREADABLE, 5, None)]


def test_a_file_with_other_line_ends_is_not_the_file(lines: list[bytes]) -> None:
    outcome = check_ledger([line.replace(b"\n", b"\r\n") for line in lines])
    assert not outcome.ok
    assert not outcome.complete


def test_a_file_that_is_something_else_is_left_at_its_first_line() -> None:
    def table() -> Iterator[bytes]:
        yield b"date,ethnicity\n"
        raise AssertionError("it read on")

    outcome = check_ledger(table())
    assert [fault.kind for fault in outcome.faults] == [FaultKind.UNREADABLE]
    assert not outcome.complete


def test_an_empty_file_is_a_file_cut_short() -> None:
    assert kinds([]) == [(FaultKind.TRUNCATED, None, None)]


def test_a_line_without_end_is_left_unread(lines: list[bytes]) -> None:
    endless = [*lines[:2], b"x" * (LONGEST_LINE + 1), *lines[2:]]
    outcome = check_ledger(endless)
    assert "longer than" in outcome.faults[0].problem
    assert not outcome.complete


def test_a_file_wrong_everywhere_is_left_at_the_hundredth_fault() -> None:
    def rubbish() -> Iterator[bytes]:
        yield next(iter(render_ledger([])))
        for count in range(10 * MOST_FAULTS):
            assert count < 2 * MOST_FAULTS, "it read on"
            yield b"rubbish\n"

    outcome = check_ledger(rubbish())
    assert len(outcome.faults) == MOST_FAULTS
    assert not outcome.complete
    assert "and 90 more" in render_verification(outcome)


def test_gaps_without_number_do_not_fill_the_memory(events: list[Event]) -> None:
    def every_second() -> Iterator[bytes]:
        yield next(iter(render_ledger([])))
        for number in range(1, 20 * MOST_FAULTS, 2):
            assert number < 4 * MOST_FAULTS, "it read on"
            at = events[0].at
            event = Event(number, "update.posted", "person:1", "recommendation:1", at)
            yield render_event_line(event.body, event.leaf)

    assert len(check_ledger(every_second()).faults) == MOST_FAULTS


def test_the_outcome_as_json_says_all_of_it(lines: list[bytes]) -> None:
    lines[5] = lines[5].replace(b"step 4", b"step 9")
    facts = json.loads(json.dumps(check_ledger(lines).as_dict()))
    assert facts["ok"] is False
    assert facts["faults"][0] == {
        "kind": "altered event",
        "problem": "event 4 is not what was recorded: its text does not give its hash",
        "line": 6,
        "event": 4,
    }
