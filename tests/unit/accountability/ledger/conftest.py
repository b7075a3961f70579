"""A small record of an invented service, made afresh for every test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from evenhand.accountability.ledger import (
    Checkpoint,
    Event,
    Frontier,
    SignedCheckpoint,
    SigningKey,
    render_ledger,
    sign_checkpoint,
)

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def key() -> SigningKey:
    return SigningKey("register.example/ledger", bytes(range(32)))


@pytest.fixture
def events() -> list[Event]:
    return [
        Event(
            sequence=number,
            kind="update.posted",
            actor=f"person:{number % 3}",
            subject="recommendation:12(a)",
            at=START + timedelta(minutes=number),
            after={"progress": f"step {number} – done"},
        )
        for number in range(8)
    ]


@pytest.fixture
def vouch(key: SigningKey, events: list[Event]) -> Callable[[int], SignedCheckpoint]:
    """Sign for the first so many events."""

    def sign(size: int) -> SignedCheckpoint:
        root = Frontier().extend(event.leaf for event in events[:size]).root
        moment = START + timedelta(minutes=max(size - 1, 0), seconds=30)
        return sign_checkpoint(Checkpoint(key.name, size, root, moment), key=key)

    return sign


@pytest.fixture
def lines(events: list[Event], vouch: Callable[[int], SignedCheckpoint]) -> list[bytes]:
    """The file: its beginning, 5 events, a checkpoint, 3 events, a checkpoint, its end."""
    bodies = (event.body for event in events)
    return list(render_ledger(bodies, checkpoints=[vouch(5), vouch(8)]))
