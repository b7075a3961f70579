"""What the exception rules need of each item, gathered in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db.models import Max

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
from evenhand.web.register.queries import DutyRow, ItemRow, list_blockers
from evenhand.web.work.models import ChallengeStanding, EvidenceUse, EvidenceVersion, Update

RELIED_ON = ("offered", "accepted")
"""States in which evidence counts for an item: withdrawn or sent back, it does not."""


def list_item_exceptions(
    rows: Sequence[ItemRow], *, as_of: AsOf, limits: Limits = USUAL
) -> list[ItemException]:
    """What should be looked at first among these items, why, and since when?"""
    return list_exceptions(list_facts(rows, as_of=as_of), on=as_of.on, limits=limits)


def list_facts(rows: Sequence[ItemRow], *, as_of: AsOf) -> list[ItemFacts]:
    """The facts of these items as they stood: a number of queries that does not grow with them."""
    from evenhand.web.judgement.queries import list_verdict_facts  # it asks queries of this app

    accounts = _last_accounts(as_of)
    evidence = _newest_evidence(as_of)
    questions = _open_questions(as_of)
    blockers = list_blockers(as_of=as_of)
    ends = list_ends(as_of=as_of.moment)
    verdicts = list_verdict_facts(rows, newer=_evidence_came(as_of), as_of=as_of)
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
        )
        for row in rows
        if row.is_item
    ]


def _last_accounts(as_of: AsOf) -> Mapping[int, date]:
    """The day of the last update that said something new."""
    said = Update.objects.as_of(as_of.moment).filter(repeats=False)
    return dict(
        said.values("recommendation")
        .annotate(last=Max("as_at"))
        .values_list("recommendation", "last")
    )


def _newest_evidence(as_of: AsOf) -> Mapping[int, date]:
    """The last day that the latest version of any evidence relied on speaks for."""
    versions = EvidenceVersion.objects.as_of(as_of.moment).order_by("number")
    latest = dict(versions.values_list("evidence", "speaks_to"))
    found: dict[int, date] = {}
    for item, evidence in _relied_on(as_of):
        if evidence in latest:
            found[item] = max(found.get(item, date.min), latest[evidence])
    return found


def _evidence_came(as_of: AsOf) -> Mapping[int, list[datetime]]:
    """When each version of the evidence relied on for an item came."""
    versions = EvidenceVersion.objects.as_of(as_of.moment)
    came: dict[int, list[datetime]] = {}
    for evidence, at in versions.values_list("evidence", "recorded_at"):
        came.setdefault(evidence, []).append(at)
    found: dict[int, list[datetime]] = {}
    for item, evidence in _relied_on(as_of):
        found.setdefault(item, []).extend(came.get(evidence, ()))
    return found


def _relied_on(as_of: AsOf) -> list[tuple[int, int]]:
    """Item and evidence, wherever evidence is used that was neither withdrawn nor sent back."""
    uses = EvidenceUse.objects.as_of(as_of.moment).filter(
        standing(as_of.moment, "evidence__standings__"),
        evidence__standings__state__in=RELIED_ON,
    )
    return list(uses.values_list("recommendation", "evidence"))


def _open_questions(as_of: AsOf) -> Mapping[int, list[OpenQuestion]]:
    rows = ChallengeStanding.objects.as_of(as_of.moment).filter(state="open")
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
