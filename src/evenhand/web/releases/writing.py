"""Rows of the frozen tables, written by the commands that release and withdraw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evenhand.web.demo.queries import is_demo
from evenhand.web.foundation.as_of import day_of
from evenhand.web.ledger.recording import Event
from evenhand.web.releases.choices import Act
from evenhand.web.releases.freezing import Copy, Record
from evenhand.web.releases.models import FrozenRecord, FrozenRelease

ROWS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Frozen:
    """One act on the public side, as it is to be written."""

    number: int
    act: Act
    title: str
    statement: str
    manifest: str
    sha256: str
    withdraws: int | None = None


def write_frozen(
    frozen: Frozen, copies: Sequence[Copy], records: Mapping[str, Record], event: Event
) -> None:
    """An act and every copy at its address: in the transaction of the event, so all or none."""
    release = FrozenRelease.objects.create(
        number=frozen.number,
        act=frozen.act,
        title=frozen.title,
        statement=frozen.statement,
        acted_on=day_of(event.at),
        manifest=frozen.manifest,
        sha256=frozen.sha256,
        withdraws=frozen.withdraws,
        made_up=is_demo(),
        recorded_at=event.at,
        event=event,
    )
    rows = [
        FrozenRecord(
            release=release,
            address=copy.address,
            act=frozen.act,
            inquiry=records[copy.address]["inquiry"]["ref"],
            publication=records[copy.address]["publication"]["ref"],
            place=records[copy.address]["place"],
            body=copy.body,
            sha256=copy.sha256,
            recorded_at=event.at,
            event=event,
        )
        for copy in copies
    ]
    FrozenRecord.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
