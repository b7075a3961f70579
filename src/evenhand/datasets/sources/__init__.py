"""Where rows come from: archives, folders, single files, Parquet, tables in memory."""

from evenhand.datasets.sources.limits import LIMITS, Limits
from evenhand.datasets.sources.member import (
    Ignored,
    Member,
    NamedTable,
    TableMember,
    TextMember,
)
from evenhand.datasets.sources.opening import Source, open_sources

__all__ = [
    "LIMITS",
    "Ignored",
    "Limits",
    "Member",
    "NamedTable",
    "Source",
    "TableMember",
    "TextMember",
    "open_sources",
]
