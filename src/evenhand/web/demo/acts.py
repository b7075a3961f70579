"""The steps of the demo as calls of the ordinary commands."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from evenhand.core import Refused, UsageProblem
from evenhand.web.accounts.models import User
from evenhand.web.demo.judging import JUDGING, claim
from evenhand.web.demo.life import Stage, Step
from evenhand.web.demo.moments import Moment, moment_of
from evenhand.web.demo.wording import ANSWERS, LIMITS, METHODS, QUESTIONS
from evenhand.web.register import services as register
from evenhand.web.work import services as work
from evenhand.web.work.choices import EvidenceClass, Reliability
from evenhand.web.work.drafts import EvidenceDraft

CHALLENGERS = ("member", "panel", "monitor")


def play(step: Step, stage: Stage, users: dict[str, User]) -> bool:
    """Play one step; False where a rule refused it, as happens in life, and nothing changed.

    A date that has been passed by the time it would be moved, evidence whose duty has lapsed: the
    draw does not know what the state has become, and the rules do. A sitting that cannot be
    convened, for want of accepted evidence or of a quorum, is no different.
    """
    try:
        ACTS[step.act](stage, moment_of(step.on, users), step.facts)
    except (Refused, UsageProblem):
        return False
    return True


def _respond(stage: Stage, now: Moment, facts: dict[str, Any]) -> None:
    reasons = {
        "accept": "Agreed.",
        "accept_in_part": "Agreed in principle; the cost of doing it everywhere is not met.",
        "reject": "Other law already provides for this.",
    }
    register.record_response(
        recommendation=stage.told.ref,
        verb=facts["verb"],
        reason=reasons[facts["verb"]],
        responded_on=now.on,
        by=now.users["secretariat"],
        at=now.at,
    )


def _rule_out(stage: Stage, now: Moment, _facts: dict[str, Any]) -> None:
    register.move_work(
        recommendation=stage.told.ref,
        verb="rule_out",
        reason="Rejected by the body it was addressed to.",
        by=now.users["secretariat"],
        at=now.at,
    )


def _assign(stage: Stage, now: Moment, facts: dict[str, Any]) -> None:
    stage.team = facts["team"]
    register.assign_duty(
        recommendation=stage.told.ref,
        party=f"team:{stage.team}",
        starts=now.on,
        reason=facts.get("reason", "It falls within the work of this team."),
        by=now.users["secretariat"],
        at=now.at,
    )


def _set_due(stage: Stage, now: Moment, facts: dict[str, Any]) -> None:
    register.set_due_date(
        recommendation=stage.told.ref,
        due_on=facts["due"],
        by=now.users["secretariat"],
        at=now.at,
    )


def _extend(stage: Stage, now: Moment, facts: dict[str, Any]) -> None:
    register.extend_due_date(
        recommendation=stage.told.ref,
        to=facts["to"],
        reason=facts["reason"],
        by=now.users["secretariat"],
        at=now.at,
    )


def _start(stage: Stage, now: Moment, _facts: dict[str, Any]) -> None:
    register.move_work(
        recommendation=stage.told.ref, verb="start", by=now.users[stage.owner], at=now.at
    )


def _tell(stage: Stage, now: Moment, facts: dict[str, Any]) -> None:
    work.post_update(
        recommendation=stage.told.ref,
        as_at=now.on,
        by=now.users[stage.owner],
        at=now.at,
        **facts,
    )


def _ask(stage: Stage, now: Moment, _facts: dict[str, Any]) -> None:
    asked = work.put_challenge(
        recommendation=stage.told.ref,
        question=stage.draw.choice(QUESTIONS),
        answer_by=now.on + timedelta(28),
        by=now.users[stage.draw.choice(CHALLENGERS)],
        at=now.at,
    )
    stage.challenge = asked.ref


def _answer(stage: Stage, now: Moment, _facts: dict[str, Any]) -> None:
    work.answer_challenge(
        challenge=stage.challenge,
        text=stage.draw.choice(ANSWERS),
        by=now.users[stage.owner],
        at=now.at,
    )


def _settle(stage: Stage, now: Moment, _facts: dict[str, Any]) -> None:
    work.settle_challenge(challenge=stage.challenge, by=now.users["member"], at=now.at)


def _draft(stage: Stage, on: date) -> EvidenceDraft:
    draw = stage.draw
    draft = EvidenceDraft(
        speaks_from=on - timedelta(draw.randint(80, 360)),
        speaks_to=on - timedelta(draw.randint(1, 40)),
        method=draw.choice(METHODS),
        limits=draw.choice(LIMITS),
        reliability=draw.choice(list(Reliability)),
        classification=draw.choice([EvidenceClass.PUBLIC, EvidenceClass.INTERNAL]),
        address=f"https://fenmarsh.example/papers/{stage.told.ref.replace('/', '-')}",
    )
    return (
        _as_file(draft, stage.told.ref) if zlib.crc32(stage.told.ref.encode()) % 3 == 0 else draft
    )


def _as_file(draft: EvidenceDraft, ref: str) -> EvidenceDraft:
    """A third of the evidence is a file of ours, and some of it is restricted."""
    kind = zlib.crc32(ref.encode())
    words = (
        f"Findings (made up)\nAbout: {ref}\n"
        f"For: {draft.speaks_from} to {draft.speaks_to}\nMethod: {draft.method}\n"
        f"Of {20 + kind % 13} files read, {3 + kind % 17} followed the new practice.\n"
    )
    return replace(
        draft,
        address="",
        content=words.encode(),
        filename=f"findings-{ref.replace('/', '-')}.txt",
        media_type="text/plain",
        text=words,
        classification=EvidenceClass.RESTRICTED if kind % 4 == 0 else draft.classification,
    )


def _show(stage: Stage, now: Moment, _facts: dict[str, Any]) -> None:
    offered = work.offer_evidence(
        recommendation=stage.told.ref,
        title=f"{stage.told.subject.title}: findings of {now.on:%B %Y}",
        draft=_draft(stage, now.on),
        shows="How far practice follows what was recommended.",
        by=now.users[stage.owner],
        at=now.at,
    )
    stage.evidence = offered.ref


def _renew(stage: Stage, now: Moment, _facts: dict[str, Any]) -> None:
    if stage.evidence:
        work.revise_evidence(
            evidence=stage.evidence,
            draft=_draft(stage, now.on),
            by=now.users[stage.owner],
            at=now.at,
        )


def _review_evidence(stage: Stage, now: Moment, _facts: dict[str, Any]) -> None:
    if stage.evidence:
        good = stage.draw.random() < 0.9
        work.review_evidence(
            evidence=stage.evidence,
            verb="accept" if good else "return",
            reason="" if good else "The method is not described well enough to be repeated.",
            by=now.users["panel"],
            at=now.at,
        )


def _send_back(stage: Stage, now: Moment, _facts: dict[str, Any]) -> None:
    register.move_work(
        recommendation=stage.told.ref,
        verb="return",
        reason="The evidence shows that steps were taken, not that anything changed.",
        by=now.users["secretariat"],
        at=now.at,
    )


ACTS: dict[str, Callable[[Stage, Moment, dict[str, Any]], None]] = {
    "respond": _respond,
    "rule_out": _rule_out,
    "assign": _assign,
    "set_due": _set_due,
    "extend": _extend,
    "start": _start,
    "tell": _tell,
    "ask": _ask,
    "answer": _answer,
    "settle": _settle,
    "show": _show,
    "renew": _renew,
    "review_evidence": _review_evidence,
    "claim": claim,
    "send_back": _send_back,
    **JUDGING,
}
