"""Public twins of evidence: made by one person, passed by another, kept apart from the private."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from evenhand.accountability.judgement.permissions import may_pass_redaction, may_redact
from evenhand.accountability.machines import REDACTION
from evenhand.accountability.remnants import Place
from evenhand.accountability.states import may_follow, next_state
from evenhand.core import Refused, UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.command import command
from evenhand.web.foundation.errors import NotThere
from evenhand.web.judgement.models import Redaction, RedactionStanding
from evenhand.web.judgement.queries.outside import RedactionRow, get_redaction
from evenhand.web.judgement.twins import Twin, save_twin
from evenhand.web.judgement.writing.rows import stand
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import Event, record_event, sealed_words
from evenhand.web.register.queries import Target, get_work_target
from evenhand.web.releases.queries.copies import list_files_of
from evenhand.web.remnants.seeking import Held
from evenhand.web.remnants.writing import record_remnants
from evenhand.web.work.queries import EvidenceRow, list_evidence


@command(rule=may_redact, audit="redaction.prepared")
def prepare_redaction(*, evidence: str, twin: Twin, by: User, at: datetime) -> str:
    """Keep a version of evidence without private matter, apart from the private file.

    Authorisation: `may_redact`, for an item it is used for. Audit: ``redaction.prepared``.
    """
    found, targets = _load(evidence, at)
    actor = get_actor(by, at=at)
    allowed = [may_redact(actor, target.item) for target in targets]
    require(next((each for each in allowed if each), allowed[0]))
    digest = hashlib.sha256(twin.content).hexdigest()
    private = {version.sha256 for version in found.versions if version.classification != "public"}
    if digest in private:
        raise UsageProblem(
            "this is the private file itself.",
            remedy="Send a version from which private matter was taken out.",
            rule="twins-differ",
        )
    save_twin(twin.content, sha256=digest)
    ref = secrets.token_hex(6)
    event = record_event(
        kind="redaction.prepared",
        subject=f"redaction:{ref}",
        by=actor,
        at=at,
        after={
            "evidence": f"evidence:{found.ref}",
            "number": found.latest.number,
            "sha256": digest,
            "left_out": sealed_words(twin.left_out),
        },
        touches=[f"evidence:{found.ref}", *(target.subject for target in targets)],
    )
    row = Redaction.objects.create(
        ref=ref,
        evidence=found.ref,
        number=found.latest.number,
        filename=twin.filename,
        media_type=twin.media_type,
        size=len(twin.content),
        sha256=digest,
        left_out=twin.left_out,
        made_by=actor.ref,
        recorded_at=event.at,
        event=event,
    )
    stand(RedactionStanding, {"redaction_id": row.pk}, event=event, state=REDACTION.start)
    return ref


@command(rule=may_pass_redaction, audit="redaction.reviewed")
def review_redaction(
    *,
    redaction: str,
    verb: str,
    by: User,
    at: datetime,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Say that nothing private is left in a public twin, or send it back (``pass``, ``send_back``).

    Authorisation: `may_pass_redaction`, for every item. Audit: ``redaction.reviewed``.
    """
    view = get_redaction(redaction, as_of=AsOf.now(at))
    _, targets = _load(view.evidence, at)
    actor = get_actor(by, at=at)
    for target in targets:
        require(may_pass_redaction(actor, target.item, made_by=view.made_by))
    if verb not in ("pass", "send_back"):
        raise Refused("A review passes a twin or sends it back.")
    require_unchanged(view.subject, seen, aspect="redaction")
    require(may_follow(REDACTION, state=view.state, verb=verb))
    if verb == "send_back" and not reason.strip():
        raise UsageProblem("sending it back needs a reason.", rule="moves-have-reasons")
    _move(view, targets, verb, reason, kind="redaction.reviewed", by=actor.ref, at=at)


@command(rule=may_pass_redaction, audit="redaction.withdrawn")
def withdraw_redaction(
    *, redaction: str, reason: str, by: User, at: datetime, seen: int | None = None
) -> None:
    """Show a public twin no longer, because something private was found in it after all.

    Authorisation: `may_pass_redaction`, for every item. Audit: ``redaction.withdrawn``.
    """
    view = get_redaction(redaction, as_of=AsOf.now(at))
    _, targets = _load(view.evidence, at)
    actor = get_actor(by, at=at)
    for target in targets:
        require(may_pass_redaction(actor, target.item, made_by=""))
    require_unchanged(view.subject, seen, aspect="redaction")
    require(may_follow(REDACTION, state=view.state, verb="withdraw"))
    if not reason.strip():
        raise UsageProblem("withdrawing it needs a reason.", rule="moves-have-reasons")
    event = _move(
        view, targets, "withdraw", reason, kind="redaction.withdrawn", by=actor.ref, at=at
    )
    held = [Held(Place.FILE, key) for key in list_files_of(view.sha256)]
    record_remnants(held, by=actor.ref, event=event)


def _load(evidence: str, at: datetime) -> tuple[EvidenceRow, list[Target]]:
    rows = list_evidence(as_of=AsOf.now(at))
    found = next((each for each in rows if each.ref == evidence), None)
    if found is None:
        raise NotThere("there is no such evidence.", rule="evidence-exists")
    return found, [get_work_target(item, at=at) for item, _ in found.uses]


def _move(
    view: RedactionRow,
    targets: list[Target],
    verb: str,
    reason: str,
    *,
    kind: str,
    by: str,
    at: datetime,
) -> Event:
    state = next_state(REDACTION, state=view.state, verb=verb)
    event = record_event(
        kind=kind,
        subject=view.subject,
        by=by,
        at=at,
        before={"state": view.state},
        after={"state": state, "reason": sealed_words(reason)},
        touches=[f"evidence:{view.evidence}", *(target.subject for target in targets)],
    )
    stand(
        RedactionStanding,
        {"redaction_id": view.pk},
        event=event,
        state=state,
        reviewed_by=by,
        reason=reason,
    )
    return event
