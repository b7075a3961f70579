"""Put together what a panel is shown, from the register as it stood at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from evenhand.accountability.judgement import Criterion, Judged, Outcome, Reading
from evenhand.accountability.judgement.bundle import Bundle, PinnedEvidence, require_bound
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.errors import NotThere
from evenhand.web.judgement.queries.claims import ClaimView, get_claim, pin_version
from evenhand.web.judgement.queries.criteria import (
    CriterionView,
    Measured,
    get_criterion,
    judge_view,
)
from evenhand.web.judgement.queries.sittings import SittingView
from evenhand.web.register.queries import get_item
from evenhand.web.work.queries import EvidenceRow, VersionRow, list_evidence


def build_bundle(claim: ClaimView, measured: Measured, *, as_of: AsOf) -> Bundle:
    """Everything that a panel judges by: text, criterion, figure, claim, evidence versions."""
    row = get_item(claim.item, as_of=as_of)
    evidence = tuple(
        PinnedEvidence(
            ref=each.ref,
            number=version.number,
            sha256=pin_version(each, version).sha256,
            speaks_from=version.speaks_from,
            speaks_to=version.speaks_to,
        )
        for each, version in list_pinned(claim, as_of=as_of)
    )
    return Bundle(
        item=row.subject,
        text=row.text,
        criterion=build_criterion_facts(measured.view),
        figure=build_figure_facts(measured.judged),
        claim=build_claim_facts(claim),
        evidence=evidence,
    )


def list_pinned(claim: ClaimView, *, as_of: AsOf) -> list[tuple[EvidenceRow, VersionRow]]:
    """The evidence of a claim with the versions that it names."""
    rows = {each.ref: each for each in list_evidence(as_of=as_of, item=claim.item)}
    found = []
    for pin in claim.pinned:
        each = rows.get(pin.evidence)
        version = next((v for v in each.versions if v.number == pin.number), None) if each else None
        if each is None or version is None:
            raise NotThere("evidence of this claim is not there.", rule="evidence-exists")
        found.append((each, version))
    return found


def build_criterion_facts(view: CriterionView) -> dict[str, Any]:
    """A criterion as the ledger and the bundle spell it: numbers as text."""
    agreed: Criterion = view.criterion
    return {
        "version": view.version,
        "kind": str(view.kind),
        "title": view.title,
        "source": view.source,
        "scope": dict(view.scope),
        "target": str(agreed.target.kind.value),
        "low": spell(agreed.target.low),
        "high": spell(agreed.target.high),
        "comparison": agreed.comparison.value,
        "distance": agreed.distance.value,
        "margin": spell(agreed.margin),
        "sustain_months": agreed.sustain_months,
        "measured_in": agreed.measured_in,
        "for_owner": view.for_owner,
        "for_secretariat": view.for_secretariat,
    }


def build_figure_facts(judged: Judged) -> dict[str, Any]:
    """How the measure stood, with the latest figure."""
    latest = judged.latest
    facts: dict[str, Any] = {
        "outcome": judged.outcome.value,
        "sentence": judged.sentence,
        "met_months": judged.met_months,
        "sustained": judged.sustained,
    }
    if latest is None:
        return facts
    return facts | {
        "from": latest.start.isoformat(),
        "to": latest.end.isoformat(),
        "value": spell(latest.value),
        "low": spell(latest.low),
        "high": spell(latest.high),
        "source": latest.source,
        "reference": latest.reference,
    }


def build_claim_facts(claim: ClaimView) -> Mapping[str, Any]:
    """A claim as the ledger and the bundle spell it."""
    return {
        "ref": claim.ref,
        "level": claim.level,
        "words": claim.level_words,
        "embedding": claim.embedding.value,
        "as_at": claim.as_at.isoformat(),
        "event": claim.event,
        "by": claim.by,
    }


def rebuild_facts(sitting: SittingView) -> dict[str, Any]:
    """The bundle of a sitting, put together anew from the rows as they stood when it was convened.

    Figures too: those recorded by hand from their rows, those measured here from the runs that
    stood then. A run that was withdrawn later, or one recorded later, changes nothing.
    """
    then = AsOf(sitting.convened_at, day_of(sitting.convened_at))
    view = get_criterion(sitting.criterion, as_of=then)
    claim = get_claim(sitting.claim, as_of=then)
    return build_bundle(claim, judge_view(view, as_of=then), as_of=then).facts


def require_as_shown(sitting: SittingView) -> None:
    """Refuse to judge where anything is no longer what was put before the panel."""
    require_bound(sitting.bundle, sha256=sitting.bundle_sha256)
    require_bound(rebuild_facts(sitting), sha256=sitting.bundle_sha256)


def read_judged(facts: Mapping[str, Any]) -> Judged:
    """How the measure stood, from the figure part of a bundle."""
    return Judged(
        outcome=Outcome(facts["outcome"]),
        sentence=facts["sentence"],
        latest=read_figure(facts),
        met_months=facts["met_months"],
        sustained=facts["sustained"],
    )


def read_figure(facts: Mapping[str, Any]) -> Reading | None:
    """The figure that a bundle holds, as a value; None where the panel had none."""
    if facts.get("value") is None:
        return None

    def number(name: str) -> float | None:
        return float(facts[name]) if facts.get(name) is not None else None

    return Reading(
        start=date.fromisoformat(facts["from"]),
        end=date.fromisoformat(facts["to"]),
        value=float(facts["value"]),
        low=number("low"),
        high=number("high"),
        source=facts.get("source", ""),
        reference=facts.get("reference", ""),
    )


def spell(value: float | Decimal | None) -> str | None:
    """A number as text without idle zeros, the same for a row and for the value read from it."""
    if value is None:
        return None
    text = f"{Decimal(str(value)).quantize(Decimal('0.000001')):f}"
    return text.rstrip("0").rstrip(".")
