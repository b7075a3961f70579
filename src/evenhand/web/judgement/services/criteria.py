"""Criteria: proposed by one side, agreed by a person of each, frozen when somebody judges."""

from __future__ import annotations

import secrets
from datetime import datetime
from decimal import Decimal
from typing import Any

from evenhand.accountability.judgement import Reading
from evenhand.accountability.judgement.permissions import (
    may_agree_for_owner,
    may_agree_for_secretariat,
    may_propose_criterion,
    may_record_figure,
)
from evenhand.accountability.machines import CRITERION
from evenhand.accountability.states import may_follow, next_state
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.command import command
from evenhand.web.judgement.bundles import build_criterion_facts, spell
from evenhand.web.judgement.choices import MeasureKind
from evenhand.web.judgement.drafts import CriterionDraft, check_figure, spell_reading
from evenhand.web.judgement.models import CriterionRow, CriterionStanding, Figure
from evenhand.web.judgement.queries.criteria import (
    CriterionView,
    get_criterion,
    list_criteria,
)
from evenhand.web.judgement.queries.sittings import list_sittings
from evenhand.web.judgement.writing.rows import stand
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import Event, record_event, sealed_words
from evenhand.web.register.queries import Target, check_not_future, get_work_target


@command(rule=may_propose_criterion, audit="criterion.proposed")
def propose_criterion(
    *,
    recommendation: str,
    draft: CriterionDraft,
    reason: str,
    by: User,
    at: datetime,
    seen: int | None = None,
) -> str:
    """Say by which measure an item shall be judged; an earlier proposal is replaced.

    What is agreed or frozen already holds until both sides have agreed the new version.

    Authorisation: `may_propose_criterion`. Audit: ``criterion.proposed``.
    """
    target = get_work_target(recommendation, at=at)
    actor = get_actor(by, at=at)
    require(may_propose_criterion(actor, target.item))
    require_unchanged(target.subject, seen, aspect="criterion")
    if not reason.strip():
        raise UsageProblem("say why this measure shows it.", rule="criterion-has-a-reason")
    earlier = list_criteria(as_of=AsOf.now(at), item=recommendation)
    version = CriterionRow.objects.filter(recommendation_id=target.pk).count() + 1
    ref = secrets.token_hex(6)
    row = _build_row(target, draft, ref=ref, version=version)
    row.reason, row.proposed_by = reason, actor.ref
    event = record_event(
        kind="criterion.proposed",
        subject=f"criterion:{ref}",
        by=actor,
        at=at,
        after={
            "item": target.subject,
            "version": version,
            "reason": sealed_words(reason),
            **_facts(draft),
        },
        touches=[target.subject],
    )
    row.recorded_at, row.event = event.at, event
    row.save(force_insert=True)
    stand(CriterionStanding, {"criterion_id": row.pk}, event=event, state=CRITERION.start)
    for view in earlier:
        if view.state in ("proposed", "half_agreed"):
            _replace(view, event)
    return ref


@command(rule=may_agree_for_owner, audit="criterion.agreed")
def agree_for_owner(*, criterion: str, by: User, at: datetime, seen: int | None = None) -> None:
    """The owner agrees to be judged by this version.

    Authorisation: `may_agree_for_owner`. Audit: ``criterion.agreed``.
    """
    view, target = _load(criterion, at)
    actor = get_actor(by, at=at)
    require(may_agree_for_owner(actor, target.item, agreed_by=view.for_secretariat))
    require_unchanged(view.subject, seen, aspect="criterion")
    if view.for_owner:
        raise UsageProblem("the owner has agreed already.", rule="one-agreement-a-side")
    _agree(view, actor.ref, "for_owner", at)


@command(rule=may_agree_for_secretariat, audit="criterion.agreed")
def agree_for_secretariat(
    *, criterion: str, by: User, at: datetime, seen: int | None = None
) -> None:
    """The secretariat agrees that this version is what the item is to be judged by.

    Authorisation: `may_agree_for_secretariat`. Audit: ``criterion.agreed``.
    """
    view, target = _load(criterion, at)
    actor = get_actor(by, at=at)
    require(may_agree_for_secretariat(actor, target.item, agreed_by=view.for_owner))
    require_unchanged(view.subject, seen, aspect="criterion")
    if view.for_secretariat:
        raise UsageProblem("the secretariat has agreed already.", rule="one-agreement-a-side")
    _agree(view, actor.ref, "for_secretariat", at)


@command(rule=may_record_figure, audit="criterion.figure-recorded")
def record_figure(*, criterion: str, reading: Reading, by: User, at: datetime) -> None:
    """Record a figure from outside with its source; a second for a period corrects the first.

    Authorisation: `may_record_figure`. Audit: ``criterion.figure-recorded``.
    """
    view, target = _load(criterion, at)
    actor = get_actor(by, at=at)
    require(may_record_figure(actor, target.item))
    if view.kind != MeasureKind.EXTERNAL:
        raise UsageProblem(
            "the figures of an indicator of ours are measured, and not typed in.",
            rule="figures-by-hand-are-from-outside",
        )
    check_not_future(reading.end, at=at, what="the period of the figure")
    check_figure(reading)
    event = record_event(
        kind="criterion.figure-recorded",
        subject=view.subject,
        by=actor,
        at=at,
        after=spell_reading(reading, spell),
        touches=[target.subject],
    )
    Figure.objects.create(
        criterion_id=view.pk,
        starts=reading.start,
        ends=reading.end,
        value=_decimal(reading.value),
        low=_decimal(reading.low),
        high=_decimal(reading.high),
        detectable=_decimal(reading.detectable),
        count=reading.count,
        of=_decimal(reading.of),
        absent=reading.absent,
        source=reading.source,
        address=reading.reference,
        by=actor.ref,
        recorded_at=event.at,
        event=event,
    )


def _load(criterion: str, at: datetime) -> tuple[CriterionView, Target]:
    view = get_criterion(criterion, as_of=AsOf.now(at))
    return view, get_work_target(view.item, at=at)


def _agree(view: CriterionView, person: str, side: str, at: datetime) -> None:
    require(may_follow(CRITERION, state=view.state, verb="agree"))
    state = next_state(CRITERION, state=view.state, verb="agree")
    earlier = _list_succeeded(view, at) if state == "agreed" else []
    sides = {"for_owner": view.for_owner, "for_secretariat": view.for_secretariat, side: person}
    event = record_event(
        kind="criterion.agreed",
        subject=view.subject,
        by=person,
        at=at,
        before={"state": view.state},
        after={**build_criterion_facts(view), **sides, "state": state, "side": side},
        touches=[f"recommendation:{view.item}"],
    )
    stand(CriterionStanding, {"criterion_id": view.pk}, event=event, state=state, **sides)
    for each in earlier:
        _replace(each, event)


def _list_succeeded(view: CriterionView, at: datetime) -> list[CriterionView]:
    """The versions that end when this one is agreed; refused while somebody judges by one."""
    now = AsOf.now(at)
    found = list_criteria(as_of=now, item=view.item)
    earlier = [each for each in found if each.counts and each.pk != view.pk]
    if earlier and list_sittings(as_of=now, item=view.item, state="open"):
        raise UsageProblem(
            "a sitting is open on this item, and what it judges by cannot change under it.",
            remedy="Agree once the sitting has ended.",
            rule="frozen-while-judged",
        )
    return earlier


def _replace(view: CriterionView, event: Event) -> None:
    stand(
        CriterionStanding,
        {"criterion_id": view.pk},
        event=event,
        state=next_state(CRITERION, state=view.state, verb="replace"),
        for_owner=view.for_owner,
        for_secretariat=view.for_secretariat,
    )


def _build_row(target: Target, draft: CriterionDraft, *, ref: str, version: int) -> CriterionRow:
    agreed = draft.criterion
    return CriterionRow(
        ref=ref,
        recommendation_id=target.pk,
        version=version,
        kind=draft.kind,
        title=draft.title,
        source=draft.source,
        **draft.scope,
        target=agreed.target.kind.value,
        low=_decimal(agreed.target.low),
        high=_decimal(agreed.target.high),
        comparison=agreed.comparison.value,
        distance=agreed.distance.value,
        margin=_decimal(agreed.margin),
        sustain_months=agreed.sustain_months,
        measured_in=agreed.measured_in,
    )


def _facts(draft: CriterionDraft) -> dict[str, Any]:
    agreed = draft.criterion
    return {
        "kind": str(draft.kind),
        "title": draft.title,
        "source": draft.source,
        "scope": draft.scope,
        "target": agreed.target.kind.value,
        "low": spell(agreed.target.low),
        "high": spell(agreed.target.high),
        "comparison": agreed.comparison.value,
        "distance": agreed.distance.value,
        "margin": spell(agreed.margin),
        "sustain_months": agreed.sustain_months,
        "measured_in": agreed.measured_in,
    }


def _decimal(value: float | None) -> Decimal | None:
    text = spell(value)
    return None if text is None else Decimal(text)
