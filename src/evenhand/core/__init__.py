"""Small values every room shares: errors, decisions, periods, markers, estimates, tables."""

from evenhand.core.confidence import NINETY_FIVE, Confidence
from evenhand.core.decision import Decision, require
from evenhand.core.errors import (
    CodelistRefused,
    ContractBroken,
    DisclosureRefused,
    EvenhandError,
    LedgerBroken,
    NothingToMeasure,
    Refused,
    UnreadableFile,
    UnsafeArchive,
    UsageProblem,
)
from evenhand.core.marker import Marker
from evenhand.core.period import Month, Period
from evenhand.core.signal import Signal
from evenhand.core.table import Cell, Column, Role, Table

__all__ = [
    "NINETY_FIVE",
    "Cell",
    "CodelistRefused",
    "Column",
    "Confidence",
    "ContractBroken",
    "Decision",
    "DisclosureRefused",
    "EvenhandError",
    "LedgerBroken",
    "Marker",
    "Month",
    "NothingToMeasure",
    "Period",
    "Refused",
    "Role",
    "Signal",
    "Table",
    "UnreadableFile",
    "UnsafeArchive",
    "UsageProblem",
    "require",
]
