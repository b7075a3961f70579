"""The steps of judgement in the demo as calls of the ordinary commands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from evenhand.accountability.judgement import (
    Comparison,
    Criterion,
    Distance,
    Reading,
    Target,
    TargetKind,
)
from evenhand.accountability.judgement.embedding import Embedding
from evenhand.accountability.judgement.votes import Voice
from evenhand.core import Refused
from evenhand.web.accounts.models import User
from evenhand.web.demo.cast import BENCH
from evenhand.web.demo.life import Stage
from evenhand.web.demo.moments import Moment, moment_of
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.judgement import queries, services
from evenhand.web.judgement.choices import MeasureKind, Mode, Speaker, Stance
from evenhand.web.judgement.drafts import CriterionDraft
from evenhand.web.judgement.twins import Twin
from evenhand.web.register.services import claim_level
from evenhand.web.work import services as work
from evenhand.web.work.queries import list_evidence

PANEL = "challenge"
ORGANISATIONS = ("body:harbour-college", "body:tidewater-trust", "body:fenmarsh-authority")
RATIO = Criterion(
    Target(TargetKind.AT_MOST, high=1.25), Comparison.INTERVAL, sustain_months=12, margin=1.1
)
SHARE = Criterion(
    Target(TargetKind.AT_LEAST, 90),
    Comparison.POINT,
    sustain_months=12,
    distance=Distance.DIFFERENCE,
    measured_in="per cent",
)


def form_panels(*, on: date, users: dict[str, User]) -> None:
    """The panel with its terms; the last member's term has ended long ago."""
    now = moment_of(on, users)
    keeper: dict[str, Any] = {"by": users["secretariat"], "at": now.at}
    services.form_panel(
        title="Independent challenge panel (made up)",
        purpose="Says whether what the service reports as done is done, and works.",
        quorum=3,
        ref=PANEL,
        **keeper,
    )
    names = ["panel", *(part.username for part in BENCH)]
    for place, name in enumerate(names):
        services.seat_member(
            panel=PANEL,
            member=users[name].subject,
            starts=on,
            ends=None if place < len(names) - 1 else on + timedelta(3 * 365),
            organisation=ORGANISATIONS[place % len(ORGANISATIONS)],
            **keeper,
        )


def claim(stage: Stage, now: Moment, _facts: dict[str, Any]) -> None:
    """The owner's claim: with its evidence where there is some that was not sent back."""
    as_of, item = AsOf.now(now.at), stage.told.ref
    owner: dict[str, Any] = {"by": now.users[stage.owner], "at": now.at}
    reason = "The steps that were planned have been taken."
    shown = [
        each.ref
        for each in list_evidence(as_of=as_of, item=item)
        if each.state in ("offered", "accepted")
    ]
    if not shown:
        claim_level(recommendation=item, level=stage.closing, as_at=now.on, reason=reason, **owner)
        return
    services.make_claim(
        recommendation=item,
        level=stage.closing,
        embedding=Embedding.EFFECT_SEEN,
        evidence=shown,
        as_at=now.on,
        reason=reason,
        **owner,
    )


def _propose(stage: Stage, now: Moment, facts: dict[str, Any]) -> None:
    subject = stage.told.subject.title.lower()
    ratio = facts["kind"] == "ratio"
    draft = CriterionDraft(
        kind=MeasureKind.EXTERNAL,
        title=f"Rate of one group over another: {subject}"
        if ratio
        else f"Share of units that meet the standard: {subject}",
        criterion=RATIO if ratio else SHARE,
        source="Half-yearly return of Fenmarsh Police (made up)",
    )
    services.propose_criterion(
        recommendation=stage.told.ref,
        draft=draft,
        reason="It is the difference that the inquiry wanted to see.",
        by=now.users[stage.owner],
        at=now.at,
    )


def _agree(stage: Stage, now: Moment, _facts: dict[str, Any]) -> None:
    proposed = queries.list_criteria(as_of=AsOf.now(now.at), item=stage.told.ref)
    if not proposed or proposed[0].state != "proposed":
        return
    ref = proposed[0].ref
    services.agree_for_owner(criterion=ref, by=now.users[stage.owner], at=now.at)
    services.agree_for_secretariat(criterion=ref, by=now.users["secretariat"], at=now.at)


def _figure(stage: Stage, now: Moment, facts: dict[str, Any]) -> None:
    view = queries.find_criterion(stage.told.ref, as_of=AsOf.now(now.at))
    if view is None:
        return
    end = now.on - timedelta(15)
    ratio = view.criterion.distance is Distance.RATIO
    reached, wobble = facts["reached"], facts["wobble"]
    value = 1.7 - 0.65 * reached + wobble if ratio else 58 + 37 * reached + 40 * wobble
    spread = value * 0.09 if ratio else 3.0
    reading = Reading(
        start=end - timedelta(181),
        end=end,
        value=round(value, 3),
        low=round(value - spread, 3),
        high=round(value + spread, 3),
        detectable=1.09 if ratio else 3.0,
        source=f"Half-yearly return to {end:%B %Y}, table 4 (made up)",
    )
    services.record_figure(criterion=view.ref, reading=reading, by=now.users["analyst"], at=now.at)


def _accept_evidence(stage: Stage, now: Moment, _facts: dict[str, Any]) -> None:
    """Whatever of the claim's evidence still waits is accepted, in the version claimed on."""
    for each in list_evidence(as_of=AsOf.now(now.at), item=stage.told.ref):
        if each.state == "offered":
            work.review_evidence(
                evidence=each.ref, verb="accept", by=now.users["secretariat"], at=now.at
            )


def _convene(stage: Stage, now: Moment, facts: dict[str, Any]) -> None:
    made = queries.list_claims(as_of=AsOf.now(now.at), item=stage.told.ref, state="made")
    if not made:
        return
    closes = facts["closes"]
    services.convene_sitting(
        claim=made[0].ref,
        panel=PANEL,
        mode=Mode.ROOM if facts["room"] else Mode.CORRESPONDENCE,
        opens_on=closes if facts["room"] else now.on,
        closes_on=closes,
        by=now.users["secretariat"],
        at=now.at,
    )


def _interest(stage: Stage, now: Moment, facts: dict[str, Any]) -> None:
    member = now.users[facts["member"]]
    services.declare_interest(
        member=member.subject,
        recommendation=stage.told.ref,
        nature="I gave paid advice on this to the team that owns it",
        by=member,
        at=now.at,
    )


def _vote(stage: Stage, now: Moment, facts: dict[str, Any]) -> None:
    sitting = _find_open(stage, now)
    if sitting:
        services.cast_vote(
            sitting=sitting,
            voice=Voice.UPHOLD if facts["uphold"] else Voice.REJECT,
            embedding=Embedding.EFFECT_SEEN if facts["uphold"] else Embedding.TRAINED,
            reason=facts["reason"],
            by=now.users[facts["member"]],
            at=now.at,
        )


def _conclude(stage: Stage, now: Moment, _facts: dict[str, Any]) -> None:
    """A verdict where a quorum voted; where too few could, the sitting ends without one."""
    sitting = _find_open(stage, now)
    keeper: dict[str, Any] = {"by": now.users["secretariat"], "at": now.at}
    if not sitting:
        return
    try:
        services.conclude_sitting(sitting=sitting, **keeper)
    except Refused as refusal:
        services.abandon_sitting(sitting=sitting, reason=refusal.problem, **keeper)


def _recheck(stage: Stage, now: Moment, _facts: dict[str, Any]) -> None:
    latest = queries.list_latest_verdicts(as_of=AsOf.now(now.at), items=[stage.told.ref])
    verdict = latest.get(stage.told.ref)
    if verdict and verdict.state == "stands" and verdict.upheld:
        services.recheck_verdict(
            verdict=verdict.ref,
            seen_there="The figures since the verdict, and what evidence has come.",
            by=now.users["secretariat"],
            at=now.at,
        )


def _reopen(stage: Stage, now: Moment, _facts: dict[str, Any]) -> None:
    latest = queries.list_latest_verdicts(as_of=AsOf.now(now.at), items=[stage.told.ref])
    verdict = latest.get(stage.told.ref)
    if verdict and verdict.state == "lapsed":
        services.reopen_item(
            recommendation=stage.told.ref,
            reason="The measure has gone back to where it was.",
            by=now.users["member"],
            at=now.at,
        )


def _view(stage: Stage, now: Moment, facts: dict[str, Any]) -> None:
    services.give_view(
        recommendation=stage.told.ref,
        speaker=Speaker(facts["speaker"]),
        name=facts["name"],
        stance=Stance(facts["stance"]),
        said_on=now.on,
        text=facts["text"],
        by=now.users["secretariat"],
        at=now.at,
    )


def _redact(stage: Stage, now: Moment, _facts: dict[str, Any]) -> None:
    for each in list_evidence(as_of=AsOf.now(now.at), item=stage.told.ref)[:1]:
        ref = services.prepare_redaction(
            evidence=each.ref,
            twin=Twin(
                b"The public version of this evidence. Made up for this demonstration.\n",
                "public-version.txt",
                "text/plain",
                "Names of officers, and one address.",
            ),
            by=now.users[stage.owner],
            at=now.at,
        )
        services.review_redaction(
            redaction=ref, verb="pass", by=now.users["secretariat"], at=now.at
        )


def _find_open(stage: Stage, now: Moment) -> str:
    found = queries.list_sittings(as_of=AsOf.now(now.at), item=stage.told.ref, state="open")
    return found[0].ref if found else ""


JUDGING: dict[str, Callable[[Stage, Moment, dict[str, Any]], None]] = {
    "propose": _propose,
    "agree": _agree,
    "figure": _figure,
    "accept_evidence": _accept_evidence,
    "convene": _convene,
    "interest": _interest,
    "vote": _vote,
    "conclude": _conclude,
    "recheck": _recheck,
    "reopen": _reopen,
    "view": _view,
    "redact": _redact,
}
"""Every step of judgement by its name."""
