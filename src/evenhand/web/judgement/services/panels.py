"""Panels: made by the secretariat; members sit for a term, and declare what ties them."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any

from evenhand.accountability.judgement.permissions import may_declare, may_form_panel
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor, get_party
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.foundation.command import command
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.recorded import supersede
from evenhand.web.judgement.models import Interest, Panel, Seat
from evenhand.web.judgement.queries.panels import PanelView, get_panel
from evenhand.web.judgement.writing.rows import stand
from evenhand.web.ledger.recording import record_event, sealed, sealed_words
from evenhand.web.register.queries import get_work_target

LEAST_QUORUM = 3
"""Ours: with fewer, one person's view is half of a verdict."""


@command(rule=may_form_panel, audit="panel.formed")
def form_panel(
    *, title: str, quorum: int, by: User, at: datetime, purpose: str = "", ref: str = ""
) -> str:
    """Make a panel, and say how many of its members must vote for a verdict.

    Authorisation: `may_form_panel`. Audit: ``panel.formed``.
    """
    actor = get_actor(by, at=at)
    require(may_form_panel(actor))
    if not title.strip():
        raise UsageProblem("a panel has a name.", rule="panel-shape")
    if quorum < LEAST_QUORUM:
        raise UsageProblem(f"a quorum is {LEAST_QUORUM} members or more.", rule="panel-quorum")
    ref = ref or secrets.token_hex(6)
    event = record_event(
        kind="panel.formed",
        subject=f"panel:{ref}",
        by=actor,
        at=at,
        after={"title": title, "purpose": purpose, "quorum": quorum},
    )
    Panel.objects.create(
        ref=ref, title=title, purpose=purpose, quorum=quorum, recorded_at=event.at, event=event
    )
    return ref


@command(rule=may_form_panel, audit="panel.seated")
def seat_member(
    *,
    panel: str,
    member: str,
    starts: date,
    by: User,
    at: datetime,
    ends: date | None = None,
    organisation: str = "",
) -> None:
    """Give a person a term on a panel, and say whom they sit for; a new term takes over the old.

    Authorisation: `may_form_panel`. Audit: ``panel.seated``.
    """
    actor = get_actor(by, at=at)
    require(may_form_panel(actor))
    found = get_panel(panel, as_of=AsOf.now(at))
    if not member.startswith("person:"):
        raise UsageProblem("people sit on a panel, not teams.", rule="people-judge")
    if ends is not None and ends < starts:
        raise UsageProblem("a term cannot end before it starts.", rule="term-dates")
    person = get_party(member)
    sends = get_party(organisation) if organisation else None
    event = record_event(
        kind="panel.seated",
        subject=found.subject,
        by=actor,
        at=at,
        after={
            "member": member,
            "organisation": organisation,
            "from": starts.isoformat(),
            "to": ends.isoformat() if ends else None,
        },
        touches=[member],
    )
    stand(
        Seat,
        {"panel_id": found.pk, "member": person},
        event=event,
        organisation=sends,
        starts=starts,
        ends=ends,
    )


@command(rule=may_form_panel, audit="panel.seat-ended")
def end_seat(*, panel: str, member: str, on: date, reason: str, by: User, at: datetime) -> None:
    """End a member's term with this day; how they voted stays as it was.

    Authorisation: `may_form_panel`. Audit: ``panel.seat-ended``.
    """
    actor = get_actor(by, at=at)
    require(may_form_panel(actor))
    found = get_panel(panel, as_of=AsOf.now(at))
    held = _get_seat(found, member)
    if not reason.strip():
        raise UsageProblem("ending a term needs a reason.", rule="moves-have-reasons")
    if on < held.starts:
        raise UsageProblem("a term cannot end before it starts.", rule="term-dates")
    event = record_event(
        kind="panel.seat-ended",
        subject=found.subject,
        by=actor,
        at=at,
        after={"member": member, "until": on.isoformat(), "reason": sealed_words(reason)},
        touches=[member],
    )
    stand(
        Seat,
        {"panel_id": found.pk, "member_id": held.member_id},
        event=event,
        organisation_id=held.organisation_id,
        starts=held.starts,
        ends=on,
    )


@command(rule=may_declare, audit="interest.declared")
def declare_interest(
    *, member: str, recommendation: str, nature: str, by: User, at: datetime
) -> None:
    """Say what ties a member to an item; it bars them from judging it while it stands.

    Authorisation: `may_declare`. Audit: ``interest.declared``; its words are sealed.
    """
    actor = get_actor(by, at=at)
    require(may_declare(actor, member=member))
    target, person = get_work_target(recommendation, at=at), get_party(member)
    if not nature.strip():
        raise UsageProblem("say what the interest is.", rule="interest-has-words")
    event = record_event(
        kind="interest.declared",
        subject=member,
        by=actor,
        at=at,
        after={"item": target.subject, "nature": sealed(nature)},
    )
    Interest.objects.create(
        member=person,
        recommendation_id=target.pk,
        nature=nature,
        recorded_at=event.at,
        event=event,
    )


@command(rule=may_form_panel, audit="interest.ended")
def end_interest(*, interest: int, reason: str, by: User, at: datetime) -> None:
    """Say that an interest no longer ties a member: the secretariat's decision, with its reason.

    Never the member's own: who declared a tie does not also say that it is gone.

    Authorisation: `may_form_panel`. Audit: ``interest.ended``.
    """
    actor = get_actor(by, at=at)
    require(may_form_panel(actor))
    standing = Interest.objects.as_of(None).filter(pk=interest)
    found = standing.select_related("member", "recommendation").first()
    if found is None:
        raise NotThere("there is no such interest.", rule="interest-exists")
    if not reason.strip():
        raise UsageProblem("say why it no longer ties them.", rule="moves-have-reasons")
    event = record_event(
        kind="interest.ended",
        subject=found.member.subject,
        by=actor,
        at=at,
        after={"item": found.recommendation.subject, "reason": sealed_words(reason)},
    )
    supersede(standing, event=event)


def _get_seat(panel: PanelView, member: str) -> Any:
    held = Seat.objects.as_of(None).filter(panel_id=panel.pk, member=get_party(member)).first()
    if held is None:
        raise UsageProblem("they have no seat on this panel.", rule="seat-is-held")
    return held
