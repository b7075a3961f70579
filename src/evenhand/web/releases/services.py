"""Commands over releases: propose, approve, decline, take back, withdraw."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from evenhand.accountability.ledger import canonical_bytes
from evenhand.accountability.machines import RELEASE
from evenhand.accountability.releases import (
    may_decide_release,
    may_propose_release,
    may_take_back_release,
    may_withdraw_release,
)
from evenhand.accountability.states import may_follow, next_state
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.as_of import day_of
from evenhand.web.foundation.command import command
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.recording import Event, record_event, sealed
from evenhand.web.releases.allowlist import build_record
from evenhand.web.releases.choices import Act
from evenhand.web.releases.freezing import (
    Record,
    freeze,
    freeze_notice,
    hash_content,
    render_manifest,
)
from evenhand.web.releases.gathering import Asked, gather, list_words, view_at
from evenhand.web.releases.models import FrozenRelease, Release, ReleaseStanding
from evenhand.web.releases.queries.frozen import RecordRow, find_newest, list_records
from evenhand.web.releases.queries.proposals import read_asked
from evenhand.web.releases.writing import Frozen, write_frozen

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
    _require_words(title=title, statement=statement, reasons=reasons)
    moment = at - A_MOMENT
    records = _build(asked, moment)
    _require_known(asked, moment, records)
    content, ref = hash_content(records), _draw_ref()
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
            "sha256": content,
        },
    )
    kept = {
        "publications": sorted(asked.publications),
        "recommendations": sorted(asked.recommendations),
        "words": sorted(asked.words),
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
    _stand(release, RELEASE.start, actor.ref, reasons, event)
    return ref


@command(rule=may_decide_release, audit="release.approved")
def approve_release(*, release: str, by: User, at: datetime) -> int:
    """Let out exactly what was proposed, as a frozen copy; gives its number on the public side.

    The copy is made again from the register as of the proposal's moment. Where it no longer says
    the same (words were erased since) nothing goes out.

    Authorisation: `may_decide_release`. Audit: ``release.approved``, with the hash of the manifest
    of every frozen copy; it stands in the history of each recommendation.
    """
    actor, found = get_actor(by, at=at), _get(release)
    require(may_decide_release(actor, proposed_by=found.proposed_by))
    state = _move(found, "approve")
    records = _build(read_asked(found.asked), found.viewed_at)
    if hash_content(records) != found.content_sha256:
        raise UsageProblem(
            "what was proposed can no longer be said in the same words, so nothing was released.",
            remedy="Take it back or decline it, and propose it again.",
            rule="released-as-proposed",
        )
    number, on = _next_number(), day_of(at).isoformat()
    earlier = {row.address: row.read() for row in list_records()}
    copies = [freeze(r, earlier.get(r["address"]), number=number, on=on) for r in records]
    manifest, sha256 = render_manifest(copies)
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
    write_frozen(act, copies, {r["address"]: r for r in records}, event)
    _stand(found, state, actor.ref, "", event)
    return number


@command(rule=may_decide_release, audit="release.declined")
def decline_release(*, release: str, reason: str, by: User, at: datetime) -> None:
    """Say that a proposal is not to go out, and why.

    Authorisation: `may_decide_release`. Audit: ``release.declined``; the words are sealed.
    """
    actor, found = get_actor(by, at=at), _get(release)
    require(may_decide_release(actor, proposed_by=found.proposed_by))
    _require_words(reason=reason)
    state = _move(found, "decline")
    event = record_event(
        kind="release.declined",
        subject=found.subject,
        by=actor,
        at=at,
        before={"state": RELEASE.start},
        after={"state": state, "reason": sealed(reason)},
    )
    _stand(found, state, actor.ref, reason, event)


@command(rule=may_take_back_release, audit="release.taken-back")
def take_back_release(*, release: str, by: User, at: datetime) -> None:
    """Take back one's own proposal before anybody decides.

    Authorisation: `may_take_back_release`. Audit: ``release.taken-back``.
    """
    actor, found = get_actor(by, at=at), _get(release)
    require(may_take_back_release(actor, proposed_by=found.proposed_by))
    state = _move(found, "take_back")
    event = record_event(
        kind="release.taken-back",
        subject=found.subject,
        by=actor,
        at=at,
        before={"state": RELEASE.start},
        after={"state": state},
    )
    _stand(found, state, actor.ref, "", event)


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
    actor, found = get_actor(by, at=at), _get(release)
    require(may_withdraw_release(actor))
    _require_words(reason=reason)
    state = _move(found, "withdraw")
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
        _stand(found, state, actor.ref, reason, event)
    return number


def _draw_ref() -> str:
    return secrets.token_hex(6)


def _build(asked: Asked, moment: datetime) -> list[Record]:
    return [build_record(material) for material in gather(asked, as_of=view_at(moment))]


def _require_words(**given: str) -> None:
    missing = [name for name, words in given.items() if not words.strip()]
    if missing:
        raise UsageProblem(
            f"a release needs its {' and '.join(missing)}.", rule="releases-have-reasons"
        )


def _require_known(asked: Asked, moment: datetime, records: Sequence[Record]) -> None:
    """Refuse what is not on the register: nothing asked for is left out in silence."""
    if not records:
        raise UsageProblem("there is nothing in this release.", rule="releases-hold-something")
    refs = {record["address"] for record in records}
    reports = {record["publication"]["ref"] for record in records}
    lost = [*(set(asked.recommendations) - refs), *(set(asked.publications) - reports)]
    if lost:
        raise NotThere(f"{', '.join(sorted(lost))}: not on the register.", rule="item-exists")
    if asked.words:
        view = view_at(moment)
        rows = [material.row for material in gather(asked, as_of=view)]
        if asked.words - {words.id for words in list_words(rows, as_of=view)}:
            raise UsageProblem(
                "some of the words chosen are no longer on the register in this form.",
                remedy="Open the form again and choose from what stands there now.",
                rule="words-are-approved-exactly",
            )


def _get(ref: str) -> Release:
    found: Release | None = Release.objects.select_for_update().filter(ref=ref).first()
    if found is None:
        raise NotThere("there is no such release.", rule="release-exists")
    return found


def _move(release: Release, verb: str) -> str:
    now = ReleaseStanding.objects.as_of(None).get(release=release)
    require(may_follow(RELEASE, state=now.state, verb=verb))
    return next_state(RELEASE, state=now.state, verb=verb)


def _stand(release: Release, state: str, by: str, reason: str, event: Event) -> None:
    supersede(ReleaseStanding.objects.filter(release=release), event=event)
    ReleaseStanding.objects.create(
        release=release, state=state, by=by, reason=reason, recorded_at=event.at, event=event
    )


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
