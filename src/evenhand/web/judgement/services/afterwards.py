"""After a verdict: looked at again, opened again, and what others say beside it."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from evenhand.accountability.judgement.afterwards import recheck_on
from evenhand.accountability.judgement.permissions import (
    may_give_view,
    may_recheck,
    may_reopen,
)
from evenhand.accountability.machines import VERDICT, WORK
from evenhand.accountability.states import may_follow, next_state
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.command import command
from evenhand.web.judgement.choices import Speaker, Stance
from evenhand.web.judgement.models import OutsideView, Recheck
from evenhand.web.judgement.queries.criteria import get_criterion, judge_view
from evenhand.web.judgement.queries.sittings import get_sitting
from evenhand.web.judgement.queries.verdicts import (
    VerdictView,
    get_verdict,
    list_latest_verdicts,
)
from evenhand.web.judgement.writing.lapses import find_verdict_lapse, write_lapse
from evenhand.web.judgement.writing.rows import set_verdict
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import record_event, sealed, sealed_words
from evenhand.web.register.queries import check_not_future, get_work_target
from evenhand.web.register.writing import find_work_state, set_work_state


@command(rule=may_recheck, audit="verdict.rechecked")
def recheck_verdict(
    *, verdict: str, seen_there: str, by: User, at: datetime, seen: int | None = None
) -> bool:
    """Look at a standing verdict again; where the rule says that it has lapsed, it lapses.

    Returns whether it still stands.

    Authorisation: `may_recheck`. Audit: ``verdict.rechecked``; with a lapse ``verdict.lapsed``.
    """
    now = AsOf.now(at)
    view = get_verdict(verdict, as_of=now)
    target = get_work_target(view.item, at=at)
    actor = get_actor(by, at=at)
    require(may_recheck(actor, target.item))
    require_unchanged(view.subject, seen, aspect="verdict")
    require(may_follow(VERDICT, state=view.state, verb="recheck"))
    if not seen_there.strip():
        raise UsageProblem("say what was looked at and what was seen.", rule="recheck-has-words")
    figure = _figure(view, now)
    again = recheck_on(now.on, view.embedding, rechecks=1)
    event = record_event(
        kind="verdict.rechecked",
        subject=view.subject,
        by=actor,
        at=at,
        after={"seen": sealed_words(seen_there), "figure": figure, "recheck_on": again.isoformat()},
        touches=[target.subject],
    )
    Recheck.objects.create(
        verdict_id=view.pk,
        seen=seen_there,
        figure=figure,
        by=actor.ref,
        recorded_at=event.at,
        event=event,
    )
    lapse = find_verdict_lapse(view, as_of=now)
    if lapse is not None:
        write_lapse(view, lapse, at=at)
        return False
    set_verdict(view, event, recheck_on=again, rechecks=view.rechecks + 1)
    return True


@command(rule=may_reopen, audit="verdict.reopened")
def reopen_item(
    *, recommendation: str, reason: str, by: User, at: datetime, seen: int | None = None
) -> None:
    """Open a closed item again: its verdict no longer counts, and stays readable.

    Authorisation: `may_reopen`. Audit: ``verdict.reopened``.
    """
    target = get_work_target(recommendation, at=at)
    actor = get_actor(by, at=at)
    require(may_reopen(actor, target.item))
    require_unchanged(target.subject, seen, aspect="verdict")
    if not reason.strip():
        raise UsageProblem("opening an item again needs a reason.", rule="moves-have-reasons")
    now = find_work_state(target.pk)
    require(may_follow(WORK, state=now, verb="reopen"))
    latest = list_latest_verdicts(as_of=AsOf.now(at), items=[recommendation])
    view = latest.get(recommendation)
    if view is None:
        raise UsageProblem("there is no verdict to open again.", rule="verdict-exists")
    require(may_follow(VERDICT, state=view.state, verb="reopen"))
    state = next_state(WORK, state=now, verb="reopen")
    event = record_event(
        kind="verdict.reopened",
        subject=view.subject,
        by=actor,
        at=at,
        before={"work": now, "verdict": view.state},
        after={"work": state, "reason": sealed_words(reason)},
        touches=[target.subject],
    )
    set_verdict(view, event, state="reopened", reason=reason, recheck_on=None)
    set_work_state(target.pk, now, state, reason, event)


@command(rule=may_give_view, audit="view.recorded")
def give_view(
    *,
    recommendation: str,
    speaker: Speaker,
    name: str,
    stance: Stance,
    said_on: date,
    text: str,
    by: User,
    at: datetime,
    source: str = "",
) -> str:
    """Put on the record what somebody outside says; it stands beside the verdict, never in it.

    Authorisation: `may_give_view`. Audit: ``view.recorded``; who speaks and the words are sealed.
    """
    target = get_work_target(recommendation, at=at)
    actor = get_actor(by, at=at)
    require(may_give_view(actor, target.item))
    check_not_future(said_on, at=at, what="the day it was said")
    if not name.strip() or not text.strip():
        raise UsageProblem("say who speaks, and what they say.", rule="view-shape")
    ref = secrets.token_hex(6)
    event = record_event(
        kind="view.recorded",
        subject=f"view:{ref}",
        by=actor,
        at=at,
        after={
            "item": target.subject,
            "speaker": str(speaker),
            "name": sealed(name),
            "stance": str(stance),
            "said_on": said_on.isoformat(),
            "text": sealed(text),
            "source": sealed_words(source),
        },
        touches=[target.subject],
    )
    OutsideView.objects.create(
        ref=ref,
        recommendation_id=target.pk,
        speaker=speaker,
        name=name,
        stance=stance,
        said_on=said_on,
        text=text,
        source=source,
        recorded_by=actor.ref,
        recorded_at=event.at,
        event=event,
    )
    return ref


def _figure(verdict: VerdictView, now: AsOf) -> str:
    """The sentence of the measure by which it was judged, as it is today."""
    sitting = get_sitting(verdict.sitting, as_of=now)
    return judge_view(get_criterion(sitting.criterion, as_of=now), as_of=now).judged.sentence
