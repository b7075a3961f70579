"""Exceptions: what a member should look at first, each with why, since when, and what clears it."""

from evenhand.accountability.exceptions.facts import (
    Blocker,
    Holder,
    ItemFacts,
    Limits,
    OpenQuestion,
)
from evenhand.accountability.exceptions.found import ExceptionKind, ItemException
from evenhand.accountability.exceptions.rules import RULES, list_exceptions

__all__ = [
    "RULES",
    "Blocker",
    "ExceptionKind",
    "Holder",
    "ItemException",
    "ItemFacts",
    "Limits",
    "OpenQuestion",
    "list_exceptions",
]
