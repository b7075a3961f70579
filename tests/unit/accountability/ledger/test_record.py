"""An event says who, what, on what, when; and nothing in it can change afterwards."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta, timezone

import pytest

from evenhand.accountability.ledger import Event, leaf_hash, read_event
from evenhand.accountability.ledger.record import read_facts, read_moment, render_moment
from evenhand.core import LedgerBroken, UsageProblem

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def an_event(**changes: object) -> Event:
    parts: dict[str, object] = {
        "sequence": 3,
        "kind": "duty.assigned",
        "actor": "person:9f2c",
        "subject": "recommendation:2011/12(a)",
        "at": NOON,
        "after": {"owner": "team:training", "levels": ["policy", "trained"]},
    }
    return Event(**(parts | changes))  # type: ignore[arg-type]


def test_the_body_is_every_part_in_one_fixed_order() -> None:
    assert an_event(after=None).body == (
        b'{"actor":"person:9f2c","after":null,"at":"2026-03-02T12:00:00.000000Z","before":null,'
        b'"kind":"duty.assigned","sequence":3,"subject":"recommendation:2011/12(a)","version":1}'
    )


def test_an_event_is_read_back_from_its_bytes_as_the_same_event() -> None:
    event = an_event()
    again = read_event(event.body)
    assert again == event
    assert again.body == event.body
    assert hash(again) == hash(event)
    assert again.at == NOON
    assert again.leaf == leaf_hash(event.body)


def test_the_same_moment_in_another_zone_is_the_same_event() -> None:
    east = timezone(timedelta(hours=5, minutes=30))
    assert an_event(at=NOON.astimezone(east)) == an_event()


@pytest.mark.parametrize(
    "changes",
    [
        {"sequence": 4},
        {"kind": "duty.ended"},
        {"actor": "person:9f2d"},
        {"subject": "recommendation:13"},
        {"at": NOON + timedelta(microseconds=1)},
        {"before": {}},
        {"after": {"owner": "team:training"}},
        {"version": 2},
    ],
)
def test_a_change_to_any_part_is_another_event(changes: dict[str, object]) -> None:
    assert an_event(**changes) != an_event()
    assert an_event(**changes).leaf != an_event().leaf


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sequence": -1}, "sequence must be"),
        ({"sequence": True}, "sequence must be"),
        ({"sequence": 2**53}, "sequence must be"),
        ({"version": 0}, "version must be"),
        ({"kind": "judged"}, "kind must look like"),
        ({"kind": "Duty.assigned"}, "kind must look like"),
        ({"actor": "Jo Bloggs"}, "actor must look like"),
        ({"actor": "person:jo@example.org"}, "actor must look like"),
        ({"actor": ""}, "actor must look like"),
        ({"subject": "recommendation:12\n"}, "subject must look like"),
        ({"subject": None}, "subject must look like"),
        ({"after": 0.5}, "a float"),
        ({"at": datetime(2026, 3, 2, 12)}, "time zone"),  # noqa: DTZ001 - the fault under test
    ],
)
def test_a_part_without_its_shape_is_refused(changes: dict[str, object], reason: str) -> None:
    with pytest.raises(UsageProblem, match=reason):
        an_event(**changes)


def test_facts_given_cannot_be_changed_afterwards() -> None:
    facts = {"owner": "team:training", "levels": ["policy"]}
    event = an_event(after=facts)
    facts["owner"] = "team:other"
    facts["levels"].append("trained")  # type: ignore[attr-defined]
    assert event.after == {"owner": "team:training", "levels": ("policy",)}
    assert read_event(event.body) == event
    with pytest.raises(TypeError):
        event.after["owner"] = "team:other"
    with pytest.raises(dataclasses.FrozenInstanceError):
        event.kind = "duty.ended"  # type: ignore[misc]


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b"[]",
        b"null",
        an_event().body.replace(b'"version":1', b'"version":0'),
        an_event().body.replace(b'"version":1', b'"version":1,"x":1'),
        an_event().body.replace(b'"sequence":3', b'"sequence":"3"'),
        an_event().body.replace(b"person:9f2c", b"Jo Bloggs"),
        an_event().body.replace(b"2026-03-02", b"2026-02-31"),
        an_event().body.replace(b"12:00:00.000000Z", b"12:00:00Z"),
        an_event().body.replace(b'"2026-03-02T12:00:00.000000Z"', b"7"),
    ],
)
def test_bytes_that_are_no_event_are_not_read(body: bytes) -> None:
    with pytest.raises(LedgerBroken):
        read_facts(body)
    with pytest.raises(LedgerBroken):
        read_event(body)


def test_the_text_of_moments_is_in_the_order_of_time() -> None:
    moments = [datetime(1, 1, 1, tzinfo=UTC), NOON, NOON + timedelta(microseconds=1)]
    texts = [render_moment(moment) for moment in moments]
    assert texts == sorted(texts)
    assert [read_moment(text) for text in texts] == moments
