"""What must be put right before a proposal can be accepted, each with where and what to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from evenhand.web.imports.proposals import Head, Line, Proposal
from evenhand.web.imports.reading import squeeze

LONGEST = {"title": 300, "author": 200, "report_number": 40, "number": 40, "heading": 300}
"""Characters that the register keeps of each; the columns of its tables say the same."""

NUMBER = re.compile(r"[\w][\w .\-]*")
REF = re.compile(r"[a-z0-9][a-z0-9\-]{0,99}")


@dataclass(frozen=True, slots=True)
class Fault:
    """Where (``head`` or the key of a recommendation), what is wrong, and what to do."""

    where: str
    name: str
    problem: str
    remedy: str


def check_proposal(proposal: Proposal, *, today: date) -> list[Fault]:
    """Every reason why this cannot be accepted as it is; none when it can."""
    faults = [*_check_head(proposal.head, today)]
    if not any(True for _ in proposal.walk()) and not proposal.head.makes_none:
        faults.append(
            Fault(
                "head",
                "The report",
                "No recommendation is to be recorded.",
                "Add those the paper makes, or say that it makes none.",
            )
        )
    if proposal.head.makes_none and any(True for _ in proposal.walk()):
        faults.append(
            Fault(
                "head",
                "The report",
                "It is said to make no recommendations, and yet some are to be recorded.",
                "Take one of the two back.",
            )
        )
    return [*faults, *_check_lines(proposal), *_check_numbers(proposal)]


def check_wording(text: str, *, words: str) -> str:
    """What is wrong with a corrected wording: each of its lines must stand in the paper."""
    for line in filter(None, map(squeeze, text.splitlines())):
        if line not in words:
            begins = " ".join(line.split()[:8])
            return (
                f"“{begins} …” does not stand in the paper in these words. The wording is the "
                "paper’s: copy it from there. Your own words belong in the narrative."
            )
    return ""


def _check_head(head: Head, today: date) -> Iterator[Fault]:
    missing = [
        name
        for name, value in (
            ("a title", head.title),
            ("a date of publication", head.published_on),
            ("an inquiry", head.inquiry or head.new_inquiry),
        )
        if not value.strip()
    ]
    for name in missing:
        yield Fault("head", "The report", f"It has not got {name}.", "Correct the head.")
    if not REF.fullmatch(head.ref):
        yield Fault(
            "head",
            "The report",
            "Its reference is missing or has other signs than small letters, digits and hyphens.",
            "Give it one such as northmoor-2019.",
        )
    if head.day and head.day > today:
        yield Fault("head", "The report", "Its date lies in the future.", "Correct the date.")
    for name in ("title", "author", "report_number"):
        if len(getattr(head, name)) > LONGEST[name]:
            words = name.replace("_", " ")
            yield Fault("head", "The report", f"Its {words} is too long.", "Shorten it.")


def _check_lines(proposal: Proposal) -> Iterator[Fault]:
    for line, parent in proposal.walk():
        name = name_line(line, parent)
        if not line.text.strip():
            yield Fault(line.key, name, "It has no words.", "Give them, or leave it out.")
        if not NUMBER.fullmatch(line.number) or len(line.number) > LONGEST["number"]:
            yield Fault(
                line.key,
                name,
                "Its number is missing, too long or has signs other than letters, digits, full "
                "stops and hyphens.",
                "Give the number or letter that is printed.",
            )
        if len(line.heading) > LONGEST["heading"]:
            yield Fault(line.key, name, "Its heading is too long.", "Shorten the heading.")
        if line.response and not line.response_reason.strip():
            yield Fault(line.key, name, "Its response has no reason.", "Give the reason.")
        if line.parts and (line.narrative or line.party or line.due):
            yield Fault(
                line.key,
                name,
                "It has parts, and yet progress, an owner or a due date stand at the whole of it.",
                "Work belongs to the parts: move each to the part it is about, or clear it.",
            )


def _check_numbers(proposal: Proposal) -> Iterator[Fault]:
    seen = Counter((parent.key if parent else "", line.number) for line, parent in proposal.walk())
    for line, parent in proposal.walk():
        if seen[parent.key if parent else "", line.number] > 1 and line.number:
            yield Fault(
                line.key,
                name_line(line, parent),
                "Its number is given twice.",
                "Correct one of the two, or leave one out.",
            )


def name_line(line: Line, parent: Line | None) -> str:
    """``Recommendation 5`` or ``Recommendation 5 (b)``."""
    top = parent or line
    name = f"Recommendation {top.number or 'without a number'}"
    return f"{name} ({line.number})" if parent else name
