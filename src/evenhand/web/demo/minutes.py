"""The words of the demo's year of meetings; all of them made up."""

from __future__ import annotations

SECTIONS = {
    "equality": (
        "The reports before members speak of every strand; the table shows how their items stand. "
        "No strand is free of exceptions. Where a unit has fewer than five people of a group, its "
        "figures are left to those who are cleared to see them."
    ),
    "financial": "None of its own. What owners plan is met from budgets that stand.",
    "legal": (
        "The duty to have due regard to equality applies to the service and to the authority "
        "alike. Nothing in this paper alters it."
    ),
    "risk": (
        "That steps are taken for effect. Exceptions therefore end with evidence, an answer or a "
        "decision, and never with activity."
    ),
    "background": "The register as of the snapshot\nMinutes of the meeting before",
    "contact": "The demo secretary (made up), at the office of the authority.",
}

ANSWER = {
    "summary": (
        "Members asked for this report. It answers from the register, which holds {{all.items}} "
        "items, and from what the team itself has counted."
    ),
    "recommendations": "note this answer; and\nsay whether it is what they asked for.",
    "supporting": (
        "Of the items on the register, {{all.concerned}} raise an exception, and "
        "{{all.exception.unevidenced}} have nothing recent that shows an effect.\n\n"
        "The team looked at each of its own, and found three causes:\n\n"
        "- evidence was gathered, but for a period that is past;\n"
        "- steps were counted where their effect should have been; and\n"
        "- two teams each believed that the other would report."
    ),
}

COMMISSIONS = (
    (
        "Why evidence goes out of date",
        "For how many items does evidence speak for a time that is past, who owns them, and what "
        "would keep it fresh?",
        "team:performance",
    ),
    (
        "What training has changed",
        "Who has been trained, who has not, and what is done differently because of it?",
        "team:learning",
    ),
    (
        "Outcomes of misconduct cases by group",
        "Do outcomes differ by group once the gravity of the case is taken into account?",
        "team:standards",
    ),
    (
        "Who is asked to apply for promotion",
        "Which officers who were eligible were not asked, and why?",
        "team:people",
    ),
)

DISCUSSED = (
    "Members went through the exceptions, the gravest first. They noted that activity had been "
    "reported where an effect was asked for."
)
DECIDED = (
    "Decided: whoever owns these items is to give members an account at the next meeting, with "
    "evidence that speaks for the last twelve months."
)
MISHEARD = "Members agreed to look at this item again in two years."
CORRECTED = "It was agreed to look at this item again in one year, not in two."
QUESTION = "What has changed for the people concerned, and how would members see it?"
POSTPONED = "The team was given the time it asked for to count by group; once."
CHANGED = (
    "The section on risk gave the review date of the register of risks as March; it is June. No "
    "number of the register changes."
)
WHY = "The date was typed by hand from an earlier draft, and a member noticed."
WRONG_RISK = " The register of risks is reviewed in March."
RIGHT_RISK = " The register of risks is reviewed in June."
