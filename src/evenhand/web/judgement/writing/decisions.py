"""What follows from convening, abandoning and concluding a sitting, under one event."""

from __future__ import annotations

from datetime import date

from evenhand.accountability.judgement.afterwards import recheck_on
from evenhand.accountability.judgement.votes import Finding
from evenhand.accountability.machines import CLAIM, CRITERION, SITTING, WORK
from evenhand.accountability.states import may_follow, next_state
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.judgement.models import (
    ClaimStanding,
    CriterionStanding,
    SittingStanding,
    Verdict,
    VerdictStanding,
)
from evenhand.web.judgement.queries.claims import ClaimView
from evenhand.web.judgement.queries.criteria import CriterionView
from evenhand.web.judgement.queries.sittings import SittingView
from evenhand.web.judgement.queries.verdicts import list_verdicts
from evenhand.web.judgement.writing.rows import set_verdict, stand
from evenhand.web.ledger.recording import Event
from evenhand.web.register.writing import find_work_state, move_if_possible


def move_claim(claim: ClaimView, verb: str, *, event: Event, reason: str = "") -> None:
    """The claim's next state."""
    state = next_state(CLAIM, state=claim.state, verb=verb)
    stand(ClaimStanding, {"claim_id": claim.pk}, event=event, state=state, reason=reason)


def freeze(view: CriterionView, *, event: Event) -> None:
    """From here on the criterion cannot be replaced while somebody judges by it."""
    if view.state != "agreed":
        return
    stand(
        CriterionStanding,
        {"criterion_id": view.pk},
        event=event,
        state=next_state(CRITERION, state=view.state, verb="freeze"),
        for_owner=view.for_owner,
        for_secretariat=view.for_secretariat,
    )


def end_sitting(sitting: SittingView, verb: str, *, event: Event, reason: str = "") -> None:
    """The sitting's last state."""
    state = next_state(SITTING, state=sitting.state, verb=verb)
    stand(SittingStanding, {"sitting_id": sitting.pk}, event=event, state=state, reason=reason)


def write_verdict(
    sitting: SittingView, finding: Finding, *, ref: str, closes: bool, on: date, event: Event
) -> None:
    """The verdict, bound to the sitting's bundle; an earlier verdict on the item is replaced."""
    earlier = list_verdicts(as_of=AsOf(None, on), item=sitting.item)
    row = Verdict.objects.create(
        ref=ref,
        sitting_id=sitting.pk,
        recommendation_id=sitting.item_pk,
        upheld=finding.upheld,
        closes=closes,
        embedding=finding.embedding.value,
        votes_for=finding.counts[0],
        votes_against=finding.counts[1],
        abstained=finding.counts[2],
        quorum=sitting.quorum,
        bundle_sha256=sitting.bundle_sha256,
        decided_on=on,
        recorded_at=event.at,
        event=event,
    )
    for each in earlier:
        if each.state != "replaced":
            set_verdict(each, event, state="replaced", recheck_on=None)
    again = recheck_on(on, finding.embedding) if finding.upheld else None
    stand(
        VerdictStanding,
        {"verdict_id": row.pk},
        event=event,
        state="stands",
        recheck_on=again,
    )


def find_work_after(item: int, verb: str) -> str:
    """The state the work is in after this move, or still in where the move cannot follow."""
    now = find_work_state(item)
    return next_state(WORK, state=now, verb=verb) if may_follow(WORK, state=now, verb=verb) else now


def verb_of(finding: Finding, *, closes: bool) -> str:
    """What a verdict does to the work: closes it, returns it, or nothing."""
    if closes:
        return "close"
    return "" if finding.upheld else "return"


def follow_verdict(sitting: SittingView, finding: Finding, *, closes: bool, event: Event) -> None:
    """Close the item by a verdict that closes; return it by one that does not uphold."""
    reason = "Upheld by a quorate panel." if closes else "A panel did not uphold what was claimed."
    verb = verb_of(finding, closes=closes)
    if verb:
        move_if_possible(sitting.item_pk, verb, reason=reason, event=event)
