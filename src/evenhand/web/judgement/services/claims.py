"""Claims: the owner says that a level is reached, and names the evidence it stands on."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime

from evenhand.accountability.judgement.embedding import Embedding
from evenhand.accountability.machines import CLAIM
from evenhand.accountability.permissions import may_claim
from evenhand.accountability.states import may_follow, next_state
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.command import command
from evenhand.web.judgement.models import Claim, ClaimStanding, PinnedVersion
from evenhand.web.judgement.queries.claims import (
    Pin,
    get_claim,
    list_claims,
    pin_version,
)
from evenhand.web.judgement.writing.decisions import find_work_after
from evenhand.web.judgement.writing.rows import stand
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import Event, record_event, sealed_words
from evenhand.web.register.queries import get_item, get_work_target, list_scales
from evenhand.web.register.services import claim_level
from evenhand.web.register.writing import move_if_possible
from evenhand.web.work.queries import list_evidence


@command(rule=may_claim, audit="claim.made")
def make_claim(
    *,
    recommendation: str,
    level: str,
    embedding: Embedding,
    evidence: Sequence[str],
    as_at: date,
    reason: str,
    by: User,
    at: datetime,
    seen: int | None = None,
) -> str:
    """Claim a level of the publication's scale and of embedding, on a set of evidence.

    The versions that stand now are pinned by hash; a claim not yet judged is replaced. The register
    records the level as the owner's own word (:func:`~evenhand.web.register.services.claim_level`).

    Authorisation: `may_claim`. Audit: ``claim.made``.
    """
    target = get_work_target(recommendation, at=at)
    actor = get_actor(by, at=at)
    require(may_claim(actor, target.item))
    require_unchanged(target.subject, seen, aspect="claim")
    if not reason.strip():
        raise UsageProblem("a claim says what was done and how it shows.", rule="claim-shape")
    now = AsOf.now(at)
    earlier = [each for each in list_claims(as_of=now, item=recommendation) if _is_open(each.state)]
    for each in earlier:
        require(may_follow(CLAIM, state=each.state, verb="replace"))
    pinned = _pin(recommendation, evidence, now)
    scale = list_scales()[get_item(recommendation, as_of=now).scale]
    chosen = scale.level(level)
    claim_level(
        recommendation=recommendation, level=level, as_at=as_at, reason=reason, by=by, at=at
    )
    ref = secrets.token_hex(6)
    event = record_event(
        kind="claim.made",
        subject=f"claim:{ref}",
        by=actor,
        at=at,
        after={
            "item": target.subject,
            "level": level,
            "embedding": embedding.value,
            "as_at": as_at.isoformat(),
            "reason": sealed_words(reason),
            "evidence": [
                {"ref": pin.evidence, "number": pin.number, "sha256": pin.sha256} for pin in pinned
            ],
        },
        touches=[target.subject],
    )
    claim = Claim(ref=ref, recommendation_id=target.pk, as_at=as_at, reason=reason, by=actor.ref)
    claim.level, claim.level_words, claim.closes = level, chosen.words, chosen.closes
    claim.rank, claim.embedding = scale.rank(level), embedding.value
    _write(claim, pinned, event)
    for each in earlier:
        stand(ClaimStanding, {"claim_id": each.pk}, event=event, state="replaced")
    return ref


@command(rule=may_claim, audit="claim.withdrawn")
def withdraw_claim(
    *, claim: str, reason: str, by: User, at: datetime, seen: int | None = None
) -> None:
    """No longer claim it; what was claimed stays on the record, and so does why it is not.

    Authorisation: `may_claim`. Audit: ``claim.withdrawn``.
    """
    view = get_claim(claim, as_of=AsOf.now(at))
    target = get_work_target(view.item, at=at)
    actor = get_actor(by, at=at)
    require(may_claim(actor, target.item))
    require_unchanged(view.subject, seen, aspect="claim")
    require(may_follow(CLAIM, state=view.state, verb="withdraw"))
    if not reason.strip():
        raise UsageProblem("withdrawing a claim needs a reason.", rule="moves-have-reasons")
    state = next_state(CLAIM, state=view.state, verb="withdraw")
    event = record_event(
        kind="claim.withdrawn",
        subject=view.subject,
        by=actor,
        at=at,
        before={"state": view.state},
        after={
            "state": state,
            "reason": sealed_words(reason),
            "work": find_work_after(target.pk, "return"),
        },
        touches=[target.subject],
    )
    stand(ClaimStanding, {"claim_id": view.pk}, event=event, state=state, reason=reason)
    move_if_possible(target.pk, "return", reason=reason, event=event)


def _write(claim: Claim, pinned: Sequence[Pin], event: Event) -> None:
    claim.recorded_at, claim.event = event.at, event
    claim.save(force_insert=True)
    PinnedVersion.objects.bulk_create(
        PinnedVersion(
            claim=claim,
            evidence=pin.evidence,
            number=pin.number,
            sha256=pin.sha256,
            recorded_at=event.at,
            event=event,
        )
        for pin in pinned
    )
    stand(ClaimStanding, {"claim_id": claim.pk}, event=event, state=CLAIM.start)


def _is_open(state: str) -> bool:
    return state in ("made", "before_panel")


def _pin(item: str, wanted: Sequence[str], now: AsOf) -> list[Pin]:
    found = {each.ref: each for each in list_evidence(as_of=now, item=item)}
    pinned = []
    for ref in dict.fromkeys(wanted):
        each = found.get(ref)
        if each is None or each.state not in ("offered", "accepted"):
            raise UsageProblem(
                "a claim stands on evidence that is used for this item and was not sent back.",
                rule="claims-stand-on-evidence",
            )
        pinned.append(pin_version(each, each.latest))
    if not pinned:
        raise UsageProblem(
            "a claim names the evidence it stands on.",
            remedy="Attach evidence to the item, then claim.",
            rule="claims-stand-on-evidence",
        )
    return sorted(pinned, key=lambda pin: pin.evidence)
