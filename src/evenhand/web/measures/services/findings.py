"""Commands on findings: accept or dismiss one, put a remark beside it."""

from __future__ import annotations

from datetime import datetime

from evenhand.accountability.machines import FINDING
from evenhand.accountability.permissions import (
    may_review_finding,
)
from evenhand.accountability.states import may_follow, next_state
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.command import command
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import record_event
from evenhand.web.measures.models import (
    Figure,
    FindingNote,
    FindingReview,
    Run,
)
from evenhand.web.measures.places import where_of
from evenhand.web.measures.writing import get_run_row, require_reason


@command(rule=may_review_finding, audit="finding.reviewed")
def review_finding(
    *,
    run: str,
    key: str,
    verb: str,
    by: User,
    at: datetime,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Accept a finding or dismiss it with a reason; either way it stays in sight.

    Authorisation: `may_review_finding`. Audit: ``finding.reviewed``.
    """
    found, actor = get_run_row(run), get_actor(by, at=at)
    figure = _get_figure(found, key)
    require(may_review_finding(actor, where_of(figure.unit)))
    subject = f"finding:{found.ref}/{key}"
    require_unchanged(subject, seen, aspect="finding")
    standing = FindingReview.objects.as_of(None).filter(run=found, key=key).first()
    now = standing.state if standing else FINDING.start
    if verb == "dismiss" or now != FINDING.start:
        require_reason(verb, reason)
    require(may_follow(FINDING, state=now, verb=verb))
    after = next_state(FINDING, state=now, verb=verb)
    event = record_event(
        kind="finding.reviewed",
        subject=subject,
        by=actor,
        at=at,
        before={"state": now},
        after={"state": after, "reason": reason},
        touches=[found.subject],
    )
    supersede(FindingReview.objects.filter(run=found, key=key), event=event)
    FindingReview.objects.create(
        run=found,
        key=key,
        state=after,
        reason=reason,
        by=actor.ref,
        recorded_at=event.at,
        event=event,
    )


@command(rule=may_review_finding, audit="finding.noted")
def note_finding(*, run: str, key: str, text: str, by: User, at: datetime) -> None:
    """Put a remark beside a finding.

    Authorisation: `may_review_finding`. Audit: ``finding.noted``.
    """
    found, actor = get_run_row(run), get_actor(by, at=at)
    figure = _get_figure(found, key)
    require(may_review_finding(actor, where_of(figure.unit)))
    if not text.strip():
        raise UsageProblem("a note says something.", rule="notes-say-something")
    event = record_event(
        kind="finding.noted",
        subject=f"finding:{found.ref}/{key}",
        by=actor,
        at=at,
        after={"text": text},
        touches=[found.subject],
    )
    FindingNote.objects.create(
        run=found, key=key, text=text, by=actor.ref, recorded_at=event.at, event=event
    )


def _get_figure(run: Run, key: str) -> Figure:
    found: Figure | None = Figure.objects.filter(run=run, key=key).first()
    if found is None:
        raise NotThere("this measurement has no such comparison.", rule="figure-exists")
    return found
