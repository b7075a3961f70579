"""Links between items, made by one person and reviewed by another; policy coverage."""

from __future__ import annotations

import secrets
from datetime import datetime

from evenhand.accountability.machines import LINK
from evenhand.accountability.permissions import may_keep, may_link, may_review_link
from evenhand.accountability.states import may_follow, next_state
from evenhand.core import UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor
from evenhand.web.foundation.command import command
from evenhand.web.foundation.errors import NotThere
from evenhand.web.foundation.recorded import supersede
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import Event, record_event, sealed_words
from evenhand.web.register.choices import LinkKind
from evenhand.web.register.models import Link, LinkStanding, Policy, PolicyCoverage
from evenhand.web.register.queries import Target, get_target
from evenhand.web.register.writing import move_if_possible

MUST_SAY_UNCOVERED = frozenset({LinkKind.SUPERSEDES_PART})
"""Kinds for which something of the target is left over by definition: it has to be said."""

STANDING_LINKS = frozenset({"proposed", "confirmed"})
"""States in which a link between two items need not be proposed again."""


@command(rule=may_link, audit="link.proposed")
def propose_link(
    *,
    source: str,
    target: str,
    kind: LinkKind,
    reason: str,
    by: User,
    at: datetime,
    uncovered: str = "",
) -> Link:
    """Propose that an item is connected to one of another report; nothing follows until reviewed.

    Authorisation: `may_link`, at both ends. Audit: ``link.proposed``.
    """
    first, second = get_target(source, at=at), get_target(target, at=at)
    actor = get_actor(by, at=at)
    for end in (first, second):
        require(may_link(actor, end.item.where))
    if first.pk == second.pk or not reason.strip():
        raise UsageProblem("a link joins two items and says why.", rule="links-have-reasons")
    _check_uncovered(kind, uncovered)
    _check_new(first.pk, second.pk, kind)
    ref = secrets.token_hex(6)
    event = record_event(
        kind="link.proposed",
        subject=f"link:{ref}",
        by=actor,
        at=at,
        after={
            "source": first.subject,
            "target": second.subject,
            "kind": str(kind),
            "reason": sealed_words(reason),
            "uncovered": uncovered,
        },
        touches=[first.subject, second.subject],
    )
    link = Link.objects.create(
        ref=ref,
        source_id=first.pk,
        target_id=second.pk,
        kind=kind,
        reason=reason,
        made_by=actor.ref,
        recorded_at=event.at,
        event=event,
    )
    _stand(link, LinkStanding(state=LINK.start, uncovered=uncovered), event)
    return link


@command(rule=may_review_link, audit="link.reviewed")
def review_link(
    *,
    link: str,
    verb: str,
    by: User,
    at: datetime,
    uncovered: str = "",
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Confirm or decline a link that somebody else proposed, saying what remains uncovered.

    A confirmed link that supersedes in full makes its target *replaced*.

    Authorisation: `may_review_link`, at both ends. Audit: ``link.reviewed``.
    """
    found, now = _get_link(link)
    actor = get_actor(by, at=at)
    for end in _ends(found, at):
        require(may_review_link(actor, end.item.where, made_by=found.made_by))
    require_unchanged(found.subject, seen, aspect="link")
    require(may_follow(LINK, state=now.state, verb=verb))
    if verb == "decline" and not reason.strip():
        raise UsageProblem("declining a link needs a reason.", rule="moves-have-reasons")
    left = uncovered or now.uncovered
    _check_uncovered(LinkKind(found.kind), left)
    state = next_state(LINK, state=now.state, verb=verb)
    event = record_event(
        kind="link.reviewed",
        subject=found.subject,
        by=actor,
        at=at,
        before={"state": now.state},
        after={"state": state, "uncovered": left, "reason": sealed_words(reason)},
        touches=[found.source.subject, found.target.subject],
    )
    new = LinkStanding(state=state, uncovered=left, reviewed_by=actor.ref, reason=reason)
    _stand(found, new, event)
    if state == "confirmed" and found.kind == LinkKind.SUPERSEDES:
        said = f"Superseded in full by {found.source.ref}."
        move_if_possible(found.target_id, "replace", reason=said, event=event)


@command(rule=may_keep, audit="link.withdrawn")
def withdraw_link(
    *, link: str, reason: str, by: User, at: datetime, seen: int | None = None
) -> None:
    """Say that a link no longer holds; an item it had replaced is open again.

    Authorisation: `may_keep`, at both ends. Audit: ``link.withdrawn``.
    """
    found, now = _get_link(link)
    actor = get_actor(by, at=at)
    for end in _ends(found, at):
        require(may_keep(actor, end.item.where))
    require_unchanged(found.subject, seen, aspect="link")
    require(may_follow(LINK, state=now.state, verb="withdraw"))
    if not reason.strip():
        raise UsageProblem("withdrawing a link needs a reason.", rule="moves-have-reasons")
    event = record_event(
        kind="link.withdrawn",
        subject=found.subject,
        by=actor,
        at=at,
        before={"state": now.state},
        after={"state": "withdrawn", "reason": sealed_words(reason)},
        touches=[found.source.subject, found.target.subject],
    )
    _stand(found, LinkStanding(state="withdrawn", uncovered=now.uncovered, reason=reason), event)
    if now.state == "confirmed" and found.kind == LinkKind.SUPERSEDES:
        move_if_possible(found.target_id, "restore", reason=reason, event=event)


@command(rule=may_keep, audit="policy.recorded")
def record_policy(*, ref: str, title: str, by: User, at: datetime, address: str = "") -> Policy:
    """Put a policy on the register, so that it can be said which items it covers.

    Authorisation: `may_keep`. Audit: ``policy.recorded``.
    """
    actor = get_actor(by, at=at)
    require(may_keep(actor))
    if Policy.objects.filter(ref=ref).exists():
        raise UsageProblem(f"there is a policy {ref} already.", rule="references-are-unique")
    after = {"title": title, "address": address}
    event = record_event(
        kind="policy.recorded", subject=f"policy:{ref}", by=actor, at=at, after=after
    )
    return Policy.objects.create(
        ref=ref, title=title, address=address, recorded_at=event.at, event=event
    )


@command(rule=may_keep, audit="coverage.stated")
def cover_by_policy(
    *,
    policy: str,
    recommendation: str,
    in_full: bool,
    by: User,
    at: datetime,
    uncovered: str = "",
    seen: int | None = None,
) -> None:
    """Say that a policy covers an item, in full or with what it leaves uncovered.

    Authorisation: `may_keep`. Audit: ``coverage.stated``.
    """
    target = get_target(recommendation, at=at)
    actor = get_actor(by, at=at)
    require(may_keep(actor, target.item.where))
    require_unchanged(target.subject, seen, aspect="coverage")
    if not in_full and not uncovered.strip():
        raise UsageProblem(
            "partial coverage says what is not covered.", rule="uncovered-part-is-said"
        )
    found = _get_policy(policy)
    event = record_event(
        kind="coverage.stated",
        subject=target.subject,
        by=actor,
        at=at,
        after={"policy": found.subject, "in_full": in_full, "uncovered": uncovered},
        touches=[found.subject],
    )
    pair = {"policy": found, "recommendation_id": target.pk}
    supersede(PolicyCoverage.objects.filter(**pair), event=event)
    PolicyCoverage.objects.create(
        in_full=in_full, uncovered=uncovered, recorded_at=event.at, event=event, **pair
    )


@command(rule=may_keep, audit="coverage.withdrawn")
def withdraw_coverage(
    *,
    policy: str,
    recommendation: str,
    reason: str,
    by: User,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Say that a policy covers an item no longer, and why.

    Authorisation: `may_keep`. Audit: ``coverage.withdrawn``.
    """
    target = get_target(recommendation, at=at)
    actor = get_actor(by, at=at)
    require(may_keep(actor, target.item.where))
    require_unchanged(target.subject, seen, aspect="coverage")
    found = _get_policy(policy)
    standing = PolicyCoverage.objects.as_of(None).filter(policy=found, recommendation_id=target.pk)
    if not standing.exists():
        raise UsageProblem("that policy does not cover it.", rule="coverage-stands")
    event = record_event(
        kind="coverage.withdrawn",
        subject=target.subject,
        by=actor,
        at=at,
        after={"policy": found.subject, "reason": sealed_words(reason)},
        touches=[found.subject],
    )
    supersede(standing, event=event)


def _check_uncovered(kind: LinkKind, uncovered: str) -> None:
    if kind in MUST_SAY_UNCOVERED and not uncovered.strip():
        raise UsageProblem(
            "superseding in part leaves something uncovered.",
            remedy="Say what of the older item nobody is bound to do any more.",
            rule="uncovered-part-is-said",
        )


def _check_new(source: int, target: int, kind: LinkKind) -> None:
    """Refuse to say again what is proposed or confirmed already."""
    standing = LinkStanding.objects.as_of(None).filter(state__in=STANDING_LINKS)
    same = {"link__source": source, "link__target": target, "link__kind": kind}
    if standing.filter(**same).exists():
        raise UsageProblem(
            "this link between the two is proposed or confirmed already.",
            remedy="Look at the links of either recommendation.",
            rule="links-are-said-once",
        )


def _get_link(ref: str) -> tuple[Link, LinkStanding]:
    standing = LinkStanding.objects.as_of(None).select_related("link__source", "link__target")
    found = standing.filter(link__ref=ref).first()
    if found is None:
        raise NotThere("there is no such link.", rule="link-exists")
    return found.link, found


def _ends(link: Link, at: datetime) -> tuple[Target, Target]:
    return get_target(link.source.ref, at=at), get_target(link.target.ref, at=at)


def _get_policy(ref: str) -> Policy:
    found: Policy | None = Policy.objects.filter(ref=ref).first()
    if found is None:
        raise NotThere(f"there is no policy {ref}.", rule="policy-exists")
    return found


def _stand(link: Link, new: LinkStanding, event: Event) -> None:
    supersede(LinkStanding.objects.filter(link=link), event=event)
    new.link, new.recorded_at, new.event = link, event.at, event
    new.save(force_insert=True)
