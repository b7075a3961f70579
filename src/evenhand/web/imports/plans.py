"""A proposal as the plan that the register takes, with levels of the report's own scale."""

from __future__ import annotations

import re

from evenhand.accountability.scales import Scale
from evenhand.core import UsageProblem
from evenhand.web.imports.proposals import Line, Proposal
from evenhand.web.register.plans import PublicationPlan, RecommendationPlan


def build_plan(
    proposal: Proposal, *, inquiry: str, scale: Scale, source_sha256: str
) -> PublicationPlan:
    """The publication with its recommendations and parts, as accepted."""
    head = proposal.head
    if head.day is None:
        raise UsageProblem("the report has no date.", rule="reports-have-dates")
    return PublicationPlan(
        ref=head.ref,
        inquiry=inquiry,
        title=head.title,
        published_on=head.day,
        scale=scale,
        recommendations=tuple(
            _build(line, scale, head.addressed_to)
            for line, parent in proposal.walk()
            if parent is None
        ),
        edition=head.edition,
        author=head.author,
        report_number=head.report_number,
        source_sha256=source_sha256,
        makes_none=head.makes_none,
    )


def _build(line: Line, scale: Scale, addressed_to: str) -> RecommendationPlan:
    return RecommendationPlan(
        line.number,
        line.text,
        heading=line.heading,
        page=line.place if line.place.startswith("page ") else "",
        addressed_to=addressed_to,
        level=find_level(line, scale),
        items=tuple(_build(item, scale, addressed_to) for item in line.parts),
    )


def find_level(line: Line, scale: Scale) -> str:
    """The level the report itself states: finished, or its own word for how far; "" for none."""
    if line.completed:
        return next((level.code for level in scale.levels if level.closes), "")
    told = _plain(line.status)
    return next(
        (level.code for level in scale.levels if told and told in map(_plain, _names(level))), ""
    )


def _names(level: object) -> tuple[str, str]:
    return getattr(level, "words", ""), getattr(level, "code", "")


def _plain(words: str) -> str:
    return re.sub(r"[\W_]+", " ", words).strip().lower()
