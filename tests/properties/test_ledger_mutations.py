"""No change to a ledger's file escapes: not a bit, a row, an order, a cut, or a careful forgery."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evenhand.accountability.ledger import (
    Anchor,
    Checkpoint,
    Event,
    FaultKind,
    Frontier,
    SigningKey,
    Verification,
    check_ledger,
    check_succession,
    commit,
    erase,
    render_ledger,
    sign_checkpoint,
)
from evenhand.accountability.ledger.export import render_event_line

START = datetime(2026, 3, 2, tzinfo=UTC)
KEY = SigningKey("register.example/ledger", bytes(range(32)))

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
changes = st.none() | st.dictionaries(texts, texts | st.integers(0, 9), max_size=1)


@st.composite
def histories(draw: st.DrawFn, least: int = 1) -> list[Event]:
    steps = draw(st.lists(st.tuples(changes, st.integers(0, 3600)), min_size=least, max_size=12))
    events, at = [], START
    for number, (facts, seconds) in enumerate(steps):
        at += timedelta(seconds=seconds)
        events.append(Event(number, "item.changed", "person:1", f"item:{number}", at, None, facts))
    return events


def root_of(events: list[Event]) -> bytes:
    return Frontier().extend(event.leaf for event in events).root


def vouch(events: list[Event]) -> Checkpoint:
    return Checkpoint(KEY.name, len(events), root_of(events), events[-1].at)


def written(events: list[Event], *cuts: int) -> list[bytes]:
    notes = [sign_checkpoint(vouch(events[:cut]), key=KEY) for cut in cuts]
    return list(render_ledger((event.body for event in events), checkpoints=notes))


def checked(content: bytes, events: list[Event]) -> Verification:
    anchor = Anchor(len(events), root_of(events))
    return check_ledger(BytesIO(content), anchors=[anchor], keys=[KEY.public])


def test_every_changed_bit_of_a_file_is_noticed() -> None:
    events = [
        Event(n, "item.changed", "person:1", "item:1", START, None, {"a": "é–"}) for n in range(2)
    ]
    content = b"".join(written(events, 2))
    assert checked(content, events).ok
    for place in range(len(content)):
        for bit in range(8):
            flipped = bytes([content[place] ^ (1 << bit)])
            outcome = checked(content[:place] + flipped + content[place + 1 :], events)
            assert not outcome.ok, (place, bit)


@given(histories(), st.data())
@settings(deadline=None)
def test_an_untouched_history_is_sound_and_wholly_vouched_for(
    events: list[Event], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(1, len(events)))
    outcome = checked(b"".join(written(events, cut)), events)
    assert outcome.ok, outcome.faults
    assert outcome.witnessed == len(events)
    assert outcome.root == root_of(events)


MUTATIONS = ("delete", "repeat", "swap", "move", "cut", "byte", "foreign")


@given(histories(least=2), st.sampled_from(MUTATIONS), st.data())
@settings(deadline=None, max_examples=400)
def test_every_changed_row_is_noticed(
    events: list[Event], mutation: str, data: st.DataObject
) -> None:
    lines = written(events, data.draw(st.integers(1, len(events))))
    original = b"".join(lines)
    row = data.draw(st.integers(0, len(lines) - 1))
    other = data.draw(st.integers(0, len(lines) - 1))
    if mutation == "delete":
        del lines[row]
    elif mutation == "repeat":
        lines.insert(other, lines[row])
    elif mutation == "swap":
        lines[row], lines[other] = lines[other], lines[row]
    elif mutation == "move":
        lines.insert(other, lines.pop(row))
    elif mutation == "cut":
        lines[row:] = [lines[row][: data.draw(st.integers(0, len(lines[row]) - 1))]]
    elif mutation == "byte":
        place = data.draw(st.integers(0, len(lines[row]) - 1))
        new = data.draw(st.binary(max_size=2))
        lines[row] = lines[row][:place] + new + lines[row][place + 1 :]
    else:
        false = Event(other, "item.changed", "person:2", "item:1", START)
        lines.insert(row, render_event_line(false.body, false.leaf))
    content = b"".join(lines)
    assume(content != original)
    outcome = checked(content, events)
    assert not outcome.ok
    assert all(str(fault) for fault in outcome.faults)


@given(histories(), st.data())
@settings(deadline=None)
def test_the_first_altered_event_is_named_and_no_other(
    events: list[Event], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(events) - 1))
    lines = list(render_ledger(event.body for event in events))
    lines[at + 1] = lines[at + 1].replace(b'"actor":"person:1"', b'"actor":"person:2"')
    outcome = checked(b"".join(lines), events)
    assert outcome.altered == (at,)
    assert [fault.kind for fault in outcome.faults] == [FaultKind.ALTERED]
    assert outcome.witnessed == len(events)


@given(histories(), st.data())
@settings(deadline=None)
def test_the_missing_and_the_repeated_are_named_exactly(
    events: list[Event], data: st.DataObject
) -> None:
    lines = list(render_ledger(event.body for event in events))
    at = data.draw(st.integers(0, len(events) - 1))
    repeated = checked(b"".join([*lines[: at + 2], *lines[at + 1 :]]), events)
    assert [(f.kind, f.event) for f in repeated.faults] == [(FaultKind.DUPLICATED, at)]
    missing = checked(b"".join([*lines[: at + 1], *lines[at + 2 :]]), events)
    first = missing.faults[0]
    last = at == len(events) - 1
    assert first.kind is (FaultKind.TRUNCATED if last else FaultKind.MISSING)
    assert first.event == at


@given(histories(least=2), changes, st.data())
@settings(deadline=None)
def test_a_forger_who_makes_every_hash_right_again_meets_the_root(
    events: list[Event], facts: dict[str, object] | None, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(events) - 1))
    old = events[at]
    forged = Event(at, old.kind, old.actor, old.subject, old.at, {"forged": True}, facts)
    rewritten = [*events[:at], forged, *events[at + 1 :]]
    content = b"".join(render_ledger(event.body for event in rewritten))
    assert check_ledger(BytesIO(content)).ok
    assert [f.kind for f in checked(content, events).faults] == [FaultKind.WRONG_ROOT]
    (fault,) = check_succession(vouch(events), vouch(rewritten))
    assert fault.kind is FaultKind.FORK


@given(st.lists(texts, min_size=1, max_size=8), st.data())
@settings(deadline=None)
def test_erasing_any_personal_facts_changes_no_root(names: list[str], data: st.DataObject) -> None:
    sealed = [commit(name, salt=bytes([n]) * 32) for n, name in enumerate(names)]
    gone = data.draw(st.sets(st.integers(0, len(names) - 1)))
    after = [erase(one) if n in gone else one for n, one in enumerate(sealed)]

    def root(kept: list[object]) -> bytes:
        return root_of(
            [
                Event(n, "duty.assigned", "person:1", "item:1", START, None, one.commitment.fact)
                for n, one in enumerate(kept)
            ]
        )

    assert root(after) == root(sealed)
    assert {n for n, one in enumerate(after) if one.erased} == gone
