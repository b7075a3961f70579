"""Who is responsible: duties with dates, and succession without loss."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from evenhand.accountability.permissions import may_keep
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor, get_party
from evenhand.web.foundation.command import command
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import Event, record_event, sealed_words
from evenhand.web.register.choices import DutyRole
from evenhand.web.register.models import Duty
from evenhand.web.register.queries import get_work_target


@command(rule=may_keep, audit="duty.assigned")
def assign_duty(
    *,
    recommendation: str,
    party: str,
    starts: date,
    by: User,
    at: datetime,
    role: DutyRole = DutyRole.RESPONSIBLE,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Give a duty to a person, team or body; who was responsible until then is succeeded.

    The predecessor's duty ends on the day before, and stays on the record.

    Authorisation: `may_keep`. Audit: ``duty.assigned``.
    """
    target = get_work_target(recommendation, at=at)
    actor = get_actor(by, at=at)
    require(may_keep(actor, target.item.where))
    require_unchanged(target.subject, seen, aspect="duty")
    holder = get_party(party)
    succeeded = _responsible(target.pk, starts) if role == DutyRole.RESPONSIBLE else []
    event = record_event(
        kind="duty.assigned",
        subject=target.subject,
        by=actor,
        at=at,
        before={"succeeds": [duty.party.subject for duty in succeeded]},
        after={
            "party": party,
            "role": str(role),
            "from": starts.isoformat(),
            "reason": sealed_words(reason),
        },
        touches=[party, *(duty.party.subject for duty in succeeded)],
    )
    for duty in succeeded:
        _end(duty, max(duty.starts, starts - timedelta(1)), event)
    Duty.objects.create(
        recommendation_id=target.pk,
        party=holder,
        role=role,
        starts=starts,
        reason=reason,
        recorded_at=event.at,
        event=event,
    )


@command(rule=may_keep, audit="duty.ended")
def end_duty(
    *,
    recommendation: str,
    party: str,
    on: date,
    reason: str,
    by: User,
    at: datetime,
    seen: int | None = None,
) -> None:
    """End a party's duties with this day, naming no successor; the item then has no owner.

    Authorisation: `may_keep`. Audit: ``duty.ended``.
    """
    target = get_work_target(recommendation, at=at)
    actor = get_actor(by, at=at)
    require(may_keep(actor, target.item.where))
    require_unchanged(target.subject, seen, aspect="duty")
    held = list(_open(target.pk, on).filter(party=get_party(party)))
    if not held:
        raise UsageProblem("they hold no duty here on that day.", rule="duty-is-held")
    event = record_event(
        kind="duty.ended",
        subject=target.subject,
        by=actor,
        at=at,
        after={"party": party, "until": on.isoformat(), "reason": sealed_words(reason)},
        touches=[party],
    )
    for duty in held:
        _end(duty, on, event)


def _open(recommendation: int, day: date) -> QuerySet[Any]:
    """Standing duties that reach this day or later."""
    standing = Duty.objects.as_of(None).filter(recommendation_id=recommendation)
    return standing.filter(Q(ends=None) | Q(ends__gte=day)).select_related("party")


def _responsible(recommendation: int, day: date) -> list[Duty]:
    return list(_open(recommendation, day).filter(role=DutyRole.RESPONSIBLE))


def _end(duty: Duty, last_day: date, event: Event) -> None:
    supersede(Duty.objects.filter(pk=duty.pk), event=event)
    Duty.objects.create(
        recommendation_id=duty.recommendation_id,
        party_id=duty.party_id,
        role=duty.role,
        starts=duty.starts,
        ends=last_day,
        reason=duty.reason,
        recorded_at=event.at,
        event=event,
    )
