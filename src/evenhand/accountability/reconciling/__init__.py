"""Another body’s ledger beside ours: what differs, for a person to decide."""

from evenhand.accountability.reconciling.compare import (
    CORRECTABLE,
    Choice,
    Difference,
    DifferenceKind,
    Ours,
    Theirs,
    compare_ledgers,
    name_reference,
)

__all__ = [
    "CORRECTABLE",
    "Choice",
    "Difference",
    "DifferenceKind",
    "Ours",
    "Theirs",
    "compare_ledgers",
    "name_reference",
]
