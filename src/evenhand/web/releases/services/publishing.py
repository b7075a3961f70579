"""Let out what was proposed, and withdraw what is public."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from evenhand.accountability.machines import RELEASE
from evenhand.accountability.releases import (
    may_decide_release,
    may_withdraw_release,
)
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.command import command
from evenhand.web.ledger.recording import record_event
from evenhand.web.releases.allowlist import build_record
from evenhand.web.releases.attached import require_still_passed
from evenhand.web.releases.checking import require_words
from evenhand.web.releases.choices import Act
from evenhand.web.releases.freezing import (
    Record,
    freeze,
    freeze_notice,
    hash_content,
    render_manifest,
)
from evenhand.web.releases.gathering import gather, view_at
from evenhand.web.releases.models import FrozenRelease, Release
from evenhand.web.releases.queries.frozen import RecordRow, find_newest, list_records
from evenhand.web.releases.queries.proposals import read_asked
from evenhand.web.releases.writing import (
    Frozen,
    lock_release,
    move_release,
    stand_release,
    write_files,
    write_frozen,
)


@command(rule=may_decide_release, audit="release.approved")
def approve_release(*, release: str, by: User, at: datetime) -> int:
    """Let out exactly what was proposed, as a frozen copy; gives its number on the public side.

    The copy is made again from the register as of the proposal's moment. Where it no longer says
    the same (words were erased since), or a file is no longer passed, nothing goes out.

    Authorisation: `may_decide_release`. Audit: ``release.approved``, with the hash of the manifest
    of every frozen copy; it stands in the history of each recommendation.
    """
    actor, found = get_actor(by, at=at), lock_release(release)
    require(may_decide_release(actor, proposed_by=found.proposed_by))
    state = move_release(found, "approve")
    materials = gather(read_asked(found.asked), as_of=view_at(found.viewed_at))
    records = [build_record(material) for material in materials]
    files = [each for material in materials for each in material.files]
    if hash_content(records) != found.content_sha256:
        raise UsageProblem(
            "what was proposed can no longer be said in the same words, so nothing was released.",
            remedy="Take it back or decline it, and propose it again.",
            rule="released-as-proposed",
        )
    require_still_passed(files, as_of=AsOf.now(at))
    number, on = _next_number(), day_of(at).isoformat()
    earlier = {row.address: row.read() for row in list_records()}
    copies = [freeze(r, earlier.get(r["address"]), number=number, on=on) for r in records]
    manifest, sha256 = render_manifest(copies, records)
    event = record_event(
        kind="release.approved",
        subject=found.subject,
        by=actor,
        at=at,
        before={"state": RELEASE.start},
        after={"state": state, "number": number, "records": len(copies), "sha256": sha256},
        touches=[f"recommendation:{copy.address}" for copy in copies],
    )
    act = Frozen(number, Act.RELEASED, found.title, found.statement, manifest, sha256)
    row = write_frozen(act, copies, {r["address"]: r for r in records}, event)
    write_files(row, files)
    stand_release(found, state, actor.ref, "", event)
    return number


@command(rule=may_withdraw_release, audit="release.withdrawn")
def withdraw_release(
    *, release: str, reason: str, by: User, at: datetime, recommendations: Sequence[str] = ()
) -> int:
    """Take a release back from the public side, or some of its recommendations; a notice stays.

    ``reason`` is shown to the public at every address. Recommendations that a later release has
    replaced stay as that release left them.

    Authorisation: `may_withdraw_release`. Audit: ``release.withdrawn``, with the hash of the
    manifest of the notices; it stands in the history of each recommendation.
    """
    actor, found = get_actor(by, at=at), lock_release(release)
    require(may_withdraw_release(actor))
    require_words(reason=reason)
    state = move_release(found, "withdraw")
    of = _number_of(found)
    rows = _list_withdrawn(of, recommendations)
    whole = not recommendations
    number, on = _next_number(), day_of(at).isoformat()
    earlier: dict[str, Record] = {row.address: row.read() for row in rows}
    copies = [freeze_notice(record, number=number, on=on) for record in earlier.values()]
    manifest, sha256 = render_manifest(copies)
    event = record_event(
        kind="release.withdrawn",
        subject=found.subject,
        by=actor,
        at=at,
        before={"number": of},
        after={"number": number, "records": len(copies), "whole": whole, "sha256": sha256},
        touches=[f"recommendation:{copy.address}" for copy in copies],
    )
    title = f"Withdrawal {'of' if whole else 'from'} release {of}"
    ends = of if whole else None
    act = Frozen(number, Act.WITHDRAWN, title, reason, manifest, sha256, withdraws=ends)
    write_frozen(act, copies, earlier, event)
    if whole:
        stand_release(found, state, actor.ref, reason, event)
    return number


def _next_number() -> int:
    newest = find_newest()
    return newest.number + 1 if newest else 1


def _number_of(release: Release) -> int:
    approved = release.standings.filter(state="released").values("event")
    return int(FrozenRelease.objects.get(event__in=approved).number)


def _list_withdrawn(number: int, chosen: Sequence[str]) -> list[RecordRow]:
    """The records of this release that are public now: all, or those chosen."""
    rows = [row for row in list_records() if row.release == number and not row.is_withdrawn]
    lost = set(chosen) - {row.address for row in rows}
    if lost:
        raise UsageProblem(
            f"{', '.join(sorted(lost))}: not public by this release.",
            rule="withdraw-what-is-public",
        )
    return [row for row in rows if not chosen or row.address in set(chosen)]
