"""What somebody owes: matters that wait for a person, who hears of them, and when."""

from evenhand.accountability.owed.ladder import LADDER, Level, find_level
from evenhand.accountability.owed.matters import (
    Matter,
    MatterKind,
    Owed,
    Week,
    list_owed,
    week_of,
)

__all__ = [
    "LADDER",
    "Level",
    "Matter",
    "MatterKind",
    "Owed",
    "Week",
    "find_level",
    "list_owed",
    "week_of",
]
