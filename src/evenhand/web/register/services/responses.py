"""What the body a recommendation is addressed to said about it."""

from __future__ import annotations

from datetime import date, datetime

from evenhand.accountability.machines import RESPONSE
from evenhand.accountability.permissions import may_keep
from evenhand.accountability.states import may_follow, next_state
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.command import command
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import record_event, sealed_words
from evenhand.web.register.models import Response
from evenhand.web.register.queries import check_not_future, get_target


@command(rule=may_keep, audit="response.recorded")
def record_response(
    *,
    recommendation: str,
    verb: str,
    reason: str,
    responded_on: date,
    by: User,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Record that the body accepts, accepts in part or rejects a recommendation, and why.

    ``verb`` is ``accept``, ``accept_in_part`` or ``reject``.

    Authorisation: `may_keep`. Audit: ``response.recorded``.
    """
    target = get_target(recommendation, at=at)
    actor = get_actor(by, at=at)
    require(may_keep(actor, target.item.where))
    require_unchanged(target.subject, seen, aspect="response")
    if not reason.strip():
        raise UsageProblem("a response needs its reason.", rule="responses-have-reasons")
    check_not_future(responded_on, at=at, what="the day of the response")
    standing = Response.objects.as_of(None).filter(recommendation_id=target.pk)
    now = standing.first()
    state = now.state if now else RESPONSE.start
    require(may_follow(RESPONSE, state=state, verb=verb))
    after = next_state(RESPONSE, state=state, verb=verb)
    event = record_event(
        kind="response.recorded",
        subject=target.subject,
        by=actor,
        at=at,
        before={"state": state},
        after={"state": after, "reason": sealed_words(reason), "on": responded_on.isoformat()},
    )
    supersede(standing, event=event)
    Response.objects.create(
        recommendation_id=target.pk,
        state=after,
        reason=reason,
        responded_on=responded_on,
        recorded_at=event.at,
        event=event,
    )
