"""The workforce and its processes: canonical tables, contracts, loading."""

from evenhand.datasets.workforce.schema import Column, Holds, TableSchema
from evenhand.datasets.workforce.tables import (
    ABSENT,
    BLANK,
    CHARACTERISTICS,
    NOT_ASKED,
    PREFER_NOT_TO_SAY,
    TABLES,
)

__all__ = [
    "ABSENT",
    "BLANK",
    "CHARACTERISTICS",
    "NOT_ASKED",
    "PREFER_NOT_TO_SAY",
    "TABLES",
    "Column",
    "Holds",
    "TableSchema",
]
