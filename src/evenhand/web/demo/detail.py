"""What makes the demo a register in use: questions asked again, work paused, actions finished.

Drawn apart from the lives of the items, so that adding to it changes nothing of theirs.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date

from evenhand.core import Refused
from evenhand.web.accounts.models import User
from evenhand.web.demo.life import OWNERS, Stage
from evenhand.web.demo.moments import Moment, moment_of
from evenhand.web.foundation.as_of import AsOf
from evenhand.web.register import services as register
from evenhand.web.register.choices import DutyRole
from evenhand.web.work import services as work
from evenhand.web.work.choices import ErasureGround
from evenhand.web.work.queries import list_actions, list_updates

SHARES = (0.45, 0.7, 0.9)
"""At which parts of the time since the last report the details are played."""

AGAIN = (
    "The answer speaks of what was done, not of what changed.",
    "It leaves out the two places that were asked about.",
)
PAUSES = ("The national guidance is being rewritten.", "The contract was stopped by a court.")


def add_details(
    stages: Sequence[Stage], *, on: date, users: dict[str, User], draw: random.Random
) -> None:
    """A few of each thing that a life alone does not bring."""
    now = moment_of(on, users)
    for play, share in (
        (_ask_again, 0.3),
        (_withdraw_question, 0.08),
        (_share_evidence, 0.1),
        (_withdraw_evidence, 0.04),
        (_support, 0.1),
        (_pause, 0.05),
        (_resume, 0.05),
        (_lift, 0.02),
        (_retitle, 0.08),
    ):
        for stage in stages:
            if draw.random() < share:
                _attempt(play, stage, now, stages, draw)
    _move_actions(now, draw)


def erase_one(*, at: Moment) -> None:
    """The words of one update are erased, as if somebody named in it had asked for it."""
    updates = list_updates(as_of=AsOf.now(at.at))
    if updates:
        event = updates[len(updates) // 2].event
        work.erase_words(event=event, ground=ErasureGround.ASKED, by=at.users["admin"], at=at.at)


Play = Callable[[Stage, Moment, Sequence[Stage], random.Random], object]


def _attempt(
    play: Play, stage: Stage, now: Moment, stages: Sequence[Stage], draw: random.Random
) -> None:
    try:
        play(stage, now, stages, draw)
    except Refused:  # the state has moved on, as happens in life; nothing changed
        return


def _ask_again(stage: Stage, now: Moment, _stages: Sequence[Stage], draw: random.Random) -> None:
    if stage.challenge:
        work.ask_again(
            challenge=stage.challenge, reason=draw.choice(AGAIN), by=now.users["member"], at=now.at
        )


def _withdraw_question(
    stage: Stage, now: Moment, _stages: Sequence[Stage], _draw: random.Random
) -> None:
    if stage.challenge:
        work.withdraw_challenge(
            challenge=stage.challenge,
            reason="A later report asks it better.",
            by=now.users["member"],
            at=now.at,
        )


def _share_evidence(
    stage: Stage, now: Moment, stages: Sequence[Stage], draw: random.Random
) -> None:
    others = [each for each in stages if each.team == stage.team and each is not stage]
    if stage.evidence and stage.team and others:
        work.use_evidence(
            evidence=stage.evidence,
            recommendation=draw.choice(others).told.ref,
            shows="The same records answer this one too.",
            by=now.users[stage.owner],
            at=now.at,
        )


def _withdraw_evidence(
    stage: Stage, now: Moment, _stages: Sequence[Stage], _draw: random.Random
) -> None:
    if stage.evidence:
        work.withdraw_evidence(
            evidence=stage.evidence,
            reason="Some records had been counted twice.",
            by=now.users[stage.owner],
            at=now.at,
        )


def _support(stage: Stage, now: Moment, _stages: Sequence[Stage], draw: random.Random) -> None:
    team = draw.choice([team for team in OWNERS if team not in (stage.team, "diversity")])
    if stage.team:
        register.assign_duty(
            recommendation=stage.told.ref,
            party=f"team:{team}",
            role=draw.choice([DutyRole.SUPPORTS, DutyRole.CONSULTED]),
            starts=now.on,
            reason="It holds the records.",
            by=now.users["secretariat"],
            at=now.at,
        )


def _pause(stage: Stage, now: Moment, _stages: Sequence[Stage], draw: random.Random) -> None:
    _move(stage, now, "pause", draw.choice(PAUSES))


def _resume(stage: Stage, now: Moment, _stages: Sequence[Stage], _draw: random.Random) -> None:
    _move(stage, now, "resume", "What it waited for has come.")


def _move(stage: Stage, now: Moment, verb: str, reason: str) -> None:
    register.move_work(
        recommendation=stage.told.ref,
        verb=verb,
        reason=reason,
        by=now.users["secretariat"],
        at=now.at,
    )


def _lift(stage: Stage, now: Moment, _stages: Sequence[Stage], _draw: random.Random) -> None:
    register.lift_due_date(
        recommendation=stage.told.ref,
        reason="It is reviewed every year now, and has no end.",
        by=now.users["secretariat"],
        at=now.at,
    )


def _retitle(stage: Stage, now: Moment, _stages: Sequence[Stage], _draw: random.Random) -> None:
    number = stage.told.ref.partition("/")[2].replace("/", "")
    register.retitle(
        recommendation=stage.told.ref,
        title=f"{stage.told.subject.title}, our number {number}",
        by=now.users["secretariat"],
        at=now.at,
    )


def _move_actions(now: Moment, draw: random.Random) -> None:
    said = {
        "finish": "The programme ran in every district and its material is in use.",
        "drop": "The money went to another programme.",
        "resume": "A second round is needed.",
    }
    for action in list_actions(as_of=AsOf.now(now.at)):
        verb = draw.choice(("finish", "finish", "drop", "resume", ""))
        lead = OWNERS[action.lead.removeprefix("team:")]
        if verb:
            try:
                work.move_action(
                    action=action.ref, verb=verb, reason=said[verb], by=now.users[lead], at=now.at
                )
            except Refused:
                continue
