"""Everything a report tells about its recommendations, by the ordinary commands one by one."""

from __future__ import annotations

from datetime import date, datetime

from evenhand.web.accounts.models import User
from evenhand.web.imports.proposals import Line, Proposal
from evenhand.web.register.services import assign_duty, record_response, set_due_date
from evenhand.web.work.services import post_update


def record_lines(proposal: Proposal, *, by: User, at: datetime) -> None:
    """Responses, due dates, owners and updates of every recommendation and part."""
    head = proposal.head
    if head.day is None:
        return
    for line, parent in proposal.walk():
        ref = "/".join([head.ref, *([parent.number] if parent else []), line.number])
        _record(line, ref, head.day, by=by, at=at)


def _record(line: Line, ref: str, day: date, *, by: User, at: datetime) -> None:
    if line.response:
        record_response(
            recommendation=ref,
            verb=line.response,
            reason=line.response_reason,
            responded_on=day,
            by=by,
            at=at,
        )
    if line.due:  # before the owner: who owes the work cannot set its date
        set_due_date(recommendation=ref, due_on=date.fromisoformat(line.due), by=by, at=at)
    if line.party:
        assign_duty(recommendation=ref, party=line.party, starts=day, by=by, at=at)
    if line.narrative:
        post_update(
            recommendation=ref,
            as_at=day,
            by=by,
            at=at,
            progress=line.progress,
            challenges=line.challenges,
            next_steps=line.next_steps,
        )
