"""What crosses the items of the demo: links, actions, policies, and the team that was closed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from evenhand.accountability.overlap import Text, suggest_overlaps
from evenhand.core import Refused
from evenhand.web.accounts.models import User
from evenhand.web.accounts.services import end_party
from evenhand.web.demo.life import CLOSED_TEAM, OWNERS, Stage
from evenhand.web.demo.moments import moment_of
from evenhand.web.demo.wording import SUBJECTS
from evenhand.web.register import services as register
from evenhand.web.register.choices import LinkKind
from evenhand.web.register.plans import PublicationPlan
from evenhand.web.work import services as work
from evenhand.web.work.services.actions import Coverage

LINKS = 60  # of the demo: enough for every kind and state
KINDS = (
    LinkKind.OVERLAPS,
    LinkKind.REITERATES,
    LinkKind.SUPERSEDES,
    LinkKind.SUPERSEDES_PART,
    LinkKind.DEPENDS_ON,
    LinkKind.OVERLAPS,
)


def link_items(
    plans: Sequence[PublicationPlan],
    *,
    on: date,
    users: dict[str, User],
    draw: random.Random,
) -> None:
    """Propose links where the texts suggest them, and have most of them reviewed."""
    texts = [
        Text(ref, plan.ref, each.text)
        for plan in plans
        for ref, _, each in plan.walk()
        if not each.items
    ]
    for place, pair in enumerate(suggest_overlaps(texts, least=0.3, most=LINKS)):
        kind = KINDS[place % len(KINDS)]
        older, newer = pair.first, pair.second
        pair_ends = (older, newer) if kind is LinkKind.DEPENDS_ON else (newer, older)
        _link(*pair_ends, kind, on, users, draw)


def _link(
    source: str,
    target: str,
    kind: LinkKind,
    on: date,
    users: dict[str, User],
    draw: random.Random,
) -> None:
    now = moment_of(on, users)
    partly = kind is LinkKind.SUPERSEDES_PART
    link = register.propose_link(
        source=source,
        target=target,
        kind=kind,
        reason="Both ask for the same thing of the same people.",
        uncovered="The older item also asked for publication; nobody is bound to that now."
        if partly
        else "",
        by=users["analyst"],
        at=now.at,
    )
    if draw.random() < 0.8:
        register.review_link(
            link=link.ref,
            verb="confirm" if draw.random() < 0.9 else "decline",
            reason="Read side by side.",
            by=users["secretariat"],
            at=now.at,
        )


def cover_with_policies(
    refs: Sequence[str], *, on: date, users: dict[str, User], draw: random.Random
) -> None:
    """Two policies for every subject, covering about two thirds of the items."""
    now = moment_of(on, users)
    policies = []
    for subject in SUBJECTS:
        for edition in ("Policy", "Standing instruction"):
            policy = register.record_policy(
                ref=f"{subject.ref}-{edition.split()[0].lower()}",
                title=f"{edition} on {subject.title.lower()}",
                address=f"https://fenmarsh.example/policy/{subject.ref}",
                by=users["secretariat"],
                at=now.at,
            )
            policies.append(policy.ref)
    for ref in refs:
        if draw.random() < 0.66:
            in_full = draw.random() < 0.7
            register.cover_by_policy(
                policy=draw.choice(policies),
                recommendation=ref,
                in_full=in_full,
                uncovered="" if in_full else "How often it is done, and who checks.",
                by=users["secretariat"],
                at=now.at,
            )


def run_actions(
    stages: Sequence[Stage], *, on: date, users: dict[str, User], draw: random.Random
) -> None:
    """Actions of each team that are for several of its items at once."""
    now = moment_of(on, users)
    for team in OWNERS:
        held = [stage for stage in stages if stage.team == team]
        for _ in range(min(8, len(held) // 5)):
            covers = [
                Coverage(stage.told.ref, draw.choice(("", "The part that concerns districts.")))
                for stage in draw.sample(held, k=min(len(held), draw.randint(2, 5)))
            ]
            action = work.add_action(
                title=f"{held[0].told.subject.title}: joint programme",
                lead=f"team:{team}",
                covers=covers,
                starts=on,
                due_on=on + timedelta(draw.randint(200, 700)),
                by=users[OWNERS[team]],
                at=now.at,
            )
            if draw.random() < 0.8:
                work.move_action(action=action.ref, verb="start", by=users[OWNERS[team]], at=now.at)


def close_team(
    stages: Sequence[Stage], *, on: date, users: dict[str, User], draw: random.Random
) -> None:
    """The directorate ends; most of its duties find a successor, and some are forgotten."""
    now = moment_of(on, users)
    end_party(party=CLOSED_TEAM, on=on, by=users["secretariat"], at=now.at)
    for stage in stages:
        if stage.team == "diversity" and draw.random() < 0.7:
            stage.team = stage.told.subject.team
            try:
                register.assign_duty(
                    recommendation=stage.told.ref,
                    party=f"team:{stage.team}",
                    starts=on + timedelta(1),
                    reason="The directorate that held it was closed.",
                    by=users["secretariat"],
                    at=now.at,
                )
            except Refused:  # an item at rest keeps the owner it had
                continue
