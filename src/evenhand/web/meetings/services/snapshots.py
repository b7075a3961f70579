"""Take a snapshot: the counts of the whole register at one moment, frozen under a name."""

from __future__ import annotations

import secrets
from datetime import datetime

from evenhand.accountability.convening import may_take_snapshot
from evenhand.accountability.ledger import Head
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.command import command
from evenhand.web.ledger.batch import find_batch
from evenhand.web.ledger.recording import lock_head, record_event
from evenhand.web.meetings.counting import count_register
from evenhand.web.meetings.frozen import digest_of, write_content
from evenhand.web.meetings.measuring import measure_register
from evenhand.web.meetings.models import Snapshot
from evenhand.web.meetings.queries import gather_register


@command(rule=may_take_snapshot, audit="snapshot.taken")
def take_snapshot(*, title: str, by: User, at: datetime) -> Snapshot:
    """Count the register now and keep every figure with what was counted.

    The head of the ledger is locked first, so that nothing can be recorded between the counting
    and the size and root that the snapshot states.

    Authorisation: `may_take_snapshot`. Audit: ``snapshot.taken``.
    """
    actor = get_actor(by, at=at)
    require(may_take_snapshot(actor))
    if not title.strip():
        raise UsageProblem("a snapshot needs a name to be spoken of.", rule="snapshots-have-names")
    head = _lock()
    moment = head.not_before(at)
    as_of = AsOf(moment, day_of(moment))
    register = gather_register(as_of=as_of)
    content = write_content(count_register(register), measure_register(register))
    ref, sha256, root = secrets.token_hex(6), digest_of(content), head.root.hex()
    event = record_event(
        kind="snapshot.taken",
        subject=f"snapshot:{ref}",
        by=actor,
        at=moment,
        after={"title": title.strip(), "sha256": sha256, "size": head.size, "root": root},
    )
    return Snapshot.objects.create(
        ref=ref,
        title=title.strip(),
        size=head.size,
        root=root,
        content=content,
        sha256=sha256,
        taken_by=actor.ref,
        recorded_at=event.at,
        event=event,
    )


def _lock() -> Head:
    batch = find_batch()
    return batch.head if batch else lock_head()
