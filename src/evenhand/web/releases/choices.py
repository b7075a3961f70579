"""What both sides of a release share: names of acts, aspects and kinds of words. Imports nothing
of the register, so that the public side can read it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices


class Act(TextChoices):
    """What a frozen row does at its address."""

    RELEASED = "released", "Released"
    WITHDRAWN = "withdrawn", "Withdrawn"


ASPECTS: Mapping[str, str] = {
    "response": "Response",
    "work": "State of the work",
    "level": "Level reported",
    "claim": "Level claimed",
    "verdict": "Verdict of the panel",
    "due": "Due date",
    "owner": "Responsible",
}
"""The aspects of a public status in the order of every page; whatever else a record may say of its
status must first be named here."""

WORDS: Mapping[str, str] = {
    "response": "Reason of the response",
    "state": "Reason of the state of the work",
    "due": "Reason of the due date",
    "progress": "Progress",
    "challenges": "Challenges",
    "next_steps": "Next steps",
    "question": "Question asked",
    "answer": "Answer",
}
"""Kinds of free words that may be approved for publication, one by one."""
