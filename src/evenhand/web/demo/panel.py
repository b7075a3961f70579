"""What becomes of an item that is judged in the demo: measure, sitting, votes, and afterwards.

Drawn apart from the rest of a life, so that the made-up history of everything else stays as it was.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from evenhand.web.demo.cast import BENCH
from evenhand.web.demo.life import Step, Window

JUDGED = 0.4  # of what is claimed
MEASURED = 0.25  # of what is not claimed: a measure is agreed, and nobody has judged yet
HALF_YEAR = 182
WENT_WELL, NOT_SHOWN, FELL_BACK = "went_well", "not_shown", "fell_back"
COURSES = (WENT_WELL, WENT_WELL, WENT_WELL, NOT_SHOWN, FELL_BACK, FELL_BACK)

UPHELD = (
    "The figures have stayed within what was agreed, and the sample was a fair one.",
    "I asked two units that were not in the evidence. They do it, and could show it.",
    "What was promised is done, and the measure moved after it, not before.",
)
DISSENT = (
    "One good year is not a habit. I would have waited for a second.",
    "The figure is good for the whole and says nothing about the night shift.",
    "Nobody asked those to whom it matters most.",
)
REJECTED = (
    "People were trained. Whether anything changed for the public is not shown.",
    "The measure that both sides agreed has not moved.",
    "The evidence is an account by those who are to be judged.",
)
VIEWS = (
    ("community", "Tidewater Community Trust (made up)", "partly",
     "We see the difference by day. By night we do not."),
    ("inspectorate", "Inspectorate of Fenmarsh (made up)", "agrees",
     "Our visit found what the service reports."),
    ("family", "A bereaved family (made up)", "disagrees",
     "We were told that it is done. Nobody has shown us."),
)  # fmt: skip


def plan_judgement(steps: list[Step], *, ref: str, window: Window) -> list[Step]:
    """More steps for one item: a measure agreed and followed; where it was claimed, a verdict."""
    draw = random.Random(f"judged {ref}")  # noqa: S311
    claim = next((step.on for step in steps if step.act == "claim"), None)
    start = next((step.on for step in steps if step.act == "start"), None)
    if start is None or draw.random() > (JUDGED if claim else MEASURED):
        return []
    course = draw.choice(COURSES) if claim else NOT_SHOWN
    last = window.last
    more = [Step(start + timedelta(5), "propose", {"kind": draw.choice(("ratio", "share"))})]
    more.append(Step(start + timedelta(draw.randint(15, 60)), "agree"))
    judged_on = claim + timedelta(draw.randint(45, 75)) if claim else last
    more += _figures(start + timedelta(70), judged_on, last, course, draw)
    if claim:
        more += _sitting(claim, judged_on, course, draw)
        more += _afterwards(judged_on, course, draw)
    if draw.random() < 0.5:
        more.append(Step(judged_on + timedelta(draw.randint(-40, 90)), "view", _view(draw)))
    return [step for step in more if step.on <= last]


def _figures(
    first: date, judged_on: date, last: date, course: str, draw: random.Random
) -> list[Step]:
    """A figure each half-year: towards the target until it is judged, then by its course."""
    steps: list[Step] = []
    on = first
    while on <= last:
        reached = min(1.0, max(0.0, (on - first).days / max(1, (judged_on - first).days - 150)))
        if course == NOT_SHOWN:
            reached *= 0.55
        if course == FELL_BACK and on > judged_on + timedelta(200):
            reached = 0.2
        facts: dict[str, object] = {"reached": reached, "wobble": draw.uniform(-0.03, 0.03)}
        steps.append(Step(on, "figure", facts))
        on += timedelta(HALF_YEAR)
    return steps


def _sitting(claim: date, judged_on: date, course: str, draw: random.Random) -> list[Step]:
    """Evidence reviewed, the panel convened, an interest now and then, votes, the end."""
    called = judged_on - timedelta(10)
    steps = [
        Step(claim + timedelta(6), "accept_evidence"),
        Step(called, "convene", {"closes": judged_on, "room": draw.random() < 0.3}),
    ]
    members = [part.username for part in BENCH]
    if draw.random() < 0.35:
        barred = members.pop(draw.randrange(len(members)))
        steps.append(Step(called + timedelta(1), "interest", {"member": barred}))
    voters = draw.sample(members, k=draw.choice((3, 4, 4, len(members))))
    split = draw.random() < 0.45
    for place, member in enumerate(voters):
        against = course == NOT_SHOWN or (split and place == len(voters) - 1)
        steps.append(
            Step(
                judged_on if steps[1].facts["room"] else called + timedelta(2 + place),
                "vote",
                {
                    "member": member,
                    "uphold": not against,
                    "reason": draw.choice(
                        REJECTED if course == NOT_SHOWN else DISSENT if against else UPHELD
                    ),
                },
            )
        )
    return [*steps, Step(judged_on + timedelta(1), "conclude")]


def _afterwards(judged_on: date, course: str, draw: random.Random) -> list[Step]:
    """Looked at again, mostly; after a lapse opened again, sometimes."""
    steps: list[Step] = []
    on = judged_on + timedelta(170)
    while draw.random() < 0.75 and len(steps) < 5:
        steps.append(Step(on, "recheck"))
        on += timedelta(350)
    if course == FELL_BACK and draw.random() < 0.5:
        steps.append(Step(judged_on + timedelta(460), "reopen"))
    if draw.random() < 0.3:
        steps.append(Step(judged_on + timedelta(30), "redact"))
    return steps


def _view(draw: random.Random) -> dict[str, object]:
    speaker, name, stance, text = draw.choice(VIEWS)
    return {"speaker": speaker, "name": name, "stance": stance, "text": text}
