"""Progress, challenges and next steps, as the owner tells them."""

from __future__ import annotations

from datetime import date, datetime

from evenhand.accountability.novelty import says_nothing_new
from evenhand.accountability.permissions import may_report
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.command import command
from evenhand.web.ledger.recording import record_event, sealed
from evenhand.web.register.queries import check_not_future, get_work_target
from evenhand.web.search.indexing import index_words
from evenhand.web.work.models import Update


@command(rule=may_report, audit="update.posted")
def post_update(
    *,
    recommendation: str,
    as_at: date,
    by: User,
    at: datetime,
    progress: str = "",
    challenges: str = "",
    next_steps: str = "",
) -> Update:
    """Say how far an item is, what is hard about it, and what comes next, as at a day.

    An update in the words of the last one is kept, marked, and ends no silence.

    Authorisation: `may_report`. Audit: ``update.posted``; the words are sealed.
    """
    target = get_work_target(recommendation, at=at)
    actor = get_actor(by, at=at)
    require(may_report(actor, target.item))
    words = "\n".join(part for part in (progress, challenges, next_steps) if part.strip())
    if not words:
        raise UsageProblem("an update says something.", rule="updates-have-words")
    check_not_future(as_at, at=at, what="the day the update is for")
    last = (
        Update.objects.filter(recommendation_id=target.pk).order_by("-recorded_at", "-pk").first()
    )
    earlier = f"{last.progress}\n{last.challenges}\n{last.next_steps}" if last else ""
    repeats = says_nothing_new(earlier, words)
    event = record_event(
        kind="update.posted",
        subject=target.subject,
        by=actor,
        at=at,
        after={
            "as_at": as_at.isoformat(),
            "progress": sealed(progress) if progress else None,
            "challenges": sealed(challenges) if challenges else None,
            "next_steps": sealed(next_steps) if next_steps else None,
            "repeats": repeats,
        },
    )
    index_words(
        subject=target.subject,
        source=f"event:{event.sequence}",
        words=words,
        at=event.at,
        event=event.sequence,
    )
    return Update.objects.create(
        recommendation_id=target.pk,
        as_at=as_at,
        progress=progress,
        challenges=challenges,
        next_steps=next_steps,
        repeats=repeats,
        by=actor.ref,
        recorded_at=event.at,
        event=event,
    )
