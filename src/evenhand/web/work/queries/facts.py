"""What the exception rules need of each item, gathered in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max, QuerySet

from evenhand.accountability.exceptions import (
    Blocker,
    Holder,
    ItemException,
    ItemFacts,
    Limits,
    OpenQuestion,
    list_exceptions,
)
from evenhand.accountability.exceptions.rules import USUAL
from evenhand.web.accounts.queries import list_ends
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.recorded import standing
from evenhand.web.ledger.keeping import is_keeping, keep_answer
from evenhand.web.register.queries import DutyRow, ItemRow, list_blockers, list_items
from evenhand.web.work.models import ChallengeStanding, EvidenceUse, EvidenceVersion, Update

FEW = 50  # items: a page of them

RELIED_ON = ("offered", "accepted")
"""States in which evidence counts for an item: withdrawn or sent back, it does not."""


def list_item_exceptions(
    rows: Sequence[ItemRow], *, as_of: AsOf, limits: Limits = USUAL
) -> list[ItemException]:
    """What should be looked at first among these items, why, and since when?

    For more than a few they are taken from those of the whole register, which are kept.
    """
    if len(rows) <= FEW or not is_keeping():
        return list_exceptions(list_facts(rows, as_of=as_of), on=as_of.on, limits=limits)
    wanted = {row.subject for row in rows}
    question = ("exceptions", as_of.moment, as_of.on, limits)
    found = keep_answer(*question, answer=lambda: _list_all(as_of, limits))
    return [each for each in found if each.item in wanted]


def _list_all(as_of: AsOf, limits: Limits) -> tuple[ItemException, ...]:
    facts = list_facts(list_items(as_of=as_of), as_of=as_of)
    return tuple(list_exceptions(facts, on=as_of.on, limits=limits))


def list_facts(rows: Sequence[ItemRow], *, as_of: AsOf) -> list[ItemFacts]:
    """The facts of these items as they stood: a number of queries that does not grow with them."""
    from evenhand.web.judgement.queries import list_verdict_facts  # it asks queries of this app
    from evenhand.web.remnants.queries import list_still_public

    # Of few, only theirs are asked for; many keys in a question cost more than they save.
    only = {"recommendation__in": [row.pk for row in rows]} if len(rows) <= FEW else {}
    accounts = _last_accounts(as_of, only)
    uses = _relied_on(as_of, only)
    evidence = _newest_evidence(as_of, uses)
    came = _evidence_came(as_of, uses)
    questions = _open_questions(as_of, {f"challenge__{key}": keys for key, keys in only.items()})
    blockers = list_blockers(as_of=as_of)
    ends = list_ends(as_of=as_of.moment)
    verdicts = list_verdict_facts(rows, newer=came, as_of=as_of)
    public = list_still_public(as_of=as_of)
    return [
        ItemFacts(
            ref=row.subject,
            state=row.work.state,
            state_since=row.work.since,
            recorded_on=row.recorded_on,
            due_on=row.due.due_on if row.due else None,
            original_due_on=row.due.original_on if row.due else None,
            slips=row.due.slips if row.due else 0,
            last_slip_on=row.due.since if row.due and row.due.slips else None,
            last_account_on=accounts.get(row.pk),
            newest_evidence_on=evidence.get(row.pk),
            holder=_holder(row.holder, ends),
            owner_lost_on=_lost(row),
            questions=tuple(questions.get(row.pk, ())),
            blockers=tuple(Blocker(ref, since) for ref, since in blockers.get(row.pk, ())),
            verdict=verdicts.get(row.pk),
            erased_public_on=public.get(row.ref),
        )
        for row in rows
        if row.is_item
    ]


def _last_accounts(as_of: AsOf, only: Mapping[str, object]) -> Mapping[int, date]:
    """The day of the last update that said something new."""
    said = Update.objects.as_of(as_of.moment).filter(repeats=False, **only)
    return dict(
        said.values("recommendation")
        .annotate(last=Max("as_at"))
        .values_list("recommendation", "last")
    )


def _newest_evidence(as_of: AsOf, uses: Sequence[tuple[int, int]]) -> Mapping[int, date]:
    """The last day that the latest version of any evidence relied on speaks for."""
    versions = _versions(as_of, uses).order_by("number")
    latest = dict(versions.values_list("evidence", "speaks_to"))
    found: dict[int, date] = {}
    for item, evidence in uses:
        if evidence in latest:
            found[item] = max(found.get(item, date.min), latest[evidence])
    return found


def _evidence_came(as_of: AsOf, uses: Sequence[tuple[int, int]]) -> Mapping[int, list[datetime]]:
    """When each version of the evidence relied on for an item came."""
    came: dict[int, list[datetime]] = {}
    for evidence, at in _versions(as_of, uses).values_list("evidence", "recorded_at"):
        came.setdefault(evidence, []).append(at)
    found: dict[int, list[datetime]] = {}
    for item, evidence in uses:
        found.setdefault(item, []).extend(came.get(evidence, ()))
    return found


def _versions(as_of: AsOf, uses: Sequence[tuple[int, int]]) -> QuerySet[Any]:
    """The versions of this evidence; of all, where naming each would cost more."""
    versions: QuerySet[Any] = EvidenceVersion.objects.as_of(as_of.moment)
    named = {evidence for _, evidence in uses}
    return versions.filter(evidence__in=named) if len(named) <= FEW else versions


def _relied_on(as_of: AsOf, only: Mapping[str, object]) -> list[tuple[int, int]]:
    """Item and evidence, wherever evidence is used that was neither withdrawn nor sent back."""
    uses = EvidenceUse.objects.as_of(as_of.moment).filter(
        standing(as_of.moment, "evidence__standings__"),
        evidence__standings__state__in=RELIED_ON,
        **only,
    )
    return list(uses.values_list("recommendation", "evidence"))


def _open_questions(as_of: AsOf, only: Mapping[str, object]) -> Mapping[int, list[OpenQuestion]]:
    rows = ChallengeStanding.objects.as_of(as_of.moment).filter(state="open", **only)
    found: dict[int, list[OpenQuestion]] = {}
    for item, ref, asked_on, answer_by in rows.values_list(
        "challenge__recommendation",
        "challenge__ref",
        "challenge__asked_on",
        "challenge__answer_by",
    ):
        found.setdefault(item, []).append(OpenQuestion(ref, asked_on, answer_by))
    return found


def _holder(duty: DutyRow | None, ends: Mapping[int, date]) -> Holder | None:
    if duty is None:
        return None
    return Holder(duty.party, duty.starts, ends.get(duty.party_pk))


def _lost(row: ItemRow) -> date | None:
    """The day after the last responsible duty ended, where one has."""
    past = [
        duty.ends
        for duty in row.duties
        if duty.role == "responsible" and duty.ends is not None and duty.ends < row.on
    ]
    return max(past) if past else None
