"""Rows of releases: where a proposal stands, and the frozen tables that the public reads."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evenhand.accountability.machines import RELEASE
from evenhand.accountability.states import may_follow, next_state
from evenhand.core import require
from evenhand.web.demo.queries import is_demo
from evenhand.web.foundation.append_only import ERASED
from evenhand.web.foundation.as_of import day_of
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.recorded import supersede
from evenhand.web.judgement.twins import load_twin
from evenhand.web.ledger.recording import Event
from evenhand.web.releases.attached import Attached
from evenhand.web.releases.choices import Act
from evenhand.web.releases.freezing import (
    Copy,
    Record,
)
from evenhand.web.releases.models import (
    FrozenFile,
    FrozenRecord,
    FrozenRelease,
    Release,
    ReleaseStanding,
)

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
) -> FrozenRelease:
    """An act and every copy at its address: in the transaction of the event, so all or none."""
    release: FrozenRelease = FrozenRelease.objects.create(
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
    return release


def write_files(release: FrozenRelease, files: Sequence[Attached]) -> None:
    """The bytes of every public twin of a release that are not frozen at its address already."""
    for each in files:
        same = FrozenFile.objects.filter(address=each.item, sha256=each.sha256)
        if same.exclude(content=ERASED).exists():
            continue
        FrozenFile.objects.create(
            release=release,
            address=each.item,
            name=each.name,
            media_type=each.media_type,
            size=each.size,
            sha256=each.sha256,
            content=b64encode(load_twin(each.sha256)).decode(),
            recorded_at=release.recorded_at,
            event=release.event,
        )


def lock_release(ref: str) -> Release:
    """The proposal with this reference, locked until the command ends."""
    found: Release | None = Release.objects.select_for_update().filter(ref=ref).first()
    if found is None:
        raise NotThere("there is no such release.", rule="release-exists")
    return found


def move_release(release: Release, verb: str) -> str:
    """Where a proposal stands after this verb; refused where it cannot follow."""
    now = ReleaseStanding.objects.as_of(None).get(release=release)
    require(may_follow(RELEASE, state=now.state, verb=verb))
    return next_state(RELEASE, state=now.state, verb=verb)


def stand_release(release: Release, state: str, by: str, reason: str, event: Event) -> None:
    """A proposal stands so from this event on."""
    supersede(ReleaseStanding.objects.filter(release=release), event=event)
    ReleaseStanding.objects.create(
        release=release, state=state, by=by, reason=reason, recorded_at=event.at, event=event
    )
