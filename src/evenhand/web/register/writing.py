"""Rows of the state of work, shared by the commands that change it; under their rule and event."""

from __future__ import annotations

from evenhand.accountability.machines import WORK
from evenhand.accountability.states import may_follow, next_state
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.recording import Event
from evenhand.web.register.models import WorkState


def find_work_state(recommendation: int) -> str:
    """The state an item is in; without a row, the first."""
    row = WorkState.objects.as_of(None).filter(recommendation_id=recommendation).first()
    return row.state if row else WORK.start


def set_work_state(recommendation: int, before: str, after: str, reason: str, event: Event) -> None:
    """Write the new state where it differs from the one before."""
    if before == after:
        return
    supersede(WorkState.objects.filter(recommendation_id=recommendation), event=event)
    WorkState.objects.create(
        recommendation_id=recommendation,
        state=after,
        reason=reason,
        recorded_at=event.at,
        event=event,
    )


def move_if_possible(recommendation: int, verb: str, *, reason: str, event: Event) -> None:
    """Make a move that follows from another decision; nothing where the state does not allow it."""
    now = find_work_state(recommendation)
    if may_follow(WORK, state=now, verb=verb):
        after = next_state(WORK, state=now, verb=verb)
        set_work_state(recommendation, now, after, reason, event)
