"""Rows of evidence, written by its commands under their rule and event; and who may see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from evenhand.accountability.classification import ORDER, Classification
from evenhand.accountability.permissions import may_see_evidence
from evenhand.accountability.roles import Actor
from evenhand.core import Decision
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.recording import Event, sealed, sealed_words
from evenhand.web.register.queries import Target
from evenhand.web.search.indexing import index_words, share_words, tighten_words
from evenhand.web.work.drafts import EvidenceDraft
from evenhand.web.work.files import save_file
from evenhand.web.work.models import Evidence, EvidenceStanding, EvidenceUse, EvidenceVersion


def may_see_by_any(actor: Actor, evidence: Evidence, targets: Sequence[Target]) -> Decision:
    """May this person see the present version, through one of the items it is used for?"""
    latest = Classification(evidence.versions.latest("number").classification)
    decisions = [
        may_see_evidence(actor, target.item, latest, offered_by=evidence.offered_by)
        for target in targets
    ]
    return next((each for each in decisions if each), decisions[0])


def build_facts(draft: EvidenceDraft) -> dict[str, Any]:
    """What the ledger holds of a version: hash, period and class in clear, words sealed."""
    return {
        "sha256": draft.sha256 or None,
        "address": sealed(draft.address) if draft.address else None,
        "filename": sealed(draft.filename) if draft.filename else None,
        "from": draft.speaks_from.isoformat(),
        "to": draft.speaks_to.isoformat(),
        "method": sealed(draft.method),
        "limits": sealed_words(draft.limits),
        "reliability": str(draft.reliability),
        "class": str(draft.classification),
    }


def add_version(evidence: Evidence, draft: EvidenceDraft, actor: Actor, event: Event) -> None:
    """Keep the file and write the next version."""
    if draft.content:
        save_file(draft.content, sha256=draft.sha256)
    EvidenceVersion.objects.create(
        evidence=evidence,
        number=evidence.versions.count() + 1,
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


def use_for(evidence: Evidence, target: Target, shows: str, event: Event) -> None:
    """Write that it is used for an item, in place of what was said before."""
    pair = {"evidence": evidence, "recommendation_id": target.pk}
    supersede(EvidenceUse.objects.filter(**pair), event=event)
    EvidenceUse.objects.create(shows=shows, recorded_at=event.at, event=event, **pair)


def stand_evidence(evidence: Evidence, new: EvidenceStanding, event: Event) -> None:
    """Write how it stands now."""
    supersede(EvidenceStanding.objects.filter(evidence=evidence), event=event)
    new.evidence, new.recorded_at, new.event = evidence, event.at, event
    new.save(force_insert=True)


def index_evidence(
    targets: Iterable[Target],
    evidence: Evidence,
    draft: EvidenceDraft,
    event: Event,
    *,
    about: str = "",
) -> None:
    """Make a version find its items, for those cleared; ``about``: its title and what it shows.

    The two are apart, so that an erasure of one leaves the other to be found.
    """
    words = "\n".join((draft.method, draft.limits, draft.text))
    index = partial(
        index_words,
        at=event.at,
        event=event.sequence,
        classification=str(draft.classification),
    )
    for target in targets:
        index(subject=target.subject, source=evidence.subject, words=words)
        if about:
            index(subject=target.subject, source=_about(evidence), words=about)
    own = ORDER.index(Classification(draft.classification))
    tighten_words(
        sources=(evidence.subject, _about(evidence), _shows(evidence)),
        weaker=[str(each) for each in ORDER[:own]],
        classification=str(draft.classification),
    )


def share_evidence(
    evidence: Evidence, used_for: Sequence[Target], target: Target, shows: str, event: Event
) -> None:
    """Make its words find one more item; what it shows there is found there only."""
    for other in used_for[:1]:
        if other.subject != target.subject:
            for source in (evidence.subject, _about(evidence)):
                share_words(source=source, frm=other.subject, to=target.subject, at=event.at)
    index_words(
        subject=target.subject,
        source=_shows(evidence),
        words=shows,
        at=event.at,
        event=event.sequence,
        classification=str(evidence.versions.latest("number").classification),
    )


def _about(evidence: Evidence) -> str:
    return f"{evidence.subject}/about"


def _shows(evidence: Evidence) -> str:
    return f"{evidence.subject}/shows"
