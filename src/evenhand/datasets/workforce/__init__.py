"""The workforce and its processes: canonical tables, contracts, loading."""

from evenhand.datasets.workforce.contracts import DATASETS, Dataset, get_dataset
from evenhand.datasets.workforce.loading import (
    WorkforceLake,
    WorkforceLoad,
    check_workforce,
    has_faults,
    load_workforce,
)
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
    "DATASETS",
    "NOT_ASKED",
    "PREFER_NOT_TO_SAY",
    "TABLES",
    "Column",
    "Dataset",
    "Holds",
    "TableSchema",
    "WorkforceLake",
    "WorkforceLoad",
    "check_workforce",
    "get_dataset",
    "has_faults",
    "load_workforce",
]
