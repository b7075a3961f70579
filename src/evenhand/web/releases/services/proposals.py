"""Propose a release, decline it, take it back: nothing of it is public."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from evenhand.accountability.ledger import canonical_bytes
from evenhand.accountability.machines import RELEASE
from evenhand.accountability.releases import (
    may_decide_release,
    may_propose_release,
    may_take_back_release,
)
from evenhand.core import require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.command import command
from evenhand.web.ledger.recording import record_event, sealed
from evenhand.web.releases.allowlist import build_record
from evenhand.web.releases.checking import require_known, require_words
from evenhand.web.releases.freezing import (
    hash_content,
)
from evenhand.web.releases.gathering import Asked, gather, view_at
from evenhand.web.releases.models import Release
from evenhand.web.releases.writing import lock_release, move_release, stand_release

A_MOMENT = timedelta(microseconds=1)  # before the proposal's own event: looked at again, the same


@command(rule=may_propose_release, audit="release.proposed")
def propose_release(
    *, title: str, statement: str, reasons: str, asked: Asked, by: User, at: datetime
) -> str:
    """Propose that recommendations are published as they stand now; gives the reference.

    ``statement`` goes out with them and says why now; ``reasons`` are for who decides.

    Authorisation: `may_propose_release`. Audit: ``release.proposed``, with the hash of all that
    would go out; words are sealed.
    """
    actor = get_actor(by, at=at)
    require(may_propose_release(actor))
    require_words(title=title, statement=statement, reasons=reasons)
    moment = at - A_MOMENT
    records = [build_record(each) for each in gather(asked, as_of=view_at(moment))]
    require_known(asked, moment, records)
    content, ref = hash_content(records), secrets.token_hex(6)
    event = record_event(
        kind="release.proposed",
        subject=f"release:{ref}",
        by=actor,
        at=at,
        after={
            "title": title,
            "statement": sealed(statement),
            "reasons": sealed(reasons),
            "records": len(records),
            "words": len(asked.words),
            "files": len(asked.files),
            "sha256": content,
        },
    )
    kept = {
        "publications": sorted(asked.publications),
        "recommendations": sorted(asked.recommendations),
        "words": sorted(asked.words),
        "files": sorted(asked.files),
    }
    release = Release.objects.create(
        ref=ref,
        title=title,
        statement=statement,
        reasons=reasons,
        asked=canonical_bytes(kept).decode(),
        viewed_at=moment,
        content_sha256=content,
        records=len(records),
        proposed_by=actor.ref,
        recorded_at=event.at,
        event=event,
    )
    stand_release(release, RELEASE.start, actor.ref, reasons, event)
    return ref


@command(rule=may_decide_release, audit="release.declined")
def decline_release(*, release: str, reason: str, by: User, at: datetime) -> None:
    """Say that a proposal is not to go out, and why.

    Authorisation: `may_decide_release`. Audit: ``release.declined``; the words are sealed.
    """
    actor, found = get_actor(by, at=at), lock_release(release)
    require(may_decide_release(actor, proposed_by=found.proposed_by))
    require_words(reason=reason)
    state = move_release(found, "decline")
    event = record_event(
        kind="release.declined",
        subject=found.subject,
        by=actor,
        at=at,
        before={"state": RELEASE.start},
        after={"state": state, "reason": sealed(reason)},
    )
    stand_release(found, state, actor.ref, reason, event)


@command(rule=may_take_back_release, audit="release.taken-back")
def take_back_release(*, release: str, by: User, at: datetime) -> None:
    """Take back one's own proposal before anybody decides.

    Authorisation: `may_take_back_release`. Audit: ``release.taken-back``.
    """
    actor, found = get_actor(by, at=at), lock_release(release)
    require(may_take_back_release(actor, proposed_by=found.proposed_by))
    state = move_release(found, "take_back")
    event = record_event(
        kind="release.taken-back",
        subject=found.subject,
        by=actor,
        at=at,
        before={"state": RELEASE.start},
        after={"state": state},
    )
    stand_release(found, state, actor.ref, "", event)
