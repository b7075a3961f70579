"""Sittings: a claim is put before a panel as one bundle, members vote, a quorum decides."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from evenhand.accountability.judgement.embedding import Embedding
from evenhand.accountability.judgement.permissions import may_conclude, may_convene, may_judge
from evenhand.accountability.judgement.votes import Voice, Vote, check_vote, closes_item, decide
from evenhand.accountability.ledger import canonical_bytes
from evenhand.accountability.machines import SITTING
from evenhand.accountability.permissions import may_close
from evenhand.accountability.states import may_follow
from evenhand.core import Refused, UsageProblem, require
from evenhand.web.accounts.models import User
from evenhand.web.accounts.queries import get_actor, get_party
from evenhand.web.foundation.as_of import AsOf, day_of
from evenhand.web.foundation.command import command
from evenhand.web.judgement.bundles import build_bundle, read_judged, require_as_shown
from evenhand.web.judgement.choices import Mode
from evenhand.web.judgement.convening import (
    Call,
    check_voters,
    describe_verdict,
    prepare_sitting,
    require_time,
)
from evenhand.web.judgement.models import Ballot, CriterionRow, Sitting, SittingStanding
from evenhand.web.judgement.queries.claims import get_claim
from evenhand.web.judgement.queries.panels import find_ties, get_panel
from evenhand.web.judgement.queries.sittings import get_sitting, list_votes
from evenhand.web.judgement.writing.decisions import (
    end_sitting,
    find_work_after,
    follow_verdict,
    freeze,
    move_claim,
    verb_of,
    write_verdict,
)
from evenhand.web.judgement.writing.rows import stand
from evenhand.web.ledger.queries import require_unchanged
from evenhand.web.ledger.recording import record_event, sealed, sealed_words
from evenhand.web.register.queries import get_work_target


@command(rule=may_convene, audit="sitting.convened")
def convene_sitting(
    *,
    claim: str,
    panel: str,
    mode: Mode,
    opens_on: date,
    closes_on: date,
    by: User,
    at: datetime,
) -> str:
    """Put a claim before a panel: text, criterion, figure, claim and evidence, under one hash.

    The criterion is frozen with it. Refused without an agreed criterion, without accepted evidence,
    and where fewer members are free to judge than the quorum asks.

    Authorisation: `may_convene`. Audit: ``sitting.convened``, with the bundle's hash.
    """
    now = AsOf.now(at)
    view, found = get_claim(claim, as_of=now), get_panel(panel, as_of=now)
    target = get_work_target(view.item, at=at)
    actor = get_actor(by, at=at)
    require(may_convene(actor, target.item))
    measured = prepare_sitting(view, found, Call(mode, opens_on, closes_on), as_of=now)
    bundle = build_bundle(view, measured, as_of=now)
    ref = secrets.token_hex(6)
    event = record_event(
        kind="sitting.convened",
        subject=f"sitting:{ref}",
        by=actor,
        at=at,
        after={
            "item": target.subject,
            "panel": found.subject,
            "claim": view.subject,
            "criterion": measured.view.subject,
            "mode": str(mode),
            "opens": opens_on.isoformat(),
            "closes": closes_on.isoformat(),
            "quorum": found.quorum,
            "bundle": bundle.sha256,
        },
        touches=[target.subject, found.subject],
    )
    sitting = Sitting(ref=ref, panel_id=found.pk, recommendation_id=target.pk, claim_id=view.pk)
    sitting.criterion = CriterionRow(pk=measured.view.pk)
    sitting.mode, sitting.quorum = mode, found.quorum
    sitting.opens_on, sitting.closes_on = opens_on, closes_on
    sitting.bundle, sitting.bundle_sha256 = canonical_bytes(bundle.facts).decode(), bundle.sha256
    sitting.recorded_at, sitting.event = event.at, event
    sitting.save(force_insert=True)
    stand(SittingStanding, {"sitting_id": sitting.pk}, event=event, state=SITTING.start)
    move_claim(view, "convene", event=event)
    freeze(measured.view, event=event)
    return ref


@command(rule=may_judge, audit="vote.cast")
def cast_vote(
    *, sitting: str, voice: Voice, embedding: Embedding, reason: str, by: User, at: datetime
) -> None:
    """Vote on a claim, once, with a reason; sealed in the ledger until the verdict states it.

    Authorisation: `may_judge`: a member in term with no tie to the item. Audit: ``vote.cast``.
    """
    now = AsOf.now(at)
    view = get_sitting(sitting, as_of=now)
    target = get_work_target(view.item, at=at)
    actor = get_actor(by, at=at)
    seat = get_panel(view.panel, as_of=now).find_seat(actor.ref)
    ties = find_ties(actor.ref, seat, item=view.item, as_of=now)
    require(may_judge(actor, target.item, ties=ties, term=seat.term if seat else None))
    require_time(view, on=day_of(at))
    require_as_shown(view)
    if actor.ref in view.voted:
        raise Refused("You have voted on this claim; a vote is cast once.")
    vote = Vote(actor.ref, voice, embedding, reason)
    judged = read_judged(view.bundle["figure"])
    claim = get_claim(view.claim, as_of=now)
    require(check_vote(vote, judged=judged, closes=claim.closes))
    spelled = canonical_bytes({"voice": voice.value, "embedding": embedding.value}).decode()
    event = record_event(
        kind="vote.cast",
        subject=view.subject,
        by=actor,
        at=at,
        after={
            "bundle": view.bundle_sha256,
            "vote": sealed(spelled),
            "reason": sealed_words(reason),
        },
    )
    Ballot.objects.create(
        sitting_id=view.pk,
        member=get_party(actor.ref),
        voice=voice.value,
        embedding=embedding.value,
        reason=reason,
        recorded_at=event.at,
        event=event,
    )


@command(rule=may_conclude, audit="verdict.given")
def conclude_sitting(*, sitting: str, by: User, at: datetime, seen: int | None = None) -> str:
    """Close the voting: a quorum of votes becomes a verdict, bound to exactly what was shown.

    Who concludes decides nothing: the votes do. A verdict that upholds a closing level closes the
    item; one that does not uphold returns it to work.

    Authorisation: `may_conclude`; closing `may_close`. Audit: ``verdict.given``, with every vote.
    """
    now = AsOf.now(at)
    view = get_sitting(sitting, as_of=now)
    target = get_work_target(view.item, at=at)
    actor = get_actor(by, at=at)
    require(may_conclude(actor, target.item))
    require_unchanged(view.subject, seen, aspect="sitting")
    require(may_follow(SITTING, state=view.state, verb="conclude"))
    panel = get_panel(view.panel, as_of=now)
    votes = list_votes([view.pk], as_of=now).get(view.pk, ())
    check_voters(view, panel, votes, as_of=now)
    require_as_shown(view)
    finding = decide(votes, quorum=view.quorum)
    if not finding.quorate:
        raise Refused(
            f"{finding.present} of the {view.quorum} members that make a quorum have voted."
        )
    claim = get_claim(view.claim, as_of=now)
    closes = closes_item(finding, claim_closes=claim.closes)
    if closes:
        require(may_close(quorate_verdict=finding.quorate))
    ref = secrets.token_hex(6)
    event = record_event(
        kind="verdict.given",
        subject=f"verdict:{ref}",
        by=actor,
        at=at,
        after=describe_verdict(view, finding, votes, closes=closes, on=now.on)
        | {"work": find_work_after(target.pk, verb_of(finding, closes=closes))},
        touches=[target.subject, view.subject],
    )
    write_verdict(view, finding, ref=ref, closes=closes, on=now.on, event=event)
    end_sitting(view, "conclude", event=event)
    move_claim(claim, "uphold" if finding.upheld else "reject", event=event)
    follow_verdict(view, finding, closes=closes, event=event)
    return ref


@command(rule=may_convene, audit="sitting.abandoned")
def abandon_sitting(
    *, sitting: str, reason: str, by: User, at: datetime, seen: int | None = None
) -> None:
    """End a sitting without a verdict; the claim waits for another, and the votes stay on record.

    Authorisation: `may_convene`. Audit: ``sitting.abandoned``.
    """
    now = AsOf.now(at)
    view = get_sitting(sitting, as_of=now)
    target = get_work_target(view.item, at=at)
    actor = get_actor(by, at=at)
    require(may_convene(actor, target.item))
    require_unchanged(view.subject, seen, aspect="sitting")
    require(may_follow(SITTING, state=view.state, verb="abandon"))
    if not reason.strip():
        raise UsageProblem(
            "ending a sitting without a verdict needs a reason.", rule="moves-have-reasons"
        )
    event = record_event(
        kind="sitting.abandoned",
        subject=view.subject,
        by=actor,
        at=at,
        before={"state": view.state},
        after={"reason": sealed_words(reason), "votes": len(view.voted)},
        touches=[target.subject],
    )
    end_sitting(view, "abandon", event=event, reason=reason)
    move_claim(get_claim(view.claim, as_of=now), "abandon", event=event)
