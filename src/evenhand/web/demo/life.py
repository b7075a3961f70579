"""What happens to one item over the years: a schedule of commands, drawn at random.

Each life is a list of steps (day, command). The steps of all items are then played in the order of
their days, through the ordinary commands with the ordinary rules, so nothing in the demo is a state
that a real register could not reach.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from evenhand.web.demo.reports import Told
from evenhand.web.demo.wording import CHALLENGES, EXTENSIONS, NEXT_STEPS, PROGRESS, compose

Play = Callable[["Stage", date], None]

CLOSED_TEAM = "team:diversity"
OWNERS = {
    "operations": "owner",
    "learning": "owner",
    "investigation": "owner",
    "community": "owner",
    "people": "owner2",
    "standards": "owner2",
    "performance": "owner2",
    "diversity": "owner2",
}


@dataclass
class Stage:
    """What the steps of one item share while they are played: who holds it, what is on it."""

    told: Told
    closing: str
    team: str = ""
    evidence: str = ""
    challenge: str = ""
    draw: random.Random = field(default_factory=random.Random)

    @property
    def owner(self) -> str:
        """The account that speaks for the team."""
        return OWNERS[self.team] if self.team else "secretariat"


@dataclass(frozen=True, slots=True)
class Step:
    """One command on one day. ``act`` names a function of :mod:`.acts`."""

    on: date
    act: str
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Window:
    """From the day a report was accepted until today."""

    first: date
    last: date


def build_life(told: Told, *, window: Window, draw: random.Random) -> list[Step]:
    """The steps of an item, in order, none after today."""
    steps = _answer(told, window, draw)
    if told.for_police and not any(step.act == "rule_out" for step in steps):
        steps += _work(told, window, draw)
    return sorted((s for s in steps if s.on <= window.last), key=lambda step: step.on)


def _after(day: date, draw: random.Random, least: int, most: int) -> date:
    return day + timedelta(draw.randint(least, most))


def _answer(told: Told, window: Window, draw: random.Random) -> list[Step]:
    on = _after(window.first, draw, 20, 60)
    chance = draw.random()
    if chance < 0.03:
        return []
    if chance < 0.07:
        later = _after(on, draw, 5, 30)
        rejected = Step(on, "respond", {"verb": "reject"})
        return [rejected, Step(later, "rule_out")] if told.for_police else [rejected]
    verb = "accept_in_part" if chance < 0.17 else "accept"
    return [Step(on, "respond", {"verb": verb})]


def _work(told: Told, window: Window, draw: random.Random) -> list[Step]:
    given = _after(window.first, draw, 61, 120)
    team = "diversity" if draw.random() < 0.08 else told.subject.team
    steps = [Step(given, "assign", {"team": team})] if draw.random() > 0.03 else []
    due = _after(given, draw, 300, 900)
    if draw.random() < 0.9:
        steps.append(Step(given + timedelta(1), "set_due", {"due": due}))
    start = _after(given, draw, 10, 120)
    steps.append(Step(start, "start"))
    end = _claim_day(start, window, draw)
    steps += _tell(start, end or window.last, draw, falls_silent=draw.random() < 0.15)
    steps += _extend(due, end or window.last, draw)
    steps += _question(start, end or window.last, draw)
    steps += _show(start, end, window, draw)
    if end:
        steps.append(Step(end, "claim"))
        if draw.random() < 0.1:
            steps.append(Step(_after(end, draw, 20, 90), "send_back"))
    return steps


def _claim_day(start: date, window: Window, draw: random.Random) -> date | None:
    """Most of what is old has been claimed; of what is recent, less."""
    age = (window.last - start).days
    day = _after(start, draw, 250, 1500)
    return day if draw.random() < min(0.8, age / 2600) and day <= window.last else None


def _tell(first: date, last: date, draw: random.Random, *, falls_silent: bool) -> list[Step]:
    steps, on = [], _after(first, draw, 30, 90)
    stop = first + (last - first) * draw.random() if falls_silent else last
    while on <= stop:
        facts: dict[str, object] = {
            "progress": compose(draw, draw.choice(PROGRESS)),
            "challenges": draw.choice(CHALLENGES),
            "next_steps": draw.choice(NEXT_STEPS),
        }
        steps.append(Step(on, "tell", facts))
        on = _after(on, draw, 60, 210)
    return steps


def _extend(due: date, last: date, draw: random.Random) -> list[Step]:
    """Decisions to extend come shortly before the date, most of the time."""
    steps: list[Step] = []
    while due < last and len(steps) < 4 and draw.random() < 0.72:
        on, due = due - timedelta(draw.randint(2, 20)), _after(due, draw, 120, 500)
        steps.append(Step(on, "extend", {"to": due, "reason": draw.choice(EXTENSIONS)}))
    return steps


def _question(first: date, last: date, draw: random.Random) -> list[Step]:
    if draw.random() > 0.3 or (last - first).days < 120:
        return []
    asked = first + (last - first) * draw.uniform(0.2, 0.98)
    steps = [Step(asked, "ask")]
    if draw.random() < 0.75:
        answered = _after(asked, draw, 5, 45)
        steps.append(Step(answered, "answer"))
        if draw.random() < 0.7:
            steps.append(Step(_after(answered, draw, 10, 60), "settle"))
    return steps


def _show(first: date, end: date | None, window: Window, draw: random.Random) -> list[Step]:
    """Evidence comes with a claim, or along the way; some of it is renewed every year."""
    if end is None and draw.random() < 0.55:
        return []
    on = end - timedelta(draw.randint(3, 30)) if end else _after(first, draw, 100, 600)
    steps = [Step(max(on, first + timedelta(2)), "show")]
    if draw.random() < 0.7:
        steps.append(Step(_after(steps[0].on, draw, 5, 40), "review_evidence"))
    again = draw.random() < 0.8
    while again and (on := _after(on, draw, 330, 420)) <= window.last:
        steps += [Step(on, "renew"), Step(on + timedelta(20), "review_evidence")]
    return steps
