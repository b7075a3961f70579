"""Exceptions: what a member should look at first, each with why, since when, and what clears it."""

from evenhand.accountability.exceptions.facts import (
    Blocker,
    Holder,
    ItemFacts,
    Limits,
    OpenQuestion,
    Verdict,
)
from evenhand.accountability.exceptions.found import ExceptionKind, ItemException
from evenhand.accountability.exceptions.rules import JUDGED, RULES, list_exceptions

__all__ = [
    "JUDGED",
    "RULES",
    "Blocker",
    "ExceptionKind",
    "Holder",
    "ItemException",
    "ItemFacts",
    "Limits",
    "OpenQuestion",
    "Verdict",
    "list_exceptions",
]
