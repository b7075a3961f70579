"""Evidence: offered in versions, used for items, reviewed by someone else."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from evenhand.accountability.machines import EVIDENCE
from evenhand.accountability.permissions import may_offer_evidence, may_review_evidence
from evenhand.accountability.roles import Actor
from evenhand.accountability.states import may_follow, next_state
from evenhand.core import Refused, UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.command import command
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import Event, record_event
from evenhand.web.register.queries import Target, get_work_target
from evenhand.web.search.indexing import index_words
from evenhand.web.work.drafts import EvidenceDraft
from evenhand.web.work.files import save_file
from evenhand.web.work.models import Evidence, EvidenceStanding, EvidenceUse, EvidenceVersion


@command(rule=may_offer_evidence, audit="evidence.offered")
def offer_evidence(
    *,
    recommendation: str,
    title: str,
    draft: EvidenceDraft,
    by: User,
    at: datetime,
    shows: str = "",
) -> Evidence:
    """Attach a file or link to an item, with the period it speaks for, its method and its limits.

    Authorisation: `may_offer_evidence`. Audit: ``evidence.offered``, with the file's hash.
    """
    target = get_work_target(recommendation, at=at)
    actor = get_actor(by, at=at)
    require(may_offer_evidence(actor, target.item))
    if not title.strip():
        raise UsageProblem("evidence has a title.", rule="evidence-shape")
    ref = secrets.token_hex(6)
    event = record_event(
        kind="evidence.offered",
        subject=f"evidence:{ref}",
        by=actor,
        at=at,
        after={"title": title, "number": 1, "shows": shows, **_facts(draft)},
        touches=[target.subject],
    )
    evidence = Evidence.objects.create(
        ref=ref, title=title, offered_by=actor.ref, recorded_at=event.at, event=event
    )
    _add_version(evidence, 1, draft, actor, event)
    _stand(evidence, EvidenceStanding(state=EVIDENCE.start), event)
    _use(evidence, target, shows, event)
    _index(target, evidence, draft, shows, event)
    return evidence


@command(rule=may_offer_evidence, audit="evidence.revised")
def revise_evidence(
    *, evidence: str, draft: EvidenceDraft, by: User, at: datetime, seen: int | None = None
) -> None:
    """Offer a new version; earlier ones stay, and the new one has to be reviewed again.

    Authorisation: `may_offer_evidence`, for an item it is used for. Audit: ``evidence.revised``.
    """
    found, actor = _get(evidence), get_actor(by, at=at)
    targets = _targets(found, at)
    allowed = [may_offer_evidence(actor, target.item) for target in targets]
    require(next((each for each in allowed if each), allowed[0]))
    require_unchanged(found.subject, seen, aspect="evidence")
    state = _next(found, "revise")
    number = found.versions.count() + 1
    event = record_event(
        kind="evidence.revised",
        subject=found.subject,
        by=actor,
        at=at,
        after={"number": number, "state": state, **_facts(draft)},
        touches=[target.subject for target in targets],
    )
    _add_version(found, number, draft, actor, event)
    _stand(found, EvidenceStanding(state=state), event)
    for target in targets:
        _index(target, found, draft, "", event)


@command(rule=may_offer_evidence, audit="evidence.used")
def use_evidence(
    *, evidence: str, recommendation: str, by: User, at: datetime, shows: str = ""
) -> None:
    """Use a piece of evidence for another item too, saying what it shows there.

    Authorisation: `may_offer_evidence`. Audit: ``evidence.used``.
    """
    target, found = get_work_target(recommendation, at=at), _get(evidence)
    actor = get_actor(by, at=at)
    require(may_offer_evidence(actor, target.item))
    event = record_event(
        kind="evidence.used",
        subject=found.subject,
        by=actor,
        at=at,
        after={"item": target.subject, "shows": shows},
        touches=[target.subject],
    )
    _use(found, target, shows, event)


@command(rule=may_review_evidence, audit="evidence.reviewed")
def review_evidence(
    *,
    evidence: str,
    verb: str,
    by: User,
    at: datetime,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Accept a piece of evidence or send it back with a reason (``accept``, ``return``).

    Authorisation: `may_review_evidence`, for every item it is used for.
    Audit: ``evidence.reviewed``.
    """
    found, actor = _get(evidence), get_actor(by, at=at)
    targets = _targets(found, at)
    for target in targets:
        require(may_review_evidence(actor, target.item, offered_by=found.offered_by))
    if verb not in ("accept", "return"):
        raise Refused("A review accepts or returns.")
    if verb == "return" and not reason.strip():
        raise UsageProblem("sending evidence back needs a reason.", rule="moves-have-reasons")
    require_unchanged(found.subject, seen, aspect="evidence")
    state = _next(found, verb)
    event = record_event(
        kind="evidence.reviewed",
        subject=found.subject,
        by=actor,
        at=at,
        after={"state": state, "reason": reason},
        touches=[target.subject for target in targets],
    )
    _stand(found, EvidenceStanding(state=state, reviewed_by=actor.ref, reason=reason), event)


@command(rule=may_offer_evidence, audit="evidence.withdrawn")
def withdraw_evidence(
    *, evidence: str, reason: str, by: User, at: datetime, seen: int | None = None
) -> None:
    """Rely on a piece of evidence no longer; it stays on the record, and so does why.

    Authorisation: `may_offer_evidence`, for an item it is used for. Audit: ``evidence.withdrawn``.
    """
    found, actor = _get(evidence), get_actor(by, at=at)
    targets = _targets(found, at)
    allowed = [may_offer_evidence(actor, target.item) for target in targets]
    require(next((each for each in allowed if each), allowed[0]))
    require_unchanged(found.subject, seen, aspect="evidence")
    if not reason.strip():
        raise UsageProblem("withdrawing evidence needs a reason.", rule="moves-have-reasons")
    state = _next(found, "withdraw")
    event = record_event(
        kind="evidence.withdrawn",
        subject=found.subject,
        by=actor,
        at=at,
        after={"state": state, "reason": reason},
        touches=[target.subject for target in targets],
    )
    _stand(found, EvidenceStanding(state=state, reason=reason), event)


def _get(ref: str) -> Evidence:
    found: Evidence | None = Evidence.objects.filter(ref=ref).first()
    if found is None:
        raise NotThere("there is no such evidence.", rule="evidence-exists")
    return found


def _targets(found: Evidence, at: datetime) -> list[Target]:
    uses = EvidenceUse.objects.as_of(None).filter(evidence=found)
    return [
        get_work_target(ref, at=at) for ref in uses.values_list("recommendation__ref", flat=True)
    ]


def _next(found: Evidence, verb: str) -> str:
    now = EvidenceStanding.objects.as_of(None).get(evidence=found)
    require(may_follow(EVIDENCE, state=now.state, verb=verb))
    return next_state(EVIDENCE, state=now.state, verb=verb)


def _facts(draft: EvidenceDraft) -> dict[str, Any]:
    return {
        "sha256": draft.sha256 or None,
        "address": draft.address or None,
        "from": draft.speaks_from.isoformat(),
        "to": draft.speaks_to.isoformat(),
        "method": draft.method,
        "limits": draft.limits,
        "reliability": str(draft.reliability),
        "class": str(draft.classification),
    }


def _add_version(
    evidence: Evidence, number: int, draft: EvidenceDraft, actor: Actor, event: Event
) -> None:
    if draft.content:
        save_file(draft.content, sha256=draft.sha256)
    EvidenceVersion.objects.create(
        evidence=evidence,
        number=number,
        filename=draft.filename,
        media_type=draft.media_type,
        size=len(draft.content),
        sha256=draft.sha256,
        address=draft.address,
        speaks_from=draft.speaks_from,
        speaks_to=draft.speaks_to,
        method=draft.method,
        limits=draft.limits,
        reliability=draft.reliability,
        classification=draft.classification,
        by=actor.ref,
        recorded_at=event.at,
        event=event,
    )


def _use(evidence: Evidence, target: Target, shows: str, event: Event) -> None:
    pair = {"evidence": evidence, "recommendation_id": target.pk}
    supersede(EvidenceUse.objects.filter(**pair), event=event)
    EvidenceUse.objects.create(shows=shows, recorded_at=event.at, event=event, **pair)


def _stand(evidence: Evidence, new: EvidenceStanding, event: Event) -> None:
    supersede(EvidenceStanding.objects.filter(evidence=evidence), event=event)
    new.evidence, new.recorded_at, new.event = evidence, event.at, event
    new.save(force_insert=True)


def _index(
    target: Target, evidence: Evidence, draft: EvidenceDraft, shows: str, event: Event
) -> None:
    words = "\n".join((evidence.title, shows, draft.method, draft.limits, draft.text))
    index_words(subject=target.subject, source=evidence.subject, words=words, at=event.at)
