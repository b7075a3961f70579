"""Five made-up reports of 70, 169, 37, 125 and 41 recommendations, as they would be imported.

The numbers and the scales are those that progress papers of an oversight body speak of; every word
is ours, and so are the inquiries.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from evenhand.accountability.scales import ACTIONED, COMPLETE, EMBEDDED, RATED, Scale
from evenhand.web.demo.wording import AREAS, STRANDS, SUBJECTS, Subject, compose
from evenhand.web.register.plans import PublicationPlan, RecommendationPlan

SERVICE = "body:fenmarsh-police"
DEPARTMENT = "body:interior-department"


@dataclass(frozen=True, slots=True)
class Report:
    """A report to make: when (in days before today), how many, how many of them for the police."""

    inquiry: str
    inquiry_title: str
    title: str
    days_ago: int
    count: int
    for_police: int
    scale: Scale
    lettered: tuple[int, ...] = ()


REPORTS = (
    Report("lantern", "The Lantern Inquiry", "Lantern report", 2540, 70, 39, EMBEDDED),
    Report("inspection", "Thematic inspections", "Inspection series", 2380, 169, 169, COMPLETE),
    Report("harbour", "The Harbour Review", "Harbour review", 2050, 37, 37, ACTIONED),
    Report("millgate", "The Millgate Commission", "Millgate report", 1650, 125, 125, RATED),
    Report(
        "faith",
        "The Race and Faith Panel",
        "Race and faith report",
        1290,
        41,
        41,
        ACTIONED,
        (8, 6, 5, 5, 4, 4, 4, 3, 2),  # 41 lettered sub-items in nine groups
    ),
)


@dataclass(frozen=True, slots=True)
class Told:
    """An item of the demo: its reference and what it is about."""

    ref: str
    subject: Subject
    for_police: bool


def build_plan(
    report: Report, *, today: date, draw: random.Random
) -> tuple[PublicationPlan, list[Told]]:
    """A report as it would be accepted, and its items."""
    published = today - timedelta(report.days_ago)
    ref = f"{report.inquiry}-{published.year}"
    made = [_recommend(str(n), n <= report.for_police, draw) for n in _numbers(report)]
    if report.lettered:
        made = _grouped(made, report.lettered)
    plan = PublicationPlan(
        ref=ref,
        inquiry=report.inquiry,
        title=report.title,
        published_on=published,
        scale=report.scale,
        recommendations=tuple(plan for plan, _ in made),
        author=report.inquiry_title,
    )
    subjects = {plan.text: subject for plan, subject in _flat(made)}
    told = [
        Told(each_ref, subjects[each.text], each.addressed_to == SERVICE)
        for each_ref, _, each in plan.walk()
        if not each.items
    ]
    return plan, told


Made = tuple[RecommendationPlan, Subject]


def _numbers(report: Report) -> range:
    return range(1, report.count + 1)


def _recommend(number: str, for_police: bool, draw: random.Random) -> Made:
    subject = draw.choice(SUBJECTS)
    ask = compose(draw, draw.choice(subject.asks))
    area = AREAS[0] if subject.team in ("operations", "investigation", "community") else AREAS[1]
    area = AREAS[2] if subject.team == "performance" else area
    strand = STRANDS[0] if draw.random() < 0.6 else draw.choice(STRANDS)
    service = "The service" if for_police else "The department"
    text = f"{service} should {ask[0].lower()}{ask[1:]}"
    plan = RecommendationPlan(
        number=number,
        text=text,
        heading=subject.title,
        page=str(10 + int(number) // 3),
        addressed_to=SERVICE if for_police else DEPARTMENT,
        themes=(subject.ref, strand[0], area[0]),
    )
    return plan, subject


def _grouped(made: list[Made], sizes: tuple[int, ...]) -> list[Made]:
    """The items under numbered recommendations, lettered from (a)."""
    groups: list[Made] = []
    rest = list(made)
    for number, size in enumerate(sizes, 1):
        items, rest = rest[:size], rest[size:]
        lettered = tuple(
            RecommendationPlan(
                number="abcdefgh"[place],
                text=plan.text,
                heading=plan.heading,
                addressed_to=plan.addressed_to,
                themes=plan.themes,
            )
            for place, (plan, _) in enumerate(items)
        )
        subject = items[0][1]
        lead = RecommendationPlan(
            number=str(number),
            text=f"The service should act on {subject.title.lower()}. This means:",
            heading=f"{subject.title} ({number})",
            addressed_to=SERVICE,
            items=lettered,
        )
        groups.append((lead, subject))
    return groups


def _flat(made: list[Made]) -> list[Made]:
    found: list[Made] = []
    by_heading = {subject.title: subject for subject in SUBJECTS}
    for plan, subject in made:
        found.append((plan, subject))
        found += [(item, by_heading[item.heading]) for item in plan.items]
    return found
