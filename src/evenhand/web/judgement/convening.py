"""What must be there before a panel sits, while it votes, and when it decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from evenhand.accountability.judgement.insiders import may_sit
from evenhand.accountability.judgement.votes import Finding, Vote
from evenhand.accountability.machines import CLAIM, SITTING
from evenhand.accountability.states import may_follow
from evenhand.core import Refused, UsageProblem, require
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.judgement.bundles import list_pinned
from evenhand.web.judgement.choices import Mode
from evenhand.web.judgement.queries.claims import ClaimView, pin_version
from evenhand.web.judgement.queries.criteria import Measured, find_criterion, judge_view
from evenhand.web.judgement.queries.panels import PanelView, SeatView, list_ties
from evenhand.web.judgement.queries.sittings import SittingView
from evenhand.web.register.queries import get_item


@dataclass(frozen=True, slots=True)
class Call:
    """When and how a panel is asked to judge."""

    mode: Mode
    opens_on: date
    closes_on: date

    def __post_init__(self) -> None:
        if self.closes_on < self.opens_on:
            raise UsageProblem("a sitting cannot close before it opens.", rule="sitting-period")
        if self.mode == Mode.ROOM and self.opens_on != self.closes_on:
            raise UsageProblem(
                "in a room a panel sits on one day.",
                remedy="Give the same day twice, or let it judge by correspondence.",
                rule="sitting-period",
            )


def prepare_sitting(claim: ClaimView, panel: PanelView, call: Call, *, as_of: AsOf) -> Measured:
    """Check that there is something to judge and somebody to judge it; the measure as it stands."""
    require(may_follow(CLAIM, state=claim.state, verb="convene"))
    if call.closes_on < as_of.on:
        raise UsageProblem("the sitting would be over already.", rule="sitting-period")
    if claim.closes and get_item(claim.item, as_of=as_of).work.state != "claimed":
        raise UsageProblem(
            "the item is no longer claimed as finished: its claim was returned or overtaken.",
            remedy="Ask the owner to claim again.",
            rule="claims-are-current",
        )
    criterion = find_criterion(claim.item, as_of=as_of)
    if criterion is None:
        raise UsageProblem(
            "no criterion is agreed by both sides, so there is nothing to judge by.",
            remedy="Propose one, and have the owner and the secretariat agree it.",
            rule="judged-by-an-agreed-criterion",
        )
    _check_evidence(claim, as_of)
    free = list_free(panel, item=claim.item, on=call.closes_on, as_of=as_of)
    if len(free) < panel.quorum:
        raise UsageProblem(
            f"{len(free)} members are free to judge this item, and the quorum is {panel.quorum}.",
            remedy="Seat members without a tie to it, or choose another panel.",
            rule="quorum-can-be-reached",
        )
    return judge_view(criterion, as_of=as_of)


def list_free(panel: PanelView, *, item: str, on: date, as_of: AsOf) -> list[SeatView]:
    """Members in term on a day whom nothing bars from judging an item."""
    seats = panel.sitting_on(on)
    ties = list_ties(seats, item=item, as_of=as_of)
    return [seat for seat in seats if may_sit(ties[seat.member], seat.term, on)]


def require_time(sitting: SittingView, *, on: date) -> None:
    """Refuse a vote before a sitting opens, after it closes, or once it has ended."""
    require(may_follow(SITTING, state=sitting.state, verb="conclude"))
    if not sitting.opens_on <= on <= sitting.closes_on:
        raise Refused("Votes are cast while the sitting is open, and on no other day.")


def check_voters(
    sitting: SittingView, panel: PanelView, votes: Sequence[Vote], *, as_of: AsOf
) -> None:
    """Refuse to conclude early, or on the vote of somebody who turned out to be barred."""
    if as_of.on < sitting.opens_on:
        raise Refused("The sitting has not opened.")
    free = {s.member for s in list_free(panel, item=sitting.item, on=as_of.on, as_of=as_of)}
    voters = {vote.member for vote in votes}
    if sitting.mode == Mode.CORRESPONDENCE and as_of.on <= sitting.closes_on and free - voters:
        raise Refused(
            "By correspondence the vote closes after its last day, or once all who may have voted."
        )
    seats = tuple(seat for seat in panel.seats if seat.member in voters)
    ties = list_ties(seats, item=sitting.item, as_of=as_of)
    if any(
        not may_sit(ties[seat.member], seat.term, min(as_of.on, sitting.closes_on))
        for seat in seats
    ):
        raise Refused(
            "A member who voted is barred from this item, as has become known since. "
            "End this sitting without a verdict and convene another."
        )


def describe_verdict(
    sitting: SittingView, finding: Finding, votes: Sequence[Vote], *, closes: bool, on: date
) -> dict[str, Any]:
    """A verdict as the ledger spells it, with every vote; reasons stand in the votes' events."""
    return {
        "item": f"recommendation:{sitting.item}",
        "sitting": sitting.subject,
        "bundle": sitting.bundle_sha256,
        "upheld": finding.upheld,
        "closes": closes,
        "embedding": finding.embedding.value,
        "quorum": finding.quorum,
        "for": finding.counts[0],
        "against": finding.counts[1],
        "abstained": finding.counts[2],
        "decided": on.isoformat(),
        "votes": [
            {
                "member": vote.member,
                "voice": vote.voice.value,
                "embedding": vote.embedding.value,
            }
            for vote in votes
        ],
    }


def _check_evidence(claim: ClaimView, as_of: AsOf) -> None:
    pins = {pin.evidence: pin for pin in claim.pinned}
    for each, version in list_pinned(claim, as_of=as_of):
        if each.state != "accepted" or each.latest.number != version.number:
            raise UsageProblem(
                "not all evidence of this claim is accepted in the version that was claimed on.",
                remedy="Have it reviewed, or ask the owner to claim on what stands now.",
                rule="judged-on-accepted-evidence",
            )
        if pin_version(each, version) != pins[each.ref]:
            raise UsageProblem(
                "evidence is no longer what was claimed on.", rule="verdict-bound-by-hash"
            )
