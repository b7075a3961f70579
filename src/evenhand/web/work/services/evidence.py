"""Evidence: offered in versions, used for items, reviewed by someone else.

Words about evidence are sealed in the ledger: they may speak of a person, and a copy of the ledger
goes to readers who are not cleared for restricted evidence.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from evenhand.accountability.machines import EVIDENCE
from evenhand.accountability.permissions import may_offer_evidence, may_review_evidence
from evenhand.accountability.states import may_follow, next_state
from evenhand.core import Decision, Refused, UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.command import command
from evenhand.web.foundation.errors import NotThere
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import record_event, sealed, sealed_words
from evenhand.web.register.queries import Target, check_not_future, get_work_target
from evenhand.web.work.drafts import EvidenceDraft
from evenhand.web.work.models import Evidence, EvidenceStanding, EvidenceUse
from evenhand.web.work.writing import (
    add_version,
    build_facts,
    index_evidence,
    may_see_by_any,
    share_evidence,
    stand_evidence,
    use_for,
)


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

    Authorisation: `may_offer_evidence`. Audit: ``evidence.offered``, with the file's hash; the
    words are sealed.
    """
    target = get_work_target(recommendation, at=at)
    actor = get_actor(by, at=at)
    require(may_offer_evidence(actor, target.item))
    if not title.strip():
        raise UsageProblem("evidence has a title.", rule="evidence-shape")
    check_not_future(draft.speaks_to, at=at, what="the period the evidence speaks for")
    ref = secrets.token_hex(6)
    words = {"title": sealed(title), "shows": sealed_words(shows)}
    event = record_event(
        kind="evidence.offered",
        subject=f"evidence:{ref}",
        by=actor,
        at=at,
        after={"number": 1, **words, **build_facts(draft)},
        touches=[target.subject],
    )
    evidence = Evidence.objects.create(
        ref=ref, title=title, offered_by=actor.ref, recorded_at=event.at, event=event
    )
    add_version(evidence, draft, actor, event)
    stand_evidence(evidence, EvidenceStanding(state=EVIDENCE.start), event)
    use_for(evidence, target, shows, event)
    index_evidence([target], evidence, draft, event, about=f"{title}\n{shows}")
    return evidence


@command(rule=may_offer_evidence, audit="evidence.revised")
def revise_evidence(
    *, evidence: str, draft: EvidenceDraft, by: User, at: datetime, seen: int | None = None
) -> None:
    """Offer a new version; earlier ones stay, and the new one has to be reviewed again.

    A stricter class guards the earlier versions too.

    Authorisation: `may_offer_evidence`, for an item it is used for, by someone cleared for it.
    Audit: ``evidence.revised``; the words are sealed.
    """
    found, actor = _get(evidence), get_actor(by, at=at)
    targets = _targets(found, at)
    require(_one_of(may_offer_evidence(actor, target.item) for target in targets))
    require(may_see_by_any(actor, found, targets))
    require_unchanged(found.subject, seen, aspect="evidence")
    check_not_future(draft.speaks_to, at=at, what="the period the evidence speaks for")
    state = _next(found, "revise")
    event = record_event(
        kind="evidence.revised",
        subject=found.subject,
        by=actor,
        at=at,
        after={"number": found.versions.count() + 1, "state": state, **build_facts(draft)},
        touches=[target.subject for target in targets],
    )
    add_version(found, draft, actor, event)
    stand_evidence(found, EvidenceStanding(state=state), event)
    index_evidence(targets, found, draft, event)


@command(rule=may_offer_evidence, audit="evidence.used")
def use_evidence(
    *, evidence: str, recommendation: str, by: User, at: datetime, shows: str = ""
) -> None:
    """Use a piece of evidence for another item too, saying what it shows there.

    Whoever owns that item will see it: a decision of somebody who is cleared for it.

    Authorisation: `may_offer_evidence`, by someone cleared for it. Audit: ``evidence.used``; the
    words are sealed.
    """
    target, found = get_work_target(recommendation, at=at), _get(evidence)
    actor = get_actor(by, at=at)
    targets = _targets(found, at)
    require(may_offer_evidence(actor, target.item))
    require(may_see_by_any(actor, found, targets))
    if _is_withdrawn(found):
        raise Refused("Evidence that was withdrawn is used for nothing more.")
    event = record_event(
        kind="evidence.used",
        subject=found.subject,
        by=actor,
        at=at,
        after={"item": target.subject, "shows": sealed_words(shows)},
        touches=[target.subject],
    )
    use_for(found, target, shows, event)
    share_evidence(found, targets, target, shows, event)


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
    Audit: ``evidence.reviewed``; the words are sealed.
    """
    found, actor = _get(evidence), get_actor(by, at=at)
    targets = _targets(found, at)
    for target in targets:
        require(may_review_evidence(actor, target.item, offered_by=found.offered_by))
    if verb not in ("accept", "return"):
        raise Refused("A review accepts or returns.")
    if verb == "return" and not reason.strip():
        raise UsageProblem(
            "sending evidence back needs a reason.",
            remedy="Say what would have to be different.",
            rule="moves-have-reasons",
        )
    require_unchanged(found.subject, seen, aspect="evidence")
    state = _next(found, verb)
    event = record_event(
        kind="evidence.reviewed",
        subject=found.subject,
        by=actor,
        at=at,
        after={"state": state, "reason": sealed_words(reason)},
        touches=[target.subject for target in targets],
    )
    new = EvidenceStanding(state=state, reviewed_by=actor.ref, reason=reason)
    stand_evidence(found, new, event)


@command(rule=may_offer_evidence, audit="evidence.withdrawn")
def withdraw_evidence(
    *, evidence: str, reason: str, by: User, at: datetime, seen: int | None = None
) -> None:
    """Rely on a piece of evidence no longer; it stays on the record, and so does why.

    Authorisation: `may_offer_evidence`, for an item it is used for, by someone cleared for it.
    Audit: ``evidence.withdrawn``; the words are sealed.
    """
    found, actor = _get(evidence), get_actor(by, at=at)
    targets = _targets(found, at)
    require(_one_of(may_offer_evidence(actor, target.item) for target in targets))
    require(may_see_by_any(actor, found, targets))
    require_unchanged(found.subject, seen, aspect="evidence")
    if not reason.strip():
        raise UsageProblem("withdrawing evidence needs a reason.", rule="moves-have-reasons")
    state = _next(found, "withdraw")
    event = record_event(
        kind="evidence.withdrawn",
        subject=found.subject,
        by=actor,
        at=at,
        after={"state": state, "reason": sealed_words(reason)},
        touches=[target.subject for target in targets],
    )
    stand_evidence(found, EvidenceStanding(state=state, reason=reason), event)


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


def _one_of(decisions: Iterable[Decision]) -> Decision:
    """Yes where one says yes; otherwise the first refusal. Evidence always has an item."""
    asked = list(decisions)
    return next((each for each in asked if each), asked[0])


def _next(found: Evidence, verb: str) -> str:
    now = EvidenceStanding.objects.as_of(None).get(evidence=found)
    require(may_follow(EVIDENCE, state=now.state, verb=verb))
    return next_state(EVIDENCE, state=now.state, verb=verb)


def _is_withdrawn(found: Evidence) -> bool:
    return bool(EvidenceStanding.objects.as_of(None).get(evidence=found).state == "withdrawn")
